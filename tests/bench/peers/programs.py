"""What is measured: photodesk, and what people use instead. Each makes the same variants of the same photos in the
same WebP quality and method: those of the preset article but for the JPEGs that it makes of a lead for link previews,
which photodesk alone makes."""

import collections
import glob
import json
import os

HERE = os.path.dirname(__file__)
CREDIT = "צילום: דנה כהן"
Variants = collections.namedtuple("Variants", "widths squares")
ARTICLE = Variants((320, 480, 640, 960, 1280, 1920), (160, 320))
SMALL = Variants((320,), (160, 214))  # of a photo of 320 x 214 px
QUALITY, METHOD = 78, 4


class Program:
    def __init__(self, name, *command, reads=("jpeg", "heic", "png", "tiff")):
        self.name = name
        self.command = command
        self.reads = reads

    def line(self, folder, photos, variants, out):
        """The command that makes the variants of all photos of a folder."""
        sizes = [",".join(map(str, some)) for some in variants]
        return [*self.command, os.path.abspath(out), str(QUALITY), str(METHOD), *sizes, *photos]

    def find(self, out, photo, width):
        """The variant's file."""
        stem = os.path.splitext(os.path.basename(photo))[0]
        return glob.glob(f"{glob.escape(os.path.join(out, stem))}-*{width}.webp")[0]


class Photodesk(Program):
    def line(self, folder, photos, variants, out):
        return [*self.command, folder, "-o", out]

    def find(self, out, photo, width):
        with open(os.path.join(out, "manifest.json")) as manifest:
            photos = json.load(manifest)["photos"]
        for file in photos[os.path.basename(photo)]["renditions"]["inline"]:
            if file["width"] == width:
                return os.path.join(out, file["file"])
        raise LookupError(f"{photo} has no variant {width} px wide")


def programs():
    photodesk = os.environ.get("PHOTODESK", "build/photodesk")
    node = lambda script: ("node", os.path.join(HERE, script))
    script = lambda name: (os.path.join(HERE, name),)
    return [
        Photodesk("photodesk", photodesk, "build", "--quiet", "--credit", CREDIT),
        Photodesk("photodesk, stamp off", photodesk, "build", "--quiet", "--no-credit", "--preset",
                  os.path.join(HERE, "plain.preset")),
        Program("sharp, best recipe", *node("sharp-best.js"), reads=("jpeg", "png", "tiff")),
        Program("sharp, documented recipe", *node("sharp-documented.js"), reads=("jpeg", "png", "tiff")),
        Program("eleventy-img", *node("eleventy-img.js"), reads=("jpeg", "png", "tiff")),
        Program("vipsthumbnail", *script("vipsthumbnail")),
        Program("ImageMagick", *script("imagemagick")),
        Program("GraphicsMagick", *script("graphicsmagick"), reads=("jpeg", "png", "tiff")),
        Program("djpeg and cwebp", *script("cwebp"), reads=("jpeg",)),
    ]


def plain_at(quality, work):
    """photodesk without a stamp, at another quality than the others'."""
    with open(os.path.join(HERE, "plain.preset")) as file:
        preset = file.read().replace(f"quality = {QUALITY}", f"quality = {quality}")
    path = os.path.join(work, f"quality-{quality}.preset")
    with open(path, "w") as file:
        file.write(preset)
    return Photodesk(f"photodesk, stamp off, quality {quality}", os.environ.get("PHOTODESK", "build/photodesk"), "build",
                     "--quiet", "--no-credit", "--preset", path)


# Photos a second: how many times those of the other, at least.
TO_REACH = {
    "sharp, best recipe": {"cameras": 1.6, "phones": 1.7},
    "sharp, documented recipe": {"cameras": 2.0, "phones": 2.3},
    "eleventy-img": {"cameras": 2.4, "phones": 2.0},
    "vipsthumbnail": {"cameras": 4, "phones": 2.7},
    "ImageMagick": {"cameras": 7, "phones": 6},
}
MEMORY_TO_REACH = 0.5  # of that of sharp's best recipe, at most
FLOOR_TO_REACH = {"cameras": 1.12, "phones": 1.35}  # processor time over that of decoding and encoding alone, at most
NO_OP_TO_REACH = 20  # times eleventy-img's run over what it has made, at least
