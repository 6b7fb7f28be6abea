#!/bin/bash
# What photodesk status says of a desk: at work, stopped, killed or never there; and that it disturbs none.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

mkdir -p in/week out

# says FILTER: it is true of what status says as JSON.
says() { "$PHOTODESK" status out --json >said.json; jq -e "$1" said.json >/dev/null; }

run photodesk status
is "$status" 2 "without OUT"
run photodesk status absent
is "$status" 2 "an OUT that is not there"
run photodesk status out
is "$status" 3 "no desk has ever been there: exit code"
like "$stdout" '^No desk serves out, and none has$' "is said"
run photodesk status out --json
is "$status" 3 "and as JSON: exit code"
is "$(printf '%s' "$stdout" | jq -c '[.running, .photos]')" '[false,[]]' "it does not run"
printf '%s' "$stdout" >never.json
ok "which the schema has" keeps_to status never.json

start --credit Dana
run photodesk status out
is "$status" 0 "a desk at work: exit code"
like "$stdout" "^A desk serves out: process $desk, since 2" "it is named"
cp one.jpg in/week
ok "a photo that was published" wait_for says '.published == 1 and (.photos[0] | .state == "published" and .gallery == "week" and .photo == "one.jpg")'
echo 'no photo, but a text of some length' >in/week/bad.jpg
ok "one that failed, and why" wait_for says '.photos[] | select(.state == "failed" and .photo == "bad.jpg").message | test("is not a photo")'
run photodesk status out
is "$status" 1 "some photo has failed: exit code"
like "$stdout" '^FAILED week/bad.jpg: is not a photo' "is said, with the reason"
like "$stdout" '^0 arriving, 0 in the queue, 1 to be mended; 1 published and 1 failed since it began; the last success: 2' "and all in a line"
head -c 1500 one.jpg >in/week/half.jpg
ok "one that is arriving, and why" wait_for says '.photos[] | select(.state == "arriving" and .photo == "half.jpg").message | test("its end has not come")'
ok "it is counted" says '.arriving == 1'
ok "all of it as the schema has it" keeps_to status said.json
"$PHOTODESK" status out --json >/dev/full 2>full.err
is "$?" 3 "a result that cannot be written: exit code"

# ---- In hand ----

rm in/week/*
mkdir in/large
{ printf 'P6\n3000 2000\n255\n'; head -c 18000000 /dev/urandom; } | cjpeg -quality 90 -outfile in/large/1.jpg
for i in $(seq 2 60); do ln in/large/1.jpg in/large/$i.jpg; done
is_busy() {
    says '.queued > 2 and ([.photos[].state] | index("making") and index("waiting"))' &&
        "$PHOTODESK" status out | grep -q '^waiting large/[0-9]*.jpg (2'
}
ok "a burst: some in hand, some wait" wait_for is_busy
ok "as the schema has it" keeps_to status said.json

# ---- No more at work ----

kill -9 "$desk"
wait "$desk" 2>/dev/null
ended() { "$PHOTODESK" status out; [ $? -eq 3 ]; }
wait_for ended # a child that had just been forked has the desk's lock for a moment
run photodesk status out
is "$status" 3 "killed: exit code"
like "$stdout" '^No desk serves out: the last one was killed' "is said"
start --credit Dana
stopped=$desk
for i in $(seq 30); do "$PHOTODESK" status out >/dev/null; done &
asking=$!
kill "$stopped"
wait "$stopped"
run photodesk status out
is "$status" 3 "stopped: exit code"
like "$stdout" '^No desk serves out: the last one stopped 2' "is said"
wait "$asking"

(while [ ! -e enough ]; do "$PHOTODESK" status out >/dev/null; done) &
asking=$!
for i in 1 2 3; do
    start --credit Dana
    kill "$desk"
    wait "$desk" || echo "$?"
done >codes
is "$(cat codes)" "" "whoever asks again and again keeps no desk from beginning"
touch enough
wait "$asking"
run "$PHOTODESK" build in -o out --preset small --credit Dana
ok "nor a build, which is no desk" test "$status" = 0

# A folder in the way of the state, unlike one that may not be read, is the same for root.
mkdir -p blocked/.photodesk/desk.json
run photodesk status blocked
is "$status" 3 "what a desk says cannot be read: exit code"
like "$stderr" '^photodesk status: blocked/\.photodesk/desk\.json is a folder' "what a desk says cannot be read: says so, not that there is none"

# ---- What comes while the photos in hand take their time ----

afresh
mkdir in/late
noise slow.jpg 6000 4000
start --credit Dana --jobs 1
cp slow.jpg in/slow.jpg
child() { pgrep -P "$desk"; }
wait_for child
ok "a photo is in hand" kill -STOP "$(child)"
cp one.jpg two.jpg in/late
mkdir -p in/later/still
cp three.jpg in/later/still
ok "and stays so: those that come meanwhile are counted" wait_for says '.arriving == 3'
rm in/late/two.jpg
ok "one that goes is not" wait_for says '.arriving == 2'
kill -CONT "$(child)"
ok "when it is done, they are published" wait_for has later/still three.jpg
ok "and nothing arrives any more" wait_for says '.arriving == 0 and .queued == 0'
stop

done_testing
