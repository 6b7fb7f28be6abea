#!/bin/bash
# Only what changed is done again, and nothing hangs on the ledger.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir -p src/g
jpeg src/g/a.jpg 200 150 1
jpeg src/g/b.jpg 200 150 2
printf 'file,caption,credit\na.jpg,כותרת,דנה כהן\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build() { run photodesk build src -o out --preset small "$@"; }
counts() { echo "$stdout" | sed 's/ (.*//'; }

build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "the first build does all"
first=$(content out)
before=$(find out -not -path '*/.photodesk/*' -type f -printf '%p %T@ %i\n' | sort)
build
is "$(counts)" "0 published, 2 unchanged, 0 failed" "the second does nothing"
is "$(find out -not -path '*/.photodesk/*' -type f -printf '%p %T@ %i\n' | sort)" "$before" "and touches no file"

touch src/g/a.jpg
build
is "$(counts)" "0 published, 2 unchanged, 0 failed" "a touch redoes nothing"

printf 'file,caption,credit\na.jpg,כותרת,רות לב\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "a changed row redoes its photo alone"
is "$(manifest out/g '.photos["a.jpg"].credit.creators[0]')" "רות לב" "with the new credit"
printf 'file,caption,credit\na.jpg,כותרת,דנה כהן\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build
is "$(cat out/g/manifest.json | sha256sum)" "$(echo "$first" | awk '/manifest/ {print $1}' | sed 's/$/  -/')" "and back again gives the first manifest"

jpeg src/g/b.jpg 200 150 3
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "changed bytes redo their photo alone"
jpeg src/g/b.jpg 200 150 2

build --credit Dana
is "$(counts)" "2 published, 0 unchanged, 0 failed" "another --credit redoes all"
sed -i 's/^quality = .*/quality = 50/' config/photodesk/presets/small.preset
build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "another preset redoes all"
small_preset small 64 </dev/null

rm -rf out/.photodesk out/g
build
again=$(content out)
is "$again" "$first" "without the ledger, the same comes out"
rm -rf out/.photodesk
build
is "$(content out)" "$first" "with the files still there, too"
head -c 20000 /dev/zero | tr '\0' x >out/.photodesk/ledger.sqlite
build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "a garbage ledger is made anew"

rm out/g/a-small-*
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "a missing file is made again"
is "$(content out)" "$first" "the same one"
rm out/g/manifest.json
build
is "$(content out)" "$first" "a missing manifest is written again"

rm src/g/b.jpg
build
is "$(manifest out/g '.photos | keys | join(" ")')" "a.jpg" "a deleted photo leaves the manifest"
printf 'not a photo' >src/g/a.jpg
build
is "$status" 1 "a photo that has become none fails"
is "$(manifest out/g '.photos | keys | join(" ")')" "" "and leaves the manifest"

exec 9>>out/.photodesk/lock
flock 9
build
is "$status" 3 "a second photodesk on the same OUT gives up"
like "$stderr" 'Another photodesk' "and says why"
flock -u 9

: >file
run photodesk build src -o file/out --credit Dana
is "$status" 3 "an OUT that cannot be made"
like "$stderr" 'output folder' "says so"

# ---- What is done again, and what is not ----

rm -rf src out file && mkdir -p src/g src/h
jpeg src/g/a.jpg 200 150 1
jpeg src/g/b.jpg 200 150 2
jpeg src/h/c.jpg 200 150 3
rows='file,caption,credit\na.jpg,One,Dana\nb.jpg,Two,Yoav\n'
table() { printf '%b' "$1" >src/g/captions.csv; }
table "$rows"
printf 'file,credit\nc.jpg,Rut\n' >src/h/captions.csv
# did COUNTS NAME: what the next build does
did() {
    _counts=$1 _name=$2
    shift 2
    build "$@"
    is "$(counts)" "$_counts" "$_name"
}
did "3 published, 0 unchanged, 0 failed" "all at first"
first=$(live out)
stamps() { find out -name .photodesk -prune -o -printf '%p %T@ %i\n' | sort; }
before=$(stamps)

