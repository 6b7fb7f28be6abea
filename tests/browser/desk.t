#!/usr/bin/env node
// desk.html as the people who drop photos see it, while a desk is at work: on any screen, whatever the names; it keeps
// up, and whoever reads it, or is on a link, stays there.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { ROOT, artefact, barriers, faults, is, main, ok, open, serve, watch } = require('./lib.js');

const GALLERY = `season-opening-${'0123456789'.repeat(12)}`;
const LONG = `צילום_${'ארוך'.repeat(25)}`; // with its end it is nearly as long as a file system allows: 255 bytes
const FIXTURES = path.join(ROOT, 'fixtures/education-week');
const SMALL = '[rendition inline]\nwidths = 320\n[rendition thumb]\nwidths = 160\n';

// Puts a photo into the inbox as a careful sender does: under its name only when it is whole.
function drop(photo, folder, name) {
  fs.copyFileSync(path.join(FIXTURES, photo), path.join(folder, '.part'));
  fs.renameSync(path.join(folder, '.part'), path.join(folder, name));
}

// Until holds() gives something, which it gives.
async function until(what, holds) {
  for (let i = 0; i < 600; i++) {
    const value = holds();
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`within a minute, this has not come: ${what}`);
}

// The page when the desk has published and failed so many.
function written(file, published, failed) {
  return until(`${published} photos published, ${failed} failed`, () => {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    const photos = (key) => (text.split(`<section class="${key}"`)[1] || '').split('</section>')[0].split('<li ').length - 1;
    return photos('done') === published && photos('bad') === failed && photos('coming') === 0 && text;
  });
}

// What is wider than its place, and what is cut off; runs in the page.
function cramped() {
  const parts = [...document.querySelectorAll('body *')].filter((part) => part.clientWidth > 0);
  return {
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.outerHTML.slice(0, 80)),
  };
}

async function onAnyScreen(browser, address) {
  for (const colorScheme of ['light', 'dark'])
    for (const width of [320, 1280]) {
      const at = `${colorScheme}, ${width} px: `;
      const page = await open(browser, address, { viewport: { width, height: 800 }, colorScheme });
      is(await barriers(page), [], `${at}axe-core finds nothing`);
      is(await page.evaluate(cramped), { sideways: 0, cut: [] }, `${at}nothing scrolls sideways or is cut off`);
      is(page.faults, [], `${at}no complaint on the console`);
      await page.screenshot({ path: artefact(`desk-${colorScheme}-${width}.png`), fullPage: true });
      await page.close();
    }
}

// A reader who is far down, on the last link, with some text selected; gives the name of the link's photo.
function settle(page) {
  return page.evaluate(() => {
    window.held = [...document.querySelectorAll('nav a')].at(-1);
    window.held.focus();
    getSelection().selectAllChildren(document.querySelector('.bad h3'));
    return window.held.textContent;
  });
}

const shows = (name) => [...document.querySelectorAll('nav a')].some((link) => link.textContent === name);
const where = () => ({
  same: document.activeElement === window.held,
  photo: document.activeElement.textContent,
  selected: String(getSelection()) === document.querySelector('.bad h3').textContent,
  scrolled: scrollY > 0,
});

async function overHttp(browser, address, inbox) {
  const page = await open(browser, address, { viewport: { width: 320, height: 480 } });
  const stays = { same: true, photo: await settle(page), selected: true, scrolled: true };
  drop('classroom.jpg', inbox, 'second.jpg');
  await page.waitForFunction(shows, 'second.jpg');
  is(await page.evaluate(where), stays, 'over http: another photo is shown; focus, selection and scroll position stay');
  await page.waitForFunction(() => document.querySelector('nav img').naturalWidth > 0);
  ok(true, 'over http: with its picture');
  drop('robotics.jpg', inbox, `${LONG}.jpg`);
  await page.waitForFunction(() => document.querySelector('nav a') === window.held);
  is(await page.evaluate(where), stays, 'over http: a photo that is published anew comes first, and keeps the focus');
  is(page.faults, [], 'over http: no complaint on the console');
  await page.close();
}

async function fromDisk(browser, file, inbox) {
  const page = await open(browser, `file://${file}`, { viewport: { width: 320, height: 480 } });
  await page.waitForEvent('load'); // just loaded anew: what is focused while that is under way goes with the old page
  const photo = await settle(page);
  drop('school-yard.jpg', inbox, 'third.jpg');
  await page.waitForFunction(shows, 'third.jpg');
  await page.waitForFunction((name) => document.activeElement.textContent === name && scrollY > 0, photo);
  ok(true, 'from disk: another photo is shown; focus and scroll position are kept');
  is(page.faults, [], 'from disk: no complaint on the console');
  await page.close();
}

