#!/bin/bash
# A desk that archives, killed before each single call by which an original gets into the archive and out of the inbox:
# at every one of them all bytes are in one of the two, and the next desk ends where an undisturbed one does.
# A gallery or a photo that moves takes its published files along, as hard links.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

cc -D_GNU_SOURCE -shared -fPIC -o shim.so "$ROOT/tests/faults/shim.c" -ldl || exit 1
echo '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' >one.xmp

# serve [NAME=VALUE...]: a desk does what there is to do.
serve() {
    env "$@" "$PHOTODESK" watch in -o out --preset small --settle 0.05 --credit Dana --jobs 1 --once --after archive kept >log.out 2>log.err
}
begin() {
    rm -rf in out kept
    mkdir -p in/week kept
    cp one.jpg two.jpg one.xmp in/week
}
files() { (cd "$1" && find . -type f ! -name captions.csv -exec sha256sum {} + | LC_ALL=C sort -k 2); }
# lost: the originals that are in neither folder.
lost() {
    for _file in one.jpg two.jpg one.xmp; do
        find in kept -type f -exec cmp -s $_file {} \; -print | grep -q . || echo $_file
    done
}

begin
serve
files kept >expected
live out >published
is "$(cut -d' ' -f3 expected | tr '\n' ' ')" "./week/one.jpg ./week/one.xmp ./week/two.jpg " "undisturbed: all are archived"
is "$(find in -type f)" "" "and gone from the inbox"

# killed PATTERN LEAST NAME: before each call on files of this pattern, of which there are at least so many.
killed() {
    local at code wrong=0 n=0
    for at in $(seq 60); do
        begin
        head -c 8192 /dev/zero >state
        # a file that is closed was only read, by a child
        code=$( (LD_PRELOAD=$T/shim.so serve FAULT_STATE=$T/state FAULT=kill FAULT_AT=$at FAULT_PATH="$1" FAULT_CALL='[!c]*'
            echo $?) 2>/dev/null)
        [ "$code" = 137 ] || break
        n=$((n + 1))
        [ -z "$(lost)" ] || { wrong=$((wrong + 1)); diag "call $at: lost: $(lost)"; }
        serve
        files kept | cmp -s - expected || { wrong=$((wrong + 1)); diag "call $at: the archive: $(files kept)"; }
        live out | cmp -s - published || { wrong=$((wrong + 1)); diag "call $at: published: $(live out)"; }
        [ -z "$(find in -type f ! -name one.xmp)" ] || { wrong=$((wrong + 1)); diag "call $at: in the inbox: $(find in -type f)"; }
    done
    at_least "$n" "$2" "$3: calls at which it was killed"
    is "$wrong" 0 "$3: nothing is lost, and all is made good"
}
killed '*kept/*' 7 "the archive"
killed '*/in/*' 6 "the inbox"
killed '*archived/*' 4 "what is kept of each photo"

# ---- Where no hard link can be made ----

begin
head -c 8192 /dev/zero >state
LD_PRELOAD=$T/shim.so serve FAULT_STATE=$T/state FAULT=18 FAULT_AT=1+ FAULT_CALL=link FAULT_PATH='*kept/*'
is "$?" 0 "between file systems: exit code"
ok "copied" cmp <(files kept) expected
is "$(find in -type f)" "" "and gone from the inbox"
is "$(find kept -name '.*')" "" "no part stays"

begin
head -c 8192 /dev/zero >state
LD_PRELOAD=$T/shim.so serve FAULT_STATE=$T/state FAULT=28 FAULT_AT=1+ FAULT_PATH='*kept/*'
is "$?" 0 "a full archive: exit code"
like "$(cat log.err)" '^warning week/one.jpg: is published, but stays in the inbox|^warning The archive .* cannot be written' "is told"
is "$(files in | wc -l)" 3 "all originals stay"
is "$(lost)" "" "nothing is lost"
live out >now
ok "all is published" cmp now published
serve
ok "with room, they move" cmp <(files kept) expected

# ---- Galleries and photos that move ----

mkdir -p src/week
cp one.jpg two.jpg src/week
build() { run photodesk build src -o "${out:-moved}" --preset small --credit Dana --json; }
# names FOLDER: its variants with their inodes.
names() { (cd "$1" && stat -c '%i %n' -- *.webp | LC_ALL=C sort -k 2); }
encoded() { printf '%s\n' "$stdout" | jq -r 'select(.event == "published") | .encoded' | sort -u; }
build
is "$(encoded)" true "a gallery"
cp -a moved was
was=$(names moved/week)
at_least "$(printf '%s\n' "$was" | wc -l)" 2 "has its variants"

mv src/week src/month
build
is "$status $(encoded)" "0 false" "a gallery that moves: nothing is encoded"
is "$(names moved/month)" "$was" "its files are hard links of what was published before"
ok "its former place is gone" test ! -e moved/week
out=fresh build
is "$(live moved)" "$(live fresh)" "and all is as a fresh build makes it"

mv src/month/one.jpg src/month/three.jpg
build
is "$status $(encoded)" "0 false" "a photo that is renamed: nothing is encoded"
is "$(stat -c %i moved/month/three-*.webp)" "$(stat -c %i moved/month/one-*.webp)" "its file is a hard link"
ok "no part stays" test ! -e moved/.photodesk/staging

# hindered FAULT CALLS FILES: the gallery of before moves, and these calls fail.
hindered() {
    rm -rf moved
    cp -a was moved
    faulty "$1" 1+ "$2" "$3" "$PHOTODESK" build src -o moved --preset small --credit Dana
}
mv src/month/three.jpg src/month/one.jpg
hindered 28 fsync '*/staging/*.webp'
is "$status" 0 "links need not be made durable by themselves: exit code"
is "$(names moved/month | cut -d' ' -f2)" "$(names was/week | cut -d' ' -f2)" "and is there"
hindered 18 link '*/staging/*'
is "$status" 0 "between file systems: exit code"
is "$(live moved)" "$(live fresh)" "copied"
is "$(find moved/month -name '*.webp' -links +1)" "" "and no link"
hindered 28 '[lo]*' '*/staging/*.webp'
is "$status" 3 "no room for link or copy: exit code"
like "$stderr" "is full" "says so"
unlike "$stderr" '^FAILED .*jpg' "blames no photo"
is "$(live moved)" "$(live was)" "what was published stays"
build
is "$(live moved)" "$(live fresh)" "with room, it moves"
hindered 5 '[lo]*' '*/staging/*/one-*.webp'
is "$status" 1 "neither link nor copy of a photo: exit code"
like "$stderr" '^FAILED month/one\.jpg: .*Input/output error' "says so"
is "$(manifest moved/month '.photos | keys | join(" ")')" "two.jpg" "and it fails alone"
build
is "$status" 0 "a build after that"
is "$(live moved)" "$(live fresh)" "makes it"

done_testing
