#!/bin/bash
# A folder or file of the output's own that cannot be read is not taken for one that is not there: nothing is taken down,
# dropped, removed or said to be done for that, and when it can be read again, all is as before.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

# hinder CALL FILES AT COMMAND...: EIO of these calls, from the one of this number on
hinder() {
    local call=$1 files=$2 at=$3
    shift 3
    faulty 5 "$at+" "$call" "$files" "$PHOTODESK" "$@"
}
build() { run photodesk build in -o out --preset small --credit Dana "$@"; }
names() { manifest "out/$1" '.photos | keys | join(" ")'; }
# refused NAME: the output is to blame, and what a reader reaches is as it was
refused() {
    is "$status" 3 "$1: exit code"
    like "$stderr" 'Input/output error' "$1: says so"
    is "$(live out | grep ' ./g/')" "$before" "$1: all stays"
}
# left NAME: the gallery fails alone, and what a reader reaches of it is as it was
left() {
    is "$status" 1 "$1: exit code"
    like "$stderr" '(FAILED|warning) .*Input/output error' "$1: says so"
    is "$(live out | grep ' ./g/')" "$before" "$1: all of it stays"
}

# ---- What is archived ----

begin() {
    rm -rf in out kept
    mkdir -p in/g kept
    cp one.jpg two.jpg in/g
    run photodesk watch in -o out --preset small --settle 0.1 --credit Dana --once --after archive kept
    before=$(live out | grep ' ./g/')
}
begin
is "$(names g) $(find in -type f)" "one.jpg two.jpg " "two photos are archived"
rm -r in/g
hinder opendir '*/archived/g' 1 build in -o out --preset small --credit Dana
refused "its folder is gone, and the list of archived photos cannot be opened"
hinder readdir '*/archived/g' 1 build in -o out --preset small --credit Dana
refused "nor read"
hinder readdir '*/archived/g' 4 build in -o out --preset small --credit Dana
refused "nor read to its end"
build --check
is "$status" 0 "when it can be read again, there is nothing to do"

mkdir in/g
cp three.jpg in/g
hinder opendir '*/archived/g' 1 build in -o out --preset small --credit Dana
refused "a photo comes, and the list cannot be opened"
build
is "$(names g)" "one.jpg three.jpg two.jpg" "when it can, the photo comes to them"

begin
mkdir -p in/g
cp three.jpg in/g
touch out/g
hinder stat '*/g/one-small-*' 1 build in -o out --preset small --credit Dana
left "a file of an archived photo cannot be looked at"
ok "it stays archived" test -e out/.photodesk/archived/g/.one.jpg
build
is "$(names g)" "one.jpg three.jpg two.jpg" "and is there when it can"
unlike "$stderr" '^published g/one.jpg' "as it was"

# A ledger that lost them, as a run before could have it: what it is given back is in the manifest again.
begin
mkdir -p in/g
cp three.jpg in/g
mv out/.photodesk/archived/g away
build
is "$(names g)" "three.jpg" "not archived any more, they are gone"
mkdir out/.photodesk/archived/g
mv away/.one.jpg away/.two.jpg out/.photodesk/archived/g
build
is "$(names g)" "one.jpg three.jpg two.jpg" "archived again, they are in the manifest"
build --check
is "$status" 0 "and nothing is left to do"

# as_nobody COMMAND...: as a user to whom the modes of files mean something
as_nobody() {
    if [ "$(id -u)" -ne 0 ]; then
        run photodesk "$@"
    else
        run env HOME="$T" TMPDIR=/tmp XDG_CONFIG_HOME="$T/config" setpriv --reuid 65534 --regid 65534 --clear-groups "$T/their-photodesk" "$@"
    fi
}
if [ "$(id -u)" -ne 0 ] || setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
    begin
    rm out/.photodesk/ledger.sqlite*
    mkdir -p in/g in/other
    cp three.jpg in/g
    cp three.jpg in/other
    chmod 0 out/.photodesk/archived/g/.one.jpg
    cp "$PHOTODESK" their-photodesk && rm data/photodesk/presets && cp -r "$ROOT/presets" data/photodesk/presets
    chmod 755 .
    [ "$(id -u)" -ne 0 ] || chown -R 65534:65534 out
    as_nobody build in -o out --preset small --credit Dana
    is "$status" 1 "no ledger, and what is kept of one that is archived cannot be read: exit code"
    like "$stderr" '^FAILED g/three\.jpg: is not published, since .*archived/g/\.one\.jpg cannot be read \(Permission denied\)' "says which"
    is "$(live out | grep ' ./g/')" "$before" "what is published of its gallery stays"
    is "$(names other)" "three.jpg" "the other galleries go on"
    chmod 644 out/.photodesk/archived/g/.one.jpg
    as_nobody build in -o out --preset small --credit Dana
    is "$(names g)" "one.jpg three.jpg two.jpg" "when it can, it comes back"

    # The folder of a gallery of which nothing is to be done may be closed; where it cannot be looked into, that is told.
    begin
    mkdir -p in/g in/other
    cp three.jpg in/other
    [ "$(id -u)" -ne 0 ] || chown -R 65534:65534 out
    chmod 555 out/g
    as_nobody build in -o out --preset small --credit Dana
    is "$status" 0 "archived photos in a folder that is closed for writing: exit code"
    is "$(names other) $(printf '%s\n' "$stderr" | grep -c 'may not write')" "three.jpg 0" "there is nothing to do in it"
    as_nobody build in -o out --preset small --credit Dana --check
    is "$status" 0 "--check: as it is to be"
    cp two.jpg in/other
    chmod 0 out/g
    as_nobody build in -o out --preset small --credit Dana --check
    is "$status" 1 "--check of one that cannot be looked into: exit code"
    like "$stderr" '^warning g: is not published, since .*one-small-.* cannot be looked at: Permission denied; see that you may read it' "says so"
    like "$stdout" '^1 to be published, 1 unchanged, 1 would fail' "and checks the others"
    chmod 755 out/g
    is "$(live out | grep ' ./g/')" "$before" "all of it stays"
