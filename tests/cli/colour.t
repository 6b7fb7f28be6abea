#!/bin/bash
# Colours are those of the source's profile, held against littleCMS's own converter.

. "${0%/*}/lib.sh"

exact_preset colours 203

icc() {
    perl "$CLI/icc" "$@"
}

# publish FOLDER
publish() {
    run photodesk build "$1" -o "$1-out" --no-credit --preset colours
}

# near FOLDER STEM REFERENCE.ppm NAME
near() {
    rm -f got.ppm
    dwebp -quiet "$1-out/$2"-web-203-*.webp -ppm -o got.ppm
    at_most "$(ppm colour got.ppm "$3")" 1 "$4: the mean difference"
    at_most "$(ppm spread got.ppm "$3")" 4 "$4: the 99th percentile"
}

# reference STEM PROFILE: STEM.tif by littleCMS to sRGB, relative colorimetric: STEM.ppm
reference() {
    tificc -t 1 -i "$2" "$1.tif" "$1-srgb.tif" >/dev/null 2>&1
    vips copy "$1-srgb.tif" "$1.ppm"
}

ppm hues 203 151 >hues.ppm
icc rgb 2.19921875 0.6484 0.3309 0.2302 0.7016 0.1559 0.0660 >adobe.icc
icc rgb 1.8 0.7347 0.2653 0.1596 0.8404 0.0366 0.0001 >prophoto.icc
icc rgb 2.2 0.6400 0.3300 0.3000 0.6000 0.1500 0.0600 >odd.icc
icc rgb 1.8 0.7347 0.2653 0.1596 0.8404 0.0366 0.0001 table >table.icc
icc rgb 2.2 0.6484 0.3309 0.2302 0.7016 0.1559 0.0660 table beside >beside.icc # only its table is right
icc grey 1.8 >grey18.icc
icc grey 2.2 >grey22.icc

# ---- RGB ----

vips copy hues.ppm deep8.tif
vips cast hues.ppm wide.v ushort
vips linear wide.v wider.v 257 0
vips cast wider.v deep.v ushort
vips copy deep.v deep.tif --interpretation rgb16
mkdir rgb
for name in adobe prophoto odd table beside; do
    cp deep8.tif $name.tif
    reference $name $name.icc
    cjpeg -quality 98 -sample 1x1 -icc $name.icc hues.ppm >rgb/$name-jpeg.jpg
    vips pngsave hues.ppm rgb/$name-png.png --profile $name.icc
    vips tiffsave hues.ppm rgb/$name-tiff.tif --profile $name.icc
    cwebp -quiet -lossless hues.ppm -o w.webp
    webpmux -set icc $name.icc w.webp -o rgb/$name-webp.webp >/dev/null 2>&1
    vips tiffsave deep.tif rgb/$name-deep.tif --profile $name.icc
    vips pngsave deep.tif rgb/$name-deep-png.png --profile $name.icc
done
cjpeg -quality 98 -sample 1x1 hues.ppm >rgb/interoperability.jpg
exiftool -q -overwrite_original -n -ColorSpace=65535 -InteropIndex=R03 rgb/interoperability.jpg
publish rgb
is "$status" 0 "RGB profiles: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "RGB profiles: without a warning"
for name in adobe prophoto odd table beside; do
    for form in jpeg png tiff webp deep deep-png; do near rgb $name-$form $name.ppm "$name in $form"; done
done
near rgb interoperability adobe.ppm "Adobe RGB by EXIF alone"

# ---- Code points of a PNG ----

