"""The figures as pictures: bars of how many times as fast, and lines of how the time grows."""

import math
import statistics
from xml.sax.saxutils import escape

INK, FAINT, OURS = "#1f2933", "#cbd2d9", "#0b6e4f"
LINES = (OURS, "#c2410c", "#1d4ed8", "#7e22ce")
FONT = 'font-family="sans-serif" font-size="13"'


def svg(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n')


def text(x, y, words, anchor="start", colour=INK):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {FONT}>{escape(words)}</text>'


def bars(title, rows):
    """rows: (name, median, lowest, highest), photos a second."""
    left, right, step = 200, 640, 30
    most = max(highest for _, _, _, highest in rows)
    scale = (right - left) / most
    parts = [text(20, 26, title)]
    for i, (name, middle, lowest, highest) in enumerate(rows):
        y = 48 + i * step
        colour = OURS if name.startswith("photodesk") else "#7b8794"
        parts += [
            text(left - 10, y + 14, name, "end"),
            f'<rect x="{left}" y="{y}" width="{middle * scale:.1f}" height="20" fill="{colour}"/>',
            f'<path d="M{left + lowest * scale:.1f} {y + 10}H{left + highest * scale:.1f}" stroke="{INK}"/>',
            text(left + highest * scale + 8, y + 14, f"{middle:.2f}"),
        ]
    return svg(720, 60 + step * len(rows), parts)


def lines(title, xs, series, x_name, y_name):
    """Both axes logarithmic. series: name -> its ys."""
    left, top, width, height = 70, 50, 480, 300
    values = [y for ys in series.values() for y in ys]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(xs[0]), math.log10(xs[-1])
    at_x = lambda x: left + (math.log10(x) - first) / (last - first) * width
    at_y = lambda y: top + height - (math.log10(y) - low) / (high - low) * height
    parts = [text(20, 26, title), text(left + width / 2, top + height + 44, x_name, "middle"), text(20, 44, y_name)]
    for power in range(low, high + 1):
        y = at_y(10**power)
        parts += [f'<path d="M{left} {y:.1f}H{left + width}" stroke="{FAINT}"/>',
                  text(left - 8, y + 4, f"{10**power:g}", "end")]
    parts += [text(at_x(x), top + height + 20, f"{x:,}", "middle") for x in xs]
    for colour, (name, ys) in zip(LINES, series.items()):
        points = " ".join(f"{at_x(x):.1f},{at_y(y):.1f}" for x, y in zip(xs, ys))
        parts += [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
                  text(left + width + 10, at_y(ys[-1]) + 4, name, colour=colour)]
    return svg(740, top + height + 60, parts)


def write(results, folder):
    for name, figures in results["sets"].items():
        rows = []
        for program, its in figures["programs"].items():
            rates = [figures["photos"] / wall for wall in its["wall"]]
            rows.append((program, statistics.median(rates), min(rates), max(rates)))
        save(f"{folder}/peers-{name}.svg", bars(f"Photos a second: {name}", rows))
    if "size" in results:
        size = results["size"]
        save(f"{folder}/peers-size.svg", lines("One photo", size["x"], size["seconds"], "megapixels", "seconds"))
    if "number" in results:
        number = results["number"]
        save(f"{folder}/peers-number.svg", lines("Small photos", number["x"], number["seconds"], "photos", "seconds"))


def save(path, picture):
    with open(path, "w") as file:
        file.write(picture)
