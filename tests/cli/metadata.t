#!/bin/bash
# What leaves the house: pixels, and at most the one packet that photodesk writes.

. "${0%/*}/lib.sh"

mkdir src
jpeg src/a.jpg 700 400
jpeg thumb.jpg 100 60
exiftool -q -overwrite_original -Artist='Dana Cohen' -Make=Secret -SerialNumber=12345 -GPSLatitude=31.67 -GPSLatitudeRef=N \
    -GPSLongitude=34.57 -GPSLongitudeRef=E -IPTC:City=Secret -XMP-photoshop:City=Secret -XMP-dc:Rights=Secret -Comment=Secret \
    '-ThumbnailImage<=thumb.jpg' src/a.jpg
run photodesk build src -o out
is "$status" 0 "a photo full of metadata is published"
is "$(manifest out '.photos["a.jpg"].removed | join(" ")')" "exif gps thumbnail iptc xmp photoshop comment" "the manifest says what was there"
is "$(exiftool -q -q -a -G1 -s -EXIF:all -GPS:all -IPTC:all -ICC_Profile:all -Photoshop:all out/*.webp)" "" "no EXIF, GPS, IPTC or ICC in any file"
is "$(for f in out/*.webp; do webpinfo "$f" | grep -oE '^Chunk [A-Z0-9]+'; done | sort -u | tr '\n' ' ')" "Chunk VP8 Chunk VP8X Chunk XMP " \
    "no chunk but pixels and the packet"
if grep -la Secret out/*.webp; then report 1 "nothing of the source's text"; else report 0 "nothing of the source's text"; fi
is "$(exiftool -s -s -s -XMP:Creator "$(ls out/a-inline-320-*)")" "Dana Cohen" "the packet names the creator"
is "$(exiftool -s -s -s -XMP:Credit "$(ls out/a-thumb-160-*)")" "Dana Cohen" "and the credit line, on thumbnails too"
is "$(exiftool -q -q -s -XMP:all "$(ls out/a-inline-320-*)" | sed 's/ *:.*//' | sort | tr '\n' ' ')" "Creator Credit " "and nothing else"

cat >config/photodesk/presets/rights.preset <<'P'
[preset]
title = Rights
extends = article

[rights]
copyright = © 2026 <Paper> & Sons
web-statement = https://example.org/rights
licensor-name = The Paper
licensor-url = https://example.org/licence
digital-source-type = digitalCapture
P
run photodesk build src -o rights --preset rights
f=$(ls rights/a-inline-320-*)
is "$(exiftool -s -s -s -XMP-dc:Rights "$f")" "© 2026 <Paper> & Sons" "the preset's copyright notice"
is "$(exiftool -s -s -s -XMP-xmpRights:WebStatement "$f")" "https://example.org/rights" "web statement"
is "$(exiftool -s -s -s -XMP-plus:LicensorName "$f")" "The Paper" "licensor"
is "$(exiftool -s -s -s -XMP-plus:LicensorURL "$f")" "https://example.org/licence" "licensor's address"
like "$(exiftool -s -s -s -n -XMP-iptcExt:DigitalSourceType "$f")" 'digitalCapture' "digital source type"

printf '[preset]\ntitle = None\nextends = article\n[rights]\nwrite = false\n' >config/photodesk/presets/none.preset
run photodesk build src -o none --preset none
is "$(for f in none/*.webp; do webpinfo "$f" | grep -oE '^Chunk [A-Z0-9]+'; done | sort -u | tr '\n' ' ')" "Chunk VP8 " "no packet where the preset wants none"


# found OUT: groups and tags that exiftool finds there beside those of the file and the picture itself.
found() {
    exiftool -q -q -a -G1 -s -r --System:all --File:all --RIFF:all --Composite:all --ExifTool:all -ext webp "$1" |
        sed -nE 's/^\[([^]]+)\] +([^ ]+) +:.*/\1:\2/p' | sort -u | tr '\n' ' '
}

# ---- The packet, exactly ----

is "$(found out)" "XMP-dc:Creator XMP-photoshop:Credit " "no file has a tag but the packet's two"
is "$(found none)" "" "no file has any tag where no packet is written"
is "$(exiftool -j -struct -G1 -XMP:all "$f" | jq -cS '.[0] | del(.SourceFile)')" \
    "$(jq -ncS '{"XMP-dc:Creator": ["Dana Cohen"], "XMP-dc:Rights": "© 2026 <Paper> & Sons", "XMP-photoshop:Credit": "Dana Cohen",
        "XMP-plus:Licensor": [{"LicensorName": "The Paper", "LicensorURL": "https://example.org/licence"}],
        "XMP-xmpRights:Marked": true, "XMP-xmpRights:WebStatement": "https://example.org/rights",
        "XMP-iptcExt:DigitalSourceType": $source}' --arg source \
        "$(exiftool -s -s -s -XMP-iptcExt:DigitalSourceType "$f")")" "the whole packet, and nothing else in it"
