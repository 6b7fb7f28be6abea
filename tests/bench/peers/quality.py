"""How near a variant is to the best that can be had: a one-step Lanczos 3 downscale, in floating point, of the
full-size upright photo in sRGB. What is Adobe RGB by EXIF alone, as cameras write it (DCF 2.0), counts as that. SSIM
(Wang et al. 2004: Gaussian window of 11 x 11 pixels, sigma 1.5) and PSNR, both on luma (ITU-R BT.601)."""

import os
import subprocess

import numpy


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def read_pnm(path):
    """Height x width x 3 samples."""
    with open(path, "rb") as file:
        data = file.read()
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end : end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        if data[at : at + 1] == b"#":
            end = data.index(b"\n", at)
        elif end > at:
            fields.append(data[at:end])
        at = end + 1
    width, height = int(fields[1]), int(fields[2])
    bands = 3 if fields[0] == b"P6" else 1
    samples = numpy.frombuffer(data, numpy.uint8, width * height * bands, at).reshape(height, width, bands)
    return numpy.repeat(samples, 3, axis=2) if bands == 1 else samples


def luma(pixels):
    return pixels.astype(numpy.float32) @ numpy.array([0.299, 0.587, 0.114], numpy.float32)


# ---- Adobe RGB (1998) ----


def to_xyz(red, green, blue, white=(0.3127, 0.3290)):
    """From linear RGB of these primaries (x, y) to XYZ, white being Y = 1."""
    columns = numpy.array([[x / y, 1, (1 - x - y) / y] for x, y in (red, green, blue)]).T
    x, y = white
    return columns * numpy.linalg.solve(columns, [x / y, 1, (1 - x - y) / y])


ADOBE_TO_SRGB = numpy.linalg.inv(to_xyz((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))) @ to_xyz(
    (0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
LINEAR = (numpy.arange(256) / 255) ** (563 / 256)
STEPS = 1 << 16
LIGHT = numpy.arange(STEPS) / (STEPS - 1)
CODES = numpy.round(255 * numpy.where(LIGHT <= 0.0031308, 12.92 * LIGHT, 1.055 * LIGHT ** (1 / 2.4) - 0.055)).astype(numpy.uint8)


def adobe_to_srgb(path):
    """In place, of a PPM."""
    pixels = read_pnm(path).copy()
    for row in pixels:
        row[:] = CODES[(numpy.clip(LINEAR[row] @ ADOBE_TO_SRGB.T, 0, 1) * (STEPS - 1) + 0.5).astype(int)]
    with open(path, "wb") as file:
        file.write(b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes())


def field(path, name):
    """What libvips reads of an image's header; None where it is not there."""
    read = subprocess.run(("vipsheader", "-f", name, path), capture_output=True, text=True)
    return read.stdout.strip() if read.returncode == 0 else None


# ---- The reference ----


def adobe_by_exif(photo):
    """Adobe RGB that no embedded profile tells."""
    return not field(photo, "icc-profile-data") and (field(photo, "exif-ifd4-InteroperabilityIndex") or "").startswith("R03")


def upright_srgb(photo, work):
    """A file with the photo as floating-point samples: libvips rounds the weights of 8-bit ones."""
    turned, plain, full = (os.path.join(work, name) for name in ("turned.v", "plain.ppm", "full.v"))
    run("vips", "autorot", photo, turned)
    if field(photo, "icc-profile-data"):
        run("vips", "icc_transform", turned, plain, "srgb", "--embedded", "--intent", "relative")
    else:
        run("vips", "colourspace", turned, plain, "srgb")
        if adobe_by_exif(photo):
            adobe_to_srgb(plain)
    run("vips", "cast", plain, full, "float")
    return full


class References:
    """Photos, upright and in sRGB, scaled by libvips; each size is made once."""

    def __init__(self, work):
        self.work = work
        self.known = {}  # (photo, width, height): luma
        self.full = {}  # photo: its file, of the last one only

    def luma(self, photo, width, height):
        key = (photo, width, height)
        if key not in self.known:
            if photo not in self.full:
                self.full = {photo: upright_srgb(photo, self.work)}
            full = self.full[photo]
            exact, rounded, scaled = (os.path.join(self.work, name) for name in ("exact.v", "rounded.v", "scaled.ppm"))
            run("vips", "reduce", full, exact, *(str(int(field(full, side)) / size)
                                                 for side, size in (("width", width), ("height", height))), "--kernel", "lanczos3")
            run("vips", "round", exact, rounded, "rint")
            run("vips", "cast", rounded, scaled, "uchar")
            self.known[key] = luma(read_pnm(scaled))
        return self.known[key]


def decode(variant, work):
    path = os.path.join(work, "variant.ppm")
    run("dwebp", "-quiet", variant, "-ppm", "-o", path)
    return luma(read_pnm(path))


WINDOW = numpy.exp(-(numpy.arange(-5, 6) ** 2) / (2 * 1.5**2)).astype(numpy.float32)
WINDOW /= WINDOW.sum()


def blur(plane):
    """Without the five outermost pixels."""
    height, width = plane.shape[0] - 10, plane.shape[1] - 10
    rows = sum(weight * plane[i : i + height] for i, weight in enumerate(WINDOW))
    return sum(weight * rows[:, i : i + width] for i, weight in enumerate(WINDOW))


def ssim(a, b):
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b = blur(a * a) - mean_a**2, blur(b * b) - mean_b**2
    cov = blur(a * b) - mean_a * mean_b
    return float(numpy.mean((2 * mean_a * mean_b + c1) * (2 * cov + c2)
                            / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))))


def psnr(a, b):
    return float(10 * numpy.log10(255**2 / max(numpy.mean((a - b) ** 2), 1e-9)))


def compare(photos, find, widths, references):
    """Of each photo, over the files that find(photo, width) names: mean SSIM, mean PSNR, bytes."""
    found = []
    for photo in photos:
        similar, noise, size = [], [], 0
        for width in widths:
            file = find(photo, width)
            got = decode(file, references.work)
            best = references.luma(photo, got.shape[1], got.shape[0])
            similar.append(ssim(got, best))
            noise.append(psnr(got, best))
            size += os.path.getsize(file)
        found.append({"ssim": float(numpy.mean(similar)), "psnr": float(numpy.mean(noise)), "bytes": size})
    return found
