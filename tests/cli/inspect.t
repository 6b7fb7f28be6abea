#!/bin/bash
# photodesk inspect says what is in a photo, and nothing that is not: what it tells is what exiftool finds.

. "${0%/*}/lib.sh"

# fact FILTER: of the one photo that was just inspected with --json.
fact() { printf '%s\n' "$stdout" | jq -r "$1"; }

mkdir src
ppm photo 300 200 | cjpeg -quality 85 -outfile plain.jpg
cp plain.jpg src/full.jpg
cjpeg -quality 60 -outfile thumb.jpg < <(ppm plain 32 24 90 90 90)
exiftool -q -overwrite_original -n -Orientation=6 -GPSLatitude=31.67 -GPSLatitudeRef=N -GPSLongitude=34.57 -GPSLongitudeRef=E \
    -SerialNumber=12345 -OwnerName='Dana' '-ThumbnailImage<=thumb.jpg' -EXIF:Artist='Noa Bar' -EXIF:ImageDescription='מהמצלמה' \
    -XMP-dc:Creator='דנה כהן' -XMP-photoshop:Credit='רויטרס' -XMP-dc:Description='שוק העתיקות. צילום: רותם לב' \
    -IPTC:CodedCharacterSet=UTF8 -IPTC:By-line='יואב לוי' -IPTC:Caption-Abstract='מה-IPTC' src/full.jpg

# ---- As JSON ----

run photodesk inspect --json src/full.jpg
is "$status" 0 "exit code"
is "$(printf '%s\n' "$stdout" | wc -l)" 1 "one line"
is "$(fact '[.file, .format, .width, .height, .orientation] | map(tostring) | join(" ")')" "src/full.jpg JPEG 200 300 6" "file, format, upright size, orientation"
is "$(fact '[.profile, .colours] | map(tostring) | join(", ")')" "null, no profile: taken as sRGB" "colours"
is "$(fact .bytes)" "$(stat -c %s src/full.jpg)" "bytes"
is "$(fact '.credit | [.text, .creators[0], .agency, .source, .confidence] | join("|")')" "צילום: דנה כהן/רויטרס|דנה כהן|רויטרס|xmp:dc:creator|high" "the credit"
is "$(fact .credit.why)" "the first clear one in the order of authority" "and why"
is "$(fact '.candidates | map("\(.source) \(.creators | join(",")) \(.chosen)") | join("; ")')" \
    "xmp:dc:creator דנה כהן true; iptc:2:80 יואב לוי false; caption רותם לב false; exif:Artist Noa Bar false" "every place that names somebody"
is "$(fact '.credit.conflicts | join("; ")')" "iptc:2:80: יואב לוי; caption: רותם לב; exif:Artist: Noa Bar" "and who disagrees"
is "$(fact '[.caption, .alt, .lang, .dir] | join("|")')" "שוק העתיקות|שוק העתיקות|he|rtl" "caption and alt without the credit"
is "$(fact '.captions | map("\(.source): \(.text)") | join("; ")')" \
    "xmp:dc:description: שוק העתיקות. צילום: רותם לב; iptc:2:120: מה-IPTC; exif:ImageDescription: מהמצלמה" "every caption"
is "$(fact '.private | join(", ")')" "GPS position, serial number, owner's name, thumbnail" "what must not be published"

# ---- What stands beside it ----

printf 'file,caption,credit,alt\nfull.jpg,מהטבלה,בן טל,תיאור\n' >src/captions.csv
exiftool -q -XMP-dc:Creator='Sidecar Person' src/full.xmp
run photodesk inspect --json src/full.jpg
is "$(fact '.credit | [.creators[0], .source] | join("|")')" "בן טל|captions.csv" "captions.csv goes first"
is "$(fact '.candidates[1] | [.source, .creators[0]] | join("|")')" "full.xmp|Sidecar Person" "then the XMP sidecar"
is "$(fact '[.captions[0].source, .caption, .alt] | join("|")')" "captions.csv|מהטבלה|תיאור" "so do its caption and alt"
echo 'no header' >src/captions.csv
run photodesk inspect --json src/full.jpg
is "$status" 0 "a table that cannot be read"
like "$(fact '.warnings[]')" 'captions\.csv' "is a warning"
rm src/captions.csv src/full.xmp

