"""The photos that are measured: links to those of cameras and phones where there are any beside the checkout,
else the sample gallery; and what is made of them."""

import glob
import os
import shutil
import subprocess

CORPUS = "../shared/corpus"
SAMPLES = "fixtures/education-week"


def vips(*arguments):
    subprocess.run(("vips", *arguments), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def link(folder, photos):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for photo in photos:
        os.symlink(os.path.realpath(photo), os.path.join(folder, os.path.basename(photo)))
    return photographs(folder)


def photographs(folder):
    return sorted(glob.glob(os.path.join(folder, "*")))


def cameras(work):
    found = sorted(glob.glob(f"{CORPUS}/cameras/*.jpg")) or sorted(glob.glob(f"{SAMPLES}/*.jpg"))
    return link(f"{work}/cameras", found)


def phones(work):
    return link(f"{work}/phones", glob.glob(f"{CORPUS}/phones/*.jpg"))


def heic(work):
    return link(f"{work}/heic", glob.glob(f"{CORPUS}/phones/*.heic"))


def single(work):
    """The largest of the cameras' photos alone."""
    return link(f"{work}/single", [max(cameras(work), key=os.path.getsize)])


def made(folder, photos, name, *operation):
    """What an operation of libvips makes of each photo."""
    if not os.path.isdir(folder):
        os.makedirs(folder + ".part", exist_ok=True)
        for photo in photos:
            stem = os.path.splitext(os.path.basename(photo))[0]
            vips(operation[0], photo, f"{folder}.part/{name.format(stem)}", *operation[1:])
        os.rename(folder + ".part", folder)
    return photographs(folder)


def png(work):
    """As screens show them: 2560 px wide, lossless."""
    return made(f"{work}/png", cameras(work)[:4], "{}.png[strip]", "thumbnail", "2560")


def tiff(work):
    """The same in 16 bits to a channel, as raw converters and scanners write them."""
    folder = f"{work}/tiff"
    if not os.path.isdir(folder):
        os.makedirs(folder + ".part", exist_ok=True)
        for photo in png(work):
            stem = os.path.splitext(os.path.basename(photo))[0]
            vips("colourspace", photo, f"{folder}.part/{stem}.tif[compression=deflate,strip]", "rgb16")
        os.rename(folder + ".part", folder)
    return photographs(folder)


def megapixels(work, millions):
    """One photo of that many megapixels, 3 : 2, as cameras write them."""
    width = round((millions * 1.5e6) ** 0.5) // 2 * 2
    photo = single(work)[0]
    return made(f"{work}/{millions}mp", [photo], "photo.jpg[Q=92,strip]", "thumbnail", str(width),
                "--height", str(round(width / 1.5)), "--size", "force")


def small(work, number):
    """As many small photos of 320 x 214 px as wanted, each with other bytes: a comment holds its number."""
    folder = f"{work}/small-{number}"
    if not os.path.isdir(folder):
        one = made(f"{work}/small", [single(work)[0]], "photo.jpg[Q=85,strip]", "thumbnail", "320", "--height", "214",
                   "--size", "force")[0]
        with open(one, "rb") as file:
            jpeg = file.read()
        os.makedirs(folder + ".part", exist_ok=True)
        for i in range(number):
            comment = b"%08d" % i
            with open(f"{folder}.part/photo-{i:05d}.jpg", "wb") as file:
                file.write(jpeg[:2] + b"\xff\xfe\x00\x0a" + comment + jpeg[2:])
        os.rename(folder + ".part", folder)
    return photographs(folder)
