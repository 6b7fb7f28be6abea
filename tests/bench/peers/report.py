"""The figures as tables in Markdown."""

import os
import platform
import statistics
import subprocess

import programs

TITLES = {
    "cameras": "Photos of cameras", "phones": "JPEGs of telephones, Display P3", "heic": "HEIC of telephones",
    "png": "PNG of 2560 px", "tiff": "TIFF of 2560 px in 16 bits", "single": "One large photo",
    "small": "1,000 small photos",
}


def version(*command):
    try:
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        return said.splitlines()[0] if said else "?"
    except (OSError, subprocess.CalledProcessError):
        return "not there"


def package(name):
    return version("dpkg-query", "-W", "-f", "${Version}", name)


def npm(name):
    return version("node", "-p", f"require('./build/bench/peers/node_modules/{name}/package.json').version")


def machine():
    with open("/proc/cpuinfo") as cpu:
        model = next((line.split(":")[1].strip() for line in cpu if line.startswith("model name")), "?")
    return {
        "processor": f"{model}, {os.cpu_count()} processors",
        "system": f"Linux {platform.release()}",
        "load": os.getloadavg()[0],
        "photodesk": version(os.environ.get("PHOTODESK", "build/photodesk"), "--version"),
        "sharp": f"{npm('sharp')} (libvips {version('node', '-p', SHARPS_VIPS)})",
        "eleventy-img": npm("@11ty/eleventy-img"),
        "node": version("node", "--version"),
        "libvips": package("libvips42"),
        "ImageMagick": package("imagemagick"),
        "GraphicsMagick": package("graphicsmagick"),
        "libwebp": package("libwebp7"),
    }


SHARPS_VIPS = "require('./build/bench/peers/node_modules/sharp').versions.vips"


def ratio(values, form="{:.2f}"):
    """Median, and in brackets the lowest and the highest."""
    middle = form.format(statistics.median(values))
    return f"{middle} ({form.format(min(values))} to {form.format(max(values))})"


def times(ours, theirs):
    """How many times as fast, round by round."""
    return [theirs / mine for mine, theirs in zip(ours, theirs)]


def verdict(value, bound, at_least=True):
    return "" if bound is None else " met" if (value >= bound if at_least else value <= bound) else " NOT MET"


def set_table(name, figures):
    count, all_of = figures["photos"], figures["programs"]
    ours = all_of["photodesk"]
    lines = [
        f"### {TITLES[name]}: {count}", "",
        "| program | photos/s | photodesk is faster by | to reach | processor s/photo | memory MiB | MB | SSIM | PSNR |",
        "| --- | --: | --- | --- | --: | --: | --: | --: | --: |",
    ]
    for program, its in all_of.items():
        faster = times(ours["wall"], its["wall"])
        bound = programs.TO_REACH.get(program, {}).get(name)
        judged = f"{bound}{verdict(statistics.median(faster), bound)}" if bound else ""
        lines.append(
            f"| {program} | {count / statistics.median(its['wall']):.2f} | "
            f"{'' if program == 'photodesk' else ratio(faster)} | {judged} | "
            f"{statistics.median(its['cpu']) / count:.3f} | {its['memory']:.0f} | {its['bytes'] / 1e6:.2f} | "
            f"{format(its['ssim'], '.4f') if 'ssim' in its else ''} | "
            f"{format(its['psnr'], '.2f') if 'psnr' in its else ''} |")
    return lines + [""]


def against_sharp(figures):
    """Memory, bytes and quality against sharp's best recipe."""
    lines = []
    for name in ("cameras", "phones"):
        all_of = figures["sets"].get(name, {}).get("programs")
        if not all_of:
            continue
        ours, plain, sharp = (all_of[key] for key in ("photodesk", "photodesk, stamp off", "sharp, best recipe"))
        share = ours["memory"] / sharp["memory"]
        lines.append(f"- {TITLES[name]}: peak memory of all processes {share:.2f} times sharp's best recipe "
                     f"(at most {programs.MEMORY_TO_REACH}:{verdict(share, programs.MEMORY_TO_REACH, False)}); without the "
                     f"stamp {plain['bytes'] / sharp['bytes']:.3f} times its bytes at {plain['ssim'] - sharp['ssim']:+.4f} "
                     f"SSIM and {plain['psnr'] - sharp['psnr']:+.2f} dB")
    return lines


def growth(results):
    lines = []
    if "size" in results:
        size = results["size"]
        lines += ["### One photo of more and more megapixels, seconds", "",
                  "| program | " + " | ".join(map(str, size["x"])) + " |", "| --- |" + " --: |" * len(size["x"])]
        lines += [f"| {name} | " + " | ".join(f"{s:.2f}" for s in row) + " |" for name, row in size["seconds"].items()]
        lines.append("")
    if "number" in results:
        number = results["number"]
        lines += ["### More and more small photos, seconds and MiB", "",
                  "| program | " + " | ".join(f"{n:,}" for n in number["x"]) + " | again |",
                  "| --- |" + " --: |" * (len(number["x"]) + 1)]
        for name, row in number["seconds"].items():
            cells = [f"{s:.2f} s, {m:.0f} MiB" for s, m in zip(row, number["memory"][name])]
            lines.append(f"| {name} | " + " | ".join(cells) + f" | {statistics.median(number['again'][name]):.2f} s |")
        faster = times(number["again"]["photodesk"], number["again"]["eleventy-img"])
        lines += ["", f"Nothing to do over {number['x'][-1]:,} photos: {ratio(faster, '{:.0f}')} times as fast as eleventy-img "
                  f"(at least {programs.NO_OP_TO_REACH}:{verdict(statistics.median(faster), programs.NO_OP_TO_REACH)})", ""]
    return lines


def markdown(results):
    lines = []
    for name, figures in results["sets"].items():
        lines += set_table(name, figures)
    lines += growth(results)
    lines += against_sharp(results) + [""]
    lines += [f"- {name}: {value}" for name, value in results["machine"].items()]
    lines.append(f"- {results['runs']} rounds; a ratio is taken within a round and told as median (lowest to highest)")
    return "\n".join(lines) + "\n"