# ---- For people ----

run photodesk inspect src/full.jpg
like "$stdout" '^src/full\.jpg$' "the name"
like "$stdout" 'JPEG, 200 x 300 px \(0\.06 megapixels\), .*stored turned \(orientation 6\)' "the picture"
like "$stdout" '^  credit      צילום: דנה כהן/רויטרס$' "the credit"
like "$stdout" '^  named by    \* xmp:dc:creator' "the place that it comes from"
like "$stdout" '^                exif:Artist           Noa Bar$' "the others"
like "$stdout" "^  MUST NOT BE PUBLISHED: GPS position, serial number, owner's name, thumbnail\$" "loudly, what must not be published"
is "$(ls src)" full.jpg "nothing is made"

# GPS, serial numbers and owners in XMP, and a GPS directory without a position
cp plain.jpg src/xmp.jpg
exiftool -q -overwrite_original -XMP-exif:GPSLatitude=31.6 -XMP-aux:SerialNumber=77 -XMP-aux:OwnerName=Me src/xmp.jpg
run photodesk inspect --json src/xmp.jpg
is "$(fact '.private | join(", ")')" "GPS position, serial number, owner's name" "what XMP tells must not be published either"
like "$(fact '.removed | join(" ")')" 'gps' "and is left out"
cp plain.jpg src/version.jpg
exiftool -q -overwrite_original -n -GPSVersionID='2 3 0 0' src/version.jpg
run photodesk inspect --json src/version.jpg
is "$(fact '.private | join(", ")')" "" "a GPS directory that tells its version only is no position"

# a copyright notice is no credit, but it is told; a field that a camera left empty tells nothing
cp plain.jpg src/notice.jpg
exiftool -q -overwrite_original -EXIF:Copyright='(c) 2024 Jane Roe / Getty Images' -EXIF:OwnerName='   ' -EXIF:SerialNumber='' src/notice.jpg
run photodesk inspect --json src/notice.jpg
is "$(fact '[.credit.source, .notices[0]] | map(tostring) | join("|")')" "null|exif:Copyright: (c) 2024 Jane Roe / Getty Images" "a copyright notice"
is "$(fact '.private | length')" 0 "empty fields are not told"

# IPTC that was edited after the XMP goes first, and is said to
cp plain.jpg src/newer.jpg
exiftool -q -overwrite_original -XMP-dc:Creator='Old Name' -IPTC:By-line='New Name' -Photoshop:IPTCDigest=00000000000000000000000000000001 src/newer.jpg
run photodesk inspect --json src/newer.jpg
is "$(fact '[.credit.creators[0], .credit.why] | join("|")')" "New Name|Photoshop's digest says that IPTC was edited after XMP, so it goes first" "edited IPTC"

# low and none
cp plain.jpg src/low.jpg
exiftool -q -overwrite_original -XMP-dc:Description='שוק העתיקות צילום: רותם לב' src/low.jpg
run photodesk inspect src/low.jpg plain.jpg
like "$stdout" '^  credit      unclear: רותם לב$' "a credit that is not clear"
like "$stdout" '^              \(not clear: reported, but not stamped\)$' "is said to be so"
like "$stdout" '^  credit      none$' "no credit"
is "$(printf '%s\n' "$stdout" | grep -c '^$')" 1 "an empty line between photos"

# ---- Many, and bad ones ----

printf 'GIF89a' >src/a.gif
printf '\033[31mred\nFAILED forged' >name && cp plain.jpg "src/$(cat name).jpg"
exiftool -q -overwrite_original -EXIF:Artist=$'Eve\x1b[2J\xe2\x80\xaeevil' src/low.jpg
run photodesk inspect src/a.gif nowhere.jpg src/low.jpg src/*red*.jpg src/full.jpg
is "$status" 1 "some cannot be read: exit code"
is "$(printf '%s\n' "$stderr" | sed 's/: .*//')" "$(printf 'FAILED src/a.gif\nFAILED nowhere.jpg')" "one line for each of them"
like "$stderr" 'a\.gif: is a GIF; send' "which says why"
unlike "$stdout" $'\033|\xe2\x80\xae|^FAILED' "nothing in a name or a text reaches the terminal as more than text"
is "$(printf '%s\n' "$stdout" | grep -E '^(src|nowhere)' | tail -n 1)" src/full.jpg "photos come in their order"
run photodesk inspect --json src/a.gif src/full.jpg
is "$(printf '%s\n' "$stdout" | jq -r '[.file, .error // "none"] | join(": ")' | sed 's/;.*//')" "$(printf 'src/a.gif: is a GIF\nsrc/full.jpg: none')" "as JSON, too"
run photodesk inspect
is "$status" 2 "no photo: exit code"
run photodesk inspect --preset nosuch plain.jpg
is "$status" 2 "no such preset: exit code"
run sh -c '"$0" inspect plain.jpg >/dev/full' "$PHOTODESK"
is "$status" 3 "a result that cannot be written: exit code"

