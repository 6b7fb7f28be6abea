(() => {
  const { refresh } = document.body.dataset; // s
  const FOCUS = 'photodesk-focus';

  // A desk at work writes the page every minute at least; whoever reads it must know when it has not.
  const tell = (page) => {
    const silent = Number(page.body.dataset.silent);
    page.querySelector('.silent').hidden = silent === 0 || Date.now() / 1000 < silent;
  };

  // ---- Only what differs is replaced: whoever reads, scrolls, selects or is on a link stays there ----
  const key = (node) => node.dataset?.key ?? node.nodeName;
  const updateAttributes = (old, fresh) => {
    for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  };
  const updateChildren = (old, fresh) => {
    const left = [...old.childNodes];
    const wanted = [...fresh.childNodes].map((node) => {
      const at = left.findIndex((is) => key(is) === key(node));
      return at < 0 ? document.importNode(node, true) : left.splice(at, 1)[0];
    });
    for (const node of left) node.remove();
    let next = old.firstChild; // a node that stands where it should is not moved: that would take its focus
    for (const [i, node] of wanted.entries()) {
      if (node === next) next = next.nextSibling;
      else old.insertBefore(node, next);
      update(node, fresh.childNodes[i]);
    }
  };
  const update = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
      return;
    }
    updateAttributes(old, fresh);
    updateChildren(old, fresh);
  };
  const show = (fresh) => {
    const focused = document.activeElement;
    tell(fresh); // before they are compared: an alert that is there already must not be read out again
    document.title = fresh.title;
    document.documentElement.lang = fresh.documentElement.lang;
    document.documentElement.dir = fresh.documentElement.dir;
    document.body.dataset.silent = fresh.body.dataset.silent;
    for (const part of ['.top', '.silent', 'main']) update(document.querySelector(part), fresh.querySelector(part));
    if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  };

  // ---- The whole page anew; the browser keeps the scroll position. Storage may be closed to the page ----
  const keepFocus = () => {
    try {
      sessionStorage.setItem(FOCUS, document.activeElement?.closest('li')?.dataset.key ?? '');
    } catch { }
  };
  const reload = () => {
    addEventListener('pagehide', keepFocus, { once: true }); // until then it may still move
    location.reload();
  };
  const refocus = () => {
    let focused = null;
    try {
      focused = sessionStorage.getItem(FOCUS);
      sessionStorage.removeItem(FOCUS);
    } catch { }
    const links = [...document.querySelectorAll('li a')];
    links.find((link) => link.closest('li').dataset.key === focused)?.focus({ preventScroll: true });
  };

  // ---- Keeping up ----
  // Another version of photodesk may write the page by now, and a server may send its login instead.
  const program = (page) => ['title + style', 'main + script'].map((part) => page.querySelector(part)?.textContent).join();
  const own = program(document);
  const load = async () => {
    try {
      const signal = AbortSignal.timeout?.(10 * refresh * 1000); // a server that hangs must not end it; older browsers have none
      const response = await fetch(location.href, { cache: 'no-cache', signal });
      return response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
    } catch {
      return null; // what is shown stays, and tells when it is old
    }
  };
  const keepUp = async () => {
    const fresh = await load();
    setTimeout(keepUp, refresh * 1000);
    if (!fresh) tell(document);
    else if (program(fresh) === own) show(fresh);
    else reload();
  };

  tell(document);
  refocus();
  setTimeout(location.protocol.startsWith('http') ? keepUp : reload, refresh * 1000); // from disk, nothing may be fetched
})();
