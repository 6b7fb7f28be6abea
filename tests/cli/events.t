#!/bin/bash
# Every line of --json keeps to the schema of events, which refuses what is none; annotations in GitHub Actions.

. "${0%/*}/lib.sh"

# tells EVENTS NAME: the last run told these kinds of event, all of them as the schema has it.
tells() {
    cat .stdout >>all.jsonl
    is "$(verdicts events .stdout | sort -u | tr '\n' ';')" "$(printf 'valid %s;' $1)" "$2"
}

printf '[credit]\nmissing-credit = warn\n' | small_preset warn 64
small_preset small 64 </dev/null
mkdir -p src/a src/שבוע src/gone
jpeg src/a/one.jpg
jpeg src/שבוע/$'latin-\351.jpg'
jpeg src/gone/x.jpg
run photodesk build src -o out --preset warn --json
tells "finished published started warning" "photos without a credit, which is a warning"
printf 'text' >src/a/bad.jpg
jpeg src/a/two.jpg
rm -r src/gone
run photodesk build src nowhere -o out --preset warn --json
is "$status" 1 "a photo and a source fail"
is "$(jq -c 'select(.event == "finished") | [.photos, .failed]' .stdout)" "[4,2]" "both are counted, and only one is a photo"
tells "failed finished published removed started unchanged warning" "what failed, is unchanged, is removed"
mv src/a/two.jpg src/a/three.jpg
run photodesk build src -o out --preset warn --json
tells "failed finished published removed started unchanged warning" "a photo that has left its gallery"
rm src/a/three.jpg
rm -r src/שבוע
run photodesk build src -o out --preset warn --check --json
tells "failed finished stale started unchanged" "--check: what is stale"
rm src/a/bad.jpg
run photodesk watch src -o out --preset warn --once --settle 0.1 --json
is "$status" 0 "watch --once"
tells "finished removed watching" "what watch tells"

run photodesk prune out --grace 0 --json
tells "pruned swept" "what prune tells"
run photodesk withdraw out a/one.jpg --reason why
run photodesk build src -o out --preset warn --check --json
tells "finished started withdrawn" "what is withdrawn"
run photodesk withdraw out a/one.jpg --undo
run photodesk build src -o out --preset warn

# occupy SECONDS: another process has the lock on out for so long, or until it is killed.
occupy() {
    flock --no-fork out/.photodesk/lock sleep "$1" &
    holder=$!
    wait_for eval '! flock -n out/.photodesk/lock true'
    echo "$holder" >out/.photodesk/lock
}

occupy 100
run photodesk build src -o out --preset warn --json
is "$status" 3 "another run is there: exit code"
like "$stderr" "\(process $holder\)" "and its process"
tells "finished" "what ended the run is the last line, and the only one"
is "photodesk build: $(jq -r '.error' .stdout)" "$stderr" "with the message that people get"
is "$(jq -c '[.photos, .published, .failed]' .stdout)" "[0,0,0]" "and no photo"
run photodesk watch src -o out --preset warn --once --json
tells "finished" "watch on the same OUT: the last line"
is "photodesk watch: $(jq -r '.error' .stdout)" "$stderr" "with its error"
run photodesk prune out --grace 0 --json
is "$status" 3 "prune beside a run, no grace: exit code"
tells "swept" "prune: the last line"
is "photodesk prune: $(jq -r '.error' .stdout)" "$stderr" "with its error"
run photodesk prune out --grace 0
is "$stdout" "" "prune without --json: nothing to sum up"
kill "$holder"
wait "$holder"

occupy 2
run photodesk build src -o out --preset warn --json --wait
is "$status" 0 "--wait: exit code"
tells "finished started unchanged waiting" "--wait tells that it waits"
like "$(jq -r 'select(.event == "waiting").message' .stdout)" "\(process $holder\)" "and for which process"
wait $holder
for signal in INT TERM; do
    occupy 30
    perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$PHOTODESK" build src -o out --preset warn --json --wait >.stdout 2>.stderr &
    waiting=$!
    wait_for grep -q '"waiting"' .stdout
    kill -$signal $waiting
    wait $waiting
    is $? 130 "--wait, SIG$signal: exit code"
    like "$(tail -1 .stdout)" '"finished".*"error":"stopped while it waited' "--wait, SIG$signal: the last line says so"
    kill "$holder"
    wait "$holder"
done
run photodesk build nowhere -o out --json
is "$status" 2 "no source is there: exit code"
tells "failed finished" "no source is there: the last line is there"

printf 'text' >occupied
run photodesk build src -o occupied --preset warn --json
is "$status" 3 "OUT is a file: exit code"
tells "finished" "OUT is a file: the last line"
is "photodesk build: $(jq -r '.error' .stdout)" "$stderr" "with its error"
mkdir taken.stamp.d
run photodesk build src -o out --preset warn --depfile taken.stamp.d --json
is "$status" 3 "a depfile that cannot be written: exit code"
tells "finished started unchanged" "a depfile that cannot be written: the last line comes last"
is "photodesk build: $(jq -r 'select(.event == "finished").error' .stdout)" "$stderr" "with its error"

# ---- What the schema refuses ----

while IFS=' ' read -r event spoil; do
    jq -c "select(.event == \"$event\") | $spoil" all.jsonl | head -n 1 >spoilt
    is "$(verdicts events spoilt)" "invalid $event" "refused: $event with $spoil"
done <<'SPOILS'
started del(.photos)
published .files="two"
published del(.reason)
published .more=1
unchanged .encoded=true
stale del(.gallery)
warning .message=""
warning del(.gallery)
failed del(.message)
removed .files=0
removed del(.files)
removed .photo="x.jpg"
withdrawn del(.reason)
waiting .photo="x.jpg"
watching .photos=1
finished .seconds=-1
finished .error=""
pruned del(.bytes)
swept .waiting=-1
swept .error=""
SPOILS

# ---- GitHub Actions ----

mkdir 'odd'
printf text >'odd/100%,a:b.jpg'
jpeg odd/fine.jpg
export GITHUB_ACTIONS=true
run photodesk build odd nowhere -o actions --preset warn
like "$stderr" '^::error file=odd/100%25%2Ca%3Ab\.jpg::[^%]+' "GitHub Actions: what failed, its name escaped"
like "$stderr" '^::warning file=odd/fine\.jpg::' "a warning"
like "$stderr" '^::error::nowhere: ' "a source"
run photodesk build odd -o actions --preset warn --json
ok "standard output stays JSON" jq -e . .stdout
GITHUB_ACTIONS=false run photodesk build odd -o actions --preset warn
unlike "$stderr" '^::' "elsewhere there are none"

# ---- A reader that has stopped reading ----

mkdir many
for i in $(seq 500); do
    echo 'a text that goes by the name of a photo' >"many/$i.jpg"
done
mkfifo stalled
exec 7<>stalled # open, and never read
"$PHOTODESK" build many -o unread --json >stalled 2>unread.err &
build=$!
(sleep 30; kill -9 "$build") >/dev/null 2>&1 &
dog=$!
sleep 2
kill "$build"
wait "$build"
is $? 130 "a reader that has stopped: SIGTERM ends the run all the same"
kill "$dog"
exec 7<&-

done_testing
