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
like "$stderr" '^FAILED b.jpg: has no credit.*--credit.*צילום.*captions.csv.*NAME.xmp.*Artist.*--no-credit' "and is told the ways to give one"
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
{ printf '[credit]\nmissing-credit = warn\n'; } | small_preset small 64
build
is "$status" 0 "missing-credit = warn publishes"
like "$stderr" '^warning b.jpg: published without a credit' "and warns"

jpeg src/a.jpg 400 300
run photodesk build src -o boxes --credit "$(printf 'Dana \363\260\200\200')"
is "$status" 1 "a character that no font has fails the photo"
like "$stderr" '^FAILED a.jpg: no font of the stamp has .*U\+F0000' "and is named: never boxes"

# ---- Where a credit may stand, and which goes first ----

printf '[rendition big]\nwidths = 320\naspect = source\nformat = webp\nquality = 80\nmethod = 0\nstamp = true\n' |
    small_preset big 64
rm -rf src out && mkdir src
jpeg src/a.jpg 400 300 1
# anew OPTIONS...: everything from scratch; entry JQ: of photo a.jpg
anew() { rm -rf out; run photodesk build src -o out --preset big "$@"; }
entry() { manifest out ".photos[\"a.jpg\"] | $1"; }
table() { printf '%b' "$1" >src/captions.csv; }

exiftool -q -overwrite_original -Artist='Exif Artist' src/a.jpg
table 'file,caption,credit\na.jpg,Fair. Photo: In Caption,In Table\n'
anew --credit 'On Line'
is "$(entry '.credit | [.creators[0], .source, .confidence] | join("|")')" "On Line|command line|high" "first the command line"
is "$(entry '.credit.conflicts | join("|")')" "captions.csv: In Table|caption: In Caption|exif:Artist: Exif Artist" "all who disagree are listed, in their order"
anew
is "$(entry '.credit | [.creators[0], .source] | join("|")')" "In Table|captions.csv" "then the table's column"
table 'file,caption,credit\na.jpg,Fair. Photo: In Caption,\n'
anew
is "$(entry '.credit | [.creators[0], .source] | join("|")')" "In Caption|caption" "then the caption"
table 'file,caption,credit\na.jpg,Fair,\n'
anew
is "$(entry '.credit | [.creators[0], .source] | join("|")')" "Exif Artist|exif:Artist" "then EXIF"
is "$(entry '.credit.conflicts | length')" 0 "where nobody disagrees, nothing is listed"
table 'file,caption,credit\na.jpg,Fair. Photo: EXIF ARTIST,exif artist\n'
anew
is "$(entry '.credit.conflicts | length')" 0 "the same name in other letters is no conflict"

# ---- What is not clear is not stamped ----

table 'file,caption,credit\na.jpg,The pupils Photo: Almost,\n'
anew
is "$(entry '.credit | [.creators[0], .source] | join("|")')" "Exif Artist|exif:Artist" "a clear credit goes before an unclear one of more authority"
exiftool -q -overwrite_original -Artist= src/a.jpg
anew
is "$status" 1 "an unclear credit alone fails"
anew --no-credit
is "$(entry '.credit | [.text, .confidence, .creators[0]] | map(tostring) | join("|")')" "null|low|Almost" "with --no-credit it is reported as low"
is "$(entry '[.renditions[][].stamped] | any')" false "and stamped on nothing"
is "$(entry '.caption')" "The pupils Photo: Almost" "and its caption is whole"
is "$(exiftool -s -s -s -XMP:Creator -XMP:Credit "$(echo out/a-big-320-*)")" "" "and the packet does not name it"
table 'file,caption\na.jpg,A workshop of photo: what children see. All of it.\n'
anew
is "$status" 1 "a sentence behind the word is no credit"

# ---- captions.csv as spreadsheets write it ----