mkdir points video
icc rgb srgb 0.6800 0.3200 0.2650 0.6900 0.1500 0.0600 d65 >p3.icc
cp deep8.tif p3.tif
reference p3 p3.icc
perl "$CLI/png" points=12,13 <hues.ppm >points/p3.png
perl "$CLI/png" points=1,13 <hues.ppm >points/srgb.png
publish points
is "$status" 0 "code points: all are published"
near points p3 p3.ppm "Display P3 by code points"
near points srgb hues.ppm "sRGB by code points"
for pair in pq:9,16 hlg:9,18 wide:9,1 p3-pq:12,16; do perl "$CLI/png" points=${pair#*:} <hues.ppm >video/${pair%%:*}.png; done
publish video
for stem in pq hlg wide p3-pq; do
    like "$stderr" "^FAILED $stem\.png: has the colours of HDR video \(BT\.2020, PQ or HLG\); export it in sRGB or Display P3 and send that$" \
        "HDR by code points: $stem"
done

# ---- Grey ----

mkdir grey
cjpeg -quality 100 -grayscale hues.ppm | djpeg -rgb >grey.ppm
vips extract_band grey.ppm grey.v 0
for name in grey18 grey22; do
    vips tiffsave grey.v $name.tif
    reference $name $name.icc
    cjpeg -quality 98 -grayscale -icc $name.icc hues.ppm >grey/$name-jpeg.jpg
    vips pngsave grey.v grey/$name-png.png --profile $name.icc
    vips tiffsave grey.v grey/$name-tiff.tif --profile $name.icc
done
publish grey
is "$status" 0 "grey profiles: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "grey profiles: without a warning"
for name in grey18 grey22; do
    for form in jpeg png tiff; do near grey $name-$form $name.ppm "$name in $form"; done
done

# ---- CMYK ----

mkdir cmyk
vips icc_export hues.ppm cmyk.tif --output-profile cmyk
exiftool -b -ICC_Profile cmyk.tif >cmyk.icc
reference cmyk cmyk.icc
cp cmyk.tif cmyk/tiff.tif
vips jpegsave cmyk.tif cmyk/jpeg.jpg --Q 98
for form in tiff.tif jpeg.jpg; do exiftool -q -icc_profile= cmyk/$form -o cmyk/bare-$form 2>/dev/null; done
publish cmyk
is "$status" 0 "CMYK: all are published"
is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "CMYK: without a warning"
for stem in tiff jpeg bare-tiff bare-jpeg; do near cmyk $stem cmyk.ppm "CMYK: $stem"; done

# ---- Profiles that are of no use ----

mkdir misfit
head -c 200 cmyk.icc >cut.icc
printf '%300s' noise >noise.icc
perl -pe 's/mft2/mft9/' table.icc >unread.icc # a table of no known type
for pair in cmyk:cmyk grey:grey18 cut:cut noise:noise table:unread; do
    cjpeg -quality 98 -sample 1x1 -icc ${pair#*:}.icc hues.ppm >misfit/rgb-${pair%%:*}.jpg
done
for pair in cmyk:cmyk rgb:adobe cut:cut; do cjpeg -quality 98 -grayscale -icc ${pair#*:}.icc hues.ppm >misfit/grey-${pair%%:*}.jpg; done
cp cmyk/jpeg.jpg misfit/cmyk-rgb.jpg
exiftool -q -overwrite_original '-icc_profile<=adobe.icc' misfit/cmyk-rgb.jpg
publish misfit
is "$status" 0 "profiles of no use: all are published"
for stem in rgb-cmyk rgb-grey rgb-cut rgb-noise rgb-table; do near misfit $stem hues.ppm "$stem"; done
for stem in grey-cmyk grey-rgb grey-cut; do near misfit $stem grey.ppm "$stem"; done
near misfit cmyk-rgb cmyk.ppm cmyk-rgb
for stem in rgb-cmyk rgb-grey grey-cmyk grey-rgb; do
    like "$stderr" "^warning $stem\\.jpg: its colour profile does not fit its pixels; taken as sRGB" "$stem: a warning"
done
like "$stderr" '^warning cmyk-rgb\.jpg: its colour profile does not fit its pixels; taken as general CMYK' "cmyk-rgb: a warning"
for stem in rgb-cut rgb-noise rgb-table grey-cut; do
    like "$stderr" "^warning $stem\\.jpg: its colour profile is broken; taken as sRGB" "$stem: a warning"
done
is "$(printf '%s\n' "$stderr" | grep -c '^warning ')" 9 "profiles of no use: one warning each"

done_testing
