#!/bin/bash
# Where staging cannot be written, the output is to blame, and no photo: the run ends, and what was published stays.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir src
jpeg src/a.jpg
jpeg src/b.jpg 200 150 2
run photodesk build src -o out --preset small --credit Dana
is "$status" 0 "a first build"
first=$(content out)
cp -a out was
jpeg src/c.jpg 200 150 3
jpeg src/a.jpg 200 150 4
# hindered WHAT CALL FILES: the run ends where these calls fail, whatever the disk says.
hindered() {
    for err in 5:Input/output 13:Permission 28:'No space'; do
        faulty "${err%%:*}" 1+ "$2" "$3" "$PHOTODESK" build src -o out --preset small --credit Dana
        is "$status" 3 "$1: ${err#*:}: exit code"
        like "$stderr" "${err#*:}|full" "$1: ${err#*:}: says so"
        unlike "$stderr" '^FAILED .*jpg' "$1: ${err#*:}: blames no photo"
    done
}

hindered "a variant cannot be staged" open '*/staging/*.webp'
hindered "a photo's folder in staging cannot be made" mkdir '*/staging/*'
is "$(content out)" "$first" "what was published stays"
hindered "the gallery's folder cannot be made durable" fsync "$T/out"
is "$(live out)" "$(live was)" "what was published stays"
run photodesk build src -o out --preset small --credit Dana
is "$status" 0 "a build after that"
run photodesk build src -o fresh --preset small --credit Dana
is "$(live out)" "$(live fresh)" "does the rest"

# What cannot be removed from staging does no harm, and goes with the next run.
faulty 5 1+ remove '*/staging/[0-9]*' "$PHOTODESK" build src -o stuck --preset small --credit Dana
is "$status" 0 "a photo's folder in staging cannot be removed: exit code"
is "$(live stuck)" "$(live fresh)" "all is published"
isnt "$(staged stuck)" "" "and the folder stays"
run photodesk build src -o stuck --preset small --credit Dana
is "$(staged stuck)" "" "the next run takes it away"

# A variant that was spoilt in its place, its folder untouched, is seen by --check, and mended by --force.
run photodesk build src -o fresh --preset small --credit Dana
echo x >>"$(echo fresh/b-*)"
run photodesk build src -o fresh --preset small --credit Dana --check
is "$status" 1 "--check sees a spoilt variant"
run photodesk build src -o fresh --preset small --credit Dana --force
run photodesk build src -o fresh --preset small --credit Dana --check
is "$status" 0 "and --force mends it"

# The lock is looked for again where its file has gone, but not for ever, as where a file is another one at each look.
for err in 2:Stale 5:Input/output; do
    faulty "${err%%:*}" 1+ stat 'out/.photodesk/lock' "$PHOTODESK" build src -o out --preset small --credit Dana
    is "$status" 3 "a lock that cannot be found again: ${err#*:}: exit code"
    like "$stderr" "output folder out cannot be locked: ${err#*:}" "says so"
done
faulty 2 1 stat 'out/.photodesk/lock' "$PHOTODESK" build src -o out --preset small --credit Dana
is "$status" 0 "one that has gone once is made anew"

done_testing
