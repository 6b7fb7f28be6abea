#!/bin/bash
# Renditions of another shape than the photo: which part they show, and that it is just that part.

. "${0%/*}/lib.sh"

crop() { # crop NAME MODE WIDTH ASPECT: a rendition
    printf '[rendition %s]\nwidths = %s\naspect = %s\ncrop = %s\nformat = jpeg\nquality = 98\nstamp = false\n' "$1" "$3" "$4" "$2"
}
preset() { # preset NAME: renditions on standard input
    { printf '[preset]\ntitle = Crops\nextends = base\n'; cat; } >"config/photodesk/presets/$1.preset"
}
build() { # build FOLDER PRESET [OPTION...]
    run photodesk build "$1" -o "$1-out" --no-credit --preset "$2" "${@:3}"
}
box() { # box FOLDER PHOTO RENDITION: "X Y WIDTH HEIGHT" of the crop, px of the photo
    manifest "$1-out" ".photos[\"$2\"].renditions[\"$3\"][0].crop | \"\(.x) \(.y) \(.width) \(.height)\""
}
focus() { # focus FOLDER PHOTO RENDITION: "X Y SOURCE"
    manifest "$1-out" ".photos[\"$2\"].renditions[\"$3\"][0].focus | \"\(.x) \(.y) \(.source)\""
}
faces() { # faces PHOTO X,Y,W,H...: centre and size, in parts of the stored picture
    local regions=
    for face in "${@:2}"; do
        IFS=, read -r x y w h <<<"$face"
        regions+="${regions:+,}{Area={X=$x,Y=$y,W=$w,H=$h,Unit=normalized},Type=Face}"
    done
    exiftool -q -overwrite_original "-RegionInfo={AppliedToDimensions={W=600,H=400,Unit=pixel},RegionList=[$regions]}" "$1"
}

# ---- What captions.csv, faces and the picture say ----

{
    crop middle centre 100 1:1
    crop eye attention 100 1:1
    crop detail entropy 100 1:1
    crop square focus 100 1:1
    crop tall focus 100 1:2
    crop wide focus 100 3:1
    crop whole none 120 1:2
} | preset aims

# grey, with a coloured and busy patch of 90 x 90 px at 480, 40
vips black flat.v 600 400 --bands 3
vips linear flat.v grey.v 1 110 --uchar
ppm noise 90 90 >patch.ppm
vips insert grey.v patch.ppm marked.v 480 40
vips copy marked.v marked.ppm --interpretation srgb
mkdir src
for name in plain turned said one many far large; do cjpeg -quality 92 marked.ppm >src/$name.jpg; done
vips pngsave marked.ppm src/managed.png
ppm store 6 <marked.ppm | cjpeg -quality 92 >src/turned.jpg
exiftool -q -overwrite_original -n -Orientation=6 src/turned.jpg
faces src/one.jpg 0.2,0.5,0.1,0.2
faces src/many.jpg 0.15,0.3,0.1,0.1 0.45,0.7,0.1,0.1
faces src/large.jpg 0.1,0.5,0.1,0.1 0.6,0.5,0.1,0.1 0.8,0.5,0.15,0.2
faces src/far.jpg 0.05,0.3,0.1,0.2 0.95,0.3,0.1,0.2
cp src/one.jpg src/over.jpg
printf 'file,focus\nsaid.jpg,"0.3,0.6"\nover.jpg,"0.9 , 1"\n' >src/captions.csv

build src aims --explain
is "$status" 0 "all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "without a warning"
is "$(manifest src-out '.photos[] | [.renditions[][0] | .width, .height] | join(" ")' | sort -u)" \
    "100 100 100 100 100 100 100 100 100 200 100 33 120 80" "each in its shape; what is not cropped fits into it"
