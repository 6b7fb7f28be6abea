"""How near a variant is to the best that can be had: a one-step Lanczos 3 downscale of the full-size upright
sRGB photo. SSIM (Wang et al. 2004: Gaussian window of 11 x 11 pixels, sigma 1.5) and PSNR, both on luma
(ITU-R BT.601)."""

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


class Reference:
    """A photo, upright and in sRGB, to be scaled by libvips to any size."""

    def __init__(self, photo, work):
        self.full = os.path.join(work, "full.v")
        self.scaled = os.path.join(work, "scaled.ppm")
        turned = os.path.join(work, "turned.v")
        run("vips", "autorot", photo, turned)
        try:
            run("vips", "icc_transform", turned, self.full, "srgb", "--embedded", "--intent", "relative")
        except subprocess.CalledProcessError:  # it has no profile
            run("vips", "colourspace", turned, self.full, "srgb")
        os.remove(turned)
        self.width, self.height = (int(self.field(name)) for name in ("width", "height"))

    def field(self, name):
        return subprocess.run(("vipsheader", "-f", name, self.full), check=True, capture_output=True).stdout

    def luma(self, width, height):
        run("vips", "reduce", self.full, self.scaled + ".v", str(self.width / width), str(self.height / height),
            "--kernel", "lanczos3")
        run("vips", "extract_band", self.scaled + ".v", self.scaled, "0", "--n", "3")
        return luma(read_pnm(self.scaled))


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


def compare(photos, find, widths, work):
    """Of each photo and width, the file that find(photo, width) names: mean SSIM, mean PSNR, the worst SSIM."""
    similar, noise = [], []
    for photo in photos:
        reference = Reference(photo, work)
        for width in widths:
            got = decode(find(photo, width), work)
            best = reference.luma(got.shape[1], got.shape[0])
            if got.shape != best.shape:
                got = got[: best.shape[0], : best.shape[1]]
                best = best[: got.shape[0], : got.shape[1]]
            similar.append(ssim(got, best))
            noise.append(psnr(got, best))
    return {"ssim": float(numpy.mean(similar)), "psnr": float(numpy.mean(noise)), "worst": min(similar)}
