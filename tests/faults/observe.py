#!/usr/bin/env python3
"""Watches an output folder as its readers see it: does every manifest name files that are there, whole?

    observe.py OUT

Reads all manifests again and again until standard input ends. Prints what was untrue, a line each, and then how often
it looked. Exits 1 where something was untrue.
"""

import json
import os
import select
import sys

STATE = ".photodesk"


def manifests(out):
    """The paths of all manifests there."""
    for folder, below, files in os.walk(out):
        below[:] = [name for name in below if name != STATE]
        if "manifest.json" in files:
            yield os.path.join(folder, "manifest.json")


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def named(manifest):
    """Name and size of all files that a manifest, given as bytes, names."""
    for photo in json.loads(manifest)["photos"].values():
        for variants in photo["renditions"].values():
            for variant in variants:
                yield variant["file"], variant["bytes"]


def untrue_of(path):
    """What one manifest says that is not so. One that is replaced meanwhile is looked at anew."""
    while True:
        text = read(path)
        if text is None:
            return []
        wrong = []
        try:
            for name, size in named(text):
                try:
                    there = os.stat(os.path.join(os.path.dirname(path), name)).st_size
                except FileNotFoundError:
                    there = None
                if there != size:
                    wrong.append(f"{path}: {name} has {there} bytes, not {size}")
        except ValueError as error:
            wrong.append(f"{path}: {error}")
        if not wrong or read(path) == text:
            return wrong


def untrue(out):
    return [line for path in manifests(out) for line in untrue_of(path)]


def main():
    looks, seen, wrong = 0, 0, []
    while not wrong and not select.select([sys.stdin], [], [], 0.001)[0]:
        paths = list(manifests(sys.argv[1]))
        wrong = [line for path in paths for line in untrue_of(path)]
        looks += 1
        seen += len(paths)
    print(*wrong, f"{looks} looks at {seen} manifests", sep="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
