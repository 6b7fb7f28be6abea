// sharp as its documentation has it for several sizes: one pipeline, cloned for each of them. libvips takes as
// many threads as it likes; one photo after another.
const sharp = require("sharp");
const { quality, method, widths, squares, photos, file, squareFile } = require("./arguments.js");

async function variants(photo) {
    const { autoOrient } = await sharp(photo).metadata();
    const pipeline = sharp(photo).autoOrient();
    const make = (size, path) =>
        pipeline.clone().resize(size).webp({ quality, effort: method }).toFile(path);
    await Promise.all([
        ...widths
            .filter((width) => width <= autoOrient.width)
            .map((width) => make({ width }, file(photo, width))),
        ...squares.map((side) => make({ width: side, height: side }, squareFile(photo, side))),
    ]);
}

(async () => {
    for (const photo of photos) await variants(photo);
})();
