#!/bin/bash
# HEIC and AVIF: turned once, by the container; put together from tiles; in their colours.

. "${0%/*}/lib.sh"

exact_preset forms 128

heif() { perl "$CLI/heif" "$@"; }

# encode FILE.ppm RESULT [OPTION]...: nearly lossless.
encode() {
    vips pngsave "$1" encode.png
    heif-enc -q 97 -p chroma=444 encode.png -o "$2" "${@:3}" >/dev/null 2>&1
    [ -s "$2" ]
}

# alike FOLDER STEM REFERENCE.ppm NAME [LIMIT]
alike() {
    rm -f got.ppm
    dwebp -quiet "$1-out/$2"-web-128-*.webp -ppm -o got.ppm
    at_most "$(ppm colour got.ppm "$3")" "${5:-1.5}" "$4"
}

ppm quadrants 128 96 >quadrants.ppm
ppm hues 128 128 >hues.ppm
kinds=
for kind in heic avif; do
    if encode hues.ppm probe.$kind; then kinds="$kinds $kind"; else skip 20 "heif-enc cannot make $kind here"; fi
done

mkdir turned whole video
for kind in $kinds; do
    for n in 1 2 3 4 5 6 7 8; do
        ppm store $n <quadrants.ppm >stored.ppm
        encode stored.ppm stored.$kind
        heif turn=$n exif=$((n % 8 + 1)) stored.$kind >turned/$kind-$n.$kind
    done

    n=0
    for at in '0 0' '64 0' '0 64' '64 64'; do
        n=$((n + 1))
        # shellcheck disable=SC2086 # two words are meant
        vips crop hues.ppm tile.ppm $at 64 64
        encode tile.ppm tile-$n.$kind
    done
    heif columns=2 width=128 height=128 tile-{1,2,3,4}.$kind >whole/grid-$kind.$kind
    heif columns=2 width=128 height=119 tile-{1,2,3,4}.$kind >whole/cut-$kind.$kind
    heif primary=2 tile-1.$kind probe.$kind >whole/second-$kind.$kind
    cp probe.$kind whole/one-$kind.$kind
    vips colourspace hues.ppm deep.png rgb16
    [ $kind = avif ] && bits=12 || bits=10 # of 10 bits in AVIF, Debian 12's libaom makes a wrong assertion
    heif-enc -q 97 -b $bits -p chroma=444 deep.png -o whole/deep-$kind.$kind >/dev/null 2>&1
    heif primaries=1 transfer=13 probe.$kind >whole/srgb-$kind.$kind
    heif primaries=9 transfer=16 probe.$kind >video/pq-$kind.$kind
    heif primaries=1 transfer=18 probe.$kind >video/hlg-$kind.$kind
    heif primaries=9 transfer=14 probe.$kind >video/wide-$kind.$kind
done

run photodesk build turned -o turned-out --no-credit --preset forms
is "$status" 0 "turned: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "turned: without a warning"
for kind in $kinds; do
    for n in 1 2 3 4 5 6 7 8; do alike turned $kind-$n quadrants.ppm "$kind: turned by the container as from orientation $n, EXIF says another"; done
done

mkdir p3
perl "$CLI/icc" rgb srgb 0.6800 0.3200 0.2650 0.6900 0.1500 0.0600 d65 >p3.icc
vips copy hues.ppm hues.tif
tificc -t 1 -i p3.icc hues.tif p3.tif >/dev/null 2>&1
vips copy p3.tif p3.ppm
for kind in $kinds; do
    heif primaries=12 transfer=13 probe.$kind >p3/points-$kind.$kind
    vips pngsave hues.ppm tagged.png --profile p3.icc
    heif-enc -q 97 -p chroma=444 tagged.png -o p3/profile-$kind.$kind >/dev/null 2>&1
done
vips crop hues.ppm cut.ppm 0 0 128 119
for folder in whole p3 video; do run photodesk build $folder -o $folder-out --no-credit --preset forms; echo "$status" >$folder.status; echo "$stderr" >$folder.stderr; done
is "$(cat whole.status)" 0 "whole: all are published"
is "$(grep -v '^published ' whole.stderr | sort)" \
   "$(for kind in $kinds; do echo "warning second-$kind.$kind: it has 2 pages or frames, more than the limit of 1 (preset key limits/pages); the first was published"; done | sort)" \
   "whole: a second picture is told, and nothing else"
is "$(cat p3.status)" 0 "Display P3: all are published"
is "$(grep -v '^published ' p3.stderr)" "" "Display P3: without a warning"
is "$(cat video.status)" 1 "HDR video: none is published"
for kind in $kinds; do
    for stem in one grid second deep srgb; do alike whole $stem-$kind hues.ppm "whole: $stem-$kind" 1; done
    alike whole cut-$kind cut.ppm "whole: a grid that is cut within its last tiles: $kind" 1
    for stem in points profile; do
        alike p3 $stem-$kind p3.ppm "Display P3 by $stem: $kind" 1
    done
    for stem in pq hlg wide; do
        like "$(cat video.stderr)" "^FAILED $stem-$kind\\.$kind: has the colours of HDR video \\(BT\\.2020, PQ or HLG\\); export it in sRGB or Display P3 and send that$" \
            "HDR video: $stem-$kind"
    done
done

# An upload for which all room was set aside at once, and of which the rest has not come: decoders would make a picture
# of that.
vips gaussnoise noise.v 400 300 && vips cast noise.v noise.ppm uchar
for kind in $kinds; do
    mkdir -p "half-$kind"
    encode noise.ppm noise.$kind
    size=$(stat -c %s noise.$kind)
    { head -c $((size * 6 / 10)) noise.$kind; head -c $((size - size * 6 / 10)) /dev/zero; } >"half-$kind/p.$kind"
    run photodesk build "half-$kind" -o half-out --credit Dana
    like "$status $stderr" '^1 FAILED p\.[a-z]*: the picture is damaged or incomplete; send it again$' "a $kind whose second half is not there yet"
    rm -r "half-$kind" && mkdir -p "half-$kind" && cp noise.$kind "half-$kind/p.$kind"
    if [ "$size" -gt 90000 ]; then
        dd if=/dev/zero of="half-$kind/p.$kind" bs=1000 seek=10 count=70 conv=notrunc status=none
        run photodesk build "half-$kind" -o half-out --credit Dana
        like "$status $stderr" '^1 FAILED p\.[a-z]*: the picture is damaged or incomplete; send it again$' "a $kind with a hole in its middle"
    else
        report 1 "the $kind is too small to have a hole in its middle: $size"
    fi
done

done_testing