is "$(manifest src-out '[.photos[].renditions.whole[0] | .crop, .focus] | unique | tojson')" "[null]" "what shows all has no crop"
is "$(box src plain.jpg middle) $(focus src plain.jpg middle)" "100 0 400 400 300 200 centre" "centre: the middle"
for photo in plain.jpg managed.png turned.jpg; do
    read -r x y by <<<"$(focus src $photo eye)"
    ok "$photo: attention: where the eye goes to" [ "$by" = attention -a "$x" -gt 470 -a "$x" -lt 580 -a "$y" -gt 30 -a "$y" -lt 140 ]
    is "$(box src $photo eye)" "200 0 400 400" "$photo: attention: the crop is there"
    read -r x _ by <<<"$(focus src $photo detail)"
    read -r left _ <<<"$(box src $photo detail)"
    ok "$photo: entropy: where there is detail" [ "$by" = entropy -a "$left" -ge 170 ]
    is "$(focus src $photo square) $(box src $photo square)" "$(focus src $photo eye) $(box src $photo eye)" "$photo: focus: none said, and no face"
    is "$(for crop in square tall wide; do focus src $photo $crop; done | sort -u)" "$(focus src $photo eye)" \
        "$photo: attention: one point, whatever is cropped about it"
done
is "$(focus src said.jpg square)" "180 240 captions.csv" "focus: the point that captions.csv names"
is "$(box src said.jpg square)" "0 0 400 400" "focus: as far to the middle as the edges let it"
is "$(box src said.jpg tall)" "80 0 200 400" "focus: in the middle of a narrow crop"
is "$(box src said.jpg wide)" "0 140 600 200" "focus: in the middle of a low one"
is "$(focus src over.jpg square) $(box src over.jpg wide)" "540 399 captions.csv 0 200 600 200" "a person's word goes before faces; at the edge"
is "$(focus src one.jpg tall) $(box src one.jpg tall)" "120 200 faces 20 0 200 400" "faces: about the one"
is "$(focus src many.jpg square) $(box src many.jpg square)" "180 200 faces 0 0 400 400" "faces: all are in the crop if they fit"
is "$(focus src many.jpg tall) $(box src many.jpg tall)" "90 120 faces 0 0 200 400" "faces: about one if they do not"
is "$(focus src far.jpg square)" "30 120 faces" "faces: none is cut for one that is far"
is "$(focus src large.jpg tall)" "427 200 faces" "faces: the largest is not the one that is left out"
exiftool -q -overwrite_original -n -Orientation=6 src/one.jpg
build src aims
is "$(focus src one.jpg tall)" "200 120 faces" "faces are those of the stored picture" # 400 x 600 upright: x = 1 - 0.5, y = 0.2

faces src/plain.xmp 0.2,0.5,0.1,0.2
build src aims --json
is "$(jq -r 'select(.encoded) | .photo' .stdout) $(focus src plain.jpg tall)" "plain.jpg 120 200 faces" "faces of an XMP sidecar count, and its photo alone is made again"
faces src/one.xmp 0.7,0.5,0.1,0.2
build src aims
is "$(focus src one.jpg tall)" "200 420 faces" "they go before the photo's own"
rm src/*.xmp
build src aims
is "$(focus src plain.jpg tall | cut -d ' ' -f 3) $(focus src one.jpg tall)" "attention 200 120 faces" "and are gone with it"

like "$(cat src-out/index.html)" '<circle cx="180" cy="240"' "the contact sheet shows the focus"
like "$(cat src-out/index.html)" '<bdi dir="ltr">180, 240</bdi> <code>captions.csv</code>' "and where it is from"

# libvips looks for the same by other means: no more than a fifth of the shorter side apart
crop eye attention 100 1:1 | preset eye
mkdir scenes && ln -s "$ROOT"/fixtures/education-week/*.jpg scenes
build scenes eye
for scene in scenes/*.jpg; do
    vips autorot "$scene" upright.v
    side=$({ vipsheader -f width upright.v && vipsheader -f height upright.v; } | sort -n | head -n 1)
    read -r x y by <<<"$(focus scenes "${scene##*/}" eye)"
    read -r vips_x vips_y <<<"$(vips smartcrop upright.v crop.v "$side" "$side" --interesting attention --attention-x --attention-y | tr '\n' ' ')"
    ok "${scene##*/}: attention: where libvips has it, too ($x,$y and $vips_x,$vips_y)" \
        [ "$by" = attention -a $(((x - vips_x) ** 2 + (y - vips_y) ** 2)) -lt $((side ** 2 / 25)) ]
