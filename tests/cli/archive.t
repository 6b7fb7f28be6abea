#!/bin/bash
# watch --after archive DIR: originals move away when they are published, and nothing is lost, overwritten, taken down
# or made twice by that; whatever becomes of the desk, its ledger, or the folders meanwhile.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

gone() { [ ! -e "$1" ]; }
archived() { [ -e "kept/$1" ] && [ ! -e "in/$1" ]; }
files() { (cd "$1" && find . -type f | LC_ALL=C sort | tr '\n' ' '); }
begin() { # begin [ARGUMENT...]: with an archive, and nothing anywhere
    rm -rf in out kept
    mkdir in kept
}

# ---- The command line ----

mkdir in kept
run photodesk watch in -o out --after archive
is "$status" 2 "without DIR"
like "$stderr" 'name the folder' "says so"
run photodesk watch in -o out --after burn kept
is "$status" 2 "another word"
run photodesk watch in -o out --after archive absent
is "$status" 2 "a DIR that is not there"
mkdir in/x
run photodesk watch in -o out --after archive in/x
is "$status" 2 "a DIR in INBOX"
mkdir -p out/x
run photodesk watch in -o out --after=archive out/x
is "$status" 2 "a DIR in OUT"
like "$stderr" 'originals are not published' "and why"
run photodesk watch in -o out --after archive .
is "$status" 2 "INBOX in DIR"
cp one.jpg in/one.jpg
run photodesk watch in -o out --preset small --settle 0.1 --credit Dana --once --after keep
is "$status" 0 "--after keep"
is "$(files in)$(files kept)" "./one.jpg " "leaves all where it is"

# ---- Photos, sidecars, tables ----

begin
start --credit Dana --after archive kept --json
lines() { jq -r "select(.event == \"$1\") | \"\(.gallery)/\(.photo)\"" log.out | sort | tr '\n' ' '; }
mkdir week
printf 'file,caption\none.jpg,First\ntwo.jpg,Second\n' >week/captions.csv
cp one.jpg two.jpg week
cp three.jpg week/both.jpg
cp one.jpg week/both.png
echo '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' | tee week/one.jpg.xmp >week/both.xmp
mv week in/week
cp three.jpg in/top.jpg
ok "an original moves when it is published" wait_for archived week/two.jpg
ok "each" wait_for archived week/one.jpg
ok "one of INBOX itself, too" wait_for archived top.jpg
ok "and a sidecar of two photos with the last of them" wait_for archived week/both.xmp
sleep 1
is "$(files kept)" "./top.jpg ./week/both.jpg ./week/both.png ./week/both.xmp ./week/captions.csv ./week/one.jpg ./week/one.jpg.xmp ./week/two.jpg " \
    "with their sidecars; the table is copied"
is "$(files in)" "./week/captions.csv " "and stays for those that come later"
ok "bytes as they were" cmp one.jpg kept/week/one.jpg
is "$(lines published)" "/top.jpg week/both.jpg week/both.png week/one.jpg week/two.jpg " "each published once"
is "$(lines archived)" "/top.jpg week/both.jpg week/both.png week/one.jpg week/two.jpg " "and told as archived"
is "$(manifest out/week '.photos | keys | join(" ")')" "both.jpg both.png one.jpg two.jpg" "they stay published"
is "$(manifest out/week '.photos["one.jpg"].caption')" "First" "with their captions"
ok "the events keep to their schema" keeps_to events log.out
is "$(jq -r 'select(.event == "warning").message' log.out)" "" "no warning: the table's rows are not taken for strays"

printf 'file,caption\none.jpg,Other\ntwo.jpg,Second\nlate.jpg,Late\n' >in/week/captions.csv
ok "a row that changes for one that is archived is told" wait_for sh -c 'jq -r ".message // empty" log.out | grep -q "archived already: one.jpg;"'
cp two.jpg in/week/late.jpg
ok "one that comes later" wait_for archived week/late.jpg
is "$(manifest out/week '.photos["late.jpg"].caption')" "Late" "has its row of the table"
is "$(manifest out/week '.photos | length')" 5 "and the others stay"
ok "the table as it is now lies beside them, too" cmp in/week/captions.csv kept/week/captions-2.csv
ok "nothing is overwritten" grep -q First kept/week/captions.csv

