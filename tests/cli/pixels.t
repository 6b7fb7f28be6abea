#!/bin/bash
# The way of a pixel: upright once, in its place, in sRGB, from every format.

. "${0%/*}/lib.sh"

exact_preset pixels 200

build() { # build SRC OUT
    run photodesk build "$1" -o "$2" --no-credit --preset pixels
}

decode() { # decode OUT STEM RESULT.ppm
    dwebp -quiet "$1/$2"-web-200-*.webp -ppm -o "$3"
}

# same OUT STEM REFERENCE.ppm LIMIT NAME: they differ by at most that many levels on average.
same() {
    decode "$1" "$2" got.ppm
    at_most "$(ppm diff got.ppm "$3")" "$4" "$5"
}

# alike OUT STEM REFERENCE.ppm NAME: their colours are within one level on average.
alike() {
    decode "$1" "$2" got.ppm
    at_most "$(ppm colour got.ppm "$3")" 1 "$4"
}

# in_place OUT STEM X Y NAME [CHANNEL [LIMIT]]: the edges of the picture are there, within an eighth of a pixel.
in_place() {
    decode "$1" "$2" got.ppm
    edges_at "$(ppm profile got.ppm ${6:+"$6"})" "$3" "$4" "$5" "${7:-0.125}"
}

edges_at() { # edges_at FOUND X Y NAME LIMIT
    if awk -v found="$1" -v x="$2" -v y="$3" -v limit="$5" 'BEGIN {
        split(found, at, " ")
        exit !(found != "" && (at[1] - x) ^ 2 <= limit ^ 2 && (at[2] - y) ^ 2 <= limit ^ 2)
    }'; then
        report 0 "$4"
    else
        report 1 "$4"
        diag "edges at $1, which should be at $2 $3"
    fi
}

# ---- EXIF orientation ----

# 333 x 217 becomes 200 x 130: both sides are odd, so that nothing but exact work keeps the edges in their places.
ppm quadrants 333 217 >q.ppm
ppm edges 333 217 101 67 >e.ppm
X=60.66 Y=40.14 # 101 * 200 / 333, 67 * 130 / 217
mkdir src
tags=()
for o in 1 2 3 4 5 6 7 8; do
    for kind in q e; do
        ppm store $o <$kind.ppm >stored-$kind.ppm
        for sampling in 1x1 2x1 2x2 1x2; do
            cjpeg -quality 97 -sample $sampling -outfile src/$kind-$sampling-$o.jpg stored-$kind.ppm
            tags+=(-Orientation=$o src/$kind-$sampling-$o.jpg -execute)
        done
    done
    vips tiffsave stored-e.ppm src/e-tiff-$o.tif
    vips pngsave stored-e.ppm src/e-png-$o.png
    # as ImageMagick writes it, eXIf stands behind the pixels
    perl -e 'use Compress::Zlib; local $/; my $png = <STDIN>; my $exif = pack("a4 N n n2 N n2 N", "MM\0*", 8, 1, 0x112, 3, 1, shift, 0, 0);
        print substr($png, 0, -12), pack("N", length $exif), "eXIf$exif", pack("N", crc32("eXIf$exif")), substr $png, -12' $o <src/e-png-$o.png >src/e-behind-$o.png
    cwebp -quiet -lossless -m 0 stored-e.ppm -o src/e-webp-$o.webp
    tags+=(-Orientation=$o src/e-tiff-$o.tif src/e-png-$o.png src/e-webp-$o.webp -execute)
done
exiftool "${tags[@]}" -common_args -q -overwrite_original -n
for f in '-Orientation=9' '-Orientation=0'; do # out of range: as if it were not there
    cp src/e-1x1-1.jpg "src/e-range${f#*=}.jpg"
    exiftool -q -overwrite_original -n "$f" "src/e-range${f#*=}.jpg"
done

build src out
is "$status" 0 "every orientation is published"
is "$(manifest out '.photos[] | "\(.width)x\(.height) \(.renditions.web[0] | "\(.width)x\(.height)")"' | sort -u)" \
   "333x217 200x130" "width and height are those of the upright picture"
vips resize q.ppm q.v 0.6006 --vscale 0.599 && vips copy q.v expected-q.ppm
for sampling in 1x1 2x1 2x2 1x2; do
    for o in 1 2 3 4 5 6 7 8; do
        case $sampling in 1x1 | 2x2) same out q-$sampling-$o expected-q.ppm 1.5 "orientation $o, sampling $sampling: upright" ;; esac
        in_place out e-$sampling-$o $X $Y "orientation $o, sampling $sampling: nothing moves"
    done
