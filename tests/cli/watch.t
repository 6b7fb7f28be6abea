#!/bin/bash
# The photo desk's folder: what is dropped there by real processes is published once and whole, whatever becomes of
# them, and in the end it is what a plain build of the folder gives.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

printf '[preset]\ntitle = English\nextends = small\nlanguage = en\n' >config/photodesk/presets/english.preset
printf '[preset]\ntitle = Arabic\nextends = small\nlanguage = ar-EG\n' >config/photodesk/presets/arabic.preset

# ---- The command line ----

mkdir in
run photodesk watch in -o in/out
is "$status" 2 "OUT in INBOX is refused"
like "$stderr" 'lies in INBOX' "and why"
run photodesk watch in -o .
is "$status" 2 "and so is INBOX in OUT"
run photodesk watch in absent -o out
is "$status" 2 "one inbox at a time"
run photodesk watch absent -o out
is "$status" 2 "an inbox that is not there"
run photodesk watch in -o out --settle -1
is "$status" 2 "--settle -1"
like "$stderr" 'from 0 to 3600' "tells the range"

# ---- Once ----

mkdir -p in/a/b
cp one.jpg in/a/b/c.jpg
ln -s "$T/two.jpg" in/a/link.jpg
mkfifo in/a/pipe
cp one.jpg in/a/.hidden.jpg
cp one.jpg in/a/new.jpg.part
run photodesk watch in -o out --preset small --settle 0.2 --once --credit Dana
is "$status" 0 "--once: exit code"
is "$(published out | tr '\n' ' ' | sed 's/-[0-9a-f]\{10\}\./-HASH./')" "./a/b/c-small-64-HASH.webp ./a/b/figures.html ./a/b/head.html ./a/b/index.html ./a/b/manifest.json ./desk.html " \
    "--once: what settles is published; links, pipes and what is hidden or unfinished is left alone"
rm -rf in/a/link.jpg in/a/pipe in/a/.hidden.jpg
mkdir much
for i in 1 2 3; do cp one.jpg much/$i.jpg; done
"$PHOTODESK" watch much -o cut --preset small --settle 30 --once --json --credit Dana >cut.json 2>cut.err &
cut=$!
wait_for grep -q watching cut.json
kill -TERM $cut
wait $cut
is $? 130 "--once, SIGTERM: exit code"
is "$(tail -1 cut.json | jq -r '[.photos, .published, .unchanged, .error] | join(" ")')" \
    "3 0 0 stopped before the end: what was published stays, the rest is done by the next run" "--once, SIGTERM: says so"
rm -r much cut

# ---- A desk at work ----

start --credit Dana --patience 3
noise large.jpg 800 600
size=$(stat -c %s large.jpg)
(
    for part in 0 1 2 3; do
        dd if=large.jpg of=in/slow.jpg bs=$((size / 4 + 1)) skip=$part seek=$part count=1 conv=notrunc status=none
        sleep 0.7
    done
) &
slow=$!
cp one.jpg in/.photo.jpg.Xa3k # as rsync does
mkdir outside
cp one.jpg two.jpg outside
sleep 0.5
mv in/.photo.jpg.Xa3k in/photo.jpg
mv outside in/moved
mkdir -p in/deep/er/still
cp three.jpg in/deep/er/still/three.jpg
ok "renamed into place: published" wait_for has . photo.jpg
ok "a folder moved in whole: published" wait_for has moved two.jpg
ok "a folder in a folder in a new folder: published" wait_for has deep/er/still three.jpg
run photodesk watch in -o out --preset small --once
is "$status" 3 "a second desk on the same OUT is refused"
wait $slow
ok "a slow upload, with pauses longer than the settle time: published" wait_for has . slow.jpg
is "$(grep -c '^published slow.jpg' log.err)" 1 "once, when it was whole"
like "$(cat log.err)" '^waiting slow.jpg: its end has not come' "and it was waited for"

