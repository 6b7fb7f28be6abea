#!/bin/bash
# Each form in which a photo may be stored is the same picture; what its pixels are is told by content alone.

. "${0%/*}/lib.sh"

exact_preset forms 203

# publish FOLDER: publishes all that it has, without a credit.
publish() {
    run photodesk build "$1" -o "$1-out" --no-credit --preset forms
}

# alike FOLDER STEM REFERENCE.ppm NAME [LIMIT]: the published picture's colours are within a level on average.
alike() {
    rm -f got.ppm
    dwebp -quiet "$1-out/$2"-web-203-*.webp -ppm -o got.ppm
    at_most "$(ppm colour got.ppm "$3")" "${5:-1}" "$4"
}

# each FOLDER REFERENCE.ppm: so is every photo of a folder, and none has a warning.
each() {
    publish "$1"
    is "$status" 0 "$1: all are published"
    is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "$1: without a warning"
    for photo in "$1"/*; do
        stem=$(basename "$photo")
        alike "$1" "${stem%.*}" "$2" "$1: ${stem%.*}"
    done
}

ppm hues 203 151 >hues.ppm
cjpeg -quality 100 -grayscale hues.ppm | djpeg -rgb >grey.ppm
vips extract_band grey.ppm grey.v 0

# ---- JPEG ----

mkdir jpeg
cjpeg -quality 97 -sample 1x1 hues.ppm >jpeg/baseline.jpg
cjpeg -quality 97 -sample 1x1 -progressive hues.ppm >jpeg/progressive.jpg
cjpeg -quality 97 -sample 1x1 -arithmetic hues.ppm >jpeg/arithmetic.jpg
cjpeg -quality 97 -sample 1x1 -restart 1 hues.ppm >jpeg/restarts.jpg
cjpeg -quality 97 -rgb hues.ppm >jpeg/rgb.jpg
# the last ones are samplings that TurboJPEG has no name for
for sampling in 2x1 1x2 2x2 4x1 1x4 4x2 3x1 2x2,2x1 2x2,1x2 1x1,2x2 3x2,1x1,1x2; do
    cjpeg -quality 97 -sample "$sampling" hues.ppm >"jpeg/sampling-${sampling//,/-}.jpg"
done
{ cat jpeg/baseline.jpg; cjpeg -quality 90 grey.ppm; } >jpeg/second-picture.jpg
{ cat jpeg/baseline.jpg; printf '\0\0\0\30ftypmp42%5000s' x; } >jpeg/motion.jpg
cp jpeg/baseline.jpg jpeg/name.png
each jpeg hues.ppm

mkdir grey
cjpeg -quality 97 -grayscale hues.ppm >grey/jpeg.jpg
cjpeg -quality 97 -grayscale -progressive hues.ppm >grey/progressive.jpg
cjpeg -quality 97 -grayscale -sample 2x2 hues.ppm >grey/sampling.jpg
vips pngsave grey.v grey/png.png
vips tiffsave grey.v grey/tiff.tif
vips rawsave grey.v grey.raw
perl -e 'local $/; $_ = <STDIN>; print "MM\0*\0\0\0\10", pack("n", 8), (map { pack "n n N n n", $_->[0], $_->[2] // 3, 1, ($_->[2] // 3) == 3 ? ($_->[1], 0) : ($_->[1] >> 16, $_->[1] & 65535) }
    [256, 203], [257, 151], [258, 8], [259, 1], [262, 0], [273, 110, 4], [278, 151], [279, 203 * 151, 4]), "\0\0\0\0";
    print "\0" x (110 - (8 + 2 + 8 * 12 + 4)), join "", map { chr(255 - ord) } split //' <grey.raw >grey/white-is-zero.tif
each grey grey.ppm

# ---- PNG, TIFF, WebP ----

mkdir lossless
vips cast hues.ppm wide.v ushort
vips linear wide.v wider.v 257 0
vips cast wider.v deep.v ushort
vips copy deep.v deep16.v --interpretation rgb16
vips pngsave hues.ppm lossless/png.png
vips pngsave hues.ppm lossless/interlaced.png --interlace
vips pngsave deep16.v lossless/deep.png
vips bandjoin_const hues.ppm opaque.v 255
vips pngsave opaque.v lossless/opaque.png
vips tiffsave hues.ppm lossless/strips.tif
vips tiffsave hues.ppm lossless/tiles.tif --tile --tile-width 64 --tile-height 64
for compression in lzw deflate packbits zstd; do vips tiffsave hues.ppm lossless/$compression.tif --compression $compression; done
vips tiffsave deep16.v lossless/deep-tiff.tif
vips tiffsave opaque.v lossless/opaque-tiff.tif
cwebp -quiet -lossless hues.ppm -o lossless/webp.webp
each lossless hues.ppm

mkdir lossy
cwebp -quiet -q 98 hues.ppm -o lossy/webp.webp
vips tiffsave hues.ppm lossy/jpeg-tiff.tif --compression jpeg --Q 97
vips pngsave hues.ppm lossy/palette.png --palette --dither 0
publish lossy
is "$status" 0 "lossy: all are published"
for stem in webp jpeg-tiff palette; do
    alike lossy $stem hues.ppm "lossy: $stem" 2.5
done

# ---- More than one picture ----

mkdir many
img2webp -lossless hues.ppm grey.ppm -o many/animated.webp >/dev/null 2>&1
vips arrayjoin 'hues.ppm grey.ppm' tall.v --across 1
vips tiffsave tall.v many/pages.tif --page-height 151
publish many
is "$status" 0 "many: published"
for stem in animated pages; do
    alike many $stem hues.ppm "many: the first of $stem"
    like "$stderr" "^warning $stem\\.[a-z]*: it has 2 pages or frames, .* the first was published" "many: a warning for $stem"
done

done_testing