# gallery NAME TABLE: one with a copy of the photo and this table.
gallery() {
    mkdir -p "forms/$1"
    cp src/a.jpg "forms/$1/a.jpg"
    printf '%b' "$2" >"forms/$1/captions.csv"
}
small_preset small 64 </dev/null
jpeg src/a.jpg
forms=(
    'comma|file,caption,credit,alt\na.jpg,"One, two",דנה כהן,Seen\n'
    'semicolon|file;caption;credit;alt\na.jpg;One, two;דנה כהן;Seen\n'
    'BOM|\xef\xbb\xbffile,caption,credit,alt\na.jpg,"One, two",דנה כהן,Seen\n'
    'BOM and quotes|\xef\xbb\xbf"file";"caption";"credit";"alt"\r\n"a.jpg";"One, two";"דנה כהן";"Seen"\r\n'
    'CRLF|file,caption,credit,alt\r\na.jpg,"One, two",דנה כהן,Seen\r\n'
    'no last line break|file,caption,credit,alt\na.jpg,"One, two",דנה כהן,Seen'
    'other order|alt,credit,file,caption\nSeen,דנה כהן,a.jpg,"One, two"\n'
    'other columns|id,file,date,caption,credit,alt,note\n7,a.jpg,2024,"One, two",דנה כהן,Seen,x\n'
    'capitals|FILE,Caption,CREDIT,Alt\na.jpg,"One, two",דנה כהן,Seen\n'
    'spaces|file , caption, credit ,alt\na.jpg ,"One, two", דנה כהן , Seen \n'
    'case of the file name|file,caption,credit,alt\nA.JPG,"One, two",דנה כהן,Seen\n'
    'empty rows|file,caption,credit,alt\n\n,,,\na.jpg,"One, two",דנה כהן,Seen\n\n'
    'direction marks|file,caption,credit,alt\na.jpg,"\xe2\x80\x8eOne, two",\xe2\x80\x8fדנה כהן\xe2\x80\x8e,Seen\n'
    'a later row|file,caption,credit,alt\na.jpg,Old,Old,Old\na.jpg,"One, two",דנה כהן,Seen\n'
    'more rows than photos|file,caption,credit,alt\nz.jpg,Other,Other,Other\na.jpg,"One, two",דנה כהן,Seen\n'
)
for form in "${forms[@]}"; do gallery "${form%%|*}" "${form#*|}"; done
charsets=('CP1255|דנה כהן' 'CP1252|José Núñez' 'UTF-8|דנה כהן')
for charset in "${charsets[@]}"; do
    gallery "${charset%|*}" ''
    printf 'file;caption;credit\r\na.jpg;%s;%s\r\n' "${charset#*|}" "${charset#*|}" |
        iconv -f UTF-8 -t "${charset%|*}" >"forms/${charset%|*}/captions.csv"
done
gallery lines 'file,caption,credit\na.jpg,"First line\nsecond ""quoted"" line\nPhoto: Dana Cohen",\n'
# The same letters, written in two ways: as a Mac writes file names, and as a spreadsheet does.
gallery normal 'file,credit\na.jpg,Dana\ncafé.jpg,Composed\n'
cp src/a.jpg "forms/normal/$(printf 'cafe\314\201').jpg"
gallery cases 'file,credit\na.jpg,Small\nA.jpg,Capital\n'
cp src/a.jpg forms/cases/A.jpg
languages=('תלמידים|he|rtl' 'Pupils|en|ltr' 'تلاميذ|ar|rtl' 'Ученики|ru|ltr' '2024: 3-1|he|rtl' '«Pupils» בעיר|he|rtl' 'Pupils of the תיכון at the fair of the city|en|ltr')
for form in "${languages[@]}"; do gallery "language ${form%%|*}" "file,caption,credit\na.jpg,${form%%|*},Dana\n"; done

run photodesk build forms -o forms-out --preset small
is "$status" 0 "every form of captions.csv is read"
for form in "${forms[@]}"; do
    is "$(manifest "forms-out/${form%%|*}" '.photos["a.jpg"] | [.caption, .credit.text, .alt] | join("|")')" \
        "One, two|צילום: דנה כהן|Seen" "captions.csv: ${form%%|*}"
done
for charset in "${charsets[@]}"; do
    is "$(manifest "forms-out/${charset%|*}" '.photos["a.jpg"].credit.creators[0]')" "${charset#*|}" "captions.csv in ${charset%|*}"
