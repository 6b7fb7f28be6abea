#!/bin/bash
# The audit of published files: what is damaged, and what stands beside the pixels of any picture, is found.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir src && jpeg src/a.jpg 100 75 1 && jpeg src/b.jpg 100 75 2
run photodesk build src -o whole --preset small --credit Dana
file=$(manifest whole '.photos["a.jpg"].renditions.small[0].file')
other=$(manifest whole '.photos["b.jpg"].renditions.small[0].file')

kinds() { # kinds PATH...: what verify finds there
    run photodesk verify --json "$@"
    cat "$T/.stdout" >>"$T/all.jsonl"
    printf '%s\n' "$stdout" | jq -r 'select(.event == "finding").kind' | sort -u | tr '\n' ' '
}

# ---- What is published ----

run photodesk verify whole
is "$status" 0 "a clean build: exit code"
like "$stdout" '^0 findings: 2 pictures among 6 files, 1 manifest ' "a clean build: the summary"
run photodesk verify --json whole
is "$(jq -c 'del(.seconds)' .stdout)" \
    '{"event":"finished","files":6,"pictures":2,"manifests":1,"unnamed":0,"findings":0}' "a clean build: --json"
rm -r whole/.photodesk
is "$(kinds whole)" "" "no ledger is needed"

fresh() { rm -rf out && cp -r whole out; }
fresh && rm "out/$file"
run photodesk verify --json out
is "$(jq -r 'select(.event == "finding").kind' .stdout)" missing "a file that is missing"
is "$status" 1 "a finding: exit code"
is "$(jq -r 'select(.event == "finding").file' .stdout)" "out/$file" "it is named"
fresh && truncate -s -7 "out/$file"
is "$(kinds out)" "broken hash size " "a file that is cut short"
fresh && echo more >>"out/$file"
is "$(kinds out)" "hash size trailing " "a file with bytes behind its end"
fresh && cp "out/$other" "out/$file"
like "$(kinds out)" 'hash' "a file in the place of another"
fresh && ppm photo 64 48 1 | cjpeg -outfile "out/$file"
like "$(kinds out)" 'hash .*type' "a file of another type"
fresh && jq '.photos["a.jpg"].renditions.small[0].width = 65' whole/manifest.json >out/manifest.json
is "$(kinds out)" "dimensions " "dimensions that are not those recorded"
missed=0
size=$(stat -c %s "whole/$file")
for at in $(seq 0 $((size / 40)) $((size - 1))); do # a bit flips
    fresh
    perl -e 'open F, "+<", $ARGV[0]; seek F, $ARGV[1], 0; read F, $c, 1; seek F, $ARGV[1], 0; print F chr(ord($c) ^ 16)' \
        "out/$file" "$at"
    case $(kinds out) in *hash*) ;; *) missed=$((missed + 1)) ;; esac
done
is "$missed" 0 "each of 40 flipped bits is found"
fresh && echo '{"photos": {' >out/manifest.json
is "$(kinds out)" "manifest " "a manifest that is no JSON"
fresh && echo '{"version":1,"gallery":"","preset":"small","photos":{"a.jpg":{}}}' >out/manifest.json
is "$(kinds out)" "manifest " "a manifest that says too little"
fresh && mkdir out/app && echo '{"name":"an app"}' >out/app/manifest.json
is "$(kinds out)" "" "a manifest of others is none"
fresh && jq 'del(.photos["a.jpg"])' whole/manifest.json >out/manifest.json
is "$(kinds out)" "" "a variant that no manifest names is no finding"
is "$(jq -r 'select(.event == "finished").unnamed' .stdout)" 1 "but it is counted"
run photodesk verify out
like "$stdout" "1 variant is named by no manifest any more; 'photodesk prune' removes it\$" "in the singular"

# ---- What was withdrawn ----

