#!/usr/bin/env node
// The contact sheet as a person uses it: from disk and offline, by mouse and by keyboard.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, artefact, is, main, ok, open, publish, read, wanted } = require('./lib.js');

async function fromDisk(browser, address, folder) {
  const page = await open(browser, 'about:blank', { offline: true });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(address);
  await read(page);
  is(asked.filter((url) => !url.startsWith(`file://${folder}/`) && !url.startsWith('data:')), [], 'from disk: it asks for nothing from elsewhere');
  is(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]'), ['he', 'rtl'], 'it is in Hebrew');
  for (const [i, image] of (await page.locator('.view img').all()).entries())
    ok((await image.screenshot()).length > 50000, `picture ${i + 1} is painted`);
  await page.close();
}

async function copies(browser, address, figures) {
  const page = await open(browser, address, { permissions: ['clipboard-read', 'clipboard-write'] });
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  const boxes = page.locator('.markup');
  for (const [i, figure] of figures.entries()) {
    await boxes.nth(i).locator('button').click();
    await page.waitForFunction((n) => document.querySelectorAll('.markup output')[n].textContent !== '', i);
    is(await clipboard(), figure, `copying: figure ${i + 1} as figures.html has it`);
  }
  is(await boxes.first().locator('output').textContent(), 'הועתק', 'copying: it says so');

  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); });
  await boxes.first().locator('button').click();
  await page.waitForFunction(() => document.activeElement.localName === 'textarea');
  is(await clipboard(), figures[0], 'copying where the clipboard is closed to pages: by the older way');
  await page.evaluate(() => { document.execCommand = () => false; });
  await boxes.nth(1).locator('button').click();
  await page.waitForFunction(() => document.querySelectorAll('.markup details')[1].open);
  is(await page.evaluate('String(getSelection())'), figures[1], 'copying where neither works: the markup is selected');
  is(await boxes.nth(1).locator('output').textContent(), 'הקוד מסומן: אפשר להעתיק אותו במקלדת', 'and it says what to do');
  is(page.faults, [], 'copying: no complaint on the console');
  await page.close();
}

async function anyWidth(browser, address, files) {
  for (const ratio of [1, 2]) {
    const page = await open(browser, address, { deviceScaleFactor: ratio });
    const slider = page.locator('#width');
    const shows = () => page.evaluate(() => {
      const image = document.querySelector('.view img');
      return [image.getBoundingClientRect().width, image.currentSrc.split('/').pop()];
    });
    const marked = () => page.locator('#photo-1 .chosen a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const [fitting] = await shows();
    is(await slider.inputValue(), String(fitting), `ratio ${ratio}: the slider begins at the width that is shown`);
    for (const width of [1900, 700, 320]) { // a wider file that is there already must not be taken for a narrower view
      const file = wanted(files, width * ratio);
      await slider.fill(String(width));
      await page.waitForFunction((name) => document.querySelector('.view img').currentSrc.endsWith(name), file);
      await page.waitForFunction((name) => document.querySelector('.chosen a')?.getAttribute('href') === name, file);
      is([await shows(), await marked()], [[width, file], [file]], `ratio ${ratio}: ${width} px: the file that a browser would take, marked`);
    }
    if (ratio === 1) await page.screenshot({ path: artefact('sheet-at-320-px.png') });
    await page.locator('.controls button').click();
    is((await shows())[0], fitting, `ratio ${ratio}: it fits the page again`);
    await page.close();
  }
}

async function byKeyboard(browser, address, photos) {
  const page = await open(browser, address);
  const focus = () => page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      what: element.getAttribute('href') || element.id || element.type || element.localName,
      seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight &&
            box.left >= 0 && box.right <= innerWidth,
    };
  });
  const order = [
    '#photos', ...photos.map((_, i) => `#photo-${i + 1}`), 'width', 'reset',
    ...photos.flatMap((photo) => [...Object.values(photo.renditions).flat().map((file) => file.file), 'button', 'summary']),
  ];
  const way = [];
  for (let i = 0; i < order.length; i++) {
    await page.keyboard.press('Tab');
    way.push(await focus());
  }
  is(way.map((stop) => stop.what), order, 'keyboard: the order is that of the page');
  is(way.filter((stop) => !stop.seen), [], 'keyboard: each stop is on the screen and has an outline');

  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  is((await focus()).what, 'photos', 'keyboard: the first link skips to the photos');
  await page.locator('#width').fill('500');
  await page.keyboard.press('ArrowUp');
  is(await page.locator('.controls output').textContent(), '501 px', 'keyboard: an arrow changes the width by a pixel');
  await page.close();
}

main(async ({ browser, folder }) => {
  const gallery = path.join(folder, 'photos');
  const manifest = publish(path.join(ROOT, 'fixtures/education-week'), gallery);
  const photos = manifest.order.map((name) => manifest.photos[name]);
  const files = photos[0].renditions[manifest.page.figure[0]];
  const figures = fs.readFileSync(path.join(gallery, 'figures.html'), 'utf8').split(/^(?=<figure)/m);
  const sheet = `file://${gallery}/index.html`;

  await fromDisk(browser, sheet, gallery);
  await copies(browser, sheet, figures);
  await anyWidth(browser, sheet, files);
  await byKeyboard(browser, sheet, photos);
});
