// The arguments that every peer takes: OUT QUALITY METHOD WIDTH,WIDTH... PHOTO...
const path = require("node:path");

const [out, quality, method, widths, ...photos] = process.argv.slice(2);

module.exports = {
    out,
    quality: Number(quality),
    method: Number(method),
    widths: widths.split(",").map(Number),
    photos,
    // Where a variant belongs: OUT/STEM-WIDTH.webp
    file: (photo, width) => path.join(out, `${path.parse(photo).name}-${width}.webp`),
};
