#!/bin/bash
# Builds that are killed, and whose calls fail, are made good by the next one: a few of the trials of `make faults`.

exec "${0%/*}/../faults/run" --every 180 --kills 6 --seed 1
