#!/bin/bash
# Renditions in JPEG, for places that do not take WebP: the same picture, on white where it was clear.

. "${0%/*}/lib.sh"

cat >config/photodesk/presets/both.preset <<'P'
[preset]
title = The same in both formats
extends = base

[rendition modern]
widths = 100;200
aspect = source
format = webp
quality = 98
stamp = false

[rendition social]
widths = 100;200
aspect = source
format = jpeg
quality = 97
stamp = false

[rendition card]
widths = 200
aspect = 1:1
format = jpeg
quality = 90
stamp = false

[rendition stamped]
widths = 333
aspect = source
format = jpeg
quality = 97
stamp = true
P
run photodesk preset show both
is "$status" 0 "a preset with JPEG renditions"
like "$stdout" '^method = 4$' "a rendition without a method has the usual one"

mkdir src
ppm photo 333 217 >p.ppm
vips copy p.ppm src/photo.png
ppm store 6 <p.ppm >stored.ppm
cjpeg -quality 97 -sample 1x1 stored.ppm >src/turned.jpg
exiftool -q -overwrite_original -n -Orientation=6 -GPSLatitude=31.67 -GPSLatitudeRef=N -Artist=Somebody -XMP-dc:Subject=secret src/turned.jpg
# clear, half clear and opaque from left to right, in one colour
ppm plain 333 217 200 60 60 >colour.ppm
ppm edges 333 217 111 0 '0 0 0' '128 128 128' >a.ppm
ppm edges 333 217 222 0 '0 0 0' '127 127 127' >b.ppm
vips add a.ppm b.ppm ab.v && vips extract_band ab.v alpha.v 1 && vips cast alpha.v alpha8.v uchar
vips bandjoin 'colour.ppm alpha8.v' src/clear.png

run photodesk build src -o out --credit 'דנה כהן' --preset both
is "$status" 0 "all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "without a warning"
for photo in photo.png turned.jpg clear.png; do
    is "$(manifest out ".photos[\"$photo\"].renditions.social | map(\"\(.width)x\(.height) \(.type)\") | join(\", \")")" \
        "100x65 image/jpeg, 200x130 image/jpeg" "$photo: sizes and type in the manifest"
done
is "$(manifest out '.photos[].renditions[][] | select(.type == "image/jpeg") | .file' | grep -vcE '^[a-z]+-[a-z]+-[0-9]+-[0-9a-f]{10}\.jpg$')" 0 "names end in .jpg"
for file in $(manifest out '.photos[].renditions[][] | "\(.file):\(.width)x\(.height):\(.bytes)"'); do
    name=${file%%:*} rest=${file#*:}
    [ "$(vipsheader "out/$name" | sed -E 's/.*: ([0-9]+x[0-9]+) .*/\1/'):$(stat -c %s "out/$name")" = "$rest" ] || echo "$name"
done >differ
is "$(cat differ)" "" "each file has the size that the manifest says"

# ---- The picture ----

decoded() { # decoded STEM RENDITION WIDTH RESULT.ppm
    case $2 in
    modern) dwebp -quiet out/"$1-$2-$3"-*.webp -ppm -o "$4" ;;
    *) djpeg -outfile "$4" out/"$1-$2-$3"-*.jpg ;;
    esac
}
for stem in photo turned; do
    for width in 100 200; do
        decoded $stem modern $width w.ppm
        decoded $stem social $width j.ppm
        at_most "$(ppm colour j.ppm w.ppm)" 0.6 "$stem, $width px: the colours of both formats are the same"
        at_most "$(ppm diff j.ppm w.ppm)" 2 "$stem, $width px: and the picture"
    done
done
vips resize p.ppm reference.v 0.6006 --vscale 0.599 && vips copy reference.v reference.ppm
decoded photo social 200 j.ppm
at_most "$(ppm colour j.ppm reference.ppm)" 1 "it is the source's picture"
ppm plain 333 217 0 0 0 >black.ppm
ppm plain 333 217 255 255 255 >white.ppm
mkdir ends
vips copy black.ppm ends/black.png && vips copy white.ppm ends/white.png
run photodesk build ends -o ends-out --no-credit --preset both
for pair in black:'0 0' white:'255 255'; do
    djpeg -outfile j.ppm ends-out/${pair%:*}-social-200-*.jpg
    is "$(ppm range j.ppm 0 0 200 130)" "${pair#*:}" "${pair%:*} stays ${pair%:*}: the full range is used"
