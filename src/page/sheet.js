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
        box.querySelector('details').open = true;
        text.focus();
        text.select();
        done = document.execCommand('copy');
      }
      said.textContent = done ? copied : byHand;
    });
  }

  // ---- Which file the browser chose: marked in the table ----
  const images = [...document.querySelectorAll('.view img')];
  const mark = (image) => {
    for (const link of image.closest('article').querySelectorAll('td a')) {
      const chosen = link.href === image.currentSrc;
      link.closest('tr').classList.toggle('chosen', chosen);
      if (chosen) link.dataset.shown = shown;
      else delete link.dataset.shown;
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
  const figures = [...document.querySelectorAll('.view figure')];
  const pictures = [...document.querySelectorAll('.view source, .view img')].map((picture) => ({
    picture, srcset: picture.srcset, sizes: picture.sizes,
  }));
  const say = (width) => {
    range.value = width;
    value.textContent = `${width} px`;
  };
  const measure = () => { if (images.length > 0) say(Math.round(images[0].getBoundingClientRect().width)); };

  // The narrowest file that is wide enough. A browser would not take it where it has a wider one already.
  const pick = (srcset, width) => {
    const files = srcset.split(', ');
    return files.find((file) => parseInt(file.split(' ')[1], 10) >= width * devicePixelRatio) ?? files.at(-1);
  };
  const widen = (width) => {
    document.body.classList.add('wide');
    say(width);
    for (const figure of figures) {
      figure.style.width = `${width}px`;
      figure.parentElement.tabIndex = 0; // it may be wider than the page: the keyboard scrolls it
    }
    for (const { picture, srcset } of pictures) {
      picture.sizes = `${width}px`;
      picture.srcset = pick(srcset, width);
    }
  };
  const fit = () => {
    document.body.classList.remove('wide');
    for (const figure of figures) {
      figure.style.width = '';
      figure.parentElement.removeAttribute('tabindex');
    }
    for (const { picture, srcset, sizes } of pictures) {
      picture.sizes = sizes;
      picture.srcset = srcset;
    }
    measure();
  };
  range.addEventListener('input', () => widen(range.value));
  controls.addEventListener('reset', (event) => {
    event.preventDefault();
    fit();
  });
  controls.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('resize', () => { if (!document.body.classList.contains('wide')) measure(); });
  controls.hidden = false;
  measure();
})();
