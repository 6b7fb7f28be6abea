#!/bin/bash
# What a desk at work shows: desk.html, for those who drop photos, and numbers for a monitor.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

mkdir in

shows() { grep -qF -e "$1" out/desk.html 2>/dev/null; }
shows_not() { [ -e out/desk.html ] && ! shows "$1"; }

start --hook "sh -c 'touch called'" --credit Dana
ok "the page is there from the first" wait_for shows 'class="state idle"'
ok "in the preset's language and direction" shows '<html lang="he" dir="rtl">'
cp one.jpg in/one.jpg
ok "a photo that was published is on it" wait_for shows '<bdi dir="ltr">one.jpg</bdi>'
thumb=$(grep -o 'src="[^"]*"' out/desk.html | cut -d'"' -f2)
ok "with a picture that is there" test -n "$thumb" -a -f "out/$thumb"
ok "and its gallery" shows 'href="index.html"'
mkdir in/week
cp two.jpg in/week/two.jpg
echo 'no photo, but a text of some length' >'in/week/<i>bad.jpg'
ok "what failed is on it, as text" wait_for shows '<section class="bad" aria-labelledby="bad"'
ok "with its reason" shows 'is not a photo in a format that photodesk knows'
ok "the newest first" test "$(grep -oE '(two|one)\.jpg</bdi></span>' out/desk.html | tr '\n' ' ')" = 'two.jpg</bdi></span> one.jpg</bdi></span> '
unlike "$(cat out/desk.html)" '<i>bad' "no name is markup"
rm in/week/*bad.jpg
ok "what failed and is gone needs no mending" wait_for shows_not 'class="bad"'

# Numbers, read by Prometheus' own reader: one line "NAME LABEL VALUE" a sample.
numbers() {
    /usr/bin/python3 -c '
from prometheus_client.parser import text_string_to_metric_families as read
for family in read(open("out/.photodesk/metrics.prom").read()):
    for s in family.samples:
        print(s.name, family.type, "".join(s.labels.values()) or "-", s.value)'
}
number() { numbers | awk -v name="$1" -v label="${2:--}" '$1 == name && $3 == label { print $4 }'; }
is_number() { awk -v a="$(number "$1" "${3:-}")" -v b="$2" 'BEGIN { exit !(a != "" && a == b) }'; }
ok "metrics: published" wait_for is_number photodesk_photos_published_total 2
ok "failed" is_number photodesk_photos_failed_total 1
ok "and not mended" is_number photodesk_photos_failing 0
ok "nothing waits" is_number photodesk_queue_photos 0 queued
for step in load scale encode write; do
    at_least "$(number photodesk_stage_seconds_total $step)" 0.00001 "seconds: $step"
done
at_most "$(number photodesk_stage_seconds_total stamp)" 0.01 "without a stamp there is none to speak of"
success=$(number photodesk_last_success_timestamp_seconds)
at_most "$(echo "$(date +%s) $success" | awk '{ print $1 - $2 }')" 60 "the last success"
is "$(numbers | awk '$2 != ($1 ~ /_total$/ ? "counter" : "gauge")')" "" "counters and gauges by their names"
stop
ok "a desk that has stopped is not up" is_number photodesk_up 0
ok "a desk that has stopped says so" shows 'class="state ended"'

rm -f called
start --hook "sh -c 'touch called'" --credit Dana
ok "a restart: what was published before is still on it" shows '<bdi dir="ltr">one.jpg</bdi></span>'
sleep 1.5
ok "counters begin anew" wait_for is_number photodesk_photos_published_total 0
ok "it is up" is_number photodesk_up 1
is "$(number photodesk_last_success_timestamp_seconds | cut -d. -f1)" "$(echo "$success" | cut -d. -f1)" "the last success lasts"
ok "that the page is written makes no gallery look touched" test ! -e called
rm in/week/two.jpg
ok "a photo that is gone from its gallery is gone from the page" wait_for shows_not '<bdi dir="ltr">two.jpg</bdi>'
rm "out/$thumb"
cp two.jpg in/three.jpg
ok "another photo" wait_for shows '<bdi dir="ltr">three.jpg</bdi></span>'

# ---- In a burst, and after kill -9 ----

mkdir in/burst
for i in $(seq 60); do cp one.jpg in/burst/$i.jpg; done
for i in $(seq 100); do
    stat -c %i out/desk.html
    tail -n 1 out/desk.html >>ends
    sleep 0.03
done | uniq >inodes
is "$(sort -u ends)" '</html>' "whoever reads it reads the whole of it"
at_most "$(wc -l <inodes)" 7 "and it is written seldom"
wait_for sh -c '[ "$(jq ".photos | length" out/burst/manifest.json 2>/dev/null)" = 60 ]'
kill -9 "$desk"
wait "$desk" 2>/dev/null
printf '{ "photos" : [ 1' >out/.photodesk/desk.json
start --credit Dana
ok "a state that is broken: begins anew" wait_for shows 'class="state idle"'
cp two.jpg in/four.jpg
ok "and goes on" wait_for shows '<bdi dir="ltr">four.jpg</bdi></span>'
stop
is "$(ls out/.photodesk | grep -v -e ledger -e lock -e '^desk.json$' -e '^metrics.prom$')" "" "nothing stays behind"
run photodesk verify out
is "$status" 0 "verify finds nothing in it"
run photodesk build in -o out --preset small --credit Dana --check
is "$status" 0 "nor does build --check"

# ---- An inbox that is not there ----

start --credit Dana --poll 0.5
mv in elsewhere
ok "an inbox that is gone: the page says so" wait_for shows 'class="state hindered"'
run photodesk status out
is "$status" 1 "and status: exit code"
like "$stdout" '^WAITING: The folder .*/in cannot be read: No such file' "and text"
mkdir in
cp -a elsewhere/. in
ok "back again: so it does" wait_for shows 'class="state idle"'
run photodesk status out
is "$status" 0 "and status"
stop

# ---- A page of others ----

mkdir site
echo '<h1>MINE</h1>' >site/desk.html
run photodesk watch in -o site --preset small --credit Dana --once
is "$status" 3 "a desk.html of others: exit code"
like "$stderr" 'site/desk.html is another program' "says so"
is "$(cat site/desk.html)" '<h1>MINE</h1>' "it stays"

# ---- A page that cannot be written ----

rm -rf in out
mkdir -p in out/desk.html/stone
cp one.jpg in
start --credit Dana
ok "a page that cannot be written: the photo is published" wait_for test -s out/manifest.json
cp two.jpg in
ok "and another" wait_for sh -c '[ "$(jq ".photos | length" out/manifest.json)" = 2 ]'
stop
is "$status" 0 "the desk goes on"
is "$(grep -c 'desk.html cannot be written' log.err)" 1 "it is told once"

done_testing
