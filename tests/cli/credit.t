#!/bin/bash
# Whom to name: found where it may stand, in the right order, and never by accident none.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir src
jpeg src/a.jpg
jpeg src/b.jpg
exiftool -q -overwrite_original -Artist='From Exif' src/a.jpg
credit() { manifest out ".photos[\"$1\"].credit.$2"; }
build() { rm -rf out; run photodesk build src -o out --preset small "$@"; }

build
is "$status" 1 "a photo without a credit fails"
like "$stderr" '^FAILED b.jpg: has no credit.*--credit.*captions.csv.*צילום.*Artist.*--no-credit' "and is told the ways to give one"
is "$(credit a.jpg creators[0])" "From Exif" "the other has EXIF's"
is "$(credit a.jpg source)" "exif:Artist" "and says so"
build --no-credit
is "$status" 0 "--no-credit allows it"
is "$(credit b.jpg text)" null "with nothing to stamp"

printf '\xef\xbb\xbffile;alt;caption;credit\r\nA.JPG;חלופי. צילום: דנה;"הכותרת; ""ועוד"". צילום: מהכיתוב";\r\nb.jpg;;שוק העתיקות צילום: רותם לב;\r\n' >src/captions.csv
build
is "$(credit a.jpg creators[0])" "מהכיתוב" "a caption's end, in a table with BOM, semicolons and quotes"
is "$(credit a.jpg 'conflicts | join(",")')" "exif:Artist: From Exif" "EXIF disagrees, and is listed"
is "$(manifest out '.photos["a.jpg"].caption')" 'הכותרת; "ועוד"' "the caption is without it"
is "$(manifest out '.photos["a.jpg"].alt')" 'חלופי' "so is the alt text"
is "$(manifest out '.photos["a.jpg"] | .lang + .dir')" hertl "Hebrew, right to left"
like "$stderr" '^FAILED b.jpg: .*רותם לב.*not clearly' "a name behind a mere space is not stamped, but told"

printf 'file,caption,credit\na.jpg,Pupils at the fair. Photo: Caption,Table\nb.jpg,,דנה כהן/פלאש 90\n' >src/captions.csv
build
is "$(credit a.jpg creators[0])" "Table" "the column goes before the caption"
is "$(credit a.jpg text)" "Photo: Table" "with the label of its language"
is "$(manifest out '.photos["a.jpg"].alt')" 'Pupils at the fair' "alt falls back to the caption"
is "$(credit b.jpg text)" "צילום: דנה כהן/פלאש 90" "creator and agency"
is "$(credit b.jpg agency)" "פלאש 90" "told apart"
build --credit 'צילום: John Smith'
is "$(credit b.jpg text)" "Photo: John Smith" "--credit goes before all"
is "$(credit b.jpg 'conflicts[0]')" "captions.csv: דנה כהן/פלאש 90" "and the table is heard"

printf 'file,credit\na.jpg,\xe3\xf0\xe4\nb.jpg,x\n' >src/captions.csv
build
is "$(credit a.jpg creators[0])" "דנה" "a table in windows-1255"

for table in 'name,credit\na.jpg,x\n' 'file,credit\na.jpg,"x\n'; do
    # shellcheck disable=SC2059 # the table is the format
    printf "$table" >src/captions.csv
    build --credit Dana
    is "$status" 1 "a table that cannot be read"
    is "$(echo "$stderr" | grep -c '^FAILED captions.csv: ')" 1 "is told in one line"
    ok "and nothing of its gallery is published" [ ! -e out/manifest.json ]
done

rm src/captions.csv
{ printf '[credit]\nmissing = warn\n'; } | small_preset small 64
build
is "$status" 0 "missing = warn publishes"
like "$stderr" '^warning b.jpg: published without a credit' "and warns"

jpeg src/a.jpg 400 300
run photodesk build src -o boxes --credit "$(printf 'Dana \363\260\200\200')"
is "$status" 1 "a character that no font has fails the photo"
like "$stderr" '^FAILED a.jpg: no installed font has .*U\+F0000' "and is named: never boxes"

done_testing
