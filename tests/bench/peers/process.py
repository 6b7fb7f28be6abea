"""Runs a command and measures it with all its descendants: by the clock, by processor time, by memory."""

import os
import subprocess
import threading
import time


class Failed(Exception):
    """The command did not exit with 0, or cannot be run at all."""


def timed(command, environment, log):
    """Seconds by the clock, and of processor time (user and system) of all processes together."""
    began = time.monotonic()
    with open(log, "wb") as output:
        try:
            child = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        except OSError as fault:
            raise Failed(f"{command[0]}: {fault.strerror}") from fault
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if child.returncode != 0:
        with open(log, errors="replace") as text:
            raise Failed(f"{' '.join(command[:2])}: exit code {child.returncode}: {text.read()[-300:].strip()}")
    return wall, usage.ru_utime + usage.ru_stime


def peak_memory(command, environment, log, interval=0.02):
    """The largest memory in MiB that all its processes had at one moment: the sum of their proportional set
    sizes, in which what several share counts once. Looking takes time: not to be combined with timed()."""
    with open(log, "wb") as output:
        child = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    most = 0
    done = threading.Event()

    def look():
        nonlocal most
        while not done.wait(interval):
            most = max(most, sum(proportional(pid) for pid in family(child.pid)))

    watcher = threading.Thread(target=look)
    watcher.start()
    child.wait()
    done.set()
    watcher.join()
    return most / 1024


def family(pid):
    """The process and all its descendants."""
    found, unseen = [], [pid]
    while unseen:
        one = unseen.pop()
        found.append(one)
        try:
            for thread in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{thread}/children") as children:
                    unseen += [int(child) for child in children.read().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended since
    return found


def proportional(pid):
    """Proportional set size in KiB; 0 where the process has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            for line in rollup:
                if line.startswith("Pss:"):
                    return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        pass
    return 0
