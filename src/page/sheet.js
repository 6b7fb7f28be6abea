(() => {
  const { copied, byHand, shown } = document.body.dataset;

  // ---- Copying; where the clipboard is closed to the page, the text is selected for the person to copy ----
  for (const box of document.querySelectorAll('.markup')) {
    const text = box.querySelector('textarea');
    const said = box.querySelector('output');
    box.querySelector('button').addEventListener('click', async () => {
      let done = false;
      try {
        await navigator.clipboard.writeText(text.value);
        done = true;
      } catch {
        text.focus();
        text.select();
        done = document.execCommand('copy');
      }
      said.textContent = done ? copied : byHand;
    });
  }

  // ---- Which file the browser chose: marked in the table ----
  const images = [...document.querySelectorAll('.view img')];
  const sizes = images.map((image) => image.sizes);
  const mark = (image) => {
    for (const row of image.closest('article').querySelectorAll('tbody tr')) {
      const chosen = row.querySelector('a').href === image.currentSrc;
      row.classList.toggle('chosen', chosen);
      row.querySelector('th').toggleAttribute('aria-current', chosen);
      if (chosen) row.querySelector('th').setAttribute('aria-current', 'true');
      row.querySelector('a').title = chosen ? shown : '';
    }
  };
  for (const image of images) {
    image.addEventListener('load', () => mark(image));
    if (image.complete) mark(image);
  }

  // ---- The view of any width ----
  const controls = document.querySelector('.controls');
  if (!controls) return;
  const range = controls.querySelector('input');
  const value = controls.querySelector('output');
  controls.hidden = false;
  const fit = () => {
    document.body.classList.remove('wide');
    value.textContent = '';
    images.forEach((image, i) => { image.closest('figure').style.width = ''; image.sizes = sizes[i]; });
  };
  range.addEventListener('input', () => {
    document.body.classList.add('wide');
    value.textContent = `${range.value} px`;
    for (const image of images) {
      image.closest('figure').style.width = `${range.value}px`;
      image.sizes = `${range.value}px`;
    }
  });
  controls.addEventListener('reset', fit);
  controls.addEventListener('submit', (event) => event.preventDefault());
})();
