#!/bin/bash
# Stamps can be read on every background: the contrast of WCAG 2, measured here anew on the decoded files.

. "${0%/*}/lib.sh"

# rendition NAME FORMAT QUALITY STAMP: of the preset on standard output
rendition() {
    printf '[rendition %s]\nwidths = 320;480;640;1280\naspect = source\nformat = %s\nquality = %s\nmethod = 2\nstamp = %s\n\n' "$@"
}
hard() { # hard QUALITY LESS
    printf '[preset]\ntitle = Contrast\nextends = base\n\n'
    rendition webp webp "$1" true
    rendition jpeg jpeg "$1" true
    rendition coarse webp "$2" true
}
hard 78 40 >config/photodesk/presets/hard.preset
hard 98 98 >config/photodesk/presets/clean.preset # to see where the letters are

# ---- Backgrounds ----

mkdir src letters
W=1280 H=720
ppm plain $W $H 255 255 255 >src/sky.ppm
ppm plain $W $H 0 0 0 >src/stage.ppm
ppm plain $W $H 255 0 0 >src/red.ppm
ppm plain $W $H 0 255 0 >src/green.ppm
ppm plain $W $H 0 0 255 >src/blue.ppm
ppm plain $W $H 119 119 119 >src/grey.ppm
ppm noise $W $H >src/noise.ppm
ppm checks $W $H 3 >src/fine-checks.ppm
ppm checks $W $H 24 >src/coarse-checks.ppm
ppm slope $W $H 0 0 0 255 255 255 >src/gradient.ppm
ppm slope $W $H 255 0 0 0 0 255 >src/hues.ppm
for picture in src/*.ppm; do vips copy "$picture" "${picture%.ppm}.png" && rm "$picture"; done
ppm plain $W $H 60 60 60 >l.ppm && vips copy l.ppm letters/letters.png
HEBREW='דנה כהן/רויטרס' LATIN='Dana Cohen, Yoav Levi/AFP'

# each OUT: the least contrast that ppm measures on all stamps of a build, where the letters are as in the build
# OUT-letters, on an even dark grey; and the largest distance from what the manifest says. Names of the worst on &2.
each() {
    jq -r '.photos | to_entries[] | .key as $photo | .value.renditions | to_entries[] | .key as $rendition | .value[]
        | select(.stamped) | "\($rendition) \(.width) \(.height) \(.contrast) \(.box.x) \(.box.y) \(.box.width) \(.box.height) \(.file)"' "$1/manifest.json" |
    while read -r rendition width height said x y w h file; do
        pixels "$1/$file" this.ppm
        pixels "$1-letters/letters-$rendition-$width-"* letters.ppm
        echo "$(ppm contrast letters.ppm this.ppm "$x" "$y" "$w" "$h") $said $file"
    done
}
pixels() { # pixels FILE RESULT.ppm
    case $1 in
    *.webp) dwebp -quiet "$1" -ppm -o "$2" ;;
    *) djpeg -outfile "$2" "$1" ;;
    esac
}

for script in hebrew latin; do
    case $script in hebrew) credit=$HEBREW ;; latin) credit=$LATIN ;; esac
    run photodesk build src -o $script --preset hard --credit "$credit"
    is "$status" 0 "$script: published on hard backgrounds"
    unlike "$stderr" '^warning' "$script: without a warning"
    run photodesk build letters -o $script-letters --preset clean --credit "$credit"
    each $script >$script.txt
    is "$(wc -l <$script.txt)" $((11 * 12)) "$script: each variant is stamped"
    read -r least _ file < <(sort -g $script.txt)
    at_least "$least" 4.5 "$script: contrast as measured here, at least ($file)"
    at_least "$(jq '[.photos[].renditions[][].contrast] | min' $script/manifest.json)" 4.5 "$script: contrast as the manifest says"
    at_most "$(awk '$2 < 7 { d = $1 / $2; d = d < 1 ? 1 / d : d; if (d > most) most = d } END { print most }' $script.txt)" 1.15 \
        "$script: where it is little, both are the same, but for how chroma is scaled up"
done
is "$(jq '.photos["sky.png"].renditions.webp[3].contrast > 15 and .photos["stage.png"].renditions.webp[3].contrast > 15' hebrew/manifest.json)" true \
    "on plain white and black it is far more"

# ---- Real photographs ----

if [ -n "$CORPUS" ]; then
    for set in cameras phones orientation metadata; do
        run photodesk build "$CORPUS/$set" -o "real/$set" --credit "$HEBREW"
        is "$status" 0 "$set: published"
        unlike "$stderr" '^warning.*(hard to read|no room)' "$set: each stamp can be read"
        at_least "$(jq '[.photos[].renditions[][] | select(.stamped) | .contrast] | min' "real/$set/manifest.json")" 4.5 "$set: contrast of every stamp"
        is "$(jq '[.photos[].renditions.inline[] | select(.width >= 320 and (.stamped | not))] | length' "real/$set/manifest.json")" 0 \
            "$set: none is without one"
        is "$(jq '[.photos[].renditions[][] | select(.stamped) | select(.box.x < 0 or .box.y < 0 or .box.x + .box.width > .width
            or .box.y + .box.height > .height or .box.width > 0.62 * .width)] | length' "real/$set/manifest.json")" 0 "$set: each lies within its picture"
    done
else
    skip 20 "no corpus of real photographs beside the checkout"
fi

done_testing
