#!/bin/sh
# The manual page: groff formats all of it as it was meant.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
told=$(groff -k -man -Tutf8 -ww -z -rLL=78n docs/photodesk.1 2>&1) && [ -z "$told" ] && { echo "ok 1 - the manual page is formatted without a warning"; exit; }
echo "not ok 1 - the manual page is formatted without a warning"
printf '%s\n' "$told" | sed 's/^/# /'
exit 1
