// sharp as its documentation has it for several sizes: one pipeline, cloned for each of them. libvips takes as
// many threads as it likes; one photo after another.
const sharp = require("sharp");
const { quality, method, widths, photos, file } = require("./arguments.js");

async function variants(photo) {
    const { autoOrient } = await sharp(photo).metadata();
    const pipeline = sharp(photo).autoOrient();
    await Promise.all(
        widths
            .filter((width) => width <= autoOrient.width)
            .map((width) =>
                pipeline.clone().resize({ width }).webp({ quality, effort: method }).toFile(file(photo, width)),
            ),
    );
}

(async () => {
    for (const photo of photos) await variants(photo);
})();
