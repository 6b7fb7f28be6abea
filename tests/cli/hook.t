#!/bin/bash
# The command that watch runs when a gallery has changed: with its manifest, beside the desk, and not for ever.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

mkdir in
is_called() { [ "$(cat calls 2>/dev/null)" = "$1" ]; }

run photodesk watch in -o out --hook "sh 'open"
is "$status" 2 "a hook with an open quote is refused"

cat >note <<'END'
#!/bin/sh
# note WORD MANIFEST: who was called, with how many photos, and which signals are blocked.
n=$(jq '.photos | length' "$2" 2>/dev/null || echo gone)
echo "$1 ${2##*/out/} $n $(sed -n 's/^SigBlk:.//p' /proc/self/status)" >>calls
echo spoken
END
chmod +x note
start --credit Dana --hook "'$T/note' 'a word'" --json
mkdir in/week
cp one.jpg in/week
ok "run when a gallery is published, its words kept, with the manifest, no signal blocked" \
    wait_for is_called 'a word week/manifest.json 1 0000000000000000'
rm -f calls
rm -r in/week
ok "and when it is taken down" wait_for is_called 'a word week/manifest.json gone 0000000000000000'
rm -f calls
cp one.jpg in/one.jpg
ok "and for the next" wait_for is_called 'a word manifest.json 1 0000000000000000'
stop
is "$(jq -r .event log.out | sort -u | tr '\n' ' ')" "finished published removed watching " "what it prints is not among the JSON"
ok "but on standard error" told '^spoken$'
rm -f calls
start --credit Dana --hook "'$T/note' again"
sleep 0.5
stop
ok "nothing changed: not run" test ! -e calls

cat >slow <<'END'
#!/bin/sh
echo $$ >>began
while [ ! -e go ]; do sleep 0.02; done
jq -r '.photos | length' "$1" >>ended
END
chmod +x slow
start --credit Dana --hook "'$T/slow'"
cp two.jpg in/two.jpg
wait_for test -s began
cp one.jpg in/three.jpg
ok "a hook that is slow keeps nobody waiting" wait_for has . three.jpg
cp two.jpg in/four.jpg
ok "nor again" wait_for has . four.jpg
is "$(wc -l <began)" 1 "one at a time for a gallery"
touch go
ok "what came meanwhile gives one more run" wait_for sh -c '[ "$(tr "\n" " " <ended)" = "4 4 " ]'
rm -f go
: >began
cp one.jpg in/five.jpg
wait_for test -s began
stop
is "$status" 0 "a desk that stops does not wait for it"
ok "which is told" told '^FAILED The hook .*slow for the gallery \. was still running'
is "$(kill -0 "$(cat began)" 2>&1 | grep -c 'No such process')" 1 "and it is gone"

cp one.jpg in/six.jpg
run photodesk watch in -o out --preset small --settle 0.1 --credit Dana --once --hook "sh -c 'exit 7'"
is "$status" 0 "a hook that fails is no failure of the desk"
like "$stderr" '^FAILED The hook sh for the gallery \. failed with exit status 7' "but is told"
cp one.jpg in/seven.jpg
run photodesk watch in -o out --preset small --settle 0.1 --credit Dana --once --hook "$T/absent"
like "$stderr" '^FAILED The hook .*absent for the gallery \. cannot be started' "one that is not there is told"

done_testing
