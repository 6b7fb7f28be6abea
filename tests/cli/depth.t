#!/bin/bash
# Every depth, kind and layout of PNG and TIFF is the same picture; what cannot be read is refused in one true sentence.

. "${0%/*}/lib.sh"

exact_preset forms 97

# alpha FOLDER STEM REFERENCE.ppm: its transparency, over grey as the reference is.
alpha() {
    vips flatten "$1-out/$2"-web-97-*.webp got.ppm --background 128
    at_most "$(ppm colour got.ppm "$3")" 1 "$1: $2"
}

ppm hues 97 67 >hues.ppm
ppm quadrants 97 67 >quadrants.ppm
vips extract_band hues.ppm green.v 1
vips bandjoin 'green.v green.v green.v' three.v
vips copy three.v grey.ppm --interpretation srgb

png() { perl "$CLI/png" "$@"; }
tiff() { perl "$CLI/tiff" "$@"; }

# ---- Whole colours ----

mkdir rgb
for bits in 8 16; do
    png bits=$bits <hues.ppm >rgb/png-$bits.png
    png bits=$bits interlace=1 <hues.ppm >rgb/png-$bits-interlaced.png
    for order in II MM; do tiff bits=$bits order=$order <hues.ppm >rgb/tiff-$bits-$order.tif; done
    tiff bits=$bits planar=1 order=MM <hues.ppm >rgb/tiff-$bits-planar.tif
done
tiff tile=16 order=MM <hues.ppm >rgb/tiles.tif
tiff tile=64 bits=16 <hues.ppm >rgb/tiles-16.tif
tiff layers=5000 <hues.ppm >rgb/layers.tif
tiff extra=0 <hues.ppm >rgb/selection.tif
tiff extra=0,0 bits=16 planar=1 <hues.ppm >rgb/selections-planar.tif
each_alike rgb hues.ppm

mkdir grey
for bits in 8 16; do
    png kind=grey bits=$bits interlace=$((bits / 16)) <hues.ppm >grey/png-$bits.png
    for white in 0 1; do tiff kind=grey bits=$bits white=$white order=MM <hues.ppm >grey/tiff-$bits-$white.tif; done
done
tiff kind=grey extra=0 <hues.ppm >grey/selection.tif
tiff kind=grey tile=32 <hues.ppm >grey/tiles.tif
each_alike grey grey.ppm

# ---- Few colours ----

mkdir palette
for bits in 2 4 8; do
    for interlace in 0 1; do png kind=palette bits=$bits interlace=$interlace <quadrants.ppm >palette/png-$bits-$interlace.png; done
done
for bits in 4 8; do tiff kind=palette bits=$bits <quadrants.ppm >palette/tiff-$bits.tif; done
tiff kind=palette bits=8 tile=32 order=MM <quadrants.ppm >palette/tiff-tiles.tif
each_alike palette quadrants.ppm 1.5

# Grey in few bits is the nearest of their levels, spread from black to white.
for bits in 1 2 4; do
    mkdir few-$bits
    perl -e 'local $/; $_ = <STDIN>; my $n = 2 ** shift() - 1; s{\A(P6\s+(?:#.*\n)*\d+\s+\d+\s+255\s)}{}; print $1, pack "C*", map { int(int($_ * $n / 255 + 0.5) * 255 / $n + 0.5) } unpack "C*", $_' \
        $bits <grey.ppm >few-$bits.ppm
    for interlace in 0 1; do png kind=grey bits=$bits interlace=$interlace <hues.ppm >few-$bits/png-$interlace.png; done
    [ $bits = 2 ] || for white in 0 1; do tiff kind=grey bits=$bits white=$white <hues.ppm >few-$bits/tiff-$white.tif; done
    each_alike few-$bits few-$bits.ppm 1.5
done

# ---- Transparency ----

mkdir clear
for bits in 8 16; do
    for interlace in 0 1; do
        png alpha=1 bits=$bits interlace=$interlace <hues.ppm >clear/rgb-$bits-$interlace.png
        png alpha=1 kind=grey bits=$bits interlace=$interlace <hues.ppm >clear/grey-$bits-$interlace.png
    done
    for kind in rgb grey; do for extra in 1 2; do tiff kind=$kind extra=$extra bits=$bits <hues.ppm >clear/$kind-$bits-tiff-$extra.tif; done; done
    tiff extra=2 planar=1 bits=$bits order=MM <hues.ppm >clear/rgb-$bits-planar.tif
