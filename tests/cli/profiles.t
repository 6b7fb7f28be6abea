#!/bin/bash
# Which profiles are sRGB, and that depth is kept until colours are converted.

. "${0%/*}/lib.sh"

exact_preset colours 97

icc() { perl "$CLI/icc" "$@"; }

publish() {
    run photodesk build "$1" -o "$1-out" --no-credit --preset colours
    is "$status" 0 "$1: all are published"
    is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "$1: without a warning"
}

# near FOLDER STEM REFERENCE.ppm NAME
near() {
    rm -f got.ppm
    dwebp -quiet "$1-out/$2"-web-97-*.webp -ppm -o got.ppm
    at_most "$(ppm colour got.ppm "$3")" 1 "$4: the mean difference from littleCMS"
    at_most "$(ppm spread got.ppm "$3")" 4 "$4: the 99th percentile"
}

digest() { # of a published picture's bytes, which stands in its name
    basename "$1-out/$2"-web-97-*.webp .webp | sed 's/.*-//'
}

# reference STEM PROFILE: STEM.tif by littleCMS to sRGB, relative colorimetric: STEM.ppm
reference() {
    tificc -t 1 -w 8 -i "$2" "$1.tif" "$1-srgb.tif" >/dev/null 2>&1
    vips copy "$1-srgb.tif" "$1.ppm"
}

ppm hues 97 67 >hues.ppm

# ---- sRGB in its variants: the very pixels of an untagged photo ----

srgb='0.6400 0.3300 0.3000 0.6000 0.1500 0.0600'
# shellcheck disable=SC2086 # words are meant
{
    icc rgb srgb/1024 $srgb d65 >v2-table.icc
    icc rgb srgb $srgb d65 v4 >v4-parametric.icc
    icc rgb srgb $srgb d65 >v2-parametric.icc
    icc rgb srgb/4096 $srgb d65 round=1024 >v2-rounded.icc
    icc rgb srgb/26 $srgb d65 v4 >v4-compact.icc
    icc rgb srgb/64 $srgb d65 round=400 >v2-coarse.icc
    icc rgb 2.2 $srgb d65 >gamma22.icc
}
mkdir srgb
for lane in jpg png tif; do
    case $lane in
    jpg) cjpeg -quality 97 -sample 1x1 hues.ppm >untagged.jpg ;;
    png) vips pngsave hues.ppm untagged.png ;;
    tif) vips tiffsave hues.ppm untagged.tif ;;
    esac
    cp untagged.$lane srgb/untagged-$lane.$lane
    for icc in v*.icc gamma22.icc; do
        cp untagged.$lane "srgb/${icc%.icc}-$lane.$lane"
        exiftool -q -overwrite_original "-icc_profile<=$icc" "srgb/${icc%.icc}-$lane.$lane"
    done
done
publish srgb
for lane in jpg png tif; do
    near srgb untagged-$lane hues.ppm "untagged $lane"
    for icc in v*.icc; do
        is "$(digest srgb "${icc%.icc}-$lane")" "$(digest srgb untagged-$lane)" "$lane: ${icc%.icc} is sRGB: no pixel is touched"
    done
    isnt "$(digest srgb gamma22-$lane)" "$(digest srgb untagged-$lane)" "$lane: a plain gamma of 2.2 is not"
done
vips copy untagged.tif gamma22.tif && reference gamma22 gamma22.icc
for lane in jpg png tif; do near srgb gamma22-$lane gamma22.ppm "$lane: a plain gamma of 2.2"; done

# ---- Wide gamuts ----

icc rgb srgb 0.6800 0.3200 0.2650 0.6900 0.1500 0.0600 d65 v4 >p3.icc
icc rgb 2.2 0.7347 0.2653 0.1152 0.8264 0.1566 0.0177 >wide.icc
vips colourspace hues.ppm deep.tif rgb16
mkdir wide
for name in p3 wide; do
    cp untagged.tif $name.tif && reference $name $name.icc
    cjpeg -quality 97 -sample 1x1 -icc $name.icc hues.ppm >wide/$name-jpeg.jpg
    vips pngsave hues.ppm wide/$name-png.png --profile $name.icc
    vips pngsave deep.tif wide/$name-deep.png --profile $name.icc
    vips tiffsave deep.tif wide/$name-deep-tiff.tif --profile $name.icc
done
publish wide
for name in p3 wide; do for form in jpeg png deep deep-tiff; do near wide $name-$form $name.ppm "$name: $form"; done; done

# ---- 16 bits are not cut to 8 before ----

