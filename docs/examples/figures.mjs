// Figures in a site's own markup, from the manifest of a gallery.
//
//     node figures.mjs public/photos/GALLERY/manifest.json [ADDRESS]
//
// ADDRESS is where the gallery is on the web; default: as the preset's base-url says, else beside the page.
import { readFileSync } from "node:fs";

const [path, address] = process.argv.slice(2);
const { page, order, lead, photos } = JSON.parse(readFileSync(path, "utf8"));
const base = address ?? page.address ?? "";

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const url = ({ file }) => base + encodeURIComponent(file);

// The files of a rendition ascend in width: the last one is the widest.
function picture(photo, name, eager) {
  const files = photo.renditions[name];
  const widest = files.at(-1);
  const srcset = files.map((file) => `${url(file)} ${file.width}w`).join(", ");
  return (
    `<img src="${url(widest)}" srcset="${srcset}" sizes="${escape(page.sizes)}"` +
    ` width="${widest.width}" height="${widest.height}"` +
    ` loading="${eager ? "eager" : "lazy"}" alt="${escape(photo.alt)}">`
  );
}

// The label and each name apart, so that none turns the order of the others.
function credit({ text, creators, agency }) {
  const comma = /^\P{L}*\p{Script=Arabic}/u.test(creators[0] ?? "") ? "، " : ", ";
  const names = creators.join(comma) + (agency ? (creators.length ? "/" : "") + agency : "");
  const bdi = (name) => `<bdi>${escape(name)}</bdi>`;
  if (!text?.endsWith(names) || text === names) return bdi(text ?? "");
  const line = creators.map(bdi).join(comma) + (agency ? (creators.length ? "/" : "") + bdi(agency) : "");
  return `<bdi>${escape(text.slice(0, -names.length))}${line}</bdi>`;
}

for (const key of order) {
  const photo = photos[key];
  const name = page.figure.findLast((rendition) => photo.renditions[rendition]); // the one that every browser knows
  if (!name) continue;
  console.log(`<div class="photo" lang="${photo.lang}" dir="${photo.dir}">`);
  console.log(picture(photo, name, key === lead));
  console.log(`<p>${escape(photo.caption)} <cite>${credit(photo.credit)}</cite></p>`);
  console.log("</div>");
}
