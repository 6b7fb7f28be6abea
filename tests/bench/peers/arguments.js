// The arguments that every peer takes: OUT QUALITY METHOD WIDTH,WIDTH... SIDE,SIDE... PHOTO...
const path = require("node:path");

const [out, quality, method, widths, squares, ...photos] = process.argv.slice(2);

module.exports = {
    out,
    quality: Number(quality),
    method: Number(method),
    widths: widths.split(",").map(Number),
    squares: squares.split(",").map(Number), // cut from the middle
    photos,
    // Where a variant belongs: OUT/STEM-WIDTH.webp, OUT/square-STEM-SIDE.webp
    file: (photo, width) => path.join(out, `${path.parse(photo).name}-${width}.webp`),
    squareFile: (photo, side) => path.join(out, `square-${path.parse(photo).name}-${side}.webp`),
};