done

# ---- A focus that is none ----

printf 'file,focus\nsaid.jpg,"0.3;0.6"\nover.jpg,"0.9,1"\n' >src/captions.csv
build src aims
is "$status" 1 "a wrong focus fails its photo"
like "$stderr" "^FAILED said\.jpg.*has the focus '0\.3;0\.6' in captions\.csv; it must be two numbers from 0 to 1 with a comma" "and says what is right"
is "$(manifest src-out '.photos | keys | length')" 8 "and no other"

# ---- Only what changed ----

{ crop square focus 100 1:1; printf '[rendition whole]\nwidths = 100\nstamp = false\n'; } | preset cropped
printf '[rendition whole]\nwidths = 100\nstamp = false\n' | preset uncropped
mkdir pair
cp src/plain.jpg pair/a.jpg && cp src/managed.png pair/b.png
table() { printf 'file;focus\na.jpg;%s\n' "$1" >pair/captions.csv; }
told() { jq -r 'select(.photo) | "\(.event) \(.photo) \(.encoded // false): \(.reason)"' .stdout | sort; }
for kind in cropped:true uncropped:false; do
    name=${kind%:*} again=${kind#*:}
    table 0.1,0.5
    rm -rf pair-out
    build pair $name
    table 0.2,0.5
    build pair $name --check --json
    is "$status $(told | grep -c '^stale a.jpg')" "1 1" "$name: --check tells that a focus has changed"
    build pair $name --json --explain
    is "$(told)" "published a.jpg $again: focus changed: 0.1,0.5 -> 0.2,0.5
unchanged b.png false: nothing changed" "$name: which redoes its photo, where it is of use, and no other"
    build pair $name --check
    is "$status" 0 "$name: --check after that"
done
run photodesk build pair -o fresh --no-credit --preset cropped
build pair cropped
is "$(live pair-out)" "$(live fresh)" "all is as a fresh build makes it"
table ''
build pair cropped --json
is "$(told | grep a.jpg)" "published a.jpg true: focus changed: 0.2,0.5 -> none" "a focus that is taken away"
run photodesk verify pair-out
is "$status" 0 "verify finds nothing"

# ---- The pixels are those of the part ----

# worley.v is libvips' own noise; what it is cut and resized by is not what photodesk uses
reference() { # reference PPM X Y W H WIDTH HEIGHT RESULT
    vips extract_area "$1" part.v "$2" "$3" "$4" "$5"
    vips resize part.v "$8" "$(awk "BEGIN { print $6 / $4 }")" --vscale "$(awk "BEGIN { print $7 / $5 }")" --kernel lanczos3
}
{ crop square focus 300 1:1; crop low focus 331 331:117; } | preset exact
mkdir parts
ppm waves 640 427 >soft.ppm
vips worley cells.v 640 427 --cell-size 40
vips linear cells.v dots.v 3 60 --uchar
vips add soft.ppm dots.v both.v && vips linear both.v half.v 0.5 0 --uchar && vips copy half.v detail.ppm --interpretation srgb
for sampling in 1x1 2x1 2x2; do cjpeg -quality 98 -sample $sampling detail.ppm >parts/s$sampling.jpg; done
vips pngsave detail.ppm parts/managed.png
ppm store 8 <detail.ppm >stored.ppm && cjpeg -quality 98 -sample 2x2 stored.ppm >parts/turned.jpg
exiftool -q -overwrite_original -n -Orientation=8 parts/turned.jpg
(cd parts && printf 'file,focus\n' && for photo in *; do printf '%s,"0.579,0.637"\n' "$photo"; done) >parts.csv
mv parts.csv parts/captions.csv
build parts exact
is "$status" 0 "parts: all are published"
for rendition in square low; do
    read -r x y w h <<<"$(box parts s2x2.jpg $rendition)"
    ok "$rendition: an odd place, for which chroma must be moved by half a sample" [ $(((x + y) % 2)) -eq 1 ]
    read -r width height <<<"$(manifest parts-out ".photos[\"s2x2.jpg\"].renditions.$rendition[0] | \"\(.width) \(.height)\"")"
    reference detail.ppm "$x" "$y" "$w" "$h" "$width" "$height" expected.ppm
    for stem in s1x1 s2x1 s2x2 managed turned; do
        djpeg -outfile got.ppm parts-out/$stem-$rendition-*.jpg
        at_most "$(ppm diff got.ppm expected.ppm)" 2.5 "$rendition: $stem: the pixels of the part"
        at_most "$(ppm colour got.ppm expected.ppm)" 1 "$rendition: $stem: its colours"
    done
done

# A red corner in grey, at odd and even crops: light and colour both stay where they are.
mkdir edge
ppm edges 401 300 201 151 '60 60 60' '200 60 60' >e.ppm
cjpeg -quality 98 -sample 2x2 e.ppm >edge/a.jpg
{ crop part focus 301 301:300; } | preset edge
for left in 50 51; do
    printf 'file;focus\na.jpg;%s,0.5\n' "$(awk "BEGIN { print ($left + 150.5) / 401 }")" >edge/captions.csv
    rm -rf edge-out && build edge edge
    is "$(box edge a.jpg part)" "$left 0 301 300" "edges, from $left px on"
    djpeg -outfile got.ppm edge-out/a-part-*.jpg
    djpeg -grayscale -outfile light.pgm edge-out/a-part-*.jpg
    vips bandjoin 'light.pgm light.pgm light.pgm' l.v && vips copy l.v light.ppm --interpretation srgb
    for kind in got light; do
        read -r x y <<<"$(ppm profile $kind.ppm 0)"
        at_most "$(awk "BEGIN { x = $x - (201 - $left); y = $y - 151; m = x * x > y * y ? x * x : y * y; print m }")" 0.0156 \
            "$left px: $kind: edges are where they should be, to an eighth of a pixel"
    done
done

# ---- Loaded as large as the part needs it ----

mkdir large
vips worley cells.v 3200 1000 --cell-size 64 && vips linear cells.v light.v 4 20 --uchar
vips bandjoin 'light.v light.v light.v' three.v && vips copy three.v large.ppm --interpretation srgb
cjpeg -quality 95 -sample 2x2 large.ppm >large/a.jpg
vips pngsave large.ppm large/b.png --compression 1
printf 'file,focus\na.jpg,"0.7,0.5"\nb.png,"0.7,0.5"\n' >large/captions.csv
{ crop part focus '100;980' 1:1; } | preset part
build large part
read -r x y w h <<<"$(box large a.jpg part)"
for width in 100 980; do
    reference large.ppm "$x" "$y" "$w" "$h" $width $width expected.ppm
    for stem in a b; do
        djpeg -outfile got.ppm large-out/$stem-part-$width-*.jpg
        at_most "$(ppm diff got.ppm expected.ppm)" 2 "$stem: $width px of a 1000 px part, as sharp as can be"
    done
done
is "$(manifest large-out '[.photos[].renditions.part[-1] | .width] | unique | tojson')" "[980]" "all the width that the part has"
run photodesk build large -o again --no-credit --preset part
is "$(content again)" "$(content large-out)" "the same bytes each time"

done_testing
