#!/bin/bash
# The module for all that is no plain JPEG: where it is found, and what goes on without it.

. "${0%/*}/lib.sh"

printf '[rendition eye]\nwidths = 64\naspect = 1:1\ncrop = attention\nformat = jpeg\nstamp = false\n' | small_preset small 64
mkdir src alone prefix prefix/bin prefix/lib prefix/lib/photodesk
jpeg src/lead.jpg 400 300
jpeg src/plain.jpg 400 300
djpeg src/plain.jpg >plain.ppm
vips pngsave plain.ppm src/screen.png
vips icc_transform src/plain.jpg 'src/inks.jpg[profile=none]' cmyk --input-profile srgb
cp "$PHOTODESK" alone/photodesk
cp "$PHOTODESK" prefix/bin/photodesk
cp "${PHOTODESK%/*}/managed.so" prefix/lib/photodesk

run alone/photodesk build src -o out --credit Dana --preset small
is "$status" 1 "without the module: what needs it fails"
is "$(manifest out '.photos | keys | join(" ")')" "lead.jpg plain.jpg" "plain JPEGs are published"
is "$(manifest out '.photos["lead.jpg"].renditions.eye[0].focus.source')" attention "with crops"
for photo in screen.png inks.jpg; do
    like "$stderr" "^FAILED $photo: photodesk's module .* managed\.so, cannot be loaded \(it is neither beside the program nor in \.\./lib/photodesk\); install photodesk anew" "$photo: says what is missing"
done
run alone/photodesk verify out
is "$status" 3 "verify does not call files broken for it"
like "$stderr" '^photodesk verify: .*managed\.so.*; install photodesk anew' "but says what is missing"
run alone/photodesk inspect src/plain.jpg
is "$status" 0 "inspect needs it for no JPEG"

run prefix/bin/photodesk build src -o out --credit Dana --preset small
is "$status $(manifest out '.photos | keys | join(" ")')" "0 inks.jpg lead.jpg plain.jpg screen.png" "found in lib/photodesk beside the program's folder"
run prefix/bin/photodesk verify out
is "$status" 0 "by verify, too"

printf x >>prefix/lib/photodesk/managed.so
run prefix/bin/photodesk build src -o out --credit Dana --preset small --explain
like "$stderr" '^published plain\.jpg.*photodesk changed' "another module is another program"

printf 'no module' >alone/managed.so
run alone/photodesk build src -o broken --credit Dana --preset small
like "$stderr" '^FAILED screen\.png: photodesk.s module .*cannot be loaded \(.*managed\.so.*\); install photodesk anew' "one that cannot be loaded"
echo 'int nothing;' | "${CC:-cc}" -shared -fPIC -x c -o alone/managed.so -
run alone/photodesk build src -o broken --credit Dana --preset small
like "$stderr" '^FAILED screen\.png: photodesk.s module managed\.so is another version.s; install photodesk anew' "one of another version"
is "$(manifest broken '.photos | keys | join(" ")')" "lead.jpg plain.jpg" "is no harm to plain JPEGs"

done_testing