is "$(exiftool -s -s -s -n -XMP-iptcExt:DigitalSourceType "$f")" \
    "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture" "the digital source type by its address"

mkdir two && jpeg two/a.jpg 400 300
ppm photo 400 300 7 >p.ppm
run photodesk build two -o two-out --credit "דנה כהן, Levi & <Sons>/פלאש 90"
is "$(exiftool -j -XMP:Creator -XMP:Credit two-out/a-thumb-160-*.webp | jq -c '.[0] | [.Creator, .Credit]')" \
    '[["דנה כהן","Levi & <Sons>"],"דנה כהן, Levi & <Sons>/פלאש 90"]' "two creators and an agency, in Hebrew, with what XML needs escaped"
is "$(manifest two-out '.photos["a.jpg"].removed | length')" 0 "a photo without metadata: nothing was removed"
mkdir bare && vips copy p.ppm bare/a.tif
run photodesk build bare -o bare-out --credit Dana
is "$(manifest bare-out '.photos["a.tif"].removed | length')" 0 "a TIFF without metadata: neither, though it is made of tags"
run photodesk build two -o two-rights --no-credit --preset rights
is "$(found two-rights)" "XMP-dc:Rights XMP-iptcExt:DigitalSourceType XMP-plus:LicensorName XMP-plus:LicensorURL XMP-xmpRights:Marked XMP-xmpRights:WebStatement " \
    "without a credit: the preset's rights only"
run photodesk build two -o two-none --no-credit
is "$(webpinfo two-none/a-thumb-160-*.webp | grep -oE '^Chunk [A-Z0-9]+' | tr '\n' ' ')" "Chunk VP8 " "without anything to say: no packet"

# ---- Every kind, in every format ----

