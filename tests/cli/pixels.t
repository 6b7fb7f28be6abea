#!/bin/bash
# The way of a pixel: upright once, in sRGB, from every format.

. "${0%/*}/lib.sh"

printf '[preset]\ntitle = Pixels\nextends = article\n[rendition inline]\nwidths = 480\nquality = 95\nstamp = false\n[rendition thumb]\nwidths = 160\n' \
    >config/photodesk/presets/pixels.preset

# distance A B: mean difference of two pictures, in levels
distance() {
    vips subtract "$1" "$2" d.v && vips abs d.v e.v && vips avg e.v
}
decode() { # decode STEM OUT.png
    dwebp -quiet "$(ls out/"$1"-inline-480-*)" -o "$2"
}

# An asymmetric picture: a ramp each way, turned for each orientation as a camera stores it
mkdir src
vips xyz xy.v 600 400
vips bandjoin_const xy.v xyz.v 90
vips linear xyz.v ramp.v "0.4 0.6 1" "5 5 0"
vips cast ramp.v upright.v uchar
vips copy upright.v upright.tif --interpretation srgb
vips copy upright.tif upright.png
declare -A turn=([1]="" [2]="flip horizontal" [3]="rot d180" [4]="flip vertical" [5]="rot d90 flip horizontal" [6]="rot d270" [7]="rot d270 flip horizontal" [8]="rot d90")
for o in 1 2 3 4 5 6 7 8; do
    cp upright.png stored.png
    # shellcheck disable=SC2086 # pairs of words are meant
    set -- ${turn[$o]}
    while [ $# -gt 0 ]; do vips "$1" stored.png next.png "$2" && mv next.png stored.png; shift 2; done
    vips copy stored.png stored.ppm
    for sample in 1x1 2x1 2x2 1x2; do
        cjpeg -quality 98 -sample $sample -outfile "src/o$o-$sample.jpg" stored.ppm
        exiftool -q -overwrite_original -n -Orientation=$o "src/o$o-$sample.jpg"
    done
    vips tiffsave stored.png "src/o$o-tiff.tif"
    exiftool -q -overwrite_original -n -Orientation=$o "src/o$o-tiff.tif"
done
vips webpsave upright.png src/webp.webp --Q 98
vips tiffsave upright.png src/tiled.tif --tile --compression lzw
vips copy upright.png up.ppm
cjpeg -quality 98 -progressive -outfile src/progressive.jpg up.ppm
vips heifsave upright.png src/heic.heic --Q 95 2>/dev/null || heif-enc -q 95 upright.png -o src/heic.heic >/dev/null 2>&1
run photodesk build src -o out --no-credit --preset pixels
is "$status" 0 "everything is published"
vips thumbnail upright.png expected.png 480
for f in src/*; do
    stem=$(basename "${f%.*}")
    decode "$stem" got.png
    at_most "$(distance got.png expected.png)" 1.2 "$(basename "$f") is the same upright picture"
done

# Colour: what the profile says, as littleCMS has it
rm -rf src out && mkdir src
vips copy upright.png tagged.png
vips icc_transform upright.png src/p3.jpg"[Q=98,subsample-mode=off]" p3 --input-profile srgb
vips icc_transform upright.png src/p3-png.png p3 --input-profile srgb
vips colourspace upright.png src/grey.jpg"[Q=98]" b-w
vips colourspace upright.png src/wide.tif rgb16
vips icc_transform upright.png src/cmyk.tif cmyk --input-profile srgb
run photodesk build src -o out --no-credit --preset pixels
is "$status" 0 "each colour space is published"
for stem in p3 p3-png wide; do
    decode $stem got.png
    at_most "$(distance got.png expected.png)" 1.2 "$stem comes back to sRGB"
done
vips icc_transform src/cmyk.tif reference.png srgb
vips thumbnail reference.png reference-480.png 480
decode cmyk got.png
at_most "$(distance got.png reference-480.png)" 1.5 "CMYK goes by its profile"
decode grey got.png
vips colourspace expected.png grey.v b-w && vips colourspace grey.v grey.png srgb
at_most "$(distance got.png grey.png)" 1.5 "grey stays grey"

# Alpha
vips bandjoin_const upright.png alpha.v 100 && vips copy alpha.v src/alpha.png
run photodesk build src -o out --no-credit --preset pixels
like "$(webpinfo "$(ls out/alpha-inline-480-*)")" 'Alpha: 1' "transparency stays"
decode alpha got.png
vips extract_band got.png a.v 3
at_most "$(vips avg a.v)" 101 "as it was"
at_least "$(vips avg a.v)" 99 "as it was"

if [ -d "$OLDPWD/../shared/corpus/orientation" ]; then
    run photodesk build "$OLDPWD/../shared/corpus/orientation" -o corpus --no-credit --preset pixels
    is "$status" 0 "the nine orientations of a real photo"
    for o in 2 3 4 5 6 7 8; do
        for kind in Landscape Portrait; do
            dwebp -quiet "$(ls corpus/${kind}_1-inline-480-*)" -o one.png
            dwebp -quiet "$(ls corpus/${kind}_$o-inline-480-*)" -o other.png
            at_most "$(distance one.png other.png)" 3 "$kind $o is upright" # each has its own number written on it
        done
    done
else
    skip 15 "no corpus of real photographs beside the checkout"
fi

done_testing
