#!/bin/bash
# A pixel's centre stays where it is, at every width and whatever the shape, form and sampling of the source.

. "${0%/*}/lib.sh"

# ---- No shift between variants, by phase correlation ----

shift_of() { /usr/bin/python3 "$CLI/shift" "$@"; }

# largest: of the absolute values on standard input
largest() { awk '{ for (i = 1; i <= NF; i++) { v = $i < 0 ? -$i : $i; if (v > most || !n++) most = v } } END { print n ? most : "none" }'; }
smallest() { awk '{ for (i = 1; i <= NF; i++) { v = $i < 0 ? -$i : $i; if (v < least || !n++) least = v } } END { print n ? least : "none" }'; }

ppm waves 333 221 >own.ppm # its own width, between two of the preset's, is the widest
vips resize own.ppm large.ppm 2.01 --vscale 2.01 # 669 x 444: decoded at a part of its size
exact_preset own '60;97;160;240;600'
exact_preset large '60;97;160'
mkdir own large
perl "$CLI/icc" rgb srgb 0.6800 0.3200 0.2650 0.6900 0.1500 0.0600 d65 >p3.icc
for source in own large; do
    for sampling in 1x1 2x1 2x2 1x2 4x1; do cjpeg -quality 96 -sample $sampling $source.ppm >$source/$sampling.jpg; done
    cjpeg -quality 96 -sample 3x1 $source.ppm >$source/managed.jpg # a sampling for libvips
    vips tiffsave $source.ppm srgb.tif
    tificc -t 1 -o p3.icc srgb.tif p3.tif >/dev/null 2>&1
    vips copy p3.tif p3.ppm && cjpeg -quality 96 -sample 2x2 -icc p3.icc p3.ppm >$source/shaped.jpg # and one through its profile
    vips pngsave $source.ppm $source/png.png
    run photodesk build $source -o $source-out --no-credit --preset $source
    is "$status" 0 "$source: all are published"
    widest=($source.ppm)
    groups=()
    stems=()
    for photo in "$source"/*; do
        stem=$(basename "${photo%.*}")
        files=()
        for file in "$source-out/$stem"-web-{333,240,160,97,60}-*.webp; do
            [ -e "$file" ] || continue
            files+=("$stem-${#files[@]}.ppm")
            dwebp -quiet "$file" -ppm -o "${files[-1]}"
        done
        widest+=("${files[0]}")
        groups+=("${files[@]}" --)
        for file in "${files[@]:1}"; do stems+=("$stem"); done
    done
    shift_of "${groups[@]}" >shifts
    is "$(wc -l <shifts)" "${#stems[@]}" "$source: every variant is measured"
    for stem in $(printf '%s\n' "${stems[@]}" | sort -u); do
        at_most "$(paste -d ' ' <(printf '%s\n' "${stems[@]}") shifts | sed -n "s/^$stem //p" | largest)" 0.03 \
            "$source $stem: no shift from the widest variant, in luma and chroma, across and down"
    done
    at_most "$(shift_of "${widest[@]}" | largest)" 0.03 "$source: nor of the widest variants from the source"
done
# The measure sees what it should.
at_least "$(shift_of 0.5 "${files[@]}" | smallest)" 0.4 "half a pixel is seen"
at_most "$(shift_of 0.5 "${files[@]}" | largest)" 0.6 "as half a pixel"
at_least "$(shift_of 0.1 "${files[@]}" | smallest)" 0.05 "a tenth of a pixel is seen"

# ---- Shapes of a pixel, odd ones, and panoramas ----

exact_preset shapes 64
mkdir shapes
sizes='1x1 2x1 1x61 61x1 17x16'
for size in $sizes; do
    ppm ramp "${size%x*}" "${size#*x}" >"$size.ppm"
    for sampling in 1x1 2x1 2x2 1x2 4x1; do cjpeg -quality 98 -sample $sampling "$size.ppm" >"shapes/$size-$sampling.jpg"; done
    vips pngsave "$size.ppm" "shapes/$size-png.png"
    vips tiffsave "$size.ppm" "shapes/$size-tiff.tif"
    cwebp -quiet -lossless "$size.ppm" -o "shapes/$size-webp.webp"
done
run photodesk build shapes -o shapes-out --no-credit --preset shapes
is "$status" 0 "shapes: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "shapes: without a warning"
for size in $sizes; do
    rm -rf got && mkdir got
    for file in shapes-out/"$size"-*.webp; do dwebp -quiet "$file" -ppm -o "got/$(basename "$file")"; done
    is "$(ls got | wc -l)" 8 "$size: all are there"
    at_most "$(ppm diff "$size.ppm" got/*)" 2.5 "$size: the same pixels in JPEG of each sampling, PNG, TIFF and WebP"
done

mkdir upright
tags=()
for size in 1x1 1x9 9x1; do
    ppm ramp "${size%x*}" "${size#*x}" >"$size.ppm"
    for n in 1 2 3 4 5 6 7 8; do
        ppm store $n <"$size.ppm" >stored.ppm
        cjpeg -quality 98 -sample 2x2 stored.ppm >"upright/$size-$n-jpeg.jpg"
        vips pngsave stored.ppm "upright/$size-$n-png.png"
        tags+=(-Orientation=$n upright/$size-$n-*.{jpg,png} -execute)
        perl "$CLI/tiff" orientation=$n <stored.ppm >"upright/$size-$n-tiff.tif"
    done
done
exiftool "${tags[@]}" -common_args -q -overwrite_original -n
run photodesk build upright -o upright-out --no-credit --preset shapes
is "$status" 0 "upright: all are published"
for size in 1x1 1x9 9x1; do
    rm -rf got && mkdir got
    for file in upright-out/"$size"-*.webp; do dwebp -quiet "$file" -ppm -o "got/$(basename "$file")"; done
    is "$(ls got | wc -l)" 24 "$size: all are there"
    at_most "$(ppm diff "$size.ppm" got/*)" 2.5 "$size: upright from each orientation, in JPEG, PNG and TIFF"
done

mkdir wide tall
vips grey across.v 20000 100 --uchar
vips rot across.v down.v d90 && vips copy down.v tall.v # lighter from the top to the bottom
for kind in wide tall; do
    [ $kind = wide ] && from=across.v || from=tall.v
    vips bandjoin "$from $from $from" three.v
    vips copy three.v $kind.ppm --interpretation srgb
    for sampling in 1x1 2x1 2x2 1x2 4x1; do cjpeg -quality 90 -sample $sampling $kind.ppm >$kind/$sampling.jpg; done
    vips pngsave $kind.ppm $kind/png.png --compression 1
    vips tiffsave $kind.ppm $kind/tiff.tif
done
vips resize wide.ppm webp.ppm 0.8 && cwebp -quiet -q 98 -m 0 webp.ppm -o wide/webp.webp # at most 16383 px
vips rot webp.ppm webp-tall.ppm d90 && cwebp -quiet -q 98 -m 0 webp-tall.ppm -o tall/webp.webp
exact_preset wide 600
exact_preset tall 30
for kind in wide tall; do
    run photodesk build $kind -o $kind-out --no-credit --preset $kind
    is "$status" 0 "$kind: all are published"
done
vips grey line.v 600 3 --uchar
vips bandjoin 'line.v line.v line.v' three.v && vips copy three.v wide-expected.ppm --interpretation srgb
vips grey line.v 6000 30 --uchar
vips rot line.v column.v d90
vips bandjoin 'column.v column.v column.v' three.v && vips copy three.v tall-expected.ppm --interpretation srgb
for kind in wide tall; do
    for photo in $kind/*; do
        dwebp -quiet $kind-out/"$(basename "${photo%.*}")"-web-*.webp -ppm -o got.ppm
        at_most "$(ppm diff got.ppm $kind-expected.ppm)" 1.5 "$photo: the same ramp"
    done
done

done_testing