touch -d '2001-01-01' src/g/a.jpg src/g/captions.csv src
did "0 published, 3 unchanged, 0 failed" "older times redo nothing"
cp src/g/a.jpg a.jpg && cp a.jpg src/g/a.jpg
did "0 published, 3 unchanged, 0 failed" "the same bytes written again redo nothing"
table 'credit;file;caption\nDana;a.jpg;One\nYoav;b.jpg;Two\n'
did "0 published, 3 unchanged, 0 failed" "the same rows in another form redo nothing"
is "$(stamps)" "$before" "and none of it touches a file, or a folder"
table 'file,caption,credit,alt\na.jpg,One,Dana,Seen\nb.jpg,Two,Yoav,\n'
did "1 published, 2 unchanged, 0 failed" "another alt text redoes its photo alone"
table 'file,caption,credit\na.jpg,One,Dana\nb.jpg,Two,Yoav\nnew.jpg,Three,Rut\n'
did "1 published, 2 unchanged, 0 failed" "back again, with a row for a photo that is not there"
rm src/g/captions.csv
build
is "$status" 1 "without the table its photos have no credit"
is "$(counts)" "0 published, 1 unchanged, 2 failed" "and fail"
is "$(manifest out/g '.photos | length')" 0 "and leave the manifest"
table "$rows"
did "2 published, 1 unchanged, 0 failed" "with it they are back"
is "$(live out)" "$first" "as they were"

jpeg src/g/d.jpg 200 150 4
did "0 published, 3 unchanged, 1 failed" "a new photo without a credit changes nothing else"
table "${rows}d.jpg,Four,Rut\n"
did "1 published, 3 unchanged, 0 failed" "with one it is added alone"
is "$(manifest out/g '.photos | keys | join(" ")')" "a.jpg b.jpg d.jpg" "to the manifest"
mv src/g/d.jpg src/h/d.jpg
printf 'file,credit\nc.jpg,Rut\nd.jpg,Rut\n' >src/h/captions.csv
did "1 published, 3 unchanged, 0 failed, 1 removed" "a photo that moves is made in its new place"
is "$(manifest out/g '.photos | keys | join(" ")')|$(manifest out/h '.photos | keys | join(" ")')" "a.jpg b.jpg|c.jpg d.jpg" "and leaves the old one"
rm src/h/d.jpg
did "0 published, 3 unchanged, 0 failed, 1 removed" "a photo that goes"
is "$(manifest out/h '.photos | keys | join(" ")')" c.jpg "leaves the manifest"

sed -i 's/^title = .*/title = Another title/' config/photodesk/presets/small.preset
did "0 published, 3 unchanged, 0 failed" "another title of the preset redoes nothing"
did "3 published, 0 unchanged, 0 failed" "--credit redoes what had another" --credit Dana
did "3 published, 0 unchanged, 0 failed" "and so does its absence"
is "$(live out)" "$first" "to the same result"
printf '# a comment\n' >>config/photodesk/presets/small.preset
did "0 published, 3 unchanged, 0 failed" "a comment in the preset redoes nothing"
printf '[stamp]\nmargin = 3\n' >>config/photodesk/presets/small.preset
did "3 published, 0 unchanged, 0 failed" "another value of the preset redoes all"
small_preset small 64 </dev/null
build

cp "$PHOTODESK" other-photodesk && printf x >>other-photodesk
run ./other-photodesk build src -o out --preset small
is "$(counts)" "3 published, 0 unchanged, 0 failed" "another program redoes all"
build
is "$(live out)" "$first" "to the same result"

# Fonts: the same family by another file
if command -v fc-match >/dev/null && regular=$(fc-match -f '%{file}' 'sans:regular') && bold=$(fc-match -f '%{file}' 'sans:bold') &&
    [ -s "$regular" ] && [ -s "$bold" ] && [ "$regular" != "$bold" ]; then
    for weight in regular bold; do
        mkdir -p fonts/$weight
        cp "${!weight}" fonts/$weight/font.ttf
        printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' \
            "$T/fonts/$weight" "$T/fonts/cache" >fonts/$weight.conf
    done
    printf '[rendition big]\nwidths = 100\naspect = source\nformat = webp\nquality = 90\nmethod = 0\nstamp = true\n[stamp]\nmin-variant-width = 50\n' |
        small_preset fonts 64
    font() { run env FONTCONFIG_FILE="$T/fonts/$1.conf" "$PHOTODESK" build src -o fonts-out --preset fonts; }
    font regular
    is "$(counts)" "3 published, 0 unchanged, 0 failed" "a font"
    font regular
    is "$(counts)" "0 published, 3 unchanged, 0 failed" "the same font redoes nothing"
    font bold
    is "$(counts)" "3 published, 0 unchanged, 0 failed" "another font redoes all"