mkdir -p part/g && jpeg part/g/a.jpg 100 75 3 && jpeg part/g/a-b.jpg 100 75 4
run photodesk build part -o site/photos --preset small --credit Dana
cp -r site/photos/g before
file=$(manifest before '.photos["a.jpg"].renditions.small[0].file')
run photodesk withdraw site/photos g/a.jpg --reason 'a minor is shown'
is "$(kinds site)" "" "a photo that is withdrawn and gone is no finding, nor one whose name begins as its does"
cp "before/$file" site/photos/g
run photodesk verify --json site
is "$(jq -r 'select(.event == "finding") | .file, .kind, .message' .stdout)" "site/photos/g/$file
withdrawn
is of a.jpg, which is withdrawn: a minor is shown; withdraw it again" "a file of it that came back"
is "$status" 1 "a file of it that came back: exit code"
is "$(cd site/photos && kinds .)" "withdrawn " "OUT by another name"
cp before/manifest.json site/photos/g
run photodesk verify --json site
is "$(jq -r 'select(.event == "finding") | .kind + " " + .file' .stdout)" "withdrawn site/photos/g/$file" "and its old manifest with it"
run photodesk withdraw site/photos g/a.jpg --reason 'a minor is shown'
is "$(kinds site)" "" "withdrawn again, it is gone"
mkdir site/originals && cp part/g/a.jpg site/originals/another.jpg && cp part/g/a-b.jpg site/originals
run photodesk verify --json site
is "$(jq -r 'select(.event == "finding") | .file, .kind, .message' .stdout)" "site/originals/another.jpg
withdrawn
is the original of g/a.jpg, which is withdrawn: a minor is shown; take it away" "the photo itself, under whatever name"
rm -r site/originals
cp before/a-b-small-*.webp site/photos/g/a-b-small-64-0123456789.webp
ppm photo 64 48 1 | cjpeg -outfile site/photos/g/a-poster-1200-0123456789.jpg
is "$(kinds site)" "" "what another had before, and a stranger's file, are none of it, though their names begin as its does"
rm site/photos/g/*0123456789.*
cp "before/$file" site/photos/g && rm site/photos/.withdrawn.json
is "$(kinds site)" "" "one that is not withdrawn is a variant as any other"
echo '{' >site/photos/.withdrawn.json
is "$(kinds site)" "unreadable " "a list that is damaged"

# ---- What stands beside the pixels ----

# pictures FOLDER: one clean picture of each kind, without an ending that tells
pictures() {
    rm -rf "$1" && mkdir "$1"
    ppm photo 64 48 1 >p.ppm
    cjpeg -outfile "$1/jpeg" p.ppm
    vips copy p.ppm "$1/p.png" && mv "$1/p.png" "$1/png"
    vips copy p.ppm "$1/p.tif" && exiftool -q -overwrite_original -all= "$1/p.tif" 2>.said; mv "$1/p.tif" "$1/tiff"
    cwebp -quiet p.ppm -o "$1/webp"
}
pictures clean
is "$(kinds clean)" "" "pictures without anything beside their pixels"
is "$(jq -r 'select(.event == "finished").pictures' .stdout)" 4 "are known by their content"

for kind in jpeg png webp tiff; do
    pictures made && mv "made/$kind" "$kind" && rm -r made
    tag() { exiftool -q -overwrite_original "$@" "$kind" 2>.said; } # it warns of a TIFF without an ending
    tag -GPSLatitude=31.5 -GPSLatitudeRef=N -GPSLongitude=34.5 -GPSLongitudeRef=E
    like "$(kinds "$kind")" 'exif gps' "$kind: a position in EXIF"
    pictures made && mv "made/$kind" "$kind" && rm -r made
    tag -XMP-exif:GPSLatitude=31.5 -XMP-exif:GPSLongitude=34.5
    like "$(kinds "$kind")" 'gps .*xmp' "$kind: a position in XMP"
    pictures made && mv "made/$kind" "$kind" && rm -r made
    tag -EXIF:Artist=Dana
    like "$(kinds "$kind")" '^(.* )?exif ' "$kind: EXIF"
    unlike "$(kinds "$kind")" 'gps' "$kind: EXIF without a position"
    pictures made && mv "made/$kind" "$kind" && rm -r made
    echo more >>"$kind"
    like "$(kinds "$kind")" 'trailing' "$kind: bytes behind its end"
    rm -f "$kind"
done
for kind in jpeg tiff; do
    pictures made && mv "made/$kind" "$kind" && rm -r made
    exiftool -q -overwrite_original -IPTC:By-line=Dana "$kind" 2>.said
    like "$(kinds "$kind")" 'iptc' "$kind: IPTC"
    rm -f "$kind"
done
pictures made
exiftool -q -overwrite_original -Comment=hello made/jpeg made/png
is "$(kinds made/jpeg)" "comment " "jpeg: a comment"
is "$(kinds made/png)" "comment " "png: a text"
pictures made
exiftool -q -overwrite_original -XMP-dc:Creator=Dana made/webp
is "$(kinds made/webp)" "" "XMP with no field but those that photodesk writes"
exiftool -q -overwrite_original -XMP-dc:Title=Secret made/webp
is "$(kinds made/webp)" "xmp " "XMP with another one"
printf '\377\330\377\355\0\006abcd' >made/segment && tail -c +3 made/jpeg >>made/segment
is "$(kinds made/segment)" "unknown " "jpeg: a segment that nobody knows"
pictures behind
exiftool -q -GPSLatitude=31.5 -GPSLatitudeRef=N behind/jpeg -o behind/tagged
{ cat behind/jpeg; head -c 100 /dev/zero; cat behind/jpeg behind/tagged; } >made/behind # as a camera of two lenses has it
is "$(kinds made/behind)" "exif gps trailing " "jpeg: a position in a picture behind the picture"
{ cat behind/jpeg; echo film; cat behind/tagged; } >made/behind
is "$(kinds made/behind)" "trailing " "jpeg: what is behind the picture and no picture is not looked through"
vips copy p.ppm made/p.gif
is "$(kinds made/p.gif)" "" "a GIF"
printf 'behind' >>made/p.gif
is "$(kinds made/p.gif)" "trailing " "a GIF with bytes behind its end"
printf '8BPS\0\001' >made/layers
is "$(kinds made/layers)" "unsupported " "a picture of a kind that cannot be looked through"
echo text >made/text.jpg
is "$(kinds made/text.jpg)" "broken " "no picture, though its name says so"
perl -e 'use Compress::Zlib; binmode STDOUT; # 16384 x 16384 pixels of one bit, all of them there
    my $chunk = sub { my $body = $_[0] . $_[1]; pack("N", length $_[1]) . $body . pack("N", Compress::Zlib::crc32($body)) };
    print "\x89PNG\r\n\x1a\n", $chunk->("IHDR", pack "N N C5", 16384, 16384, 1, 0, 0, 0, 0),
        $chunk->("IDAT", Compress::Zlib::compress("\0" x (2049 * 16384))), $chunk->("IEND", "")' >made/vast.png
run photodesk verify --json made/vast.png
is "$(jq -r 'select(.event == "finding") | .kind + ": " + .message' .stdout)" \
    "unreadable: has 268.4 megapixels (16384 x 16384), more than the limit of 150 (preset key limits/megapixels), and was not decoded" \
    "a picture larger than the limits allow"
perl -0777 -pe 's/(\xff\xc0\0\x11\x08)..../$1 . pack("n2", 14000, 20000)/es' made/jpeg >made/claims
is "$(kinds made/claims)" "unreadable " "or that claims to be"
mkdir linked && ln -s ../made/segment linked/s && ln -s .. linked/round
is "$(kinds linked/s)" "unknown " "links are followed"

# ---- Hidden behind markers without a length, and between scans ----

jpeg plain.jpg 100 75 9
exiftool -q -o told.jpg -IPTC:Sub-location='12 Herzl St' plain.jpg
exiftool -q -o turned.jpg -n -Orientation=6 -Artist='Mia Stone' plain.jpg
for marker in '\001' '\320'; do
    { head -c 2 told.jpg; printf "\\377$marker"; tail -c +3 told.jpg; } >hidden.jpg
    is "$(kinds hidden.jpg)" "iptc photoshop unknown " "IPTC behind a marker without a length ($marker)"
    { head -c 2 turned.jpg; printf "\\377$marker"; tail -c +3 turned.jpg; } >turned-hidden.jpg
    run photodesk inspect turned-hidden.jpg --json
    is "$(jq -c '[.orientation, .credit.creators[0]]' .stdout)" '[6,"Mia Stone"]' "it hides no orientation or credit of a source ($marker)"
done
cat >place.xmp <<'END'
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:exif="http://ns.adobe.com/exif/1.0/">
<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><exif:GPSLatitude>32,4.8N</exif:GPSLatitude></rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>
</rdf:Description></rdf:RDF></x:xmpmeta>
END
exiftool -q -o place.jpg '-xmp<=place.xmp' plain.jpg
is "$(kinds place.jpg)" "gps xmp " "a position within IPTC's place"
run photodesk inspect place.jpg --json
like "$(jq -c .private .stdout)" 'GPS position' "inspect tells of it"
{ head -c -2 plain.jpg; printf '\377\355\000\020Photoshop 3.0\000\377\331'; } >behind.jpg
like "$(kinds behind.jpg)" photoshop "Photoshop's resources behind the scan"
{ head -c -2 plain.jpg; cat plain.jpg; } >two.jpg
like "$(kinds two.jpg)" preview "another picture within"

is "$(verdicts verify all.jsonl | sort -u | tr '\n' ';')" "valid finding;valid finished;" "all of that as the schema has it"
while read -r event spoil; do
    jq -c "select(.event == \"$event\") | $spoil" all.jsonl | head -n 1 >spoilt
    is "$(verdicts verify spoilt)" "invalid $event" "refused: $event with $spoil"
done <<'SPOILS'
finding .kind="rumour"
finding .message=""
finding del(.file)
finding .more=1
finished .files=-1
finished del(.unnamed)
SPOILS

# ---- Real photographs ----

if [ -n "$CORPUS" ]; then
    cp -r "$CORPUS" corpus && rm -rf corpus/broken
    exiftool -q -r -n -if 'defined $GPSLatitude' -p '$Directory/$FileName' corpus 2>/dev/null | sort >expected
    run timeout 300 "$PHOTODESK" verify --json corpus
    is "$(jq -r 'select(.kind == "gps").file' .stdout | sort -u)" "$(cat expected)" "positions are found where exiftool finds them"
else
    skip 1 "no corpus beside the checkout"
fi

# ---- An end before the end ----

# a child for each: they last longer than the signal takes
mkdir many && for i in $(seq 2000); do ln made/jpeg many/p$i; done
echo text >many/a.jpg
for form in --json ''; do
    rm -f found # the one before tells nothing of this one
    perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$PHOTODESK" verify $form many >found 2>said &
    pid=$!
    wait_for grep -q broken found
    kill -INT $pid
    wait $pid
    is $? 130 "interrupted${form:+, }$form: exit code"
    is "$(cat said)" "photodesk verify: stopped before the end (Interrupt)" "interrupted${form:+, }$form: says so"
    unlike "$(cat found)" '"finished"|^[0-9]+ finding' "interrupted${form:+, }$form: no totals"
done

# ---- The command line ----

run photodesk verify
is "$status" 2 "no folder: exit code"
run photodesk verify absent
is "$status" 2 "a folder that is not there: exit code"
like "$stderr" 'absent: No such file or directory; check its path' "a folder that is not there: says so"

done_testing
