// sharp as fast as we could make it: each photo is decoded once to its largest width, by shrinking on load, and
// every variant is resized from those raw pixels; a thread for each image, and as many photos in flight as there
// are processors.
const os = require("node:os");
const sharp = require("sharp");
const { quality, method, widths, squares, photos, file, squareFile } = require("./arguments.js");

sharp.concurrency(1);
sharp.cache(false);

async function variants(photo) {
    const { autoOrient } = await sharp(photo).metadata();
    const wanted = widths.filter((width) => width <= autoOrient.width);
    const { data, info } = await sharp(photo)
        .autoOrient()
        .resize({ width: Math.max(...wanted) })
        .toColourspace("srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const make = (size, path) =>
        sharp(data, { raw }).resize(size).webp({ quality, effort: method }).toFile(path);
    await Promise.all([
        ...wanted.map((width) => make({ width }, file(photo, width))),
        ...squares.map((side) => make({ width: side, height: side }, squareFile(photo, side))),
    ]);
}

async function worker(queue) {
    for (let photo = queue.pop(); photo; photo = queue.pop()) await variants(photo);
}

const queue = photos.slice().reverse();
Promise.all(Array.from({ length: os.availableParallelism() }, () => worker(queue)));
