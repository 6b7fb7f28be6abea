#!/usr/bin/env node
// An article that includes figures.html and head.html, on phones, tablets and desktops: the file that the layout asks
// for, no picture before it is wanted, nothing that moves, and captions from right to left.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, article, artefact, barriers, is, main, ok, open, publish, read, serve, wanted } = require('./lib.js');

function watchShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: 'layout-shift', buffered: true });
}

// What is seen of each figure; runs in the page.
function seen() {
  const box = (text, from, to) => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    return range.getBoundingClientRect();
  };
  const letters = (node) => (node.nodeType === Node.TEXT_NODE
    ? [...node.data].flatMap((letter, i) => (letter === ' ' ? [] : [box(node, i, i + 1)]))
    : [...node.childNodes].flatMap(letters));
  const sameLine = (a, b) => Math.abs(a.top - b.top) < a.height / 2;
  const stepsLeft = (list) => list.slice(1).every((at, i) => !sameLine(at, list[i]) || at.right <= list[i].left + 0.1);
  const stepsRight = (list) => list.slice(1).every((at, i) => !sameLine(at, list[i]) || at.left >= list[i].right - 0.1);
  return [...document.querySelectorAll('figure')].map((figure) => {
    const image = figure.querySelector('img');
    const text = figure.querySelector('figcaption');
    const caption = letters(figure.querySelector('.photodesk-caption'));
    const credit = letters(figure.querySelector('.photodesk-credit'));
    const last = caption.at(-1);
    return {
      file: image.currentSrc.split('/').pop(),
      layout: image.getBoundingClientRect().width,
      alt: image.alt,
      loading: `${image.loading} ${image.fetchPriority}`,
      caption: stepsLeft(caption) ? 'leftwards' : 'mixed',
      credit: stepsLeft(credit) ? 'leftwards' : stepsRight(credit) ? 'rightwards' : 'mixed',
      startsRight: Math.abs(caption[0].right - text.getBoundingClientRect().right) < 1,
      creditFollows: credit.every((at) => at.width > 0 && (sameLine(at, last) ? at.right <= last.left : at.top > last.top)),
    };
  });
}

function looksRight(found, photos, layout, at) {
  is(found.map((figure) => figure.layout), photos.map(() => layout), `${at}figures are as wide as "sizes" says`);
  ok(found.every((figure) => figure.caption === 'leftwards' && figure.startsRight), `${at}captions run from the right`,
     JSON.stringify(found));
  is(found.map((figure) => figure.credit), ['leftwards', 'leftwards', 'leftwards', 'rightwards'],
     `${at}each credit runs in its own direction`);
  ok(found.every((figure) => figure.creditFollows), `${at}and stands behind its caption`, JSON.stringify(found));
}

main(async ({ browser, folder }) => {
  const site = await serve(folder);
  const gallery = path.join(folder, 'photos');
  const manifest = publish(path.join(ROOT, 'fixtures/education-week'), gallery, `[page]\nbase-url = ${site.address}/photos\n`);
  fs.writeFileSync(path.join(folder, 'article.html'), article(gallery));
  const photos = manifest.order.map((name) => manifest.photos[name]);
  const files = photos.map((photo) => photo.renditions[manifest.page.figure[0]]);
  const asked = () => site.requests.filter((name) => name.startsWith('/photos/')).map((name) => path.basename(name));
  let found;

  for (const [width, layout] of [[360, 360], [768, 720], [1440, 720]]) {
    for (const ratio of [1, 2, 3]) {
      const at = `${width} px at ratio ${ratio}: `;
      const picks = files.map((list) => wanted(list, layout * ratio));
      site.requests.length = 0;
      const page = await open(browser, `${site.address}/article.html`,
                              { viewport: { width, height: 800 }, deviceScaleFactor: ratio }, watchShifts);
      await page.waitForTimeout(200); // for what should not come
      is(asked(), picks.slice(0, 1), `${at}only the lead comes before it is near`);
      await page.screenshot({ path: artefact(`article-${width}@${ratio}.png`) });
      await read(page);
      is(asked().sort(), [...picks].sort(), `${at}all come when the reader does, one file each`);
      found = await page.evaluate(seen);
      is(found.map((figure) => figure.file), picks, `${at}the browser shows the file that the layout asks for`);
      looksRight(found, photos, layout, at);
      is(await page.evaluate('shifts'), [], `${at}nothing moves`);
      is(page.faults, [], `${at}no complaint on the console`);
      if (ratio === 1) is(await barriers(page), [], `${at}axe-core finds nothing`);
      if (width === 360)
        for (const [i, figure] of (await page.locator('figure').all()).entries())
          await figure.screenshot({ path: artefact(`figure-${i + 1}@${ratio}.png`) });
      await page.close();
    }
  }

  is(found.map((figure) => figure.loading), ['eager high', 'lazy auto', 'lazy auto', 'lazy auto'], 'the lead is eager');
  is(found.map((figure) => figure.alt), photos.map((photo) => photo.alt), "alt is the manifest's");
  for (const [i, { alt, credit }] of photos.entries())
    ok(alt && ![credit.text, ...credit.creators].some((name) => alt.includes(name)), `alt ${i + 1} says nothing of the credit`, alt);
});
