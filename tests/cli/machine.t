#!/bin/bash
# Where it is the machine that fails, and no photo is to blame, what is published of the photo stays.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
small_preset other 80 </dev/null
mkdir src
jpeg src/a.jpg
jpeg src/b.jpg 200 150 2
run photodesk build src -o out --preset small --credit Dana
is "$status" 0 "a first build"
first=$(content out)

# killed COMMAND...: each process that would write a variant is killed, as one is on a machine that is short of memory.
killed() { faulty kill 1+ open '*/staging/*.webp' "$@"; }

killed "$PHOTODESK" build src -o out --preset other --credit Dana
is "$status" 1 "a build whose processes are killed: exit code"
like "$stderr" '^FAILED a\.jpg: was stopped from outside twice' "says what happened"
like "$stderr" '^FAILED b\.jpg: .*is published of it stays' "and what becomes of the photo"
is "$(content out)" "$first" "what was published stays"
is "$(jq -r '.photos | keys | join(" ")' out/manifest.json)" "a.jpg b.jpg" "in the manifest, too"

killed "$PHOTODESK" watch src -o out --preset other --credit Dana --once --settle 0.1 --patience 1
is "$status" 1 "a desk whose processes are killed: exit code"
like "$stderr" 'waiting.*a\.jpg|a\.jpg.*waiting' "it waits, and tries again"
rm out/desk.html
is "$(content out)" "$first" "what was published stays"
like "$(cat src/a.jpg.ERROR.txt)" 'was stopped from outside' "at the end of its patience there is a note"

run photodesk build src -o out --preset other --credit Dana
is "$status" 0 "a build after that"
run photodesk build src -o fresh --preset other --credit Dana
is "$(live out)" "$(live fresh)" "does what was left to do"

# A photo that was never published has nothing that stays.
jpeg src/c.jpg 200 150 3
killed "$PHOTODESK" build src -o out --preset other --credit Dana
like "$stderr" '^FAILED c\.jpg: was stopped' "a new photo fails"
unlike "$stderr" 'c\.jpg.*published of it' "and nothing is said of what is published of it"
is "$(jq -r '.photos | keys | join(" ")' out/manifest.json)" "a.jpg b.jpg" "the others stay"

done_testing