else
    skip 3 "no two fonts to choose from"
fi

# ---- What is missing is made again, alone ----

rm out/h/c-small-*
did "1 published, 2 unchanged, 0 failed" "a file of one gallery"
rm -r out/g
did "2 published, 1 unchanged, 0 failed" "a whole gallery"
is "$(live out)" "$first" "the same ones"
rm out/g/manifest.json out/h/manifest.json
did "0 published, 3 unchanged, 0 failed" "manifests are written without making a photo"
is "$(live out)" "$first" "the same ones, too"
for ruin in 'rm -f out/.photodesk/ledger.sqlite' 'truncate -s 0 out/.photodesk/ledger.sqlite' 'truncate -s 5000 out/.photodesk/ledger.sqlite' \
    'head -c 8192 /dev/urandom >out/.photodesk/ledger.sqlite' 'rm -rf out/.photodesk'; do
    eval "$ruin"
    build
    is "$status" 0 "$ruin: exit code"
    is "$(live out)" "$first" "$ruin: the same is there"
    did "0 published, 3 unchanged, 0 failed" "$ruin: and is known again"
done
rm -f src/h/c.jpg
did "0 published, 2 unchanged, 0 failed, 1 removed" "the last photo of a gallery goes"
is "$(jq '.photos | length' out/h/manifest.json 2>/dev/null || echo 0)" 0 "and is named by no manifest any more"
jpeg src/h/c.jpg 200 150 3
build
is "$(live out)" "$first" "and comes back"

# ---- Another source into the same OUT leaves the first one alone ----

mkdir -p more/i && cp src/g/a.jpg more/i/a.jpg
run photodesk build more -o out --preset small --credit Dana
is "$status" 0 "another source: exit code"
is "$(live out | grep -v ' ./i/')" "$first" "another source: the galleries of the first stay"
rm -rf out/i

# ---- Two at once ----

mkdir slow && vips gaussnoise n.v 2400 1800 && vips cast n.v slow/big.jpg uchar
"$PHOTODESK" build slow -o shared --credit Dana >first.out 2>first.err &
pid=$!
wait_for pgrep -P $pid
run photodesk build src -o shared --preset small
is "$status" 3 "two at once: exit code of the second"
like "$stderr" 'Another photodesk \(process '$pid'\) is writing to shared; wait' "two at once: says so, and what to do"
is "$(printf '%s\n' "$stderr" | wc -l)" 1 "two at once: in one line"
is "$stdout" "" "two at once: and sums up nothing"
run photodesk build src -o shared --preset small --json
is "$status|$(printf '%s\n' "$stdout" | jq -c '[.event, .photos]')" '3|["finished",0]' "two at once: --json sums up that"
run photodesk convert src/g/a.jpg -o shared --preset small --credit Dana
is "$status|$stdout" "3|" "two at once: convert sums up nothing, either"
wait $pid
is $? 0 "two at once: the first is not disturbed"
is "$(manifest shared '.photos | keys | join(" ")')" big.jpg "two at once: and publishes"
run photodesk build src -o shared --preset small
is "$status" 0 "two at once: afterwards the second may"

# ---- An OUT that cannot be written ----

hopeless() { # hopeless NAME PATTERN OUT
    run photodesk build src -o "$3" --preset small
    is "$status" 3 "$1: exit code"
    like "$stderr" "$2.*; see that .* can be written|$2.*; see that you may write there" "$1: says so, and what to do"
    is "$(printf '%s\n' "$stderr" | grep -c .)" 1 "$1: in one line"
    unlike "$stderr" '^FAILED' "$1: which blames no photo"
    is "$stdout" "" "$1: and sums up nothing"
}
: >file
hopeless "a file in the place of OUT" 'file.*(Not a directory|File exists)' file
hopeless "OUT below a file" 'file/out' file/out
ln -s nowhere/at/all dangling
hopeless "OUT a link to nowhere" 'dangling' dangling
hopeless "OUT where nothing can be made" '/proc/photos' /proc/photos
mkdir -p odd/.photodesk/ledger.sqlite lock/.photodesk/lock
hopeless "a folder in the place of the ledger" 'ledger .*unable to open' odd
hopeless "a folder in the place of the lock" 'lock cannot be written: Is a directory' lock