# ---- Put again ----

width() { [ "$(manifest out/week '.photos["one.jpg"].width')" = "$1" ]; }
cp three.jpg in/week/one.jpg
echo '<x:xmpmeta xmlns:x="adobe:ns:meta/"/> ' >in/week/one.xmp
ok "put again under its name, it is replaced" wait_for width 110
ok "and archived under another one" wait_for sh -c '[ -e kept/week/one-2.jpg ] && [ ! -e in/week/one.jpg ]'
ok "with its sidecar" wait_for test -e kept/week/one-2.xmp
ok "the first stays" cmp one.jpg kept/week/one.jpg
echo 'no photo, but a text of some length' >in/week/two.jpg
ok "one that is put again and fails leaves the gallery" wait_for hasnt week two.jpg
rm in/week/two.jpg*
sleep 1
ok "and stays away when it is gone" hasnt week two.jpg
ok "its first original is there" cmp two.jpg kept/week/two.jpg

# ---- Without the folder, the desk, the ledger ----

rm -r in/week
sleep 1.5
is "$(manifest out/week '.photos | length')" 4 "its folder is removed: the gallery stays"
unlike "$(cat log.err)" '^removed' "and nothing is told to have left it"
stop
mkdir in/week
cp one.jpg in/week/passing.jpg
run photodesk build in -o out --preset small --credit Dana
rm -r in/week
run photodesk build in -o out --preset small --credit Dana
is "$(head -n 1 <<<"$stderr")" "removed week/passing.jpg: is gone from its folder" "but for one that was never archived"
is "$(manifest out/week '.photos | length')" 4 "which leaves it"
rm -f out/.photodesk/ledger.sqlite*
mkdir in/week
cp two.jpg in/week/five.jpg
start --credit Dana --after archive kept
ok "without the ledger" wait_for has week five.jpg
is "$(manifest out/week '.photos | keys | join(" ")')" "both.jpg both.png five.jpg late.jpg one.jpg" "it learns again what is archived"
is "$(times '^published')" 1 "and makes nothing again"
ok "the new one is archived" wait_for archived week/five.jpg
stop
rm -r in/week
run photodesk build in -o out --preset small --credit Dana
is "$(manifest out/week '.photos | length')" 5 "a build takes none of them down"
run photodesk build in -o out --preset small --credit Dana --check
is "$status" 0 "nor would"
mkdir in/week
cp one.jpg in/week/six.jpg
run photodesk build in -o out --preset small --credit Dana
rm -r in/week
run photodesk build in -o out --preset small --credit Dana
is "$(manifest out/week '.photos | keys | join(" ")')" "both.jpg both.png five.jpg late.jpg one.jpg" "with its folder, only that goes which is not archived"

rm out/week/late-*.webp
mkdir in/week
cp one.jpg in/week/seven.jpg
run photodesk build in -o out --preset small --credit Dana
is "$(manifest out/week '.photos | keys | join(" ")')" "both.jpg both.png five.jpg one.jpg seven.jpg" "one whose files are gone is named no more"
like "$stderr" '^warning week/late.jpg: is archived, and no longer whole: .*; put its original here again' "which is told"

# ---- Killed, again and again ----

begin
n=0
start --credit Dana --after archive kept
for g in 1 2 3; do
    mkdir in/$g
    for i in $(seq 20); do cp one.jpg in/$g/$i.jpg; done
    for k in 1 2; do
        sleep 0.$((RANDOM % 9))
        kill -9 "$desk"
        wait "$desk" 2>/dev/null
        n=$((n + $(times '^published')))
        start --credit Dana --after archive kept
    done
done
all_archived() { [ "$(find kept -name '*.jpg' | wc -l)" -ge 60 ] && [ "$(find in -name '*.jpg' | wc -l)" = 0 ]; }
ok "kill -9 six times: all are archived" wait_for all_archived
is "$(jq -s 'map(.photos | length) | add' out/*/manifest.json)" 60 "and published"
is "$(find kept -name '*.jpg' ! -name '.*' | wc -l)" 60 "once"
n=$((n + $(times '^published')))
at_most "$n" 72 "and but for those in hand, made once"
is "$(find kept -name '*.jpg' -exec cmp one.jpg {} \; | wc -l)" 0 "all of them whole"
stop

