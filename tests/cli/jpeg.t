#!/bin/bash
# JPEG in each colour model and dress: what its markers say is so.

. "${0%/*}/lib.sh"

exact_preset forms 97

# each FOLDER REFERENCE.ppm: all are published without a warning, with the reference's colours.
each() {
    run photodesk build "$1" -o "$1-out" --no-credit --preset forms
    is "$status" 0 "$1: all are published"
    is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "$1: without a warning"
    for photo in "$1"/*; do
        stem=$(basename "${photo%.*}")
        rm -f got.ppm
        dwebp -quiet "$1-out/$stem"-web-97-*.webp -ppm -o got.ppm
        at_most "$(ppm colour got.ppm "$2")" 1 "$1: $stem: the mean difference from littleCMS"
        at_most "$(ppm spread got.ppm "$2")" 4 "$1: $stem: the 99th percentile"
    done
}

bare() { # without Adobe's marker
    perl -0777 -pe 's/\xff\xee\x00\x0eAdobe.{7}//s or die "no Adobe marker\n"' "$1"
}
adobe() { # adobe TRANSFORM FILE: with Adobe's marker in the place of JFIF's
    perl -0777 -pe 'BEGIN { $t = shift } s/\A\xff\xd8\xff\xe0\x00\x10JFIF.{10}/"\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\0\0\0\0" . chr $t/es or die "no JFIF marker\n"' "$1" "$2"
}

ppm hues 97 67 >hues.ppm

# ---- RGB and Y'CbCr ----

mkdir rgb
cjpeg -quality 98 -rgb hues.ppm >rgb/adobe-0.jpg
is "$(exiftool -s3 -n -ColorTransform rgb/adobe-0.jpg)" 0 "an RGB JPEG has Adobe's marker"
bare rgb/adobe-0.jpg >rgb/components.jpg # called R, G and B
cjpeg -quality 98 -sample 1x1 hues.ppm >rgb/jfif.jpg
adobe 1 rgb/jfif.jpg >rgb/adobe-1.jpg
perl -0777 -pe 's/\A\xff\xd8\xff\xe0\x00\x10JFIF.{10}/\xff\xd8/s or die' rgb/jfif.jpg >rgb/no-marker.jpg
cjpeg -quality 98 -sample 2x2 -progressive hues.ppm >progressive.jpg
adobe 1 progressive.jpg >rgb/adobe-1-progressive.jpg

# More pictures and a film behind the end, as phones write them.
cjpeg -quality 60 -grayscale hues.ppm >gain.jpg
size=$(stat -c %s rgb/jfif.jpg)
perl -e 'my ($own, $other, $at) = map { -s } @ARGV[0, 1]; local $/; open my $a, "<:raw", $ARGV[0]; open my $b, "<:raw", $ARGV[1];
    my ($first, $second) = (<$a>, <$b>);
    my @entries = ([0x030000, $own + 90, 0], [0, $other, $own + 90 - 28]);
    my $tiff = "MM\0*" . pack("N n", 8, 3) . pack("n n N a4", 0xb000, 7, 4, "0100") . pack("n n N N", 0xb001, 4, 1, 2)
        . pack("n n N N N", 0xb002, 7, 32, 50, 0) . join "", map { pack "N N N n2", @$_, 0, 0 } @entries;
    my $segment = "MPF\0" . $tiff;
    substr $first, 2, 0, "\xff\xe2" . pack("n", 2 + length $segment) . $segment;
    binmode STDOUT; print $first, $second' rgb/jfif.jpg gain.jpg >rgb/multi-picture.jpg
is "$(exiftool -s3 -NumberOfImages rgb/multi-picture.jpg)" 2 "a multi-picture JPEG"
{ cat rgb/adobe-1.jpg; printf '\0\0\0\30ftypmp42\0\0\0\0isommp42\0\0\20\0moov%4000s' x; } >rgb/motion.jpg
exiftool -q -overwrite_original -XMP-GCamera:MicroVideo=1 -XMP-GCamera:MicroVideoOffset=4032 rgb/motion.jpg
{ cat rgb/jfif.jpg; printf '%1000s' ''; } >rgb/padded.jpg
each rgb hues.ppm

# A profile holds in each dress.
mkdir tagged
perl "$CLI/icc" rgb 2.19921875 0.6484 0.3309 0.2302 0.7016 0.1559 0.0660 >adobe.icc
vips tiffsave hues.ppm hues.tif
tificc -t 1 -i adobe.icc hues.tif srgb.tif >/dev/null 2>&1
vips copy srgb.tif tagged.ppm
cjpeg -quality 98 -rgb -icc adobe.icc hues.ppm >tagged/adobe-0.jpg
bare tagged/adobe-0.jpg >tagged/components.jpg
cjpeg -quality 98 -sample 1x1 -icc adobe.icc hues.ppm >tagged/jfif.jpg
adobe 1 tagged/jfif.jpg >tagged/adobe-1.jpg
each tagged tagged.ppm

# ---- CMYK ----

mkdir cmyk bare
vips icc_export hues.ppm cmyk.tif --output-profile cmyk
exiftool -b -ICC_Profile cmyk.tif >cmyk.icc
tificc -t 1 -i cmyk.icc cmyk.tif srgb.tif >/dev/null 2>&1
vips copy srgb.tif cmyk.ppm
vips jpegsave cmyk.tif cmyk/adobe-0.jpg --Q 98
cjpeg -quality 100 -sample 1x1 hues.ppm >hues.jpg
is "$(exiftool -s3 -n -ColorTransform cmyk/adobe-0.jpg)" 0 "one is CMYK"
mkdir ycck ycck-bare
jpgicc -t 1 -e -o cmyk.icc -q 98 hues.jpg ycck/adobe-2.jpg >/dev/null 2>&1
is "$(exiftool -s3 -n -ColorTransform ycck/adobe-2.jpg)" 2 "the other YCCK"
jpgicc -t 1 -n -i cmyk.icc -q 100 ycck/adobe-2.jpg back.jpg >/dev/null 2>&1
djpeg -ppm back.jpg >ycck.ppm
exiftool -q -icc_profile= ycck/adobe-2.jpg -o ycck-bare/adobe-2.jpg 2>/dev/null
vips invert cmyk.tif inverted.tif
vips jpegsave inverted.tif inverted.jpg --Q 98
bare inverted.jpg >cmyk/stored-as-it-is.jpg # which littleCMS's converter reads so, too
for stem in adobe-0 stored-as-it-is; do exiftool -q -icc_profile= cmyk/$stem.jpg -o bare/$stem.jpg 2>/dev/null; done
is "$(exiftool -q -if '$ICC_Profile' -p '$FileName' bare ycck-bare)" "" "no profile is left in them"
each cmyk cmyk.ppm
each bare cmyk.ppm
each ycck ycck.ppm
each ycck-bare ycck.ppm

done_testing
