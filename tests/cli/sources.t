#!/bin/bash
# Where a credit and a caption come from: every field, in every container and encoding, and who goes first.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
cat >>config/photodesk/presets/small.preset <<'P'
[credit]
missing = omit
P
ppm photo 100 75 >p.ppm
cjpeg -quality 90 -outfile plain.jpg p.ppm
vips copy p.ppm plain.png
vips copy p.ppm plain.tif
cwebp -quiet p.ppm -o plain.webp
exiftool -q -overwrite_original -all= plain.png plain.tif 2>/dev/null
mkdir src

# photo NAME.EXT EXIFTOOL-OPTIONS...: a photo of the source with these fields.
photo() {
    cp "plain.${1##*.}" "src/$1"
    [ $# -lt 2 ] || exiftool -q -q -m -overwrite_original "${@:2}" "src/$1" || diag "exiftool could not write src/$1"
}
build() { run photodesk build src -o out --preset small "$@"; }
entry() { manifest out ".photos[\"$1\"] | $2"; }
credit() { entry "$1" '.credit | [.source, (.creators | join("+")), .agency] | map(tostring) | join("|")'; }
conflicts() { entry "$1" '.credit.conflicts | join("|")'; }
anew() { rm -rf out src; mkdir src; }

# ---- Each field, in each container ----

xmp_two=(-XMP-dc:Creator='דנה כהן' -XMP-dc:Creator='Yoav Levi' -XMP-photoshop:Credit='פלאש 90')
formats='jpg png tif webp'
for ext in $formats; do
    photo "xmp.$ext" "${xmp_two[@]}" -XMP-dc:Description='כיתוב' -XMP-iptcCore:AltTextAccessibility='חלופי'
    photo "credit.$ext" -XMP-photoshop:Credit='AFP'
    photo "artist.$ext" -EXIF:Artist='דנה כהן' -EXIF:ImageDescription='A caption of EXIF'
    photo "author.$ext" -EXIF:XPAuthor='דנה כהן'
    [ $ext = webp ] || photo "iptc.$ext" -IPTC:By-line='דנה כהן' -IPTC:By-line='Yoav Levi' -IPTC:Credit=AFP \
        -IPTC:Caption-Abstract='כיתוב' -IPTC:CodedCharacterSet=UTF8
    [ $ext = webp ] || photo "provider.$ext" -IPTC:Credit=AFP
done
heic=
if heif-enc --list-encoders 2>/dev/null | sed -n '/^HEIC/,/^AVIF/p' | grep -q '^- '; then
    for name in xmp artist; do heif-enc -q 90 "src/$name.jpg" -o "src/$name.heic" >/dev/null 2>&1; done
    exiftool -q -q -overwrite_original "${xmp_two[@]}" -XMP-dc:Description='כיתוב' -XMP-iptcCore:AltTextAccessibility='חלופי' src/xmp.heic
    heic=heic
fi
build
is "$status" 0 "all are published"
is "$(jq -r '.photos[].warnings[]' out/manifest.json)" "" "without a warning"
for ext in $formats $heic; do
    is "$(credit "xmp.$ext")" "xmp:dc:creator|דנה כהן+Yoav Levi|פלאש 90" "$ext: dc:creator, of two, with photoshop:Credit"
    is "$(entry "xmp.$ext" '[.caption, .alt] | join("|")')" "כיתוב|חלופי" "$ext: dc:description and the alt text"
    is "$(credit "artist.$ext")" "exif:Artist|דנה כהן|null" "$ext: EXIF Artist"
    is "$(entry "artist.$ext" '[.caption, .alt] | join("|")')" "A caption of EXIF|A caption of EXIF" "$ext: ImageDescription"
done
[ -n "$heic" ] || skip 4 "heif-enc has no encoder for HEIC here"
for ext in $formats; do
    is "$(credit "credit.$ext")" "xmp:photoshop:Credit||AFP" "$ext: photoshop:Credit alone"
    is "$(credit "author.$ext")" "exif:XPAuthor|דנה כהן|null" "$ext: XPAuthor, UTF-16"
done
for ext in jpg png tif; do
    is "$(credit "iptc.$ext")" "iptc:2:80|דנה כהן+Yoav Levi|AFP" "$ext: 2:80, of two, with 2:110"
    is "$(entry "iptc.$ext" .caption)" "כיתוב" "$ext: 2:120"
    is "$(credit "provider.$ext")" "iptc:2:110||AFP" "$ext: 2:110 alone"
done
is "$(grep -lE 'xmp:|iptc:' out/*.webp)" "" "no published file says where it came from"

# ---- Order and conflicts ----

anew
photo a.jpg -XMP-dc:Creator='Of Xmp' -IPTC:By-line='Of Iptc' -EXIF:Artist='Of Exif' -EXIF:XPAuthor='Of Windows' -XMP-dc:Description='XMP tells. Photo: Of Caption' \
    -IPTC:Caption-Abstract='IPTC tells' -EXIF:ImageDescription='EXIF tells'
exiftool -q -XMP-dc:Creator='Of Sidecar' -XMP-dc:Description='The sidecar tells. Photo: Of Caption' -XMP-iptcCore:AltTextAccessibility='Alt of it. Photo: Of Sidecar' -o src/a.xmp
printf 'file,caption,credit,alt\na.jpg,The table tells. Photo: Of Caption,Of Table,Alt of the table\n' >src/captions.csv
order=('command line: Of Line' 'captions.csv: Of Table' 'a.xmp: Of Sidecar' 'xmp:dc:creator: Of Xmp' 'iptc:2:80: Of Iptc' 'caption: Of Caption'
    'exif:Artist: Of Exif' 'exif:XPAuthor: Of Windows')
drop=('' true "sed -i s/Table/Caption/;s/,Of.Caption,/,,/ src/captions.csv" 'rm src/a.xmp' 'exiftool -q -q -overwrite_original -XMP-dc:Creator= src/a.jpg'
    'exiftool -q -q -overwrite_original -IPTC:By-line= src/a.jpg'
    'sed -i s/.Photo:.Of.Caption// src/captions.csv' 'exiftool -q -q -overwrite_original -EXIF:Artist= src/a.jpg')
for i in 0 1 2 3 4 5 6 7; do
    ${drop[i]}
    if [ "$i" = 0 ]; then build --credit 'Of Line'; else build; fi
    is "$(entry a.jpg '.credit | "\(.source): \(.creators[0])"')" "${order[i]}" "$((i + 1)). ${order[i]%:*}"
    is "$(conflicts a.jpg)" "$(printf '%s|' "${order[@]:i+1}" | sed 's/|$//')" "and all behind it disagree"
done
is "$(entry a.jpg '[.caption, .alt] | join("|")')" "The table tells.|Alt of the table" "caption and alt of the table"
rm src/captions.csv
exiftool -q -XMP-dc:Description='The sidecar tells. Photo: Of Caption' -XMP-iptcCore:AltTextAccessibility='Alt of it. Photo: Of Sidecar' -o src/a.jpg.xmp
build
is "$(entry a.jpg '[.caption, .alt] | join("|")')" "The sidecar tells|Alt of it" "else of the sidecar, the alt text without its credit"
rm src/a.jpg.xmp
build
is "$(entry a.jpg '[.caption, .alt] | join("|")')" "XMP tells|XMP tells" "else of XMP"
exiftool -q -q -overwrite_original -XMP-dc:Description= src/a.jpg
build
is "$(entry a.jpg .caption)" "IPTC tells" "else of IPTC"
exiftool -q -q -overwrite_original -IPTC:Caption-Abstract= src/a.jpg
build
is "$(entry a.jpg .caption)" "EXIF tells" "else of EXIF"
for default in 'OLYMPUS DIGITAL CAMERA' 'SONY DSC' 'oznor' 'DSC_0012.JPG'; do
    photo "$default.jpg" -EXIF:ImageDescription="$default" -XMP-dc:Description="$default"
done
build
is "$(jq -r '[.photos | del(.["a.jpg"])[] | .caption] | join("")' out/manifest.json)" "" "what a camera wrote by itself is no caption"

anew
synced=(-XMP-dc:Creator='Old Name' -IPTC:By-line='New Name' -XMP-dc:Description='Old text' -IPTC:Caption-Abstract='New text')
photo newer.jpg "${synced[@]}" -Photoshop:IPTCDigest=00112233445566778899aabbccddeeff
photo same.jpg "${synced[@]}" -Photoshop:IPTCDigest=new
photo newer.tif "${synced[@]}" -Photoshop:IPTCDigest=00112233445566778899aabbccddeeff
photo same.tif "${synced[@]}" -Photoshop:IPTCDigest=new
photo agree.jpg -XMP-dc:Creator='דנה כהן' -XMP-photoshop:Credit='AFP' -EXIF:Artist='דנה כהן' -IPTC:By-line='דנה כהן' -IPTC:CodedCharacterSet=UTF8
photo repeated.jpg -XMP-dc:Creator='Dana Cohen' -XMP-photoshop:Credit='Dana Cohen/AFP'
photo list.jpg -XMP-dc:Creator='Dana Cohen; Yoav Levi'
photo label.jpg -IPTC:By-line='Photo: Dana Cohen'
photo mixed.jpg -XMP-dc:Creator='Dana Cohen' -IPTC:By-line='Yoav Levi' -IPTC:Credit=AFP
build
for ext in jpg tif; do
    is "$(credit newer.$ext) $(entry newer.$ext .caption)" "iptc:2:80|New Name|null New text" "$ext: IPTC that was edited since goes first"
    is "$(conflicts newer.$ext)" "xmp:dc:creator: Old Name" "$ext: and XMP is heard"
    is "$(credit same.$ext) $(entry same.$ext .caption)" "xmp:dc:creator|Old Name|null Old text" "$ext: IPTC that was not does not"
done
is "$(credit agree.jpg)$(conflicts agree.jpg)" "xmp:dc:creator|דנה כהן|AFP" "the same name without the agency is no conflict"
is "$(credit repeated.jpg)" "xmp:dc:creator|Dana Cohen|AFP" "a credit that repeats its creator"
is "$(credit list.jpg)" "xmp:dc:creator|Dana Cohen+Yoav Levi|null" "a list in one field"
is "$(credit label.jpg)" "iptc:2:80|Dana Cohen|null" "a label in a field"
is "$(credit mixed.jpg) $(conflicts mixed.jpg)" "xmp:dc:creator|Dana Cohen|null iptc:2:80: Yoav Levi/AFP" "fields of two sources are not mixed"

# ---- By-lines that were cut ----

anew
latin='Alexandra Konstantinopolskaya-Bernstein'
hebrew='אלכסנדרה קונסטנטינופולסקי ברנשטיין'
for name in xmp exif; do
    [ $name = xmp ] && field=-XMP-dc:Creator || field=-EXIF:Artist
    photo "latin-$name.jpg" -IPTC:By-line="${latin:0:32}" "$field=$latin"
    photo "hebrew-$name.jpg" -IPTC:By-line="${hebrew:0:17}" -IPTC:CodedCharacterSet=UTF8 "$field=$hebrew"
done
photo newer.jpg -IPTC:By-line="${latin:0:31}" -IPTC:Credit=AFP -XMP-dc:Creator="$latin" -Photoshop:IPTCDigest=00112233445566778899aabbccddeeff
photo alone.jpg -IPTC:By-line="${latin:0:32}"
photo other.jpg -IPTC:By-line='Alexandra' -EXIF:Artist="$latin"
build
is "$(credit latin-xmp.jpg)$(conflicts latin-xmp.jpg)" "xmp:dc:creator|$latin|null" "a by-line of 32 bytes is XMP's longer one"
is "$(credit latin-exif.jpg)$(conflicts latin-exif.jpg)" "iptc:2:80|$latin|null" "or EXIF's, and is named in full"
is "$(credit hebrew-xmp.jpg)$(conflicts hebrew-xmp.jpg)" "xmp:dc:creator|$hebrew|null" "one of Hebrew letters likewise"
is "$(credit hebrew-exif.jpg)$(conflicts hebrew-exif.jpg)" "iptc:2:80|$hebrew|null" "or EXIF's"
is "$(credit newer.jpg)$(conflicts newer.jpg)" "iptc:2:80|$latin|AFP" "one of 31 bytes that goes first is named in full"
is "$(credit alone.jpg)" "iptc:2:80|${latin:0:32}|null" "one that nobody completes stays as it is"
is "$(credit other.jpg)$(conflicts other.jpg)" "iptc:2:80|Alexandra|nullexif:Artist: $latin" "a short one is a name of its own"

# ---- Encodings ----

anew
photo utf8.jpg -IPTC:CodedCharacterSet=UTF8 -IPTC:By-line='דנה כהן'
photo undeclared.jpg -IPTC:By-line='דנה כהן' -charset iptc=UTF8
photo cp1255.jpg -charset iptc=Hebrew -IPTC:By-line='דנה כהן' -IPTC:Credit='פלאש 90'
photo cp1252.jpg -charset iptc=Latin -IPTC:By-line='José Núñez'
photo exif1255.jpg -charset exif=Hebrew -EXIF:Artist='דנה כהן'
photo exif1252.jpg -charset exif=Latin -EXIF:Artist='José Núñez'
photo cyrillic.jpg -charset iptc=Cyrillic -IPTC:By-line='Анна Левина'
photo twice1252.jpg -EXIF:Artist="$(printf 'דנה כהן' | perl -CO -ne 'print')"
photo twice-xmp.jpg -XMP-dc:Creator="$(printf 'דנה כהן' | perl -CO -ne 'print')"
photo twice1255.jpg -EXIF:Artist="$(printf 'דנה שחר' | iconv -f CP1255 -t UTF-8)" -IPTC:By-line="$(printf 'José' | iconv -f CP1252 -t UTF-8)" -IPTC:CodedCharacterSet=UTF8
photo rtl.jpg -XMP-dc:Creator='‏דנה Smith‎' -XMP-photoshop:Credit='Reuters ישראל'
photo bad.jpg -charset exif=UTF8 -EXIF:Artist='XXXX' -XMP-dc:Creator='Dana'
perl -pi -e 's/XXXX/\x81\x81\x81\x81/' src/bad.jpg
build
for name in utf8 undeclared; do is "$(credit $name.jpg)" "iptc:2:80|דנה כהן|null" "IPTC in UTF-8: $name"; done
is "$(credit cp1255.jpg)" "iptc:2:80|דנה כהן|פלאש 90" "IPTC in windows-1255"
is "$(credit cp1252.jpg)" "iptc:2:80|José Núñez|null" "IPTC in windows-1252"
is "$(credit exif1255.jpg)" "exif:Artist|דנה כהן|null" "EXIF in windows-1255"
is "$(credit exif1252.jpg)" "exif:Artist|José Núñez|null" "EXIF in windows-1252"
is "$(credit twice1252.jpg)" "exif:Artist|דנה כהן|null" "EXIF that was encoded twice is mended"
is "$(credit twice-xmp.jpg)" "xmp:dc:creator|דנה כהן|null" "and so is XMP"
is "$(credit twice1255.jpg) $(conflicts twice1255.jpg)" "iptc:2:80|José|null exif:Artist: דנה שחר" "IPTC too, and by way of windows-1255"
is "$(entry rtl.jpg '.credit | [.text, .creators[0], .agency] | join("|")')" "צילום: דנה Smith/Reuters ישראל|דנה Smith|Reuters ישראל" "Hebrew and Latin in one name, without direction marks"
is "$(credit bad.jpg)" "xmp:dc:creator|Dana|null" "text in no encoding is left out"
like "$stderr" '^warning bad\.jpg: .*Artist.*encoding' "and told"
printf '[source]\ncharset = windows-1251\n' >>config/photodesk/presets/small.preset
build
is "$(credit cyrillic.jpg)" "iptc:2:80|Анна Левина|null" "[source] charset names another encoding"
is "$(credit utf8.jpg)" "iptc:2:80|דנה כהן|null" "and leaves UTF-8 alone"
printf '[preset]\ntitle = x\nextends = small\n[source]\ncharset = klingon\n' >config/photodesk/presets/wrong.preset
run photodesk build src -o out --preset wrong
is "$status" 2 "an unknown encoding is refused"
like "$stderr" 'charset = klingon: must be one of .*windows-1255' "and the known ones are told"

# ---- XMP sidecars ----

anew
for name in a b c; do photo $name.jpg; done
build
exiftool -q -XMP-dc:Creator='Dana Cohen' -o src/a.xmp
build
is "$(credit a.jpg)" "a.xmp|Dana Cohen|null" "a sidecar that arrives is read"
is "${stdout%% (*}" "1 published, 2 unchanged, 0 failed" "and redoes its photo only"
build
is "${stdout%% (*}" "0 published, 3 unchanged, 0 failed" "then there is nothing to do"
touch src/a.xmp
build
is "${stdout%% (*}" "0 published, 3 unchanged, 0 failed" "nor when it was only touched"
sed -i 's/Dana Cohen/Yoav Levi/' src/a.xmp
build
is "$(credit a.jpg)" "a.xmp|Yoav Levi|null" "one that changed is read again"
exiftool -q -XMP-dc:Creator='Whole Name' -o src/B.JPG.XMP
exiftool -q -XMP-dc:Creator='Stem' -o src/b.xmp
iconv -f UTF-8 -t UTF-16 src/a.xmp >src/c.xmp
build
is "$(credit b.jpg)" "B.JPG.XMP|Whole Name|null" "NAME.jpg.xmp goes before NAME.xmp, in any case of letters"
is "$(credit c.jpg)" "c.xmp|Yoav Levi|null" "one in UTF-16"
rm src/a.xmp
build
is "$(credit a.jpg)" "null||null" "one that goes is forgotten"
is "${stdout%% (*}" "1 published, 2 unchanged, 0 failed" "and redoes its photo only"
printf 'no XML' >src/a.xmp
build
is "$status" 0 "one that is damaged does not stop its photo"
like "$stderr" '^warning a\.jpg: a\.xmp is damaged' "and is told"
run photodesk convert src/c.jpg -o one --preset small
is "$(manifest one '.photos["c.jpg"].credit.source')" "c.xmp" "convert finds one too"
is "$(ls out | grep -ci xmp)" 0 "none is published"

# ---- What is malformed ----

anew
cat >segment.pl <<'P'
# MARKER HEAD: the plain JPEG with standard input in segments of this marker.
my ($marker, $head) = (hex shift, eval '"' . shift . '"');
binmode STDIN; binmode STDOUT;
local $/; my $body = <STDIN>;
open my $in, '<:raw', 'plain.jpg'; my $jpeg = <$in>;
my $n = 65533 - length $head;
print substr($jpeg, 0, 2), map({ pack('C2 n', 0xff, $marker, 2 + length($head) + length $_) . $head . $_ } unpack "(a$n)*", $body), substr $jpeg, 2;
P
malformed() { perl segment.pl "$2" "$3" >"src/$1.jpg"; }
XMP='http://ns.adobe.com/xap/1.0/\0'
open='<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
close='</rdf:Description></rdf:RDF></x:xmpmeta>'
printf 'II*\0\10\0\0\0\1\0\x69\x87\4\0\1\0\0\0\10\0\0\0\10\0\0\0' | malformed exif-loop e1 'Exif\0\0'
printf 'II*\0\10\0\0\0\2\0\x3b\x01\2\0\xff\xff\xff\x7f\x20\0\0\0\x0e\x01\2\0\x20\0\0\0\xf0\xff\xff\xff' | malformed exif-beyond e1 'Exif\0\0'
printf 'II*\0\xff\xff\xff\xff' | malformed exif-nowhere e1 'Exif\0\0'
printf '8BIM\4\4\0\0\xff\xff\xff\xff\x1c\2\x50\0\4Dana' | malformed iptc-beyond ed 'Photoshop 3.0\0'
printf '8BIM\4\4\0\0\0\0\0\x10\x1c\2\x50\x80\4\xff\xff\xff\xffDana\0\0\0' | malformed iptc-long ed 'Photoshop 3.0\0'
perl -e 'print "8BIM\4\4\0\0", pack("N", 65000), "\x1c\2\x50\0\0" x 13000' | malformed iptc-many ed 'Photoshop 3.0\0'
perl -e 'print "8BIM\4\xff\0\0\0\0\0\0" x 100000' | malformed resources-many ed 'Photoshop 3.0\0'
printf '%s<dc:title>x' "$open" | malformed xmp-cut e1 "$XMP"
printf '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>%s<dc:title>&c;</dc:title>%s' "$open" "$close" |
    malformed xmp-entities e1 "$XMP"
perl -e 'print shift, "<a>" x 15000' "$open" | malformed xmp-deep e1 "$XMP"
printf '%s<dc:title>\xff\xfe\x80</dc:title>%s' "$open" "$close" | malformed xmp-invalid e1 "$XMP"
perl -e 'print "x" x 300000' | malformed xmp-many e1 "$XMP"
perl -e 'for my $i (0 .. 9) { print pack("a32 N N", "0" x 32, 0xffffffff, $i * 7), "x" x 100 }' | malformed xmp-extended e1 'http://ns.adobe.com/xmp/extension/\0'
plain=$(ls src | wc -l)
perl -e 'print shift, "<dc:title>", "x" x 10_000_000, "</dc:title>", shift' "$open" "$close" >large.xmp
perl -e 'print shift, "<a>" x 1_000_000' "$open" >deep.xmp
perl -e 'print shift, (map { "<dc:p$_>x</dc:p$_>" } 1 .. 100_000), shift' "$open" "$close" >wide.xmp
for name in large deep wide; do
    photo "$name.jpg"
    mv $name.xmp src/
    vips copy p.ppm "src/$name.png"
    # exiftool does not write such: a chunk of its own in front of the last
    perl -e 'local $/; open my $p, "<:raw", $ARGV[0]; my $png = <$p>; open my $x, "<:raw", $ARGV[1]; my $xmp = "XML:com.adobe.xmp\0\0\0\0\0" . <$x>;
        my $end = substr $png, -12, 12, ""; open my $o, ">:raw", $ARGV[0]; print $o $png, pack("N a4", length $xmp, "iTXt"), $xmp, "\0\0\0\0", $end' \
        "src/$name.png" "src/$name.xmp"
done
build
is "$status" 0 "whatever is malformed, the photo is published"
is "$(jq '.photos | length' out/manifest.json)" $((plain + 6)) "every one of them"
is "$(jq -r '.photos | to_entries[] | select(.value.warnings | length > 0) | .key' out/manifest.json | tr '\n' ' ')" \
    "deep.jpg deep.png large.jpg large.png wide.jpg wide.png xmp-cut.jpg xmp-deep.jpg xmp-entities.jpg xmp-many.jpg " "with a warning where something was left out"
is "$(grep -c '^FAILED' <<<"$stderr")" 0 "none fails"
done_testing