done
tiff extra=2,0 <hues.ppm >clear/rgb-alpha-selection.tif
tiff extra=0,2 <hues.ppm >clear/rgb-selection-alpha.tif
tiff kind=grey extra=0,2 bits=16 <hues.ppm >clear/grey-selection-alpha.tif
png alpha=1 <hues.ppm >alpha.png
vips webpsave alpha.png clear/rgb-lossless.webp --lossless
vips webpsave alpha.png clear/rgb-lossy.webp --Q 98 --alpha-q 100
formats=$(cd clear && ls)
vips premultiply alpha.png weighted.v && vips cast weighted.v weighted.png uchar # as some encoders store it in AVIF and HEIC
avif() { heif-enc -A -q 98 -p chroma=444 "$@" >/dev/null 2>&1; }
if avif alpha.png -o clear/rgb-avif.avif && [ -s clear/rgb-avif.avif ]; then
    avif --premultiplied-alpha weighted.png -o clear/rgb-avif-weighted.avif
    formats=$(cd clear && ls)
else
    rm -f clear/rgb-avif.avif
    skip 2 "heif-enc cannot make an AVIF here"
fi
run photodesk build clear -o clear-out --no-credit --preset forms
is "$status" 0 "clear: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "clear: without a warning"
for kind in rgb grey; do
    [ $kind = rgb ] && source=hues.ppm || source=grey.ppm
    png alpha=1 <$source >reference.png
    vips flatten reference.png $kind.ppm --background 128
done
for file in $formats; do alpha clear "${file%.*}" "${file%%-*}.ppm"; done

mkdir key
png kind=palette bits=8 trns=40,60,190 <quadrants.ppm >key/palette-8.png
png kind=palette bits=2 interlace=1 trns=40,60,190 <quadrants.ppm >key/palette-2.png
png trns=40,60,190 <quadrants.ppm >key/rgb-8.png
png trns=40,60,190 bits=16 <quadrants.ppm >key/rgb-16.png
vips extract_band quadrants.ppm red.v 0
vips bandjoin 'red.v red.v red.v' three.v && vips copy three.v red.ppm --interpretation srgb
png kind=grey trns=200 <red.ppm >key/grey.png
run photodesk build key -o key-out --no-credit --preset forms
is "$status" 0 "key: all are published"
for stem in palette-8 palette-2 rgb-8 rgb-16; do
    is "$(vips getpoint key-out/$stem-web-97-*.webp 16 54 | cut -d ' ' -f 4)" 0 "key: $stem: the colour is clear"
    is "$(vips getpoint key-out/$stem-web-97-*.webp 16 14 | cut -d ' ' -f 4)" 255 "key: $stem: others are not"
done
is "$(vips getpoint key-out/grey-web-97-*.webp 16 14 | cut -d ' ' -f 4)" 0 "key: grey: the level is clear"
is "$(vips getpoint key-out/grey-web-97-*.webp 16 54 | cut -d ' ' -f 4)" 255 "key: grey: others are not"

# ---- What cannot be read ----

mkdir refused
tiff bits=32 <hues.ppm >refused/float.tif
tiff bits=32 kind=grey <hues.ppm >refused/float-grey.tif
vips cast hues.ppm refused/long.tif uint
tiff tile=32 planar=1 <hues.ppm >refused/tiles-planar.tif
tiff kind=grey extra=2 planar=1 <hues.ppm >refused/grey-planar.tif
tiff kind=cmyk extra=0,0 <hues.ppm >refused/inks.tif
for bits in 8 16; do tiff kind=lab bits=$bits <hues.ppm >refused/lab-$bits.tif; done
run photodesk build refused -o refused-out --no-credit --preset forms
is "$status" 1 "refused: exit status"
for stem in float float-grey long; do
    like "$stderr" "^FAILED $stem\\.tif: is stored in samples of 32 bits or more; save it with 16 or 8 bits and send that$" "refused: $stem"
done
like "$stderr" '^FAILED tiles-planar\.tif: the TIFF is stored in a rare form; save it as a plain one, or as JPEG or PNG, and send that$' \
    "refused: tiles of separate channels"
like "$stderr" '^FAILED grey-planar\.tif: is a grey TIFF that stores its further channels apart; flatten it, or save it interleaved, and send that$' \
    "refused: separate channels of grey and alpha"
like "$stderr" '^FAILED inks\.tif: has 6 channels, more than the limit of 5 \(preset key limits/bands\); flatten it and send it again$' "refused: six inks"
for bits in 8 16; do like "$stderr" "^FAILED lab-$bits\\.tif: is a TIFF in Lab colours; save it in RGB and send that$" "refused: Lab of $bits bits"; done
is "$(published refused-out | grep -c webp)" 0 "refused: nothing is published"

done_testing
