(() => {
  // A desk at work writes the page every minute at least; whoever reads it must know when it has not.
  const silent = Number(document.body.dataset.silent);
  document.querySelector('.silent').hidden = silent === 0 || Date.now() / 1000 < silent;
})();
