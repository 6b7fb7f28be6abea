#!/bin/bash
# The credit on the picture: on which variants, in which corner, how large, in which colours.

. "${0%/*}/lib.sh"

# stamped NAME WIDTHS true|false: a preset of one rendition; what stands on standard input is added.
stamped() {
    {
        printf '[preset]\ntitle = Stamp\nextends = base\n\n'
        printf '[rendition web]\nwidths = %s\naspect = source\nformat = webp\nquality = 98\nmethod = 1\nstamp = %s\n\n' "$2" "$3"
        cat
    } >"config/photodesk/presets/$1.preset"
}

# build OUT PRESET CREDIT: of the one photo in src
build() {
    rm -rf "$1"
    run photodesk build src -o "$1" --preset "$2" --credit "$3"
}

decode() { # decode OUT WIDTH RESULT.ppm
    dwebp -quiet "$1"/*-web-"$2"-*.webp -ppm -o "$3"
}

# ink OUT WIDTH: "X Y WIDTH HEIGHT" of where it differs from the unstamped variant in the folder plain.
ink() {
    decode plain "$2" plain.ppm
    decode "$1" "$2" stamped.ppm
    ppm box plain.ppm stamped.ppm 45
}

# lies BOX CONDITION NAME: an awk condition on x, y, w, h (of the box) and the variant's width W and height H.
lies() {
    if awk -v box="$1" -v W="$WIDTH" -v H="$HEIGHT" "BEGIN { n = split(box, b, \" \"); x = b[1]; y = b[2]; w = b[3]; h = b[4]
        exit !(n == 4 && ($2)) }"; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "ink at $1 of $WIDTH x $HEIGHT, which should be: $2"
    fi
}

HEBREW='דנה כהן'
LATIN='Dana Cohen'
WIDTHS='160;319;320;640;1280;2000'
mkdir src
ppm plain 2000 1200 105 120 95 | cjpeg -quality 95 -outfile src/a.jpg
stamped plain "$WIDTHS" false </dev/null
stamped web "$WIDTHS" true </dev/null

build plain plain "$LATIN"
is "$status" 0 "unstamped: published"
is "$(manifest plain '[.photos["a.jpg"].renditions.web[].stamped] | unique | map(tostring) | join(" ")')" false "unstamped: said so"
build latin web "$LATIN"
is "$status" 0 "Latin credit: published"
is "$(manifest latin '.photos["a.jpg"].credit.text')" "Photo: Dana Cohen" "Latin credit: text"
build hebrew web "$HEBREW"
is "$status" 0 "Hebrew credit: published"
is "$(manifest hebrew '.photos["a.jpg"].credit.text')" "צילום: דנה כהן" "Hebrew credit: text"

# ---- Which variants ----

for out in latin hebrew; do
    is "$(manifest $out '.photos["a.jpg"].renditions.web | map("\(.width):\(.stamped)") | join(" ")')" \
       "160:false 319:false 320:true 640:true 1280:true 2000:true" "$out: stamped from 320 px on"
done
for width in 160 319; do
    ok "$width px: the very file of an unstamped preset" cmp plain/a-web-$width-*.webp latin/a-web-$width-*.webp
    is "$(ink hebrew $width)" none "$width px: no letter in Hebrew either"
done

# ---- Where, how large, and in which colours ----

for WIDTH in 320 640 1280 2000; do
    HEIGHT=$((WIDTH * 3 / 5))
    text=$(awk -v w=$WIDTH 'BEGIN { px = int(w * 2.4 / 100 + 0.5); print (px < 12 ? 12 : (px > 40 ? 40 : px)) }')
    for out in latin hebrew; do
        box=$(ink $out $WIDTH)
        case $out in
        latin) lies "$box" 'x > W / 2 && W - x - w <= W * 0.03 && W - x - w >= 2' "$WIDTH px: a Latin credit is at the right" ;;
        hebrew) lies "$box" 'x + w < W / 2 && x <= W * 0.03 && x >= 2' "$WIDTH px: a Hebrew credit is at the left" ;;
        esac
        lies "$box" 'H - y - h <= W * 0.03 && H - y - h >= 2' "$WIDTH px, $out: at the bottom"
        lies "$box" 'w <= W * 0.62' "$WIDTH px, $out: at most 60 % wide"
        lies "$box" "h >= $text * 0.6 && h <= $text * 1.8" "$WIDTH px, $out: one line of $text px"
        read -r x y w h <<<"$box"
        read -r dark light <<<"$(ppm range stamped.ppm "$x" "$y" "$w" "$h")"
        at_least "$light" 225 "$WIDTH px, $out: white letters"
        at_most "$dark" 60 "$WIDTH px, $out: with a dark outline"
    done
done
WIDTH=640 HEIGHT=384
decode plain 640 plain.ppm
decode hebrew 640 stamped.ppm
read -r x y w h <<<"$(ppm box plain.ppm stamped.ppm 45)"
read -r r g b <<<"$(ppm mean stamped.ppm "$x" "$y" "$w" "$h")"
read -r r0 g0 b0 <<<"$(ppm mean plain.ppm "$x" "$y" "$w" "$h")"
ok "the ink is neutral: it has no colour of its own" awk -v a="$r $g $b" -v b="$r0 $g0 $b0" 'BEGIN {
    split(a, p); split(b, q)
    # black and white over (105 120 95) may only bring the channels nearer to each other
    exit !((p[2] - p[3]) <= (q[2] - q[3]) + 1 && (p[2] - p[1]) <= (q[2] - q[1]) + 1 && p[2] >= p[3] - 1 && p[2] >= p[1] - 1) }'

# A light picture: white letters need their outline to be seen at all.
ppm plain 640 384 250 250 250 | cjpeg -quality 95 -outfile src/a.jpg
build plain plain "$LATIN"
build white web "$LATIN"
isnt "$(ink white 640)" none "on white: something is seen"
read -r x y w h <<<"$(ink white 640)"
at_most "$(ppm range stamped.ppm "$x" "$y" "$w" "$h" | cut -d ' ' -f 1)" 110 "on white: a dark outline"
ppm plain 640 384 4 4 4 | cjpeg -quality 95 -outfile src/a.jpg
build plain plain "$LATIN"
build black web "$LATIN"
read -r x y w h <<<"$(ink black 640)"
at_least "$(ppm range stamped.ppm "$x" "$y" "$w" "$h" | cut -d ' ' -f 2)" 225 "on black: white letters"

# ---- The picture is otherwise left alone ----

ppm photo 640 384 3 | cjpeg -quality 95 -outfile src/a.jpg
build plain plain "$LATIN"
build latin web "$LATIN"
lies "$(ink latin 640)" 'x > W * 0.5 && y > H * 0.88' "on a photo: only the corner changes"
dwebp -quiet -crop 0 0 640 300 plain/a-web-640-*.webp -ppm -o plain-top.ppm
dwebp -quiet -crop 0 0 640 300 latin/a-web-640-*.webp -ppm -o latin-top.ppm
at_most "$(ppm diff plain-top.ppm latin-top.ppm)" 1 "on a photo: the rest is the same"

# ---- Direction ----

# A Hebrew credit with a Latin agency has its base direction from the right: the label stands at the right of it.
ppm plain 640 384 105 120 95 | cjpeg -quality 95 -outfile src/a.jpg
build plain plain "$LATIN"
build one web 'דנה/AFP'
build two web 'דנה/AFP AFP AFP AFP'
read -r x1 _ w1 _ <<<"$(ink one 640)"
read -r x2 _ w2 _ <<<"$(ink two 640)"
is "$x1" "$x2" "Hebrew with a Latin agency: at the left margin"
# What is added stands at the left end of the line; so the right end, seen from the end of the ink, does not change.
decode one 640 one.ppm
decode two 640 two.ppm
crop() { # crop FILE X WIDTH RESULT.ppm
    vips extract_area "$1" "$4" "$2" 355 "$3" 27
}
alike() { # alike X: the least difference of the end of one and of two from about X on
    for x in $(($1 - 1)) "$1" $(($1 + 1)); do
        crop two.ppm "$x" 40 two-part.ppm
        ppm diff one-end.ppm two-part.ppm
    done | sort -g | head -n 1
}
crop one.ppm $((x1 + w1 - 40)) 40 one-end.ppm
at_most "$(alike $((x2 + w2 - 40)))" 20 "Hebrew with a Latin agency: the label stays at the right end"
at_least "$(alike $((x2 + w2 - 100)))" 30 "which other letters do not look like"

# ---- Long credits ----

long="$LATIN"
for i in 1 2 3 4 5 6 7; do long="$long, Photographer Number $i"; done
build long web "$long"
is "$status" 0 "a long credit is published"
WIDTH=640 HEIGHT=384
box=$(ink long 640)
lies "$box" 'w <= W * 0.62' "a long credit is at most 60 % wide"
lies "$box" 'h > 15 && h <= 2 * 15 * 1.7' "a long credit has two lines"
lies "$box" 'x + w > W * 0.9' "a long credit is at the right"

# ---- The preset's say ----

corner() { # corner NAME CREDIT CONDITION NAME
    stamped corner "640" true <<P
[stamp]
corner = $1
P
    build corner corner "$2"
    lies "$(ink corner 640)" "$3" "$1, $4"
}
corner bottom-start "$LATIN" 'x < W * 0.1 && y > H * 0.8' "Latin: bottom left"
corner bottom-start "$HEBREW" 'x + w > W * 0.9 && y > H * 0.8' "Hebrew: bottom right"
corner top-end "$LATIN" 'x + w > W * 0.9 && y + h < H * 0.2' "Latin: top right"
corner top-end "$HEBREW" 'x < W * 0.1 && y + h < H * 0.2' "Hebrew: top left"
corner top-start "$LATIN" 'x < W * 0.1 && y + h < H * 0.2' "Latin: top left"
corner top-start "$HEBREW" 'x + w > W * 0.9 && y + h < H * 0.2' "Hebrew: top right"

stamped large 640 true <<'P'
[stamp]
size = 8
max-px = 200
margin = 10
P
build large large Dan
lies "$(ink large 640)" 'h > 51 * 0.6 && h < 51 * 1.8' "size and max-px: 8 % of 640 is 51 px"
lies "$(ink large 640)" 'W - x - w >= 58 && W - x - w <= 68 && H - y - h >= 54 && H - y - h <= 68' "margin: 10 % is 64 px"
stamped late '320;640' true <<'P'
[stamp]
min-variant-width = 640
P
build late late "$LATIN"
is "$(manifest late '.photos["a.jpg"].renditions.web | map("\(.width):\(.stamped)") | join(" ")')" "320:false 640:true" \
   "min-variant-width is the preset's"
stamped labels 640 true <<'P'
[credit]
label[en] = Picture by
P
build labels labels "$LATIN"
is "$(manifest labels '.photos["a.jpg"].credit.text')" "Picture by Dana Cohen" "the label is the preset's"

# A face that XMP names keeps the stamp of corner = auto away, whatever the orientation; and all widths have one corner.
stamped auto '320;640' true <<'P'
[stamp]
corner = auto
P
auto() { # auto: "left|right top|bottom" of each width
    build auto auto "$LATIN"
    manifest auto '[.photos["a.jpg"].renditions.web[] | (if .box.x * 2 + .box.width > .width then "right " else "left " end)
        + (if .box.y * 2 + .box.height > .height then "bottom" else "top" end)] | unique | join(", ")'
}
is "$(auto)" "right bottom" "auto, on an even picture: the end of the bottom"
exiftool -q -overwrite_original '-RegionInfo={AppliedToDimensions={W=640,H=384,Unit=pixel},RegionList=[{Area={X=0.9,Y=0.9,W=0.2,H=0.2,Unit=normalized},Type=Face}]}' src/a.jpg
is "$(auto)" "left bottom" "auto: away from a face"
exiftool -q -overwrite_original -n -Orientation=3 src/a.jpg
is "$(auto)" "right bottom" "auto: the face is where it is seen"
ppm plain 640 384 105 120 95 | cjpeg -quality 95 -outfile src/a.jpg

# ---- Logo ----

printf '%s' "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20'/></svg>" >config/photodesk/presets/logo.svg
for place in beside instead; do
    printf '[stamp]\nlogo = logo.svg\nlogo-place = %s\n' $place | stamped logo 640 true
    build logo-$place logo "$LATIN"
    is "$status" 0 "a logo $place: published"
done
build plain-text web "$LATIN"
width() {
    manifest "$1" '.photos["a.jpg"].renditions.web[] | select(.width == 640) | .box.width'
}
at_least "$(width logo-beside)" $(($(width plain-text) + 48)) "a logo beside the credit: both are there"
at_most "$(width logo-instead)" 56 "a logo instead of it: alone"
run photodesk build src -o logo-instead --preset logo --credit "$LATIN"
like "$stdout" '1 unchanged' "the same logo: nothing to do"
sed -i 's/<rect/<rect rx="9"/' config/photodesk/presets/logo.svg
run photodesk build src -o logo-instead --preset logo --credit "$LATIN"
like "$stdout" '1 published' "another logo: made anew"

# A PNG, opaque in its left half: there it is drawn, and where it is clear the photo stays.
ppm plain 40 20 0 0 0 >logo.ppm
ppm edges 40 20 20 20 '255 255 255' '0 0 0' >alpha.ppm
vips extract_band alpha.ppm alpha.v 1 && vips bandjoin 'logo.ppm alpha.v' config/photodesk/presets/logo.png
printf '[stamp]\nlogo = logo.png\nlogo-place = instead\n' | stamped logo 640 true
build logo-png logo "$LATIN"
is "$status" 0 "a PNG logo: published"
dwebp -quiet logo-png/a-web-640-*.webp -ppm -o logo-png.ppm
read -r x y w h <<<"$(manifest logo-png '.photos["a.jpg"].renditions.web[] | select(.width == 640) | .box | "\(.x) \(.y) \(.width) \(.height)"')"
read -r low high <<<"$(ppm range logo-png.ppm $((x + w / 8)) $((y + h / 3)) $((w / 4)) $((h / 3)))"
ok "a PNG logo: drawn in one ink where it is opaque" [ "$low" -gt 225 -o "$high" -lt 30 ]
read -r low high <<<"$(ppm range logo-png.ppm $((x - 52)) $((y + h / 3)) 40 $((h / 3)))"
ok "a PNG logo: the photo stays beside it" [ "$low" -gt 110 -a "$high" -lt 130 ]

# ---- No room ----

ppm plain 400 10 105 120 95 | cjpeg -quality 95 -outfile src/a.jpg
build flat web "$LATIN"
is "$status" 0 "a picture that is lower than the letters is published"
is "$(manifest flat '.photos["a.jpg"].renditions.web | map("\(.width):\(.stamped)") | join(" ")')" \
   "160:false 319:false 320:false 400:false" "without a stamp, and says so"

# ---- Letters that no font has ----

ppm plain 400 300 105 120 95 | cjpeg -quality 95 -outfile src/a.jpg
cp src/a.jpg src/b.jpg
printf 'file,credit\na.jpg,%b\nb.jpg,Dana Cohen\n' 'Dana \xf4\x8f\xbf\xbd' >src/captions.csv
rm -rf boxes
run photodesk build src -o boxes --preset web
is "$status" 1 "a character that no font has fails the photo"
like "$stderr" '^FAILED a\.jpg: .*U\+10FFFD' "and is named: no box is ever stamped"
is "$(manifest boxes '.photos | keys | join(" ")')" b.jpg "the other photo is published"
run photodesk build src -o unboxed --preset plain
is "$status" 0 "where nothing is stamped, no font is needed"

# A machine that has letters for one script only
mkdir -p one-script
cp "$(fc-match -f '%{file}' 'Noto Sans:regular')" one-script/
printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' \
    "$T/one-script" "$T/one-script-cache" >one-script.conf
printf 'file,credit\na.jpg,%s\nb.jpg,%s\n' "$HEBREW" "$LATIN" >src/captions.csv
run env FONTCONFIG_FILE="$T/one-script.conf" "$PHOTODESK" build src -o one-script-out --preset web
is "$status" 1 "without a font for Hebrew, a Hebrew credit fails its photo"
like "$stderr" '^FAILED a\.jpg: .*צ \(U\+05E6\).*fonts-noto-core' "by the character and a package that has it"
is "$(manifest one-script-out '.photos | keys | join(" ")')" b.jpg "the other script is published"
rm src/captions.csv
for name in 'Αλέξανδρος' 'Дарья Коэн' 'محمد علي' 'José Núñez' 'Łukasz Żółć'; do
    build "script" web "$name"
    is "$status" 0 "a name in another script: $name"
done

# ---- Low and small photos ----

mkdir low small-photo
ppm plain 4000 200 90 120 150 | cjpeg -quality 90 -outfile low/panorama.jpg
ppm plain 300 200 90 120 150 | cjpeg -quality 90 -outfile small-photo/small.jpg
run photodesk build low -o low-out --credit 'Dana Cohen'
is "$(manifest low-out '[.photos[].renditions.inline[] | select(.stamped) | .width] | join(" ")')" "640 960 1280 1920" \
    "a panorama carries its credit, in smaller letters, wherever there is room for the least"
run photodesk build small-photo -o small-out --credit 'Dana Cohen'
like "$stderr" '^warning small\.jpg: its credit stands on none of its variants: each is narrower than 320 px' "a photo too small for it: is told"

done_testing
