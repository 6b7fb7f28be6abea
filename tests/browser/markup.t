#!/usr/bin/env node
// All markup is valid HTML by html-validate; JSON-LD and Open Graph, as a browser reads them, say field by field what
// the manifest says.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, article, faults, is, main, open, publish } = require('./lib.js');

const BASE = 'https://photos.example/2026';

// The ImageObject of one file of a photo.
function imageObject(photo, file) {
  const { creators, agency } = photo.credit;
  return {
    '@type': 'ImageObject',
    contentUrl: `${BASE}/${file.file}`,
    width: file.width,
    height: file.height,
    encodingFormat: file.type,
    caption: photo.caption,
    creator: creators.length > 0 ? creators.map((name) => ({ '@type': 'Person', name })) : [{ '@type': 'Organization', name: agency }],
    creditText: [creators.join(', '), agency].filter(Boolean).join('/'),
    copyrightNotice: '© 2026 הדסק & Co',
    license: 'https://desk.example/terms?a=1&b=2',
    acquireLicensePage: 'https://desk.example/buy',
  };
}

main(async ({ browser, folder }) => {
  const source = path.join(folder, 'source');
  fs.cpSync(path.join(ROOT, 'fixtures/education-week'), source, { recursive: true });
  fs.copyFileSync(path.join(source, 'lead.jpg'), path.join(source, 'agency.jpg'));
  fs.appendFileSync(path.join(source, 'captions.csv'), 'agency.jpg,"ההיכל, לפני הערב",רויטרס,\n');
  const gallery = path.join(folder, 'photos');
  const manifest = publish(source, gallery, `[page]
base-url = ${BASE}
social = preview;square
[rights]
copyright = © 2026 הדסק & Co
web-statement = https://desk.example/terms?a=1&b=2
licensor-url = https://desk.example/buy
[rendition preview]
widths = 600
aspect = 19:10
format = jpeg
stamp = false
[rendition square]
widths = 400
aspect = 1:1
format = jpeg
stamp = false
`);

  // ---- Validity ----

  const page = article(gallery);
  is(await faults(page), [], 'an article with figures.html and head.html is valid');
  is(await faults(fs.readFileSync(path.join(gallery, 'index.html'), 'utf8')), [], 'the contact sheet is valid');
  is((await faults('<!doctype html>\n<p><div></p>')).length > 0, true, 'the validator finds what is wrong');

  // ---- Data, as a browser reads it ----

  fs.writeFileSync(path.join(folder, 'article.html'), page);
  const reader = await open(browser, `file://${folder}/article.html`, { offline: true });
  const { jsonld, opengraph } = await reader.evaluate(() => ({
    jsonld: [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => JSON.parse(script.textContent)),
    opengraph: [...document.querySelectorAll('meta[property]')].map((meta) => [meta.getAttribute('property'), meta.content]),
  }));
  const photos = manifest.order.map((name) => manifest.photos[name]);
  const lead = manifest.photos[manifest.lead];
  const widest = (photo, rendition) => photo.renditions[rendition].at(-1);
  const figure = manifest.page.figure[0];
  const images = [
    imageObject(lead, widest(lead, 'preview')),
    imageObject(lead, widest(lead, 'square')),
    ...[lead, ...photos.filter((photo) => photo !== lead)].map((photo) => imageObject(photo, widest(photo, figure))),
  ];
  is(jsonld.length, 1, 'JSON-LD: one Article');
  is([jsonld[0]['@context'], jsonld[0]['@type']], ['https://schema.org', 'Article'], 'JSON-LD: of schema.org');
  is(jsonld[0].image.length, images.length, "JSON-LD: the lead's social pictures, then a picture of each photo");
  for (const [i, image] of images.entries()) {
    is(Object.keys(jsonld[0].image[i]), Object.keys(image), `JSON-LD: image ${i + 1} has these fields`);
    for (const [field, value] of Object.entries(image)) is(jsonld[0].image[i][field], value, `JSON-LD: image ${i + 1}: ${field}`);
  }

  const preview = widest(lead, 'preview');
  const expected = {
    'og:image': `${BASE}/${preview.file}`,
    'og:image:type': 'image/jpeg',
    'og:image:width': String(preview.width),
    'og:image:height': String(preview.height),
    'og:image:alt': lead.alt,
  };
  is(opengraph.map(([property]) => property), Object.keys(expected), 'Open Graph: each property once');
  for (const [property, content] of opengraph) is(content, expected[property], `Open Graph: ${property}`);
});