done
is "$(manifest forms-out/lines '.photos["a.jpg"] | [.caption, .credit.text] | join("|")')" \
    'First line second "quoted" line|Photo: Dana Cohen' "a field of several lines"
is "$(manifest forms-out/normal '.photos | to_entries[] | select(.key | startswith("caf")) | .value.credit.creators[0]')" Composed \
    "composed and decomposed letters of a file name are the same"
is "$(manifest forms-out/cases '.photos | map_values(.credit.creators[0]) | [.["a.jpg"], .["A.jpg"]] | join("|")')" "Small|Capital" \
    "the exact name goes before the other case"
for form in "${languages[@]}"; do
    is "$(manifest "forms-out/language ${form%%|*}" '.photos["a.jpg"] | [.caption, .lang, .dir] | join("|")')" "$form" \
        "language and direction of a caption: $form"
done

# One gallery's bad table is that gallery's failure.
rm -rf forms
bad=(
    'quotes that do not close|file,credit\na.jpg,"Dana\nc.jpg,Yoav\n'
    'quotes inside a field|file,credit\na.jpg,"Da"na"\n'
    'no column file|name,credit\na.jpg,Dana\n'
    'an empty file|'
    'bytes that are no text|file,credit\na.jpg,\x00\x01\x02\n'
)
for form in "${bad[@]}"; do
    gallery "${form%%|*}" "${form#*|}"
    cp src/a.jpg "forms/${form%%|*}/c.jpg"
done
gallery good 'file,credit\na.jpg,Dana\n'
run photodesk build forms -o bad-out --preset small
is "$status" 1 "bad tables: exit code"
for form in "${bad[@]}"; do
    name=${form%%|*}
    is "$(printf '%s\n' "$stderr" | grep -c "^FAILED $name/")" 1 "$name: one line"
    like "$stderr" "^FAILED $name/captions\\.csv: .*file.*|^FAILED $name/captions\\.csv: .*(quot|text|UTF-8)" "$name: what is wrong"
    is "$(published "bad-out/$name")" "" "$name: nothing of its gallery is published"
done
like "$stderr" '^FAILED an empty file/captions\.csv: is empty; name its columns in its first row' "an empty table is told as that"
is "$(manifest bad-out/good '.photos | keys | join(" ")')" a.jpg "the gallery beside them is published"
like "$stdout" '^1 published, 0 unchanged, 10 failed' "the photos beside a bad table count as failed"

# What was published before stays as it was: the table may be mended.
table 'file,credit\na.jpg,Dana\n'
anew
before=$(content out)
table 'file,credit\na.jpg,"Dana\n'
run photodesk build src -o out --preset big
is "$status" 1 "a table that has become bad: exit code"
is "$(content out)" "$before" "a table that has become bad: what is published stays"
rm src/captions.csv

# ---- Rows for photos that are not there ----

mkdir strays
cp src/a.jpg strays
printf 'file,credit\na.jpg,Dana\nlead.jpg,Dana\nb.jpg,Dana\n' >strays/captions.csv
run photodesk build strays -o strays-out --preset big
is "$status" 0 "a row without a photo: exit code"
like "$stderr" '^warning captions\.csv: has rows for photos that are not in its folder: lead\.jpg, b\.jpg; ' "a row without a photo: is told"
told=$(printf '%s\n' "$stderr" | grep '^warning captions')
run photodesk build strays -o strays-out --preset big
is "$stderr" "$told" "a row without a photo: is told again when there is nothing to do"
run photodesk build strays -o strays-out --preset big --check
is "$status|$stderr" "0|$told" "a row without a photo: and by --check, which finds nothing stale"
cp src/a.jpg strays/b.jpg
run photodesk build strays -o strays-out --preset big
like "$stderr" '^warning captions\.csv: .*: lead\.jpg; ' "a row without a photo: one of them has come"
cp src/a.jpg strays/lead.jpg
run photodesk build strays -o strays-out --preset big
unlike "$stderr" '^warning captions' "a row without a photo: both have"
run photodesk convert strays/a.jpg -o single --preset big
unlike "$stderr" 'rows for photos' "convert: a table may be of more photos than the one"
rm -r strays