mv in/moved in/renamed
ok "a renamed folder: is published there" wait_for has renamed one.jpg
ok "and gone where it was" wait_for gone out/moved
cp two.jpg in/renamed/one.jpg
rm in/photo.jpg
ok "a photo that is gone leaves the gallery" wait_for hasnt . photo.jpg
ok "a photo that changed is made again" wait_for sh -c '[ "$(grep -c "^published renamed/one.jpg" log.err)" = 2 ]'

# ---- What fails ----

head -c 3000 large.jpg >in/cut.jpg
echo 'this is a text that goes by the name of a photo' >in/text.jpg
ok "no photo at all: fails at once" wait_for told '^FAILED text.jpg'
like "$(cat in/text.jpg.ERROR.txt)" 'הקובץ הזה לא פורסם' "there is a note beside it, in the preset's language"
ok "an end that does not come: fails when patience is over" wait_for told '^FAILED cut.jpg: is incomplete'
like "$(cat in/cut.jpg.ERROR.txt)" 'חלק מהקובץ חסר' "and the note says so"
as_built "with notes in the inbox" --credit Dana
cat large.jpg >in/cut.jpg
cat one.jpg >in/text.jpg
ok "a photo that is mended: published" wait_for has . cut.jpg
ok "and its note goes" wait_for gone in/cut.jpg.ERROR.txt
ok "each" wait_for gone in/text.jpg.ERROR.txt
echo 'this is a text that goes by the name of a photo' >in/text.jpg
ok "a photo that is spoilt leaves the gallery" wait_for hasnt . text.jpg
ok "with a note" wait_for test -e in/text.jpg.ERROR.txt
rm in/text.jpg
ok "which goes with it" wait_for gone in/text.jpg.ERROR.txt

# ---- While it is rendered ----

noise huge.jpg 4000 3000
cp huge.jpg .huge2.jpg
mv huge.jpg in/huge.jpg
sleep 0.5
cp one.jpg in/huge.jpg
mv .huge2.jpg in/huge2.jpg
sleep 0.5
rm in/huge2.jpg
ok "replaced while it is rendered: the new one" wait_for sh -c '[ "$(jq ".photos[\"huge.jpg\"].width" out/manifest.json)" = 100 ]'
sleep 0.6
unlike "$(cat log.err)" '^FAILED huge' "neither that nor being deleted meanwhile is a failure"
as_built "after all that" --credit Dana
before=$(cut -d' ' -f14,15 "/proc/$desk/stat")
sleep 1
is "$(cut -d' ' -f14,15 "/proc/$desk/stat")" "$before" "an idle desk takes no processor time"
is "$(ls "/proc/$desk/task" | wc -l)" 1 "it has one thread"
stop
is "$status" 0 "SIGTERM: exit code"

# ---- A sidecar that is still arriving ----

afresh
start --patience 4
cp one.jpg in && exiftool -q -overwrite_original -Artist='Noam Levi' in/one.jpg
cat >whole.xmp <<'END'
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Yael Cohen</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
END
head -c 200 whole.xmp >in/one.xmp
ok "half a sidecar: the photo waits" wait_for told "one.jpg: its XMP sidecar cannot be read, or its end has not come yet"
ok "and is not published under another name" sh -c '! test -e out/manifest.json'
cp whole.xmp in/one.xmp
ok "when it has come: published" wait_for has . one.jpg
is "$(jq -r '.photos["one.jpg"].credit.creators[0]' out/manifest.json)" "Yael Cohen" "under the name that the sidecar has"
head -c 200 whole.xmp >in/two.xmp
cp two.jpg in && exiftool -q -overwrite_original -Artist='Noam Levi' in/two.jpg
ok "one that never comes whole: published in the end" wait_for has . two.jpg
ok "with a warning" told 'warning two.jpg: .*two.xmp.*left out'
stop

# ---- Credits that come later ----

