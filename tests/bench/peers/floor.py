"""The codec floor: what decoding a set's photos and encoding photodesk's variants of them takes by itself. Nobody who
does so with these libraries, whatever else he does, can be faster."""

import concurrent.futures
import os
import shutil
import subprocess

import process
import programs

FLOOR = os.environ.get("FLOOR", "build/bench/floor")
PRESET = os.path.join(programs.HERE, "../frames.preset")


def make_frames(photos, work, environment, log):
    """The variants almost as they are before they are encoded."""
    frames = f"{work}/frames"
    shutil.rmtree(frames, ignore_errors=True)
    photodesk = os.environ.get("PHOTODESK", "build/photodesk")
    process.timed((photodesk, "build", "--quiet", "--credit", programs.CREDIT, "--preset", PRESET, "-o", frames,
                   os.path.dirname(photos[0])), environment, log)
    return frames


def one(photo, frames):
    said = subprocess.run((FLOOR, "--quality", str(programs.QUALITY), "--method", str(programs.METHOD), photo, frames),
                          check=True, capture_output=True, text=True).stdout
    return float(said.split("\t")[3])


def seconds(photos, frames):
    """Of processor time, with as many photos at once as there are processors: so they are as busy as with the others."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(lambda photo: one(photo, frames), photos))
