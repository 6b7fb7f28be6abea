// What the browser tests share: a gallery of the sample photos on a local server, Debian's Chromium, and assertions
// that print TAP. A test calls main() once; screenshots and PDFs stay in the build folder, under browser/, to be
// looked at.
//
//     PHOTODESK    the program to be tested; default: build/photodesk of the checkout. The packages that `make test`
//                  installs are in browser/node_modules beside it.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');
const PHOTODESK = path.resolve(process.env.PHOTODESK || path.join(ROOT, 'build/photodesk'));
const ARTEFACTS = path.join(path.dirname(PHOTODESK), 'browser');
const install = createRequire(path.join(ARTEFACTS, '/'));

// ---- Asserting ----

let tests = 0;
let failures = 0;

function ok(holds, name, ...details) {
  tests++;
  if (!holds) failures++;
  console.log(`${holds ? 'ok' : 'not ok'} ${tests} - ${name}`);
  if (!holds) for (const detail of details) console.error(`# ${String(detail).replace(/\n/g, '\n# ')}`);
}

function is(got, expected, name) {
  const [a, b] = [got, expected].map((value) => JSON.stringify(value, null, 1));
  ok(a === b, name, `     got: ${a}`, `expected: ${b}`);
}

// ---- What is looked at ----

// A preset that extends article, beside output; more is further text of it.
function preset(output, more) {
  const file = path.join(path.dirname(output), 'web.preset');
  fs.writeFileSync(file, `[preset]\ntitle = The browser tests'\nextends = article\n${more}`);
  return file;
}

// Publishes a folder of photos by the program; more is as above.
function publish(source, output, more = '') {
  execFileSync(PHOTODESK, ['build', source, '-o', output, '--preset', preset(output, more), '-q'], {
    cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'],
  });
  return JSON.parse(fs.readFileSync(path.join(output, 'manifest.json'), 'utf8'));
}

// A desk at work; gives the function that ends it, to be awaited.
function watch(inbox, output, more = '') {
  const desk = spawn(PHOTODESK, ['watch', inbox, '-o', output, '--preset', preset(output, more), '--settle', '0.3', '-q'], {
    cwd: ROOT, stdio: 'ignore',
  });
  const ended = new Promise((exit) => desk.on('exit', exit));
  return () => {
    desk.kill();
    return ended;
  };
}

// article.html as a CMS fills it in: with the gallery's head.html and figures.html.
function article(gallery) {
  return fs.readFileSync(path.join(__dirname, 'article.html'), 'utf8')
    .replace(/\{(head|figures)\}\n/g, (_, name) => fs.readFileSync(path.join(gallery, `${name}.html`), 'utf8'));
}

// The file that a layout asks for on this screen, of one rendition's: the narrowest that is as wide, else the widest.
function wanted(files, pixels) {
  return (files.find((file) => file.width >= pixels) || files.at(-1)).file;
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.webp': 'image/webp', '.jpg': 'image/jpeg', '.json': 'application/json' };

// Serves a folder until the test ends. Gives { address, requests }; requests are the paths asked for, in their order.
async function serve(folder) {
  const requests = [];
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    requests.push(name);
    fs.readFile(path.join(folder, name), (error, data) => {
      response.writeHead(error ? 404 : 200, { 'Content-Type': TYPES[path.extname(name)] || 'text/plain', 'Cache-Control': 'no-store' });
      response.end(error ? 'There is no such file' : data);
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}`, requests };
}

// ---- The browser ----

function launch() {
  return install('playwright-core').chromium.launch({
    executablePath: '/usr/bin/chromium',
    ignoreDefaultArgs: ['--headless=old'],
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
           '--disable-component-update', '--disable-sync'],
  });
}

// A page that collects in page.faults what the browser complains of, and every dialog. The script runs before the page.
async function open(browser, address, options, script = '') {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  await page.addInitScript(script);
  page.faults = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.faults.push(message.text()); });
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('dialog', (dialog) => { page.faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('requestfailed', (request) => page.faults.push(`failed: ${request.url()}`));
  await page.goto(address);
  return page;
}

// Goes down the page from picture to picture, as a reader does, so that the lazy ones come; then back to its top.
async function read(page) {
  await page.evaluate(async () => {
    for (const image of document.images) {
      image.scrollIntoView({ block: 'center' });
      await image.decode();
    }
    scrollTo(0, 0);
    await new Promise(requestAnimationFrame);
  });
}

// What axe-core finds, as "RULE: ELEMENT".
async function barriers(page) {
  await page.evaluate(install('axe-core').source);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.html}`));
}

// What html-validate's rules of the standard find, as "LINE: MESSAGE".
async function faults(markup) {
  const { HtmlValidate } = install('html-validate');
  const report = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(markup);
  return report.results.flatMap((result) => result.messages.map((found) => `${found.line}: ${found.message}`));
}

const artefact = (name) => path.join(ARTEFACTS, name);

// ---- The whole ----

// Runs test({ browser, folder }) with a folder of its own, and ends the process as prove wants it. The folder goes however
// that is, also where no browser can be had.
async function main(test) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'photodesk-browser.'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  const browser = await launch();
  try {
    await test({ browser, folder });
  } catch (error) {
    ok(false, 'the test comes to its end', error.stack);
  }
  console.log(`1..${tests}`);
  await browser.close();
  process.exit(failures > 0 ? 1 : 0); // a server that is still open would keep the process
}

module.exports = { ROOT, article, artefact, barriers, faults, is, main, ok, open, publish, read, serve, wanted, watch };