# Linear light from black to a fiftieth: 8 bits would leave six levels of it.
icc rgb 1 $srgb d65 >linear.icc # shellcheck disable=SC2086
icc grey 1 >linear-grey.icc
vips grey line.v 194 134
vips linear line.v dark.v 1310.7 0
vips cast dark.v grey.v ushort
vips copy grey.v grey16.tif --interpretation grey16
vips bandjoin 'grey.v grey.v grey.v' three.v && vips copy three.v rgb16.tif --interpretation rgb16
vips subsample rgb16.tif half.tif 2 2 && vips copy half.tif ramp.tif
reference ramp linear.icc
vips subsample grey16.tif half.tif 2 2 && vips copy half.tif grey-ramp.tif
reference grey-ramp linear-grey.icc # which littleCMS makes darker than its slow way does (-c 0)
mkdir ramp
vips pngsave rgb16.tif ramp/png.png --profile linear.icc
vips tiffsave rgb16.tif ramp/tiff.tif --profile linear.icc
vips pngsave ramp.tif ramp/png-own-size.png --profile linear.icc
vips tiffsave ramp.tif ramp/tiff-own-size.tif --profile linear.icc
vips pngsave grey16.tif ramp/png-grey.png --profile linear-grey.icc
vips tiffsave grey16.tif ramp/tiff-grey.tif --profile linear-grey.icc
vips bandjoin_const rgb16.tif clear.tif 65535 && vips pngsave clear.tif ramp/png-alpha.png --profile linear.icc
publish ramp
levels() { # how many of green
    dwebp -quiet "$1" -ppm -o - | perl -0777 -ne 's/\AP6\s+\d+\s+\d+\s+255\s//; my %seen; my @v = unpack "C*"; $seen{$v[3 * $_ + 1]}++ for 0 .. @v / 3 - 1; print scalar keys %seen'
}
for stem in png tiff png-own-size tiff-own-size png-grey tiff-grey png-alpha; do
    case $stem in *-grey) expected=grey-ramp.ppm ;; *) expected=ramp.ppm ;; esac
    near ramp $stem $expected "a dark 16-bit ramp: $stem"
    at_least "$(levels ramp-out/$stem-web-97-*.webp)" 25 "$stem: its levels are all there"
done
# The same test on 8 bits fails, or it would prove nothing.
mkdir cut
vips colourspace rgb16.tif cut/png.png srgb
exiftool -q -overwrite_original '-icc_profile<=linear.icc' cut/png.png
publish cut
at_most "$(levels cut-out/png-web-97-*.webp)" 12 "of 8 bits a few levels are left"

# ---- Grey as a press prints it ----

mkdir grey
icc grey dot-20 >dot20.icc
icc grey 2.2 v4 >grey22.icc
vips extract_band hues.ppm green.v 1
vips copy green.v green.tif
for name in dot20 grey22; do
    cp green.tif $name.tif && reference $name $name.icc
    vips pngsave green.v grey/$name-png.png --profile $name.icc
    vips tiffsave green.v grey/$name-tiff.tif --profile $name.icc
    vips jpegsave green.v grey/$name-jpeg.jpg --Q 98 --profile $name.icc
    vips colourspace green.v deep-green.tif grey16
    vips tiffsave deep-green.tif grey/$name-deep.tif --profile $name.icc
done
publish grey
for name in dot20 grey22; do for form in png tiff jpeg deep; do near grey $name-$form $name.ppm "grey by $name: $form"; done; done

# ---- CMYK in 16 bits, and with alpha ----

mkdir cmyk
vips icc_export hues.ppm cmyk.tif --output-profile cmyk
exiftool -b -ICC_Profile cmyk.tif >cmyk.icc
perl "$CLI/tiff" kind=cmyk icc=cmyk.icc <hues.ppm >cmyk/plain.tif
perl "$CLI/tiff" kind=cmyk icc=cmyk.icc bits=16 planar=1 order=MM <hues.ppm >cmyk/deep-planar.tif
perl "$CLI/tiff" kind=cmyk icc=cmyk.icc extra=0 <hues.ppm >cmyk/selection.tif
cp cmyk/plain.tif naive.tif && reference naive cmyk.icc
publish cmyk
for stem in plain deep-planar selection; do near cmyk $stem naive.ppm "CMYK: $stem"; done

mkdir cmyk-alpha
for bits in 8 16; do perl "$CLI/tiff" kind=cmyk icc=cmyk.icc extra=2 bits=$bits <hues.ppm >cmyk-alpha/bits-$bits.tif; done
publish cmyk-alpha
perl "$CLI/png" alpha=1 <naive.ppm >naive.png
vips flatten naive.png naive-flat.ppm --background 128
for bits in 8 16; do
    vips flatten cmyk-alpha-out/bits-$bits-web-97-*.webp got.ppm --background 128
    at_most "$(ppm colour got.ppm naive-flat.ppm)" 1 "CMYK with alpha, of $bits bits: over grey"
done

done_testing