# A marker that stands in each field of each source must not stand anywhere in OUT, the ledger included.
mkdir all
vips tiffsave p.ppm p.tif
vips icc_transform p.tif 'all/jpeg.jpg[Q=90]' p3 --input-profile srgb
vips icc_transform p.tif all/png.png p3 --input-profile srgb
vips icc_transform p.tif all/tiff.tif p3 --input-profile srgb
vips icc_transform p.tif 'all/webp.webp[Q=90]' p3 --input-profile srgb
exiftool -q -overwrite_original -all= --icc_profile:all all/*.jpg all/*.png all/*.webp
exif=(-Make=S3CRET -Model=S3CRET -SerialNumber=S3CRET -LensSerialNumber=S3CRET -OwnerName=S3CRET -UserComment=S3CRET
    -ImageDescription=S3CRET -Copyright=S3CRET -Software=S3CRET -DateTimeOriginal='2024:01:01 01:01:01'
    -GPSLatitude=31.67 -GPSLatitudeRef=N -GPSLongitude=34.57 -GPSLongitudeRef=E -GPSAreaInformation=S3CRET)
xmp=(-XMP-dc:Description=S3CRET -XMP-xmp:CreatorTool=S3CRET -XMP-xmpMM:DocumentID=S3CRET -XMP-photoshop:City=S3CRET)
iptc=(-IPTC:City=S3CRET -IPTC:Caption-Abstract=S3CRET -IPTC:OriginatingProgram=S3CRET)
jpeg small.jpg 40 30
exiftool -q -overwrite_original "${exif[@]}" "${xmp[@]}" "${iptc[@]}" -Comment=S3CRET '-ThumbnailImage<=small.jpg' all/jpeg.jpg
exiftool -q -overwrite_original "${exif[@]}" "${xmp[@]}" -PNG:Comment=S3CRET all/png.png
exiftool -q -overwrite_original "${exif[@]}" "${xmp[@]}" "${iptc[@]}" all/tiff.tif
exiftool -q -overwrite_original "${exif[@]}" "${xmp[@]}" all/webp.webp 2>/dev/null # it minds libvips's EXIF header
# exiftool writes neither of these: a C2PA store in APP11, a preview in MPF, a picture and a film behind the end
perl -e 'local $/; binmode STDIN; my $jpeg = <STDIN>;
    my $box = sub { pack("N a4", 8 + length $_[1], $_[0]) . $_[1] };
    my $jumb = $box->("jumb", $box->("jumd", "c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\3c2pa\0") . $box->("S3CR", "S3CRET"));
    my $c2pa = "JP\0\1\0\0\0\1" . $jumb;
    my $mpf = "MPF\0MM\0*\0\0\0\10\0\1\xb0\0\0\7\0\0\0\0040100\0\0\0\0S3CRET";
    print substr($jpeg, 0, 2), map({ pack("n n", $$_[0], 2 + length $$_[1]) . $$_[1] } [0xffeb, $c2pa], [0xffe2, $mpf]),
        substr($jpeg, 2), $jpeg, "S3CRET film"' <all/jpeg.jpg >all/more.jpg
formats='jpeg.jpg more.jpg png.png tiff.tif webp.webp'
if heif-enc --list-encoders 2>/dev/null | sed -n '/^HEIC/,/^AVIF/p' | grep -q '^- ' && heif-enc -q 90 all/jpeg.jpg -o all/heic.heic >/dev/null 2>&1; then
    formats="$formats heic.heic"
else
    skip 1 "heif-enc has no encoder for HEIC here"
fi
is "$(for name in $formats; do grep -qa S3CRET "all/$name" || echo "$name"; done)" "" "each source is full of it"
small_preset small 64 </dev/null
{ echo file,caption; for name in $formats; do echo "$name,A caption"; done; } >all/captions.csv # or theirs would be published
run photodesk build all -o all-out --credit 'Dana Cohen' --preset small
is "$status" 0 "each format is published"
is "$(grep -rla S3CRET all-out)" "" "no file of OUT has any of it"
is "$(found all-out)" "XMP-dc:Creator XMP-photoshop:Credit " "no file has a tag but the packet's two"
is "$(for file in all-out/*.webp; do webpinfo "$file" | grep -E '^Chunk' | cut -c 1-10; done | sort -u | tr -d '\n')" \
    "Chunk VP8 Chunk VP8XChunk XMP " "no file has another chunk"
is "$(for file in all-out/*.webp; do webpinfo -quiet "$file" >/dev/null || echo "$file"; done)" "" "webpinfo has nothing against them"
removed() {
    manifest all-out ".photos[\"$1\"].removed | sort | join(\" \")"
}
is "$(removed jpeg.jpg)" "comment exif gps icc iptc photoshop thumbnail xmp" "what was removed from a JPEG"
is "$(removed more.jpg)" "c2pa comment exif gps icc iptc photoshop preview thumbnail xmp" "and from one with C2PA and a preview"
is "$(removed png.png)" "comment exif gps icc xmp" "what was removed from a PNG"
is "$(removed webp.webp)" "exif gps icc xmp" "what was removed from a WebP"
is "$(removed tiff.tif)" "exif gps icc iptc xmp" "what was removed from a TIFF"
case $formats in *heic*) like "$(removed heic.heic)" '^exif gps( |$)' "what was removed from a HEIC" ;; esac

# What a decoder has to say of a profile is published; what somebody called it is not.
mkdir named
ppm plain 64 48 200 60 60 >named.ppm
perl "$CLI/icc" rgb 2.2 0.6400 0.3300 0.3000 0.6000 0.1500 0.0600 >named.icc
head -c 200 named.icc >cut.icc
perl "$CLI/png" kind=grey icc=named.icc "name=S3CRET's 'screen': A" <named.ppm >named/grey.png
perl "$CLI/png" icc=cut.icc name=S3CRET <named.ppm >named/cut.png
run photodesk build named -o named-out --credit 'Dana Cohen' --preset small
is "$status" 0 "named profiles: both are published"
like "$(manifest named-out '.photos["grey.png"].warnings[]')" '^its decoder says: iCCP: RGB color space not permitted on grayscale PNG$' \
    "named profiles: what is wrong is told"
is "$(grep -rla S3CRET named-out)$(printf '%s\n' "$stderr" | grep S3CRET)" "" "named profiles: their names are not"

if [ -n "$CORPUS" ]; then
    run photodesk build "$CORPUS/metadata" -o corpus --credit Dana --preset small
    is "$status" 0 "real photos full of metadata"
    is "$(found corpus)" "XMP-dc:Creator XMP-photoshop:Credit " "have none of it"
    like "$(manifest corpus '.photos["withIptcExifGps.jpg"].removed | sort | join(" ")')" 'exif gps .*iptc' "and the manifest says so"
else
    skip 3 "no corpus of real photographs beside the checkout"
fi

done_testing
