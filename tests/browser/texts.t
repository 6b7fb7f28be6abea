#!/usr/bin/env node
// What people wrote stays text, whatever is in it: in the article, on the contact sheet, in the markup that it copies, in
// JSON-LD and in Open Graph.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, article, artefact, is, main, open, publish, read, serve } = require('./lib.js');

const RUN = 'window.ran = true; alert(1)';
const HOSTILE = [
  ['script', `</figcaption></figure><script>${RUN}</script>`],
  ['handler', `"><img src=x onerror="${RUN}">`],
  ['attribute', `' onload='${RUN}' style='display:none`],
  ['comment', `<!-- --> ]]> </textarea></script><script>${RUN}</script> <svg onload="${RUN}">`],
  ['reference', '&lt;b&gt; &amp;amp; &#60; &copy &notanentity; AT&T \u00a9 "q" \'a\'',
    '<b> &amp; < &copy &notanentity; AT&T \u00a9 "q" \'a\''], // decoded once, as an export of a CMS needs it
  ['override', '\u202eabc\u202c \u2067def\u2069 \u2066ghi שלום \u200fend'],
  ['unclosed', '\u202e\u2067\u202b never closed'],
  ['long', 'מילה '.repeat(999) + 'אחרון'],
  ['unbroken', 'א'.repeat(5000)],
];
// Controls that would turn what comes after them never reach a page; a mark of direction turns nothing.
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

const CREDIT = 'Dana <b> & "Co"';

// Captions, alternative texts and credits of the figures, and all that is no part of a figure; runs in the page.
function shown() {
  const texts = (root, selector) => [...root.querySelectorAll(selector)].map((element) => element.textContent);
  const figures = [...document.querySelectorAll('figure')];
  const copied = [...document.querySelectorAll('textarea')]
    .map((area) => new DOMParser().parseFromString(area.value, 'text/html'));
  return {
    captions: texts(document, '.photodesk-caption'),
    credits: texts(document, '.photodesk-credit'),
    alts: figures.map((figure) => figure.querySelector('img').alt),
    inFigures: figures.map((figure) => [...figure.querySelectorAll('*')].map((element) => element.localName).join(' ')),
    copied: copied.flatMap((page) => texts(page, '.photodesk-caption')),
    inCopied: copied.map((page) => [...page.body.querySelectorAll('figure, script')].map((element) => element.localName).join(' ')),
    scripts: document.scripts.length,
    ran: 'ran' in window,
  };
}

main(async ({ browser, folder }) => {
  const site = await serve(folder);
  const source = path.join(folder, 'source');
  fs.mkdirSync(source);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = HOSTILE.map(([name, text]) => {
    fs.copyFileSync(path.join(ROOT, 'fixtures/education-week/lead.jpg'), path.join(source, `${name}.jpg`));
    return [`${name}.jpg`, ...[text, CREDIT, text].map(cell)].join(',');
  });
  fs.writeFileSync(path.join(source, 'captions.csv'), ['file,caption,credit,alt', ...rows, ''].join('\n'));
  const gallery = path.join(folder, 'photos');
  publish(source, gallery, '[rendition inline]\nwidths = 320\n[rendition thumb]\nwidths = 160\n');
  fs.writeFileSync(path.join(gallery, 'article.html'), article(gallery));
  const texts = HOSTILE.map(([, text, decoded]) => (decoded ?? text).replace(CONTROLS, '').trim());

  for (const [name, scripts] of [['article', 1], ['index', 1]]) {
    const page = await open(browser, `${site.address}/photos/${name}.html`, { viewport: { width: 360, height: 800 } });
    await read(page);
    const found = await page.evaluate(shown);
    for (const [i, text] of texts.entries()) {
      const at = `${name}.html: ${HOSTILE[i][0]}: `;
      is(found.captions[i], text, `${at}the caption is the text`);
      is(found.alts[i], text, `${at}so is the alternative text`);
      is(found.credits[i], `Photo: ${CREDIT}`, `${at}and the credit`);
      is(found.inFigures[i], 'img figcaption span bdi bdi', `${at}it adds no element`);
      if (name === 'index') is([found.copied[i], found.inCopied[i]], [text, 'figure'], `${at}nor to the markup that is copied`);
    }
    is([found.captions.length, found.scripts, found.ran], [texts.length, scripts, false], `${name}.html: no script but its own`);
    is(page.faults, [], `${name}.html: no dialog, no complaint`);
    if (name === 'index') {
      is(await page.evaluate('document.documentElement.scrollWidth'), 360, 'the contact sheet is no wider than the screen');
    } else {
      const head = await page.evaluate(() => ({
        jsonld: JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).image,
        alt: document.querySelector('meta[property="og:image:alt"]').content,
      }));
      const all = [...Array(4).fill(texts[0]), ...texts]; // before all photos, the four shapes that the lead is shared in
      is(head.jsonld.map((image) => image.caption), all, 'JSON-LD has the texts');
      is(head.jsonld.map((image) => image.creditText), all.map(() => CREDIT), 'and the credits');
      is(head.alt, texts[0], "Open Graph has the lead's");
    }
    await page.screenshot({ path: artefact(`hostile-${name}.png`), fullPage: name === 'index' });
  }
});