afresh
cp one.jpg in
run photodesk watch in -o out --preset arabic --settle 0.1 --once
like "$(cat in/one.jpg.ERROR.txt)" '^ما حدث: لا ذكر لاسم المصوّر' "a desk in Arabic: the note is, too"
like "$(cat out/desk.html)" '<p dir="auto">لا ذكر لاسم المصوّر' "and what the page says of it"
afresh
cp one.jpg two.jpg three.jpg in
start --json --preset english
lines() { jq -r "select(.event == \"$1\") | .photo // empty" log.out; }
ok "without a credit: all fail" wait_for sh -c '[ "$(grep -c "\"failed\"" log.out)" = 3 ]'
like "$(cat in/one.jpg.ERROR.txt)" '^What is wrong: It has no credit' "English, where the preset is"
like "$(cat in/one.jpg.ERROR.txt)" '^What to do: Name the photographer' "what to do"
printf 'file,credit\none.jpg,Dana\n' >in/captions.csv
ok "a credit in captions.csv arrives: published" wait_for has . one.jpg
ok "and its note goes" wait_for gone in/one.jpg.ERROR.txt
printf 'file,credit\none.jpg,Dana\ntwo.jpg,Noa\n' >in/captions.csv
ok "another one: published" wait_for has . two.jpg
cat >in/three.xmp <<'END'
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Yael Cohen</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
END
ok "a credit in an XMP sidecar: published" wait_for has . three.jpg
is "$(lines published | tr '\n' ' ')" "one.jpg two.jpg three.jpg " "each once: nothing else was redone"
printf 'file,credit\none.jpg,Dana Levi\ntwo.jpg,Noa\n' >in/captions.csv
ok "a row that changes redoes its photo" wait_for sh -c '[ "$(grep -c "\"published\"" log.out)" = 4 ]'
wait_for grep -q 'Dana Levi' out/manifest.json # the last file that is written
before=$(content out | grep -v desk.html)
printf 'file,credit\none.jpg,Dan' >in/captions.csv
ok "a table that stops in the middle of a line: is waited for" wait_for grep -q '"waiting".*captions.csv' log.out
is "$(content out | grep -v desk.html)" "$before" "and nothing is made of half a name, or taken down meanwhile"
printf 'file,credit\none.jpg,Dana Katz\ntwo.jpg,Noa' >in/captions.csv
ok "one without the end of its last line counts in the end" wait_for sh -c '[ "$(grep -c "\"published\"" log.out)" = 5 ]'
printf '\377\376\000\n' >in/captions.csv
ok "a table that cannot be read: a note beside it" wait_for test -e in/captions.csv.ERROR.txt
printf 'file,credit\none.jpg,Dana Katz\ntwo.jpg,Noa\n' >in/captions.csv
ok "which goes when it can" wait_for gone in/captions.csv.ERROR.txt
is "$(lines published | tr '\n' ' ')" "one.jpg two.jpg three.jpg one.jpg one.jpg " "the others were left alone"
printf 'file,credits,credit\none.jpg,,Dana Katz\ntwo.jpg,,Noa\nlost.jpg,,Noa\n' >in/captions.csv
ok "a table with a column of no use and a row without a photo: told" wait_for sh -c '[ "$(grep -c "\"warning\".*captions.csv" log.out)" = 2 ]'
cp one.jpg in/four.jpg
ok "a photo comes beside it" wait_for test -e in/four.jpg.ERROR.txt
is "$(grep -c '"warning".*captions.csv' log.out)" 2 "the table, which is as it was, is not told of again"
stop
start --json --preset english
cp one.jpg in/five.jpg
ok "nor by a desk that is started again" wait_for test -e in/five.jpg.ERROR.txt
is "$(grep -c '"warning".*captions.csv' log.out)" 0 "with another photo"
stop
is "$(jq -r .event log.out | tail -n 1)" finished "SIGTERM: the last line of JSON"

# ---- Not allowed to read ----

