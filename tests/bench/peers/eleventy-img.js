// @11ty/eleventy-img as a site's build calls it. It cuts no squares: instead of them it makes the whole picture as
// wide as they are. A second run finds its files in OUT and leaves them.
const Image = require("@11ty/eleventy-img");
const path = require("node:path");
const { out, quality, method, widths, squares, photos } = require("./arguments.js");

const options = {
    widths: [...new Set([...widths, ...squares])],
    formats: ["webp"],
    outputDir: out,
    sharpWebpOptions: { quality, effort: method },
    // As its own, a digest of the source among it, by which it knows what it has made; and the photo's.
    filenameFormat: (id, photo, width) => `${path.parse(photo).name}-${id}-${width}.webp`,
};

Promise.all(photos.map((photo) => Image(photo, options)));
