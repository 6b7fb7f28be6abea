#!/bin/bash
# Every manifest keeps to the schema, and the schema refuses what is no manifest.

. "${0%/*}/lib.sh"
schema=${0%/*}/../../docs/manifest.schema.json
case $schema in /*) ;; *) schema=$OLDPWD/$schema ;; esac

valid() { # valid FILE
    /usr/bin/python3 -c 'import json, sys, jsonschema
jsonschema.Draft7Validator.check_schema(s := json.load(open(sys.argv[1])))
jsonschema.validate(json.load(open(sys.argv[2])), s, jsonschema.Draft7Validator)' "$schema" "$1" 2>/dev/null
}

mkdir -p src/a src/שבוע
jpeg src/a/one.jpg 700 400
jpeg src/שבוע/two.jpg 500 300
exiftool -q -overwrite_original -Artist='From Exif' -GPSLatitude=31 -GPSLatitudeRef=N -XMP-dc:Creator=x -IPTC:By-line=y src/a/one.jpg
printf 'file,caption,credit,alt\ntwo.jpg,"כותרת. צילום: דנה כהן",,חלופי\n' >src/שבוע/captions.csv
run photodesk build src -o out
is "$status" 0 "two galleries are published"
ok "a gallery with a credit of EXIF and all kinds of metadata" valid out/a/manifest.json
ok "a Hebrew gallery with captions.csv" valid out/שבוע/manifest.json
run photodesk build src -o bare --no-credit
ok "one that may be without a credit" valid bare/a/manifest.json

for spoil in 'del(.version)' '.version = 2' '.more = 1' '.photos["one.jpg"].width = 0' '.photos["one.jpg"].dir = "up"' \
    'del(.photos["one.jpg"].credit.source)' '.photos["one.jpg"].renditions.inline[0].file = "../x.webp"' \
    '.photos["one.jpg"].renditions.inline[0].stamped = "yes"' '.photos["one.jpg"].removed = ["rumours"]'; do
    jq "$spoil" out/a/manifest.json >spoiled.json
    if valid spoiled.json; then report 1 "refused: $spoil"; else report 0 "refused: $spoil"; fi
done

done_testing