# ---- EXIF Artist, in every format and encoding ----

for name in utf8 hebrew latin spaces; do cp src/a.jpg src/$name.jpg; done
exiftool -q -overwrite_original -Artist='דנה כהן/פלאש 90' src/utf8.jpg
exiftool -q -overwrite_original -charset exif=Hebrew -Artist='דנה כהן' src/hebrew.jpg
exiftool -q -overwrite_original -charset exif=Latin -Artist='José Núñez' src/latin.jpg
exiftool -q -overwrite_original -Artist='   ' src/spaces.jpg
ppm photo 100 75 >p.ppm
vips pngsave p.ppm src/png.png
cwebp -quiet p.ppm -o src/webp.webp
vips tiffsave p.ppm src/tiff.tif
exiftool -q -overwrite_original -EXIF:Artist='Dana Cohen' src/png.png src/webp.webp src/tiff.tif
# the other byte order, with the directory in front of the pixels and a name in windows-1255
perl -e '
    my $artist = "\xe3\xf0\xe4 \xeb\xe4\xef\0";
    my $short = sub { pack "n n N n n", $_[0], 3, 1, $_[1], 0 };
    my @entries = map { $short->(@$_) } [256, 100], [257, 75], [258, 8], [259, 1], [262, 1], [273, 200], [277, 1], [278, 75], [279, 7500];
    push @entries, pack "n n N N", 0x13b, 2, length $artist, 150;
    print pack("a150", "MM\0*" . pack("N n", 8, scalar @entries) . join "", @entries, "\0\0\0\0"), pack("a50", $artist), "\x80" x 7500' \
    >src/big-endian.tif