done
for o in 1 2 3 4 5 6 7 8; do
    in_place out e-tiff-$o $X $Y "orientation $o in TIFF"
    in_place out e-png-$o $X $Y "orientation $o in PNG"
    in_place out e-behind-$o $X $Y "orientation $o in PNG, behind the pixels"
    in_place out e-webp-$o $X $Y "orientation $o in WebP"
done
for o in 0 9; do in_place out e-range$o $X $Y "orientation $o, which there is none, is ignored"; done

# Colour stays where its edges are, whichever way its samples lay.
mkdir chroma
ppm edges 333 217 101 67 '190 70 80' '60 120 200' >c.ppm
tags=()
for o in 1 3 6; do
    ppm store $o <c.ppm >stored-c.ppm
    for sampling in 1x1 2x1 2x2 1x2 4x1; do
        cjpeg -quality 97 -sample $sampling -outfile chroma/c-$sampling-$o.jpg stored-c.ppm
        tags+=(-Orientation=$o chroma/c-$sampling-$o.jpg -execute)
    done
done
exiftool "${tags[@]}" -common_args -q -overwrite_original -n
cp c.ppm stored-c.ppm && vips pngsave stored-c.ppm chroma/c-png-1.png
build chroma chroma-out
for f in chroma/*; do
    stem=$(basename "${f%.*}")
    in_place chroma-out "$stem" $X $Y "$stem: colour does not move" 2 0.25 # a coarse plane, at an edge of few levels
done

# Edges keep their places from the widest to the narrowest variant, in both lanes.
cat >config/photodesk/presets/steps.preset <<'P'
[preset]
title = Steps
extends = base

[rendition web]
widths = 64;101;160;320;401;640
aspect = source
format = webp
quality = 95
method = 0
stamp = false
P
mkdir steps
ppm edges 1283 857 400 300 >e.ppm
cjpeg -quality 95 -sample 2x2 -outfile steps/jpeg.jpg e.ppm
vips pngsave e.ppm steps/png.png
run photodesk build steps -o steps-out --no-credit --preset steps
for stem in jpeg png; do
    for f in steps-out/$stem-web-*; do
        w=${f#*-web-} w=${w%-*}
        dwebp -quiet "$f" -ppm -o got.ppm
        read -r x y <<<"$(awk -v w="$w" 'BEGIN { print 400 * w / 1283, 300 * int(w * 857 / 1283 + 0.5) / 857 }')"
        edges_at "$(ppm profile got.ppm)" "$x" "$y" "$stem at $w px: edges are in their places" 0.125
    done
done

# ---- Formats ----

rm -rf src out && mkdir src
ppm photo 200 133 5 >p.ppm
cjpeg -quality 97 -sample 1x1 -outfile src/jpeg.jpg p.ppm
cjpeg -quality 97 -sample 1x1 -progressive -outfile src/progressive.jpg p.ppm
cjpeg -quality 97 -sample 1x1 -restart 2 -optimize -outfile src/restart.jpg p.ppm
cjpeg -quality 97 -sample 1x1 -arithmetic -outfile src/arithmetic.jpg p.ppm
cjpeg -quality 97 -rgb -outfile src/rgb.jpg p.ppm
cjpeg -quality 97 -grayscale -outfile src/grey.jpg p.ppm
cp src/jpeg.jpg src/mislabelled.png
vips pngsave p.ppm src/png.png
vips pngsave p.ppm src/png-interlaced.png --interlace
vips tiffsave p.ppm src/tiff.tif
vips tiffsave p.ppm src/tiff-tiled.tif --tile --compression lzw
vips tiffsave p.ppm src/tiff-jpeg.tif --compression jpeg --Q 97
vips colourspace p.ppm src/tiff-16.tif rgb16
vips colourspace p.ppm src/png-16.png rgb16
vips colourspace p.ppm src/png-grey.png b-w
cwebp -quiet -lossless p.ppm -o src/webp-lossless.webp
cwebp -quiet -q 98 p.ppm -o src/webp.webp
vips copy p.ppm p.png
formats='jpeg progressive restart arithmetic rgb mislabelled png png-interlaced tiff tiff-tiled tiff-jpeg tiff-16 png-16 webp-lossless webp'
for pair in HEIC:heic AVIF:avif; do
    if heif-enc --list-encoders 2>/dev/null | sed -n "/^${pair%:*} encoders/,/encoders:/p" | grep -q '^- ' &&
        heif-enc -q 97 -p chroma=444 p.png -o "src/${pair#*:}.${pair#*:}" >/dev/null 2>&1; then
        formats="$formats ${pair#*:}"
    else
        skip 1 "heif-enc has no encoder for ${pair%:*} here"
    fi
done
build src out
is "$status" 0 "every format is published"
is "$(printf '%s\n' "$stderr" | sort | uniq -d)" "" "nothing is said twice"
for stem in $formats; do same out $stem p.ppm 2.2 "$stem is the same picture"; done
djpeg -rgb -outfile grey.ppm src/grey.jpg
same out grey grey.ppm 2.2 "grey JPEG stays grey"
vips colourspace p.ppm grey.v b-w && vips colourspace grey.v grey.ppm srgb
same out png-grey grey.ppm 2.2 "grey PNG stays grey"

# ---- Colour ----

# What littleCMS makes of a source is published beside it and goes the same way: only the colours may differ.
rm -rf src out && mkdir src ref
ppm hues 200 133 >strong.ppm
vips tiffsave strong.ppm strong.tif
vips icc_transform strong.tif 'src/p3-444.jpg[Q=97,subsample-mode=off]' p3 --input-profile srgb --intent relative
vips icc_transform strong.tif 'src/p3-420.jpg[Q=97,subsample-mode=on]' p3 --input-profile srgb --intent relative
vips icc_transform strong.tif src/p3-png.png p3 --input-profile srgb --intent relative
# Colours that Display P3 has and sRGB has not: the same numbers under the other profile.
exiftool -q -icc_profile -b src/p3-444.jpg >p3.icc
cjpeg -quality 97 -sample 1x1 -outfile src/p3-outside.jpg strong.ppm
exiftool -q -overwrite_original '-icc_profile<=p3.icc' src/p3-outside.jpg
vips icc_transform strong.tif 'src/srgb.jpg[Q=97,subsample-mode=off]' srgb --input-profile srgb
vips icc_transform strong.tif 'src/cmyk.jpg[Q=97]' cmyk --input-profile srgb --intent relative
vips icc_transform strong.tif src/cmyk.tif cmyk --input-profile srgb --intent relative
cp src/cmyk.jpg src/cmyk-bare.jpg
exiftool -q -overwrite_original -icc_profile= src/cmyk-bare.jpg 2>/dev/null
for f in src/p3-444.jpg src/p3-420.jpg src/p3-png.png src/p3-outside.jpg src/srgb.jpg src/cmyk.jpg src/cmyk.tif; do
    stem=$(basename "$f")
    vips icc_transform "$f" "ref/${stem/./-}.png" srgb --embedded --intent relative
done
vips icc_transform src/cmyk-bare.jpg ref/cmyk-bare-jpg.png srgb --input-profile cmyk --intent relative
cp src/p3-outside.jpg ref/untagged.jpg
exiftool -q -overwrite_original -icc_profile= ref/untagged.jpg 2>/dev/null
mv src/cmyk.tif src/cmyk-tif.tif
build src out
is "$status" 0 "each colour space is published"
build ref ref-out
is "$status" 0 "the references are published"
for pair in p3-444:p3-444-jpg p3-420:p3-420-jpg p3-png:p3-png-png p3-outside:p3-outside-jpg srgb:srgb-jpg; do
    decode ref-out "${pair#*:}" ref.ppm
    alike out "${pair%:*}" ref.ppm "${pair%:*} is within one level of littleCMS"
done
decode ref-out untagged ref.ppm
decode out p3-outside got.ppm
at_least "$(ppm colour got.ppm ref.ppm)" 3 "which is not what the numbers would be without their profile"
for pair in cmyk:cmyk-jpg cmyk-tif:cmyk-tif cmyk-bare:cmyk-bare-jpg; do
    decode ref-out "${pair#*:}" ref.ppm
    alike out "${pair%:*}" ref.ppm "${pair%:*} is what littleCMS makes of it"
done

# ---- Transparency ----

rm -rf src out && mkdir src
# One colour; clear, half clear and opaque from left to right
ppm plain 333 217 200 60 60 >colour.ppm
ppm edges 333 217 111 0 '0 0 0' '128 128 128' >a.ppm
ppm edges 333 217 222 0 '0 0 0' '127 127 127' >b.ppm
vips add a.ppm b.ppm ab.v && vips extract_band ab.v alpha.v 1 && vips cast alpha.v alpha8.v uchar
vips bandjoin 'colour.ppm alpha8.v' src/clear.png
vips bandjoin_const colour.ppm src/opaque.png 255
build src out
is "$status" 0 "transparent pictures are published"
clear=$(echo out/clear-web-200-*.webp)
like "$(webpinfo "$clear")" 'ALPH' "transparency stays"
unlike "$(webpinfo "$(echo out/opaque-web-200-*.webp)")" 'ALPH' "none is written where all is opaque"
read -r r g b a <<<"$(vips getpoint "$clear" 100 60)"
ok "half clear stays half clear, in its colour" test "$a" -ge 124 -a "$a" -le 132 -a "$r" -ge 190 -a "$g" -le 72 -a "$b" -le 72
is "$(vips getpoint "$clear" 20 60 | cut -d ' ' -f 4)" 0 "clear stays clear"
read -r r g b a <<<"$(vips getpoint "$clear" 135 60)" # beside the edge to what is opaque
ok "no dark fringe beside an edge" test "$r" -ge 185 -a "$a" -ge 250
read -r r g b a <<<"$(vips getpoint "$clear" 68 60)" # beside the edge to what is clear
ok "nor beside what is clear" test "$r" -ge 180 -a "$g" -le 85

# What is strongly coloured keeps its colour up to where it ends, on an even pixel and on an odd one: laid on white, as on white.
rm -rf src out && mkdir src
ppm plain 120 80 220 20 20 >colour.ppm
for at in 41 42; do
    vips black cut.v 120 80
    vips draw_rect cut.v 255 $at $at 30 20 --fill
    vips bandjoin 'colour.ppm cut.v' src/cut-$at.png
    vips flatten src/cut-$at.png src/white-$at.png --background 255
done
build src out
for at in 41 42; do
    vips flatten "$(echo out/cut-$at-web-*.webp)" laid.ppm --background 255
    vips copy "$(echo out/white-$at-web-*.webp)" white.ppm
    for x in $at $((at + 29)); do
        read -r r g b <<<"$(vips getpoint laid.ppm $x 50)"
        ok "a thing that is cut out at $at has its colour at $x, too" test "$r" -ge 205 -a "$g" -le 40 -a "$b" -le 40
    done
done

# ---- Real photographs ----

if [ -n "$CORPUS" ]; then
    run photodesk build "$CORPUS/orientation" -o corpus --no-credit --preset pixels
    is "$status" 0 "nine orientations of real photos"
    for kind in Landscape Portrait; do
        decode corpus ${kind}_1 one.ppm
        for o in 0 2 3 4 5 6 7 8; do same corpus ${kind}_$o one.ppm 3 "${kind}_$o is upright"; done # each has its number on it
    done
    mkdir profiles
    for icc in "$CORPUS"/colour/*.icc; do
        name=$(basename "$icc" .icc)
        vips icc_transform strong.tif "profiles/$name.jpg[Q=97,subsample-mode=off]" "$icc" --input-profile srgb --intent relative
        vips icc_transform "profiles/$name.jpg" "profiles/$name-ref.png" srgb --embedded --intent relative
    done
    build profiles profiles-out
    for icc in "$CORPUS"/colour/*.icc; do
        name=$(basename "$icc" .icc)
        decode profiles-out "$name-ref" ref.ppm
        alike profiles-out "$name" ref.ppm "$name is within one level of littleCMS"
    done
    mkdir phones
    # the phones' Display P3, at a size at which the reference needs no scaling of its own
    for f in "$CORPUS"/phones/iphonexr-p3-1.jpg "$CORPUS"/phones/iphonexr-p3-2.jpg; do
        name=$(basename "$f" .jpg)
        vips thumbnail "$f" "phones/$name.jpg[Q=97,subsample-mode=off]" 200 --height 10000 --no-rotate
        vips icc_transform "phones/$name.jpg" "phones/$name-ref.png" srgb --embedded --intent relative
    done
    build phones phones-out
    for name in iphonexr-p3-1 iphonexr-p3-2; do
        decode phones-out "$name-ref" ref.ppm
        alike phones-out "$name" ref.ppm "$name is within one level of littleCMS"
    done
else
    skip 22 "no corpus of real photographs beside the checkout"
fi

done_testing