done

# ---- Transparency ----

decoded clear social 200 j.ppm
is "$(ppm mean j.ppm 10 10 40 100)" "255.0 255.0 255.0" "what is clear is white"
for part in '80 227 157 157' '150 200 60 60'; do
    set -- $part
    read -r r g b <<<"$(ppm mean j.ppm "$1" 10 30 100)"
    ok "$1 px from the left: the colour on white" awk -v r="$r" -v g="$g" -v b="$b" -v er="$2" -v eg="$3" -v eb="$4" \
        'BEGIN { exit !((r - er) ^ 2 <= 4 && (g - eg) ^ 2 <= 4 && (b - eb) ^ 2 <= 4) }'
done

# ---- The stamp ----

decoded photo stamped 333 s.ppm
vips copy p.ppm plain.ppm
read -r x y _ <<<"$(ppm box s.ppm plain.ppm 60)"
ok "the credit is at the bottom left, as Hebrew has it" [ "${x:-999}" -lt 60 -a "${y:-0}" -gt 150 ]
is "$(manifest out '.photos["photo.png"].renditions.stamped[0].stamped')" true "and the manifest says so"
read -r low high <<<"$(ppm range s.ppm 0 170 120 47)"
ok "in black and white" [ "$low" -lt 60 -a "$high" -gt 200 ]
at_least "$(manifest out '.photos["photo.png"].renditions.stamped[0].contrast')" 4.5 "with the contrast that text needs"

# ---- What it carries ----

for file in out/turned-*.jpg; do exiftool -a -G1 -s "$file"; done | grep -vE '^\[(ExifTool|System|File|JFIF|Composite)\]' |
    sed -E 's/ +/ /g' | sort -u >carried
is "$(cat carried)" "$(printf '%s\n' '[XMP-dc] Creator : דנה כהן' '[XMP-photoshop] Credit : דנה כהן')" \
    "nothing but our own packet"

is "$(for file in out/*.jpg; do exiftool -s3 -EncodingProcess -YCbCrSubSampling "$file"; done | sort -u | tr '\n' ',')" \
    "Baseline DCT, Huffman coding,YCbCr4:2:0 (2 2)," "baseline, 4:2:0"
run photodesk verify out
like "$status $stdout" "^0 0 findings" "and verify finds nothing"

run photodesk build src -o again --credit 'דנה כהן' --preset both
is "$(content again)" "$(content out)" "the same bytes each time"

# ---- As small as it must be ----

sizes='[rendition free]
widths = 400
format = jpeg
quality = 95
stamp = false
[rendition kept]
widths = 400
format = jpeg
quality = 95
max-kib = 400
stamp = false
[rendition small]
widths = 400
format = jpeg
quality = 95
max-kib = 70
stamp = false
[rendition web]
widths = 400
quality = 95
max-kib = 70
stamp = false
[rendition least]
widths = 400
format = jpeg
quality = 95
max-kib = 1
stamp = false
[rendition coarse]
widths = 400
format = jpeg
quality = 20
max-kib = 1
stamp = false'
printf '[preset]\ntitle = Bounds\nextends = base\n%s\n' "$sizes" >config/photodesk/presets/bounds.preset
mkdir noisy
ppm noise 400 300 >n.ppm && vips copy n.ppm noisy/n.png
run photodesk build noisy -o noisy-out --no-credit --preset bounds
is "$status" 0 "renditions with a largest size"
bytes() { manifest noisy-out ".photos[\"n.png\"].renditions[\"$1\"][0].bytes"; }
at_least "$(bytes free)" 71681 "without a bound it is larger than that"
is "$(bytes kept)" "$(bytes free)" "what is small enough has its whole quality"
for rendition in small web; do
    at_most "$(bytes $rendition)" 71680 "$rendition: lowered until it fits"
    at_least "$(bytes $rendition)" 55000 "$rendition: and not much further"
done
ok "what never fits has a quality of 40" sh -c "[ $(bytes least) -gt 1024 ] && [ $(bytes least) -gt $(bytes coarse) ]"
is "$(grep -c 'is larger than its rendition.s max-kib' <<<"$stderr")" 2 "which is told"
run photodesk build noisy -o noisy-again --no-credit --preset bounds
is "$(content noisy-again)" "$(content noisy-out)" "the same bytes each time"

done_testing