// An inbox that cannot be reached, and then can.
async function outOfReach(browser, address, inbox) {
  const page = await open(browser, address, { viewport: { width: 320, height: 480 } });
  await settle(page);
  fs.renameSync(inbox, `${inbox}-away`);
  await page.getByRole('alert').filter({ hasText: 'אין גישה לתיקיית התצלומים' }).waitFor();
  ok(await page.evaluate('document.activeElement === held'), 'an inbox out of reach: the open page says so, and the focus stays');
  is(await barriers(page), [], 'an inbox out of reach: axe-core finds nothing');
  is(await page.evaluate(cramped), { sideways: 0, cut: [] }, 'an inbox out of reach: nothing scrolls sideways or is cut off');
  await page.screenshot({ path: artefact('desk-out-of-reach.png'), fullPage: true });
  fs.renameSync(`${inbox}-away`, inbox);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  ok(await page.evaluate('document.activeElement === held'), 'within reach again: that goes, and the focus stays');
  await page.close();
}

// A copy of the page, which no desk writes any more.
async function whateverIsServed(browser, address, copy, requests) {
  const text = fs.readFileSync(copy, 'utf8');
  const put = (fresh) => {
    fs.writeFileSync(`${copy}.new`, fresh);
    fs.renameSync(`${copy}.new`, copy);
  };
  const page = await open(browser, address);
  const photo = await settle(page);
  put(text.replace(/data-silent="\d+"/, 'data-silent="1"'));
  await page.getByRole('alert').waitFor();
  ok(await page.evaluate('document.activeElement === held'), 'a desk that is silent: the open page says so, and the focus stays');
  is(await barriers(page), [], 'a desk that is silent: axe-core finds nothing');

  fs.unlinkSync(copy);
  const before = requests.length;
  await until('two more requests', () => requests.length >= before + 2);
  ok(await page.evaluate('document.activeElement === held'), 'a page that is not there: what was shown stays');

  put(text.replace('</style>', 'h1 { letter-spacing: 1px }\n</style>'));
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '1px');
  await page.waitForFunction((name) => document.activeElement.textContent === name, photo);
  ok(await page.evaluate('!window.held'), 'a page of another version: it is loaded whole, and the focus is kept');
  await page.close();
}

async function withoutScript(browser, address, requests) {
  const page = await open(browser, address, { javaScriptEnabled: false });
  requests.length = 0;
  await until('another request', () => requests.includes('/desk.html'));
  ok(true, 'without a script: it is loaded anew');
  await page.close();
}

main(async ({ browser, folder }) => {
  const [inbox, output] = ['inbox', 'public'].map((name) => path.join(folder, name));
  const gallery = path.join(inbox, GALLERY);
  const file = path.join(output, 'desk.html');
  fs.mkdirSync(gallery, { recursive: true });
  drop('lead.jpg', gallery, `${LONG}.jpg`);
  execFileSync('jpegtran', ['-copy', 'none', '-outfile', path.join(gallery, 'nobody.jpg'), path.join(FIXTURES, 'classroom.jpg')]);
  fs.writeFileSync(path.join(gallery, `${LONG}-שבור.jpg`), 'no photo, but a text of some length');

  const stop = watch(inbox, output, SMALL);
  try {
    const text = await written(file, 1, 2);
    const site = await serve(output);
    const address = `${site.address}/desk.html`;
    ok(['חסר קרדיט', 'הקובץ אינו תמונה', `<bdi dir="rtl">${LONG}-שבור<bdi dir="ltr">.jpg</bdi></bdi>`].every((part) => text.includes(part)),
       'one was published, one withheld, one failed', text);
    is(await faults(text), [], 'the page is valid');
    await onAnyScreen(browser, address);
    await overHttp(browser, address, gallery);
    await fromDisk(browser, file, gallery);
    await withoutScript(browser, address, site.requests);
    await outOfReach(browser, address, inbox);
    const copy = path.join(output, 'copy.html');
    fs.writeFileSync(copy, await written(file, 3, 2));
    await whateverIsServed(browser, `${site.address}/copy.html`, copy, site.requests);
  } finally {
    await stop();
  }
});
