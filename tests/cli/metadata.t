#!/bin/bash
# What leaves the house: pixels, and at most the one packet that photodesk writes.

. "${0%/*}/lib.sh"

mkdir src
jpeg src/a.jpg 700 400
jpeg thumb.jpg 100 60
exiftool -q -overwrite_original -Artist='Dana Cohen' -Make=Secret -SerialNumber=12345 -GPSLatitude=31.67 -GPSLatitudeRef=N \
    -GPSLongitude=34.57 -GPSLongitudeRef=E -IPTC:By-line=Secret -XMP-dc:Creator=Secret -XMP-dc:Rights=Secret -Comment=Secret \
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
digital-source-type = http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture
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

done_testing