else
    skip 12 "nobody else can be had to run it"
fi

# A record that is damaged: its gallery waits for somebody who mends it.
begin
rm out/.photodesk/ledger.sqlite*
: >out/.photodesk/archived/g/.one.jpg
build
is "$status" 1 "no ledger, and a record is damaged: exit code"
like "$stderr" '^warning g: is not published, since out/\.photodesk/archived/g/\.one\.jpg is damaged; .*put that photo.s original here again' \
    "says what to do"
is "$(live out | grep ' ./g/')" "$before" "what is published of its gallery stays"
start --credit Dana --patience 1
cp three.jpg in/g
mkdir in/other
cp three.jpg in/other
ok "a desk goes on" wait_for has other three.jpg
ok "tells it of a photo that comes to the gallery" wait_for told 'g/three\.jpg: is not published, since .*is damaged'
ok "for which the machine is to blame" wait_for grep -q 'תקלה במחשב' in/g/three.jpg.ERROR.txt
cp one.jpg in/g
ok "put here again, the photo is made anew" wait_for has g three.jpg
is "$(names g)" "one.jpg three.jpg two.jpg" "and nothing is lost"
ok "the note goes" wait_for gone in/g/three.jpg.ERROR.txt
stop

# What a desk that was killed has put aside in the inbox comes back before anything else is archived.
begin
mkdir -p in/g
cp two.jpg in/g
cp one.jpg in/g/.one.jpg.archived
cp -r in was
passed='' told=0
for at in $(seq 2 4 30); do # of "." and "..", both files, and the end: some time that it is read, and from then on
    rm -rf in
    cp -r was in
    hinder readdir '*/in/g' "$at" watch in -o out --preset small --settle 0.1 --credit Dana --once --after archive kept
    [ -e in/g/two.jpg ] || [ ! -e in/g/.one.jpg.archived ] || passed="$passed $at"
    case $stderr in *'the originals of this gallery stay in the inbox'*) told=$((told + 1)) ;; esac
done
is "$passed" "" "what was put aside does not pass for none where it cannot be seen"
at_least "$told" 1 "which is told"

# ---- Taking back ----

rm -rf in out
mkdir -p in/g
cp one.jpg two.jpg in/g
build
hinder opendir 'out/g' 1 withdraw out g/one.jpg --reason 'a minor'
is "$status" 3 "withdraw, and the gallery's folder cannot be opened: exit code"
like "$stderr" 'folder out/g cannot be read: Input/output error' "says so"
hinder readdir '*/out/g' 2 withdraw out g/one.jpg --reason 'a minor'
is "$status" 3 "nor read to its end: exit code"
run photodesk withdraw out g/one.jpg --reason 'a minor'
is "$status $(find out/g -name 'one-*' | wc -l)" "0 0" "when it can, the files go"

# ---- Pruning, verifying ----

hindered=0
n=$(ls -A out/g | wc -l)
touch -d '10 days ago' out/g/* out/g
content out >before
for at in $(seq $((n + 2))); do
    hinder readdir '*/out/g' "$at" prune out --grace 0
    [ "$status $(content out)" = "1 $(cat before)" ] || hindered=$((hindered + 1))
done
is "$hindered" 0 "prune: of a folder that is not read to its end, nothing goes"
like "$stderr" '^FAILED The folder out/g cannot be read: Input/output error' "which is told"
hinder lstat 'out/g/manifest.json' 1 prune out --grace 0
is "$(content out)" "$(cat before)" "nor where the manifest cannot be looked at"
is "$status" 1 "which is told"
hinder readdir '*/out/g' 3 verify out
is "$status" 1 "verify: exit code"
like "$stdout" 'The folder out/g cannot be read: Input/output error' "verify tells it"
unlike "$stdout" 'missing' "and takes nothing for missing"

done_testing