anew
artist() {
    manifest out ".photos[\"$1\"].credit | [.text, .agency] | map(tostring) | join(\"|\")"
}
is "$(artist utf8.jpg)" "צילום: דנה כהן/פלאש 90|פלאש 90" "Artist in UTF-8"
is "$(artist hebrew.jpg)" "צילום: דנה כהן|null" "Artist in windows-1255"
is "$(artist latin.jpg)" "Photo: José Núñez|null" "Artist in windows-1252"
like "$stderr" '^FAILED spaces\.jpg: has no credit' "an Artist of spaces is none"
for name in png.png webp.webp tiff.tif; do is "$(artist $name)" "Photo: Dana Cohen|null" "Artist in $name"; done
is "$(artist big-endian.tif)" "צילום: דנה כהן|null" "Artist in windows-1255 in a big-endian TIFF"
rm src/*

# ---- The label ----

jpeg src/a.jpg
anew --credit 'دانا'
is "$(entry '.credit.text')" "تصوير: دانا" "an Arabic name has the Arabic label"
anew --credit 'Дарья'
is "$(entry '.credit.creators[0]')" "Дарья" "a name of a script without a label of its own is taken"

# ---- Without a credit ----

anew
is "$status" 1 "none, missing-credit = fail: exit code"
is "$(published out)" "" "none, missing-credit = fail: nothing is published"
anew --no-credit
is "$(entry '[.credit.text, .credit.source, .credit.confidence, (.credit.creators | length)] | map(tostring) | join("|")')" "null|null|none|0" \
    "--no-credit: nothing is said"
is "$(entry '[.renditions[][].stamped] | any')" false "--no-credit: nothing is stamped"
is "$(printf '%s\n' "$stderr" | grep -vc '^published ')" 0 "--no-credit: no warning"
for missing in warn omit; do
    printf '[credit]\nmissing-credit = %s\n' $missing | small_preset $missing 64
    rm -rf out
    run photodesk build src -o out --preset $missing
    is "$status" 0 "missing-credit = $missing: exit code"
    is "$(entry '[.credit.text, (.warnings | length)] | map(tostring) | join("|")')" "null|$([ $missing = warn ] && echo 1 || echo 0)" \
        "missing-credit = $missing: in the manifest"
    is "$(printf '%s\n' "$stderr" | grep -c '^warning a\.jpg: ')" "$([ $missing = warn ] && echo 1 || echo 0)" "missing-credit = $missing: on standard error"
done
for text in '' 'צילום:' Picasa '<b>x</b>'; do
    anew --credit "$text"
    is "$status" 2 "--credit '$text' names nobody: exit code"
    like "$stderr" "--credit '.*' names nobody; give" "--credit '$text' names nobody: says so"
done

anew --credit 'Dana Cohen?'
is "$status" 2 "--credit with a question mark: exit code"
like "$stderr" "--credit 'Dana Cohen.' is not clear; give" "and says so"

# ---- A cell that is not certain ----

printf 'file,credit\na.jpg,"דנה כהן, כיכר רבין"\n' >src/captions.csv
anew
is "$status" 1 "a cell that is not certain: exit code"
like "$stderr" "^FAILED a.jpg: has no credit \(captions\.csv may name 'דנה כהן, כיכר רבין', but not clearly: write NAME" "it is not stamped, and told where it stands"
printf 'file,credit\na.jpg,"דנה כהן (לבדוק)"\n' >src/captions.csv
exiftool -q -overwrite_original -Artist='From Exif' src/a.jpg
anew
is "$(entry .credit.text)" "Photo: From Exif" "another place speaks clearly"
like "$stderr" "^warning a\.jpg: its credit in captions\.csv, 'דנה כהן \(לבדוק\)', is not clear, and was passed over" "and it is told that the cell does not"
exiftool -q -overwrite_original -Artist= src/a.jpg
rm src/captions.csv

# ---- Tables that may put a credit in the wrong place ----

rm -rf src && mkdir src
ppm plain 64 48 90 90 90 | cjpeg -outfile src/a.jpg
printf 'file,caption,credit,alt\na.jpg,Hello, world. Photo: Dana Cohen,,\n' >src/captions.csv
anew
is "$status" 1 "a comma in a text without quotation marks: exit code"
like "$stderr" '^FAILED captions\.csv: row 2 has more columns .*quotation marks' "is refused, lest somebody else be named"
printf 'file,credits,caption\na.jpg,Dana,The hall. Photo: Noa Bar\na.jpg,Eva,The hall. Photo: Gil Tal\n' >src/captions.csv
anew
is "$status" 0 "columns of no use, and two rows for a photo: exit code"
like "$stderr" "^warning captions\.csv: its columns 'credits' are not used; those that are: file, caption, credit, alt, focus, lead" "a misspelt column is told"
like "$stderr" '^warning captions\.csv: it has two rows for a\.jpg that differ; the later one, row 3, was used' "so are rows that contradict one another"
told=$stderr
run photodesk build src -o out --preset big
is "$stdout|$stderr" "$(printf '%s\n' "$stdout" | grep '^0 published, 1 unchanged')|$(printf '%s\n' "$told" | grep '^warning captions')" \
   "and again when there is nothing to do"
run photodesk build src -o out --preset big --quiet
is "$stderr" "" "but with --quiet"
mv src/captions.csv away.csv
run photodesk build src -o out --preset big --no-credit
unlike "$stderr" '^warning captions' "a table that is gone: nothing is told of it"
mv away.csv src/captions.csv

# ---- A table with capital letters in its name ----

mv src/captions.csv src/Captions.csv
printf 'file,caption,credit\na.jpg,The hall,Capital\n' >src/Captions.csv
anew
is "$status|$(entry '.caption + "|" + .credit.text')" "0|The hall|Photo: Capital" "Captions.csv is read"
run photodesk inspect src/a.jpg
like "$stdout" 'credit +Photo: Capital' "inspect reads it, too"
printf 'file,caption,credit\na.jpg,The hall,Small\n' >src/captions.csv
anew
is "$(entry '.credit.text')" "Photo: Small" "captions.csv goes before it"
rm src/captions.csv
printf 'caption\nx\n' >src/Captions.csv
anew
like "$stderr" "^FAILED Captions\.csv: its first row has no column 'file'" "what is wrong with it is told under its own name"

done_testing