export PHOTODESK
# mounted SCRIPT NAME COUNT...: a script that mounts, or as many skipped assertions.
if with_mounts 'mkdir -p m && mount -t tmpfs tmpfs m' 2>/dev/null; then
    with_mounts 'cp -r out ro && mount -o bind ro ro && mount -o remount,bind,ro ro &&
        "$PHOTODESK" build src -o ro --preset small --credit Else --json >ro.out 2>ro.err; echo $? >ro.status'
    is "$(cat ro.status)" 3 "OUT is read-only: exit code"
    like "$(cat ro.err)" 'output folder ro .*Read-only file system' "OUT is read-only: says so"
    is "photodesk build: $(jq -r 'select(.event == "finished").error' ro.out)" "$(cat ro.err)" "OUT is read-only: so does --json"
    is "$(live ro)" "$first" "OUT is read-only: nothing has changed"

    # From a disk that has no room for the ledger to one that has room for some photos only
    rm -rf many && mkdir many
    for i in 1 2 3 4 5 6; do jpeg many/$i.jpg 300 200 $i; done
    printf '[rendition big]\nwidths = 300\naspect = source\nformat = webp\nquality = 100\nmethod = 0\nstamp = false\n' | small_preset full 64
    for size in 8 100 180; do # KiB that are left
        rm -rf disk kept again && mkdir disk kept
        with_mounts "mount -t tmpfs -o size=2048k tmpfs disk && head -c $(((2048 - size) * 1024)) /dev/zero >disk/other
            timeout 60 \"\$PHOTODESK\" build many -o disk/full --preset full --credit Dana >full.out 2>full.err; echo \$? >full.status
            [ ! -d disk/full ] || cp -r disk/full/. kept; find disk/full/.photodesk/staging -type f >full.staged 2>/dev/null
            rm disk/other
            timeout 60 \"\$PHOTODESK\" build many -o disk/full --preset full --credit Dana --quiet; echo \$? >full.again
            cp -r disk/full again"
        is "$(cat full.status)" 3 "a disk with $size KiB left: exit code"
        is "$(grep -v '^published ' full.err)" "photodesk build: The output folder disk/full is full: no space is left on its disk or in your quota; make room and run again: what is published stays, and the rest is done then" \
            "a disk with $size KiB left: says so once, and what to do, and blames no photo"
        is "$(for f in kept/*.webp; do [ -e "$f" ] && ! webpinfo -quiet "$f" >/dev/null && echo "$f"; done)" "" "a disk with $size KiB left: no variant is partial"
        is "$([ ! -e kept/manifest.json ] || jq -r '.photos[].renditions[][] | "\(.bytes) \(.file)"' kept/manifest.json |
            while read -r bytes file; do [ "$(stat -c %s "kept/$file" 2>/dev/null)" = "$bytes" ] || echo "$file"; done)" "" \
            "a disk with $size KiB left: a manifest is whole and true, or not there"
        is "$(cat full.staged)$(hidden kept)" "" "a disk with $size KiB left: nothing is left lying about"
        is "$(cat full.again)" 0 "a disk with $size KiB left: with room it is completed"
        [ -n "${whole-}" ] || { run photodesk build many -o whole --preset full --credit Dana && whole=$(live whole); }
        is "$(live again)" "$whole" "a disk with $size KiB left: to the same result"
    done

    # A disk that fills up under a gallery that is published: it stays as it was, and the ledger with it
    rm -rf disk kept && mkdir disk kept && cp -r many more-of-it && jpeg more-of-it/7.jpg 300 200 7
    with_mounts "mount -t tmpfs -o size=2048k tmpfs disk && \"\$PHOTODESK\" build many -o disk/full --preset full --credit Dana --quiet
        head -c 4M /dev/zero >disk/other 2>/dev/null
        \"\$PHOTODESK\" build more-of-it -o disk/full --preset full --credit Else >full.out 2>full.err; echo \$? >full.status
        cp -r disk/full/. kept; rm disk/other
        \"\$PHOTODESK\" build many -o disk/full --preset full --credit Dana >full.again"
    is "$(cat full.status)" 3 "a disk that has filled up: exit code"
    is "$(grep -c 'is full' full.err)|$(wc -l <full.err)" "1|1" "a disk that has filled up: says so in one line"
    is "$(live kept)" "$whole" "a disk that has filled up: what is published stays as it was"
    like "$(cat full.again)" '^0 published, 6 unchanged, 0 failed' "a disk that has filled up: with room nothing need be done again"
else
    skip 29 "nothing can be mounted here"
fi

done_testing
