#!/bin/bash
# Which sizes are made of a photo: never enlarged, its own width where that is worth a file, heights rounded exactly.

. "${0%/*}/lib.sh"

cat >config/photodesk/presets/plain.preset <<'P'
[preset]
title = The sizes of an article page, quickly
extends = article

[rendition inline]
quality = 50
method = 0
stamp = false

[rendition thumb]
quality = 50
method = 0
P

plain() {
    [ -e "src/$1x$2.jpg" ] || ppm plain "$1" "$2" 90 120 150 | cjpeg -quality 80 -sample "${3:-2x2}" -outfile "src/$1x$2.jpg"
}

# widths W H RENDITION: what was made.
widths() {
    manifest out ".photos[\"$1x$2.jpg\"].renditions.$3 | map(.width) | join(\" \")"
}

mkdir src
# inline widths are 320 480 640 960 1280 1920, thumb widths 160 320
cases='
2100 1400 inline 320 480 640 960 1280 1920
1921 1281 inline 320 480 640 960 1280 1920
1920 1080 inline 320 480 640 960 1280 1920
1919 1280 inline 320 480 640 960 1280 1919
1600 900  inline 320 480 640 960 1280 1600
1599 900  inline 320 480 640 960 1280
1281 853  inline 320 480 640 960 1280
1280 853  inline 320 480 640 960 1280
1200 800  inline 320 480 640 960 1200
1199 800  inline 320 480 640 960
801  535  inline 320 480 640 801
800  533  inline 320 480 640 800
799  533  inline 320 480 640
600  601  inline 320 480 600
599  601  inline 320 480
479  1000 inline 320 479
400  711  inline 320 400
399  711  inline 320
321  7    inline 320
320  240  inline 320
319  240  inline 319
200  300  inline 200
17   400  inline 17
1    1    inline 1
2100 1400 thumb 160 320
400  711  thumb 160 320
321  7    thumb 7
320  240  thumb 160 240
319  240  thumb 160 240
200  300  thumb 160 200
1600 900  thumb 160 320
240  199  thumb 160
240  200  thumb 160 200
150  159  thumb 150
161  160  thumb 160
17   400  thumb 17
1    1    thumb 1
'
while read -r w h _; do
    [ -z "$w" ] || plain "$w" "$h"
done <<<"$cases"

# Awkward shapes for rounding: ties (640x427 at 320 is 213.5), odd, prime, flat and tall ones; each sampling.
awkward='640x427 641x427 1283x857 997x991 333x500 1001x667 1919x1079 2047x1365 643x3 967x647 500x1999 1290x5'
n=0
for size in $awkward; do
    sampling=(2x2 1x1 2x1 1x2)
    plain "${size%x*}" "${size#*x}" "${sampling[n++ % 4]}"
done
plain 1000 1
plain 5 1000

run photodesk build src -o out --preset plain --no-credit
is "$status" 0 "all are published"
like "$(printf '%s\n' "$stderr" | grep -v '^published ')" '^warning 1x1\.jpg: it is too small for social ' "with a warning for the lead"
is "$(printf '%s\n' "$stderr" | grep -c '^warning ')" 1 "and for no other"

while read -r w h rendition expected; do
    [ -z "$w" ] || is "$(widths "$w" "$h" "$rendition")" "$expected" "$w x $h: $rendition is $expected"
done <<<"$cases"

# ---- What the manifest says is so ----

manifest out '.photos | to_entries[] | .key as $photo | .value | .width as $w | .height as $h | .renditions
    | to_entries[] | .key as $r | .value[] | [$photo, $w, $h, $r, .width, .height, .bytes, .file, .type, .stamped] | @tsv' >entries

is "$(awk -F'\t' '$1 != $2 "x" $3 ".jpg"' entries)" "" "width and height of each photo are its own"
is "$(awk -F'\t' '$5 > $2 || $6 > $3' entries)" "" "nothing is enlarged"
is "$(awk -F'\t' '$4 == "inline" { h = int((2 * $5 * $3 + $2) / (2 * $2)); if (h < 1) h = 1; if ($6 != h) print $1, $5, $6, "not", h }' entries)" \
   "" "each height is width * H / W, rounded to the nearest, a half up"
is "$(awk -F'\t' '$4 == "thumb" && $5 != $6' entries)" "" "thumbs are square"
is "$(awk -F'\t' '$1 == "640x427.jpg" && $4 == "inline" && $5 == 320 { print $6 }' entries)" 214 "213.5 is rounded to 214"
is "$(awk -F'\t' '$1 == "1000x1.jpg" && $4 == "inline" { printf "%sx%s ", $5, $6 }' entries)" "320x1 480x1 640x1 960x1 " \
   "a height is one pixel at least"
