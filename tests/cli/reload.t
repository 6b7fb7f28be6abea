#!/bin/bash
# What is done with a desk at work from outside: its preset is changed.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

mkdir in
cp one.jpg in

widths() { jq -c "[.photos[\"$1\"].renditions[][].width]" out/manifest.json 2>/dev/null; }
is_made() { [ "$(widths "$1")" = "$2" ]; }

start --credit Dana
ok "published by the preset as it is" wait_for is_made one.jpg '[64]'

small_preset small '48;80' </dev/null
kill -HUP "$desk"
ok "SIGHUP, and other widths: made again" wait_for is_made one.jpg '[48,80]'
ok "it is told" told '^reloaded the preset$'
kill -HUP "$desk"
ok "SIGHUP, and nothing changed: told" wait_for sh -c '[ "$(grep -c "^reloaded" log.err)" = 2 ]'
cp two.jpg in
ok "and served on, by the new widths" wait_for is_made two.jpg '[48,80]'
is "$(times '^published one.jpg')" 2 "what did not change was not made again"

echo 'widths = none' >>config/photodesk/presets/small.preset
kill -HUP "$desk"
ok "a preset that is wrong is refused" wait_for told '^FAILED The preset is not reloaded'
like "$(cat log.err)" '^photodesk watch: .*small.preset.*widths' "what is wrong with it is told"
cp two.jpg in/three.jpg
ok "the one before stays, and serves" wait_for is_made three.jpg '[48,80]'
is "$(times '^published one.jpg')" 2 "nothing was made again"
is "$(times '^reloaded')" 2 "nor is it said to be"

small_preset small 64 </dev/null
kill -HUP "$desk"
ok "mended: all is made by it" wait_for is_made three.jpg '[64]'
ok "each photo" wait_for is_made one.jpg '[64]'
kill "$desk"
wait "$desk"
is $? 0 "it ends well"

# ---- What failed ----

rm -rf in out
mkdir in
cp one.jpg in
start
ok "a photo without a credit fails" wait_for told '^FAILED one.jpg'
printf '[credit]\nmissing-credit = warn\n' | small_preset small 64
kill -HUP "$desk"
ok "it is tried again by a preset that lets it pass" wait_for is_made one.jpg '[64]'
ok "and its note goes" wait_for sh -c '[ ! -e in/one.jpg.ERROR.txt ]'
kill "$desk"
wait "$desk"

done_testing
