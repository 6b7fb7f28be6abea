#!/bin/bash
# Every manifest keeps to the schema, and the schema refuses what is no manifest.

. "${0%/*}/lib.sh"

# refuses FILE JQ-FILTER...: each makes of the good manifest one that the schema refuses.
refuses() {
    local good=$1 spoil n=0 files=()
    shift
    for spoil in "$@"; do
        files+=("spoiled-$((++n)).json")
        jq "$spoil" "$good" >"${files[-1]}"
    done
    verdicts manifest "${files[@]}" >verdicts
    for spoil in "$@"; do
        read -r verdict _
        is "$verdict" invalid "refused: $spoil"
    done <verdicts
}

mkdir -p src/a src/שבוע
jpeg src/a/one.jpg 700 400
jpeg src/שבוע/two.jpg 500 300
exiftool -q -overwrite_original -Artist='From Exif' -GPSLatitude=31 -GPSLatitudeRef=N -XMP-dc:Creator=x -IPTC:By-line=y src/a/one.jpg
printf 'file,caption,credit,alt\ntwo.jpg,"כותרת. צילום: דנה כהן",,חלופי\n' >src/שבוע/captions.csv
run photodesk build src -o out
is "$status" 0 "two galleries are published"
ok "a gallery with a credit of EXIF and all kinds of metadata" keeps_to manifest out/a/manifest.json
ok "a Hebrew gallery with captions.csv" keeps_to manifest out/שבוע/manifest.json
run photodesk build src -o bare --no-credit
ok "one that may be without a credit" keeps_to manifest bare/a/manifest.json

refuses out/a/manifest.json 'del(.order)' '.lead = 1' '.jsonld.image[0].width = "9"' '.opengraph.title = "x"' '.page.address = "x"' 'del(.version)' '.version = 2' '.more = 1' '.photos["one.jpg"].width = 0' '.photos["one.jpg"].dir = "up"' \
    'del(.photos["one.jpg"].credit.source)' '.photos["one.jpg"].renditions.inline[0].file = "../x.webp"' \
    '.photos["one.jpg"].renditions.inline[0].stamped = "yes"' 'del(.photos["one.jpg"].renditions.inline[0].contrast)' \
    'del(.photos["one.jpg"].renditions.inline[0].box)' '.photos["one.jpg"].renditions.inline[0].box.x = -1' \
    '.photos["one.jpg"].renditions.inline[0].contrast = 22' '.photos["one.jpg"].renditions.inline[0].stamped = false' \
    '.photos["one.jpg"].renditions.thumb[0].contrast = 5' '.photos["one.jpg"].removed = ["rumours"]' '.photos["one.jpg"].placeholder = "red"' 'del(.photos["one.jpg"].placeholder)' \
    'del(.photos["one.jpg"].renditions.thumb[0].focus)' '.photos["one.jpg"].renditions.thumb[0].focus.source = "luck"'

# ---- Manifests of every kind of run ----

small_preset small 64 </dev/null
printf '[credit]\nmissing-credit = warn\n' | small_preset warn 64
mkdir odd && cp src/a/one.jpg odd/'one "1" & 📷.jpg' && cp src/a/one.jpg odd/$'line\nbreak.jpg' && cp src/a/one.jpg odd/$'latin-\351.jpg'
run photodesk build odd -o odd-out --preset small --credit 'דנה כהן, Yoav/פלאש 90'
is "$status" 0 "odd names are published"
ok "odd names, several creators and an agency, disagreement with EXIF" keeps_to manifest odd-out/manifest.json
jpeg odd/plain.jpg 90 60
run photodesk build odd -o warn-out --preset warn
is "$(manifest warn-out '.photos["plain.jpg"].warnings | length')" 1 "a photo with a warning"
ok "a photo with a warning" keeps_to manifest warn-out/manifest.json
printf 'file,caption\nplain.jpg,The pupils Photo: Almost\n' >odd/captions.csv
run photodesk build odd -o low-out --preset small --no-credit
is "$(manifest low-out '.photos["plain.jpg"].credit.confidence')" low "a credit of low confidence"
ok "a credit of low confidence" keeps_to manifest low-out/manifest.json
run photodesk convert src/a/one.jpg -o convert-out --preset small --caption 'A square. Photo: Dana' --alt 'A square'
ok "what convert makes" keeps_to manifest convert-out/manifest.json
run photodesk build src -o thin-out --preset small
echo text >src/a/one.jpg
run photodesk build src -o thin-out --preset small
is "$(manifest thin-out/a '.photos | length')" 0 "a gallery that has lost its last photo"
ok "a gallery that has lost its last photo" keeps_to manifest thin-out/a/manifest.json

refuses out/a/manifest.json '.photos[""] = .photos["one.jpg"]' '.photos["a/b.jpg"] = .photos["one.jpg"]' 'del(.photos["one.jpg"].renditions.inline)|.photos["one.jpg"].renditions = {}' \
    '.photos["one.jpg"].credit.confidence = "sure"' '.photos["one.jpg"].renditions.inline[0].type = "image/gif"' '.photos["one.jpg"].lang = ""' \
    '.photos["one.jpg"].renditions.inline[0].bytes = "9"' '.photos["one.jpg"].more = 1' '.photos["one.jpg"].credit.creators = [1]'

done_testing