is "$(awk -F'\t' '$1 == "5x1000.jpg" && $4 == "inline" { print $5 "x" $6 }' entries)" 5x1000 "a very tall photo keeps its width"
is "$(awk -F'\t' '{ print $4 ~ /^social/ ? "social" : $4, $9 }' entries | sort -u | xargs)" "inline image/webp social image/jpeg thumb image/webp" "the type is that of the rendition"
is "$(cut -f 10 entries | sort -u)" false "none is stamped without a credit"
is "$(awk -F'\t' '{ print $1, $4, $5 }' entries | sort | uniq -d)" "" "no width is made twice"
is "$(awk -F'\t' '{ key = $1 " " $4; if (key == last && $5 <= width) print $1, $5; last = key; width = $5 }' entries)" "" \
   "widths ascend"

awk -F'\t' '{ print $8 "\t" $5 "x" $6 "\t" $7 }' entries | sort >said
(cd out && vipsheader ./*.webp ./*.jpg | sed -E 's/^\.\/([^:]+): ([0-9]+x[0-9]+) .*/\1\t\2/') | sort >sizes
(cd out && stat -c '%n	%s' ./*.webp ./*.jpg | sed 's/^\.\///') | sort >bytes
join -t "$(printf '\t')" sizes bytes >found
ok "files, sizes and bytes are those of the manifest" diff said found
is "$(awk -F'\t' '{ split($8, part, "-"); if ($8 !~ "-" $4 "-" $5 "-[0-9a-f]+[.](webp|jpg)$") print $8 }' entries)" "" \
   "names hold rendition and width"

# ---- Shapes ----

cat >config/photodesk/presets/shapes.preset <<'P'
[preset]
title = Shapes
extends = base

[rendition wide]
widths = 90;30
aspect = 16:9
format = webp
quality = 90
method = 0
stamp = false

[rendition tall]
widths = 30;60
aspect = 4:5
format = webp
quality = 90
method = 0
stamp = false
P
mkdir thirds
# red, green and blue thirds, across and down
for size in '300 100' '100 300'; do
    set -- $size
    for colour in '200 30 30' '30 180 40' '40 40 200'; do
        ppm plain 100 100 $colour >"third-$1-${colour%% *}${colour##* }.ppm"
    done
    vips arrayjoin "third-$1-20030.ppm third-$1-3040.ppm third-$1-40200.ppm" "thirds/$1.png" --across $((${1} / 100))
done
run photodesk build thirds -o shaped --preset shapes --no-credit
is "$status" 0 "other shapes: exit code"
is "$(manifest shaped '.photos["300.png"].renditions | [.wide, .tall] | map(map("\(.width)x\(.height)") | join(" ")) | join(", ")')" \
   "30x17 90x51, 30x38 60x75" "16:9 and 4:5, in ascending widths, rounded"
is "$(manifest shaped '.photos["100.png"].renditions | [.wide, .tall] | map(map("\(.width)x\(.height)") | join(" ")) | join(", ")')" \
   "30x17 90x51, 30x38 60x75" "the same of a tall photo"
for photo in 300 100; do
    file=$(manifest shaped ".photos[\"$photo.png\"].renditions.tall[1].file")
    dwebp -quiet "shaped/$file" -ppm -o crop.ppm
    if [ $photo = 300 ]; then
        ppm mean crop.ppm 1 1 58 73 >mean
        like "$(awk '{ print ($1 < 60 && $2 > 150 && $3 < 70) }' mean)" 1 "the crop is about the centre, across"
    else
        ppm mean crop.ppm 1 30 58 15 >mean
        like "$(awk '{ print ($1 < 60 && $2 > 150 && $3 < 70) }' mean)" 1 "the crop is about the centre, down"
    fi
done

# ---- At the limit of WebP, 16383 px ----

mkdir tall
ppm plain 20 17000 90 120 150 | cjpeg -outfile tall/20x17000.jpg
ppm plain 20 16383 90 120 150 | cjpeg -outfile tall/20x16383.jpg
small_preset narrow 10 </dev/null
run photodesk build tall -o tall-out --preset plain --no-credit
is "$(manifest tall-out '.photos["20x16383.jpg"].renditions.inline | map("\(.width)x\(.height)") | join(" ")')" 20x16383 \
   "the highest WebP is made"
unlike "$stderr" 'crash|libwebp error' "a photo that is higher than any WebP fails or is published by a rule, not by accident"
run photodesk build tall -o narrow-out --preset narrow --no-credit
is "$status" 0 "a width at which it fits"
is "$(manifest narrow-out '.photos["20x17000.jpg"].renditions.small | map("\(.width)x\(.height)") | join(" ")')" 10x8500 \
   "a width at which it fits is made"

done_testing
