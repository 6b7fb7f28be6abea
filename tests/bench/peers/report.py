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


def mean(photos, what):
    return statistics.mean(photo[what] for photo in photos)


def set_table(name, figures):
    count, all_of = figures["photos"], figures["programs"]
    lines = [
        f"### {TITLES[name]}: {count}", "",
        "| program | photos/s | processor s/photo | memory MiB | MB | SSIM | PSNR |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for program, its in all_of.items():
        photos = its.get("quality")
        lines.append(
            f"| {program} | {count / statistics.median(its['wall']):.2f} | {statistics.median(its['cpu']) / count:.3f} | "
            f"{statistics.median(its['memory']):.0f} | {its['bytes'] / 1e6:.2f} | "
            f"{format(mean(photos, 'ssim'), '.4f') if photos else ''} | {format(mean(photos, 'psnr'), '.2f') if photos else ''} |")
    return lines + [""] + ratio_table(name, figures) + [""] + (floor_lines(name, figures) if "floor" in figures else [])


def ratio_table(name, figures):
    """Of each of the others over photodesk's runs beside it; of bytes, which are the same in each, over the same pictures
    without a stamp."""
    ours, plain = figures["programs"]["photodesk"], figures["programs"]["photodesk, stamp off"]
    least = [seconds / os.cpu_count() for seconds in figures.get("floor", [])]  # by the clock: no processor ever waits
    left = times(least, [wall for wall, _ in figures.get("beside floor", [])])  # how much faster photodesk could be at most
    lines = ["| over photodesk | seconds by the clock | to reach | the codec floor's | processor time | memory | bytes |",
             "| --- | --- | --- | --- | --- | --- | --: |"]
    for program, its in figures["programs"].items():
        if program == "photodesk":
            continue
        wall, cpu = zip(*its["beside"])
        slower = times(wall, its["wall"])
        most = ratio([a * b for a, b in zip(slower, left)]) if left else ""
        bound = programs.TO_REACH.get(program, {}).get(name)
        judged = f"{bound}{verdict(statistics.median(slower), bound)}" if bound else ""
        lines.append(f"| {program} | {ratio(slower)} | {judged} | {most} | "
                     f"{ratio(times(cpu, its['cpu']))} | {ratio(times(ours['memory'], its['memory']))} | "
                     f"{its['bytes'] / plain['bytes']:.3f} |")
    return lines


def floor_lines(name, figures):
    """How near photodesk is to the codec floor."""
    floor = figures["floor"]
    over = times(floor, [cpu for _, cpu in figures["beside floor"]])
    bound = programs.FLOOR_TO_REACH.get(name)
    judged = f" (at most {bound}:{verdict(statistics.median(over), bound, False)})" if bound else ""
    return [f"- codec floor, decoding and encoding photodesk's variants alone: {statistics.median(floor) / figures['photos']:.3f} "
            f"processor seconds a photo; photodesk takes {ratio(over)} times as much{judged}", ""]


def compared(ours, theirs, which):
    """Bytes and quality of photodesk's photos over sharp's, of those that which says."""
    ours, theirs = ([photo for photo, of in zip(photos, which) if of] for photos in (ours, theirs))
    size = sum(photo["bytes"] for photo in ours) / sum(photo["bytes"] for photo in theirs)
    better = mean(ours, "ssim") - mean(theirs, "ssim")
    good = " met" if size <= 1 and better >= 0 else " NOT MET"
    return f"{size:.3f} times its bytes at {better:+.4f} SSIM and {mean(ours, 'psnr') - mean(theirs, 'psnr'):+.2f} dB:{good}"


def against_sharp(figures):
    """Memory, bytes and quality against sharp's best recipe."""
    lines = []
    for name in ("cameras", "phones"):
        its = figures["sets"].get(name)
        if not its:
            continue
        ours, plain, sharp = (its["programs"][key] for key in ("photodesk", "photodesk, stamp off", "sharp, best recipe"))
        share = statistics.median(times(sharp["memory"], ours["memory"]))
        everything = [True] * its["photos"]
        same = [not alone for alone in its["told by EXIF alone"]]
        title = TITLES[name]
        lines += [f"- {title}: peak memory of all processes {share:.2f} times sharp's best recipe "
                  f"(at most {programs.MEMORY_TO_REACH}:{verdict(share, programs.MEMORY_TO_REACH, False)})",
                  f"- {title}, without the stamp: {compared(plain['quality'], sharp['quality'], everything)}"]
        if not all(same):
            lines.append(f"- {title}, without the {same.count(False)} that are Adobe RGB by their EXIF alone, which sharp does "
                         f"not see: {compared(plain['quality'], sharp['quality'], same)}")
        if its["lower"] and its["lower"]["of"] < programs.QUALITY:
            lines.append(f"- {title}, all of them, with quality {its['lower']['of']} against sharp's {programs.QUALITY}: "
                         f"{compared(its['lower']['quality'], sharp['quality'], everything)}")
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
            cells = [f"{s:.2f} s, {m:.0f} MiB" for s, m in zip(row, number["memory"][name])] + [f"{row[-1]:.2f} s"]
            again = f"{statistics.median(number['again'][name]):.2f} s" if name in number["again"] else ""
            lines.append(f"| {name} | " + " | ".join(cells) + f" | {again} |")
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
    lines.append(f"- {results['runs']} rounds; a ratio is to photodesk's runs before and after (where they take long, to the first of "
                 "the round), and told as median (lowest to highest)")
    return "\n".join(lines) + "\n"
