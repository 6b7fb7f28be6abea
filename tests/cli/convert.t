#!/bin/bash
# convert: one photo, or a few, beside themselves or into a folder of one's own.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
convert() {
    run photodesk convert --preset small "$@"
}

mkdir desk
jpeg desk/IMG_2041.jpg 200 150 1
jpeg desk/second.photo.jpg 200 150 2
jpeg 'desk/שוק העתיקות.jpg' 150 200 3
before=$(cd desk && sha256sum ./*)

# ---- Beside the photo ----

convert desk/IMG_2041.jpg --credit 'Dana Cohen'
is "$status" 0 "one photo: exit code"
is "$(cd desk/IMG_2041-web && ls | sed -E 's/-[0-9a-f]{10}\./-HASH./')" "$(printf '%s\n' IMG_2041-small-64-HASH.webp figures.html head.html index.html manifest.json)" \
   "NAME-web beside it has a gallery's files"
is "$(manifest desk/IMG_2041-web '.photos | keys | join(" ")')" IMG_2041.jpg "the manifest has the photo"
is "$(manifest desk/IMG_2041-web '.photos["IMG_2041.jpg"].credit | .text + "|" + .source')" "Photo: Dana Cohen|command line" "and its credit"
like "$stdout" '^1 published, 0 unchanged, 0 failed' "the summary"
is "$(hidden desk/IMG_2041-web)" "" "nothing hidden stays"
is "$(ls desk)" "$(printf '%s\n' IMG_2041-web IMG_2041.jpg second.photo.jpg 'שוק העתיקות.jpg')" "nothing else is made beside it"

convert desk/IMG_2041.jpg --credit 'Dana Cohen'
is "$status" 0 "again: exit code"
like "$stdout" '^0 published, 1 unchanged, 0 failed' "again: nothing to do"
first=$(manifest desk/IMG_2041-web '.photos["IMG_2041.jpg"].renditions.small[0].file')
convert desk/IMG_2041.jpg --credit 'יואב לוי'
like "$stdout" '^1 published' "another credit: done again"
isnt "$(manifest desk/IMG_2041-web '.photos["IMG_2041.jpg"].renditions.small[0].file')" "$first" "another credit: under another name"

convert desk/second.photo.jpg 'desk/שוק העתיקות.jpg' --credit 'Dana Cohen'
is "$status" 0 "two photos: exit code"
like "$stdout" '^2 published, 0 unchanged, 0 failed' "two photos: one summary"
ok "the name without its last ending" [ -s desk/second.photo-web/manifest.json ]
ok "a Hebrew name with a space" [ -s 'desk/שוק העתיקות-web/manifest.json' ]

cd desk || exit 1
convert ./second.photo.jpg --credit Dana
is "$status" 0 "a photo in the folder one is in: exit code"
cp IMG_2041.jpg -- -rf.jpg
convert --credit Dana -- -rf.jpg
is "$status" 0 "a name that looks like an option: exit code"
ok "a name that looks like an option: made" [ -s ./-rf-web/manifest.json ]
rm -rf -- -rf.jpg -rf-web
cd ..
is "$(cd desk && sha256sum ./*.jpg)" "$before" "the photos are as they were"

# ---- Into a folder ----

convert desk/IMG_2041.jpg -o web/deep --caption 'תלמידי היסודי באשקלון. צילום: סיון מטודי' --alt 'ילדים בכיתה'
is "$status" 0 "-o: exit code"
photo='.photos["IMG_2041.jpg"]'
is "$(manifest web/deep "$photo.caption")" 'תלמידי היסודי באשקלון' "--caption, without its credit"
is "$(manifest web/deep "$photo.credit | .text + \"|\" + .source")" 'צילום: סיון מטודי|caption' "the credit at its end"
is "$(manifest web/deep "$photo.alt")" 'ילדים בכיתה' "--alt"
is "$(manifest web/deep "$photo | .lang + .dir")" hertl "language and direction"
ok "nothing beside the photo" [ ! -e desk/IMG_2041-web/deep ]

convert desk/second.photo.jpg -o web/deep --credit Dana
is "$(manifest web/deep '.photos | keys | join(" ")')" "IMG_2041.jpg second.photo.jpg" "earlier photos stay in the manifest"
is "$(manifest web/deep "$photo.credit.text")" 'צילום: סיון מטודי' "with what was said of them"
convert desk/*.jpg -o all --credit Dana
is "$(manifest all '.photos | length')" 3 "several photos in one folder"
like "$stdout" '^3 published, 0 unchanged, 0 failed' "several photos: summary"
is "$(cd all && for f in $(jq -r '.photos[].renditions[][].file' manifest.json); do [ -s "$f" ] || echo "$f"; done)" "" \
   "every file of the manifest is there"
convert desk/*.jpg -o all --credit Dana
like "$stdout" '^0 published, 3 unchanged, 0 failed' "several photos again: nothing to do"
convert desk/*.jpg -o all --credit Noa
is "$(grep -c "^all has [0-9]* older files, too.*'photodesk prune all --grace 0' removes them" .stderr)" 1 \
   "with another credit: that files with the one before are still there is told, once"
run photodesk prune all --grace 0
convert desk/*.jpg -o all --credit Noa --force
unlike "$stderr" 'older file' "and no more when they are gone"

mkdir other
jpeg other/IMG_2041.jpg 200 150 9
convert other/IMG_2041.jpg -o all --credit Dana
is "$status" 0 "another photo of the same name: exit code"
is "$(manifest all '.photos | length')" 3 "another photo of the same name: takes its place"
convert desk/IMG_2041.jpg other/IMG_2041.jpg -o both --credit Dana
isnt "$status" 124 "two photos of the same name at once: ends"

# ---- What is said of it elsewhere ----

printf 'file,caption,credit,alt\nIMG_2041.jpg,From the table,Table Writer,A table\n' >desk/captions.csv
convert desk/IMG_2041.jpg -o sidecar
is "$(manifest sidecar "$photo | .caption + \"|\" + .credit.text + \"|\" + .alt")" "From the table|Photo: Table Writer|A table" \
   "captions.csv beside the photo"
convert desk/IMG_2041.jpg -o sidecar --caption 'Said here. Photo: Said Here' --alt 'Seen here'
is "$(manifest sidecar "$photo | .caption + \"|\" + .alt")" "Said here|Seen here" "the command line goes before it"
convert desk/IMG_2041.jpg -o sidecar --credit 'צילום: דנה כהן/פלאש 90'
is "$(manifest sidecar "$photo.credit | .text + \"|\" + (.creators | join(\";\")) + \"|\" + .agency")" \
   "צילום: דנה כהן/פלאש 90|דנה כהן|פלאש 90" "--credit with a label and an agency"
is "$(manifest sidecar "$photo.credit.conflicts | join(\";\")")" "captions.csv: Table Writer" "who else was named"
rm desk/captions.csv
convert desk/IMG_2041.jpg -o alt --credit Dana --caption 'A square. Photo: Dana' --alt 'A square at night. Photo: Dana'
is "$(manifest alt "$photo.alt")" "A square at night" "an alt text never has the credit"
convert desk/IMG_2041.jpg -o fallback --caption 'A square. Photo: Dana'
is "$(manifest fallback "$photo.alt")" "A square" "without --alt the caption serves"

# ---- Failures ----

convert desk/IMG_2041.jpg -o uncredited
is "$status" 1 "no credit: exit code"
like "$stderr" '^FAILED .*IMG_2041\.jpg: has no credit.*--credit' "no credit: says so"
ok "no credit: no manifest" [ ! -e uncredited/manifest.json ]
is "$(find uncredited -name '*.webp' 2>/dev/null)" "" "no credit: no file"

: >desk/empty.jpg
echo text >desk/text.jpg
convert desk/empty.jpg desk/IMG_2041.jpg desk/text.jpg desk/absent.jpg -o mixed --credit Dana
is "$status" 1 "some of several: exit code"
is "$(manifest mixed '.photos | keys | join(" ")')" IMG_2041.jpg "some of several: the good one is made"
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED ')" 3 "some of several: a line for each that failed"
like "$stderr" '^FAILED .*absent\.jpg: .*No such file' "a photo that is not there"
like "$stdout" '^1 published, 0 unchanged, 3 failed' "some of several: summary"
convert desk/absent.jpg --credit Dana
is "$status" 1 "a photo that is not there: exit code"
convert desk/absent.jpg desk/empty.jpg --credit Dana
is "$(cd desk && find . -name '*-web' -printf '%P\n' | sort | tr '\n' ' ')" "IMG_2041-web second.photo-web שוק העתיקות-web " \
   "no folder is left for a photo that failed"
convert desk --credit Dana
isnt "$status" 0 "a folder is no photo"
ok "a folder is no photo: nothing is made" [ ! -e desk-web ]
: >file
convert desk/IMG_2041.jpg -o file/web --credit Dana
is "$status" 3 "an OUT that cannot be made: exit code"
like "$stderr" 'file/web' "an OUT that cannot be made: is named"
convert desk/IMG_2041.jpg --credit Dana --frobnicate
is "$status" 2 "unknown option: exit code"

# A good photo is replaced by a bad one of the same name: what was published is no longer true of it.
convert desk/IMG_2041.jpg -o replaced --credit Dana
mkdir bad && echo text >bad/IMG_2041.jpg
convert bad/IMG_2041.jpg -o replaced --credit Dana
is "$status" 1 "a bad photo in the place of a good one: exit code"

run photodesk convert desk/IMG_2041.jpg -o article --credit Dana
is "$(manifest article "$photo.renditions | keys | join(\" \")")" "inline social social-16x9 social-1x1 social-4x3 thumb" "the preset is article unless one is named"

# ---- What it leaves beside a photo is no photo for build ----

mkdir beside
jpeg beside/a.jpg 400 300
run photodesk convert beside/a.jpg --credit Dana
ok "convert has made its folder" [ -e beside/a-web/manifest.json ]
run photodesk build beside -o beside-out --credit Dana
like "$stdout" '^1 published, 0 unchanged, 0 failed' "build leaves a folder that was published into alone"
ok "and makes nothing of it" [ ! -e beside-out/a-web ]

# ---- Two photos of one name, a folder, and none credited ----

mkdir -p sub && ppm plain 64 48 10 200 10 | cjpeg -outfile sub/twin.jpg
ppm plain 64 48 200 10 10 | cjpeg -outfile twin.jpg
run photodesk convert twin.jpg sub/twin.jpg --credit Dana -o both
is "$status" 2 "two photos of one name into one folder: exit code"
like "$stderr" 'another photo has the name of sub/twin\.jpg' "says which"
like "$stderr" 'convert each into its own, or leave out -o' "and what to do"
ok "and makes nothing" [ ! -e both ]
run photodesk convert sub --credit Dana
is "$status" 1 "a folder: exit code"
like "$stderr" '^FAILED sub: is a folder; name a photo in it, or .*photodesk build' "says what to do"
run photodesk convert twin.jpg --no-credit -o bare
is "$status" 0 "--no-credit: exit code"
is "$(manifest bare '.photos["twin.jpg"].credit.text')" null "--no-credit: no credit"
run photodesk convert twin.jpg --no-credit --credit Dana -o bare
is "$status" 2 "--no-credit with --credit: exit code"

# ---- A credit that is corrected ----

jpeg corrected.jpg 640 480
run photodesk convert corrected.jpg --credit 'Wrong Name'
unlike "$stderr" 'older file' "at first there is nothing older"
run photodesk convert corrected.jpg --credit 'Right Name'
like "$stderr" "^\./corrected-web has [0-9]+ older files, too, .*'photodesk prune \./corrected-web --grace 0' removes them" \
    "another credit: the files with the first are told"
run photodesk prune ./corrected-web --grace 0
is "$status" 0 "and removed as it says"
run photodesk convert corrected.jpg --credit 'Right Name' --force
unlike "$stderr" 'older file' "then there are none"

# ---- Among the originals ----

mkdir flat
jpeg flat/one.jpg
jpeg flat/two.jpg
run photodesk convert flat/one.jpg -o flat --credit Dana
is "$status" 2 "-o the photo's own folder: exit code"
like "$stderr" 'would lie among the photos' "says why"
is "$(ls flat | tr '\n' ' ')" "one.jpg two.jpg " "and writes nothing"
run photodesk convert flat/one.jpg -o flat-web --credit Dana
run photodesk build flat-web -o again --credit Dana
is "$status" 2 "build of what photodesk published: exit code"
like "$stderr" 'photodesk published into SRC flat-web' "says why"
run photodesk watch flat-web -o never --once
is "$status" 2 "watch of it: exit code"
spoilt=$(find flat-web -name 'one-inline-*' | sort | head -n 1)
printf x >"$spoilt"
run photodesk convert flat/one.jpg -o flat-web --credit Dana --force
is "$status $(head -c 4 "$spoilt")" "0 RIFF" "--force mends what was spoilt"

# ---- A name that the photo's own goes before ----

jpeg owner.jpg 640 480
exiftool -q -overwrite_original -IPTC:By-line=Yossi owner.jpg
run photodesk convert owner.jpg -o owner --caption 'הכיתה. צילום: סיון מטודי'
like "$stderr" "^warning owner\\.jpg: its credit is 'Yossi' \\(iptc:2:80\\), though its caption names 'סיון מטודי'" "is told"
run photodesk convert owner.jpg -o owner --caption 'הכיתה. צילום: סיון מטודי' --credit 'סיון מטודי'
unlike "$stderr" 'though its caption' "and not where they agree"
mkdir cell && cp owner.jpg cell
printf 'file,credit\nowner.jpg,unknown\n' >cell/captions.csv
run photodesk build cell -o cell-out
like "$stderr" "^warning owner\\.jpg: its credit in captions\\.csv, 'unknown', names nobody, and was passed over" "so is a cell that names nobody"

done_testing