if [ "$(id -u)" -ne 0 ] || setpriv --reuid=65534 --clear-groups true 2>/dev/null; then
    rm -rf in out
    mkdir in out
    cp one.jpg in/secret.jpg
    chmod 0 in/secret.jpg
    chmod 777 "$T" in out
    drop=
    [ "$(id -u)" -ne 0 ] || drop='setpriv --reuid=65534 --clear-groups'
    $drop "$PHOTODESK" watch in -o out --preset small --settle 0.3 --credit Dana >log.out 2>log.err &
    desk=$!
    ok "permission denied: fails" wait_for told '^FAILED secret.jpg: cannot be read'
    ok "with a note" wait_for test -e in/secret.jpg.ERROR.txt
    like "$(cat in/secret.jpg.ERROR.txt)" 'המערכת אינה מוגדרת כנדרש' "which blames no photo"
    chmod 644 in/secret.jpg
    ok "allowed: published" wait_for has . secret.jpg
    stop
else
    skip 4 "nobody else can be had to run it"
fi

# ---- A burst, and kill -9 ----

afresh
start --credit Dana
for g in 1 2 3; do
    mkdir in/$g
    for i in $(seq 100); do cp one.jpg in/$g/$i.jpg; done
done
wait_for has 3 50.jpg
kill -9 "$desk"
wait "$desk" 2>/dev/null
first=$(grep -c '^published' log.err)
start --credit Dana
complete() { [ "$(jq -s 'map(.photos | length) | add' out/*/manifest.json)" = 300 ]; }
ok "kill -9 in a burst of 300 photos, and again: nothing is lost" wait_for complete
second=$(grep -c '^published' log.err)
at_least $((first + second)) 298 "each is published"
at_most $((first + second)) 302 "and but for those in hand, once"
as_built "a burst" --credit Dana
stop
start --credit Dana
sleep 0.5
stop
is "$(grep -c '^published' log.err)" 0 "another start does nothing again"

# ---- Polling, and a service manager ----

afresh
perl -MIO::Socket::UNIX -e '
    my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;
    my $m;
    $| = 1;
    print "$m\n" while defined $s->recv($m, 99)' notify >states &
manager=$!
wait_for test -S notify
NOTIFY_SOCKET=$T/notify WATCHDOG_USEC=200000 "$PHOTODESK" watch in -o out --preset small --settle 0.3 --poll 0.2 --credit Dana >log.out 2>log.err &
desk=$!
ok "READY=1 is told" wait_for grep -q READY=1 states
cp one.jpg in
ok "--poll: published without events" wait_for has . one.jpg
ok "WATCHDOG=1 is told" wait_for grep -q WATCHDOG=1 states
stop
ok "STOPPING=1 is told" wait_for grep -q STOPPING=1 states
kill "$manager" 2>/dev/null

# ---- Too many folders for the kernel ----

if unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches' 2>/dev/null; then
    rm -rf in out
    mkdir -p in/a/b in/c
    cp one.jpg in/c
    export PHOTODESK
    run unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches && exec "$PHOTODESK" watch in -o out --preset small --settle 0.3 --credit Dana --once'
    is "$(printf '%s\n' "$stderr" | grep -c 'max_user_watches')" 1 "a bound of the kernel is reached: told, once"
    ok "and published all the same" has c one.jpg
else
    skip 2 "a bound of one's own cannot be had"
fi

# ---- SIGTERM in the middle ----

afresh
noise in/1.jpg 3000 2000
for i in 2 3 4 5 6; do cp in/1.jpg in/$i.jpg; done
start --credit Dana
sleep 0.1
began=$(date +%s)
stop
is "$status" 0 "SIGTERM in the middle: exit code"
at_most $(($(date +%s) - began)) 10 "it does not take long"
is "$(jq -r '.photos | length' out/manifest.json 2>/dev/null || echo 0)" "$(grep -c '^published' log.err)" "and what was told is in the manifest"
is "$(staged out)" "" "and nothing half made is left"

done_testing
