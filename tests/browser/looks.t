#!/usr/bin/env node
// The contact sheet as it looks: on phones, tablets, desktops and paper, light and dark, in Hebrew and English.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, artefact, barriers, is, main, ok, open, publish, read } = require('./lib.js');

const PHONE = { width: 360, height: 800 };
const TABLET = { width: 768, height: 1024 };
const DESKTOP = { width: 1440, height: 900 };

const ENGLISH = `file,caption,credit,alt
lead.jpg,The closing evening of Education Week,Sivan Metudi/Reuters,A dark hall before a lit stage
robotics.jpg,,Elad Barnoy,
`;

function englishGallery(folder) {
  const source = path.join(folder, 'english-source');
  fs.mkdirSync(source);
  for (const name of ['lead.jpg', 'robotics.jpg'])
    fs.copyFileSync(path.join(ROOT, 'fixtures/education-week', name), path.join(source, name));
  fs.writeFileSync(path.join(source, 'captions.csv'), ENGLISH);
  const gallery = path.join(folder, 'english');
  publish(source, gallery);
  return `file://${gallery}/index.html`;
}

async function looks(browser, address, name, viewport, colorScheme) {
  const at = `${name} at ${viewport.width} px, ${colorScheme}: `;
  const page = await open(browser, address, { viewport, colorScheme, offline: true });
  await read(page);
  is(await page.evaluate('document.documentElement.scrollWidth'), viewport.width, `${at}it is no wider than the screen`);
  if (viewport !== TABLET) is(await barriers(page), [], `${at}axe-core finds nothing`);
  is(page.faults, [], `${at}no complaint on the console`);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  ok(colorScheme === 'dark' ? Math.max(...paper) < 64 : Math.min(...paper) > 192, `${at}its paper is ${colorScheme}`, paper);
  await page.screenshot({ path: artefact(`sheet-${name}-${viewport.width}-${colorScheme}.png`), fullPage: true });
  await page.close();
}

async function onPaper(browser, address, photos) {
  const page = await open(browser, address, { colorScheme: 'dark' });
  const pdf = artefact('sheet.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  await page.close();
  const tool = (name, ...args) => execFileSync(name, args, { encoding: 'utf8' });
  const info = tool('pdfinfo', pdf);
  ok(/^Page size: .*\(A4\)$/m.test(info), 'on paper: A4', info);
  ok(/^Pages: +(\d+)$/m.exec(info)[1] <= photos / 2, 'on paper: two photos and more on a page', info);
  const pictures = [...tool('pdfimages', '-list', pdf).matchAll(/^ +\d+ +\d+ image +(\d+)/gm)].filter(([, width]) => width > 320);
  is(pictures.length, photos, 'on paper: all pictures are there, unseen ones too');
  const margin = 72 * 12 / 25.4 - 1; // 12 mm in points
  const words = [...tool('pdftotext', '-bbox', pdf, '-').matchAll(/<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</g)];
  ok(words.length > 100, 'on paper: there is text', words.length);
  is(words.filter(([, left, top, right, bottom]) => left < margin || top < margin || right > 595 - margin || bottom > 842 - margin)
    .map((word) => word[5]), [], 'on paper: no word leaves the margins');
  tool('pdftoppm', '-r', '75', '-png', pdf, artefact('sheet-paper'));
}

main(async ({ browser, folder }) => {
  const gallery = path.join(folder, 'photos');
  const manifest = publish(path.join(ROOT, 'fixtures/education-week'), gallery);
  const sheet = `file://${gallery}/index.html`;
  await onPaper(browser, sheet, manifest.order.length);
  for (const viewport of [PHONE, TABLET, DESKTOP])
    for (const scheme of ['light', 'dark']) await looks(browser, sheet, 'hebrew', viewport, scheme);
  await looks(browser, englishGallery(folder), 'english', DESKTOP, 'light');
});
