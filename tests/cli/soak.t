#!/bin/bash
# The short form of `make soak`.

"${0%/*}/../soak/random" 12