# ---- Real photographs, against exiftool ----

if [ -n "$CORPUS" ]; then
    find "$CORPUS" -type f ! -name '*.icc' ! -name '*.md' ! -path '*/broken/*' -print0 | sort -z >list
    xargs -0 "$PHOTODESK" inspect --json <list >ours 2>errors
    is "$(cat errors)" "" "corpus: each can be read"
    xargs -0 exiftool -G1 -a -s -n -j -struct <list >theirs 2>/dev/null
    is "$(jq -s length ours)" "$(jq length theirs)" "corpus: as many as there are"

    # size as the stored one, turned by the EXIF orientation of what is no HEIF; tags of the main picture only
    jq -c '.[] | . as $p | (.["IFD0:Orientation"] // 1) as $o | (.["File:MIMEType"] | test("hei[cf]")) as $heif
        | ([.["File:ImageWidth"], .["PNG:ImageWidth"], .["Meta:ImageWidth"], .["Meta:MetaImageSize"]] | map(select(. != null)) | first) as $w
        | ([.["File:ImageHeight"], .["PNG:ImageHeight"]] | map(select(. != null)) | first) as $h
        | {file: .SourceFile, heif: $heif, orientation: (if $heif or $o < 1 or $o > 8 then 1 else $o end),
           size: (if $o >= 5 and $o <= 8 then [$h, $w] else [$w, $h] end),
           gps: ([to_entries[] | select(.key | startswith("GPS:")) | select(.key != "GPS:GPSVersionID")] | length > 0),
           thumbnail: (.["IFD1:ThumbnailOffset"] != null or .["IFD1:ThumbnailImage"] != null),
           serial: ([to_entries[] | select(.key == "ExifIFD:SerialNumber" or .key == "ExifIFD:LensSerialNumber")] | length > 0),
           creator: ((.["XMP-dc:Creator"] // .["IPTC:By-line"] // .["IFD0:Artist"] // "") | if type == "array" then join(", ") else tostring end),
           profile: (.["ICC_Profile:ProfileDescription"] // null)}' theirs >expected
    differ() { # differ FILTER-OF-BOTH: files in which they are not the same, $e theirs and $o ours
        jq -n -r --slurpfile e expected --slurpfile o ours "[\$e, \$o] | transpose[] | .[0] as \$e | .[1] as \$o | select(\$e.file != \$o.file or ($1) == false) | \"\(\$e.file): \(\$e) \(\$o)\"" |
            sed "s|$CORPUS/||g" | cut -c 1-300
    }
    is "$(differ '$e.heif or $e.size == [$o.width, $o.height]')" "" "corpus: sizes"
    is "$(differ '$e.orientation == $o.orientation')" "" "corpus: orientations"
    is "$(differ '$e.gps == ($o.private | index("GPS position") != null)')" "" "corpus: GPS positions"
    is "$(differ '$e.thumbnail == ($o.private | index("thumbnail") != null)')" "" "corpus: thumbnails"
    is "$(differ '$e.serial == ($o.private | index("serial number") != null)')" "" "corpus: serial numbers"
    is "$(differ '($o.profile // "") == ($e.profile // "")')" "" "corpus: names of profiles"
    is "$(differ '$e.creator == "" or ($o.credit.creators | join(", ")) == $e.creator')" "" "corpus: creators"
    is "$(differ '$e.creator != "" or $o.candidates == []')" "" "corpus: and none where there is none"
else
    skip 10 "no corpus of real photographs beside the checkout"
fi

done_testing