# ---- Replaced between its publication and its move ----

# catch GALLERY: stops the desk when all of GALLERY is published, and z.jpg still in the inbox
names() { # names FILE WORD: without a process, which would take too long
    local text=
    IFS= read -r -d '' text 2>/dev/null <"$1"
    [[ $text == *"$2"* ]]
}
catch() {
    mkdir "in/.$1"
    for i in $(seq 10 30) z; do cp one.jpg "in/.$1/$i.jpg"; done
    mv "in/.$1" "in/$1"
    until { names "out/$1/manifest.json" z.jpg; } 2>/dev/null || archived "$1/z.jpg"; do :; done
    kill -STOP "$desk"
    [ -e "in/$1/z.jpg" ]
}
begin
start --credit Dana --after archive kept
for how in renamed overwritten; do
    for try in 1 2 3 4 5 6 7 8; do
        catch "$how$try" && break
        kill -CONT "$desk"
    done
    g=$how$try
    ok "$how: a photo is published, and its original not yet moved" test -e "in/$g/z.jpg" -a ! -e "kept/$g/z.jpg"
    if [ $how = renamed ]; then cp three.jpg in/new && mv in/new "in/$g/z.jpg"; else cat three.jpg >"in/$g/z.jpg"; fi
    kill -CONT "$desk"
    ok "$how: the new bytes are archived" wait_for cmp -s three.jpg "kept/$g/z.jpg"
    ok "$how: and gone from the inbox" wait_for gone "in/$g/z.jpg"
    is "$(jq '.photos["z.jpg"].width' "out/$g/manifest.json")" 110 "$how: they are what is published"
done
stop
run photodesk verify out
is "$status" 0 "all of it is whole"

# ---- What cannot be moved ----

begin
start --credit Dana --after archive kept
rmdir kept
cp one.jpg in/one.jpg
ok "an archive that is not there: published" wait_for has . one.jpg
ok "which is told" wait_for told 'archive kept/* cannot be written'
ok "and the original stays" test -e in/one.jpg
mkdir kept
cp two.jpg in/two.jpg
ok "when it is there again: both move" wait_for sh -c '[ -e kept/one.jpg ] && [ -e kept/two.jpg ] && [ -z "$(ls in)" ]'
stop

# ---- Names that leave no room ----

begin
long=$(printf 'א%.0s' $(seq 125))x.jpg # 255 bytes, a caption by itself
cp one.jpg "in/$long"
cp two.jpg in/two.jpg
start --credit Dana --after archive kept
ok "a name of 255 bytes: published" wait_for sh -c '[ "$(jq ".photos | length" out/manifest.json)" = 2 ]'
ok "the others are archived" wait_for test -e kept/two.jpg
ok "it stays, which is told" wait_for told "^warning $long: is published, but stays.*its name is too long"
is "$(ls kept)" two.jpg "and is not copied either"
stop
is "$status" 0 "the desk lives"

# ---- Another file system ----

if unshare -Urm sh -c 'mount -t tmpfs none /mnt' 2>/dev/null; then
    begin
    mkdir in/week
    cp one.jpg in/week/one.jpg
    touch -d '2026-01-02 03:04:05' in/week/one.jpg
    echo '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' >in/week/one.xmp
    export PHOTODESK
    run unshare -Urm sh -c 'mount -t tmpfs none kept && "$PHOTODESK" watch in -o out --preset small --settle 0.1 --credit Dana --once --after archive kept && (cd kept && find . -type f | sort && stat -c %Y week/one.jpg && cmp week/one.jpg ../one.jpg)'
    is "$status" 0 "another file system: exit code"
    is "$(printf '%s\n' "$stdout" | tail -n 3 | tr '\n' ' ')" "./week/one.jpg ./week/one.xmp $(date -d '2026-01-02 03:04:05' +%s) " "copied, with its time"
    is "$(find in -type f)" "" "and gone from the inbox"
else
    skip 3 "no other file system can be had"
fi

done_testing
