#!/bin/bash
# Bad input is normal: one clear line for that file, the others published, nothing partial.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir src
jpeg src/good.jpg 400 300
cp src/good.jpg whole.jpg
size=$(stat -c %s whole.jpg)
: >src/empty.jpg
echo "only text" >src/text.jpg
for percent in 10 50 90 99; do head -c $((size * percent / 100)) whole.jpg >src/cut$percent.jpg; done
djpeg whole.jpg >whole.ppm
for type in png tif webp; do
    vips copy whole.ppm whole.$type
    head -c $(($(stat -c %s whole.$type) / 2)) whole.$type >src/half.$type
done
printf 'GIF89a....' >src/anim.gif
printf '%%PDF-1.4' >src/doc.pdf
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >src/drawing.svg
printf 'II*\0\20\0\0\0CR\2\0' >src/raw.cr2
printf '\0\0\0\30ftypisom' >src/film.mov
head -c 3000 /dev/urandom | tr -d '\377\211' >src/noise.jpg
mkdir src/folder.jpg
ln -s nowhere src/dangling.jpg
mkfifo src/fifo.jpg
cp whole.jpg "src/bad$(printf '\n')name"$'\n'"FAILED forged.jpg"
run photodesk build src -o out --credit Dana --preset small
is "$status" 1 "some failed"
expect=$(find src -maxdepth 1 ! -type d -printf x | wc -c)
is "$(echo "$stdout" | sed 's/ (.*//')" "2 published, 0 unchanged, $((expect - 2)) failed" "the good ones are published"
is "$(echo "$stderr" | grep -c '^FAILED ')" "$((expect - 2))" "one line for each bad one"
unlike "$stderr" '^FAILED forged' "a file's name cannot forge a line"
for pair in empty.jpg:'is empty' text.jpg:'not a photo' cut10.jpg:damaged cut50.jpg:damaged cut90.jpg:damaged cut99.jpg:damaged \
    half.png:damaged half.tif:'the TIFF is damaged: its end is missing; send it again$' half.webp:damaged anim.gif:GIF doc.pdf:PDF drawing.svg:SVG raw.cr2:'Canon raw' \
    film.mov:video noise.jpg:'not a photo' dangling.jpg:'No such file' fifo.jpg:'not a regular file'; do
    like "$stderr" "^FAILED ${pair%%:*}: .*${pair#*:}" "${pair%%:*}: ${pair#*:}"
done
is "$(manifest out '.photos | length')" 2 "the manifest has the good ones only"
is "$(staged out)" "" "nothing stays in staging"
is "$(hidden out)" "" "nothing hidden stays"

# ---- Holes: room that was set aside for what has not come ----

vips gaussnoise noise.v 700 500 && vips cast noise.v noise.ppm uchar
mkdir holes
vips copy noise.ppm "noise.webp[Q=90]"
length=$(stat -c %s noise.webp)
cp noise.webp holes/tail.webp
truncate -s $((length / 2)) holes/tail.webp && truncate -s "$length" holes/tail.webp
cp noise.webp holes/middle.webp
dd if=/dev/zero of=holes/middle.webp bs=1000 seek=$((length / 3000)) count=9 conv=notrunc status=none
cp noise.webp holes/whole.webp
vips extract_band noise.ppm grey.v 0 && vips linear grey.v clear.v 0 0 && vips cast clear.v clear8.v uchar
vips bandjoin "noise.ppm clear8.v" clear.png && cwebp -quiet -q 80 -alpha_method 0 -alpha_filter none -exact clear.png -o holes/clear.webp
vips black black.v 2400 1600 --bands 3 && vips insert black.v noise.ppm plain.v 200 200 && vips cast plain.v plain8.v uchar
vips webpsave plain8.v holes/plain.webp --lossless --effort 0 # plain areas are zeros there
run photodesk build holes -o holes-out --credit Dana --preset small
is "$(manifest holes-out '.photos | keys | join(" ")')" "clear.webp plain.webp whole.webp" "a lossy WebP with a hole is not published"
is "$(echo "$stderr" | grep -c '^FAILED .*damaged or incomplete; send it again$')" 2 "and each is told"

# ---- What each line says, and what stays ----

is "$(printf '%s\n' "$stderr" | grep '^FAILED ' | grep -Ev '; [a-z]')" "" "each line says what to do"
is "$(cd out && find . -name '*.webp' | wc -l)" 2 "no file but those of the good photos"
is "$(manifest out '.photos[].renditions[][].file' | sort)" "$(cd out && ls ./*.webp | sed 's/^\.\///' | sort)" \
    "and the manifest names them"
ok "a folder with a photo's name is no photo" [ ! -e out/folder.jpg ]
run photodesk build src -o out --credit Dana --preset small
is "$status" 1 "again: they fail again"
like "$stdout" '^0 published, 2 unchanged,' "again: the good ones are known"

# ---- More ways to be broken ----

rm -rf src out && mkdir src
cp whole.jpg src/good.jpg
# a header of 65536 x 65536 pixels, whose pixels would need 16 GiB
perl -e 'use Compress::Zlib; binmode STDOUT;
    my $chunk = sub { my $body = $_[0] . $_[1]; pack("N", length $_[1]) . $body . pack("N", Compress::Zlib::crc32($body)) };
    print "\x89PNG\r\n\x1a\n", $chunk->("IHDR", pack "N N C5", 65536, 65536, 8, 6, 0, 0, 0),
        $chunk->("IDAT", Compress::Zlib::compress("\0" x 100000)), $chunk->("IEND", "")' >src/bomb.png
perl -e 'binmode STDIN; local $/; my $jpeg = <STDIN>; # the frame header says 65500 x 65500
    $jpeg =~ s/(\xff\xc0\0\x11\x08)..../$1\xff\xdc\xff\xdc/s; print $jpeg' <whole.jpg >src/giant.jpg
perl -e 'binmode STDIN; local $/; my $jpeg = <STDIN>;
    $jpeg =~ s/(\xff\xc0\0\x11\x08)..../$1\0\0\0\0/s; print $jpeg' <whole.jpg >src/nothing.jpg
perl -e 'binmode STDIN; local $/; my $png = <STDIN>; substr($png, 3000, 40) = "x" x 40; print $png' <whole.png >src/crc.png
{ echo 'HTTP/1.1 200 OK'; cat whole.jpg; } >src/leading.jpg
{ head -c 600 whole.jpg; head -c 20000 /dev/zero; } >src/zeros.jpg
{ cat whole.jpg; head -c 5000 /dev/urandom; } >src/trailing.jpg
head -c 3 whole.jpg >src/three.jpg
head -c 20 whole.png >src/twenty.png
head -c 12 whole.webp >src/twelve.webp
printf 'BM%64s' x >src/bitmap.bmp
printf '8BPS\0\1%64s' x >src/layers.psd
printf '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>' >src/prolog.svg
printf 'PK\3\4%64s' x >src/photos.zip
printf '\0\0\0\30ftypcrx %64s' x >src/raw.cr3
printf 'MM\0*\0\0\0\10\0\0\0\0\0\0' >src/empty.tif
printf 'II*\0\10\0\0\0\1\0\6\1\3\0\1\0\0\0\43\200\0\0\0\0\0\0' >src/sensor.nef
printf '\r\n<!DOCTYPE HTML><title>404</title>' >src/saved.jpg
printf 'RIFF    AVI LIST' >src/clip.jpg
printf 'II+\0\10\0\0\0' >src/big.tif
printf 'II*\0\20\0\0\0' >src/eight.tif
more=0
if heif-enc --list-encoders 2>/dev/null | sed -n '/^HEIC/,/^AVIF/p' | grep -q '^- ' && heif-enc whole.png -o whole.heic >/dev/null 2>&1; then
    head -c $(($(stat -c %s whole.heic) / 2)) whole.heic >src/half.heic
    more=1
fi
mkdir src/inner.jpg && cp whole.jpg src/inner.jpg/photo.jpg
run photodesk build src -o out --credit Dana --preset small
is "$status" 1 "more: exit code"
for pair in bomb.png:megapixels giant.jpg:megapixels nothing.jpg:damaged crc.png:damaged leading.jpg:'not a photo' zeros.jpg:damaged three.jpg:damaged \
    twenty.png:damaged twelve.webp:damaged bitmap.bmp:bitmap layers.psd:Photoshop prolog.svg:SVG photos.zip:ZIP raw.cr3:'Canon raw' \
    sensor.nef:'raw photo; export' saved.jpg:'web page' clip.jpg:video big.tif:BigTIFF \
    empty.tif:'the TIFF is damaged: there is no picture in it; send it again$' \
    eight.tif:'the TIFF is damaged: its end is missing; send it again$'; do
    like "$stderr" "^FAILED ${pair%%:*}: .*${pair#*:}" "${pair%%:*}: ${pair#*:}"
done
if [ $more = 1 ]; then
    like "$stderr" '^FAILED half\.heic: .*damaged' "half.heic: damaged"
else
    skip 1 "heif-enc has no encoder for HEIC here"
fi
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED ')" $((20 + more)) "more: one line each"
is "$(printf '%s\n' "$stderr" | grep -Ev '^(FAILED|published) ')" "" "more: and no other line"
unlike "$stderr" 'crash|without a result' "more: no decoder crashes"
unlike "$stderr" '\(\)' "more: no reason is empty"
is "$(manifest out '.photos | keys | join(" ")')" "good.jpg trailing.jpg" "bytes behind the end of a photo do no harm"
is "$(manifest out/inner.jpg '.photos | keys | join(" ")')" photo.jpg "a folder with a photo's name is a gallery like any other"
is "$(staged out)$(hidden out)" "" "more: nothing stays behind"

if [ -n "$CORPUS" ]; then
    run photodesk build "$CORPUS/broken" -o corpus --credit Dana --preset small
    is "$status" 1 "real broken files"
    is "$(printf '%s\n' "$stderr" | grep -c '^FAILED ')" "$(printf '%s\n' "$stdout" | sed 's/.*unchanged, \([0-9]*\) failed.*/\1/')" "one line each"
    like "$stderr" '^FAILED 65536-uint32-limit\.png: .*megapixels' "65536 x 65536"
    like "$stderr" '^FAILED truncated\.jpg: .*damaged' "truncated"
else
    skip 4 "no corpus of real photographs beside the checkout"
fi

# The preset may have a cut photo published all the same.
rm -rf src out && mkdir src
head -c $((size * 60 / 100)) whole.jpg >src/cut.jpg
printf '[source]\ndamaged = tolerate\n' | small_preset tolerant 64
run photodesk build src -o out --credit Dana --preset tolerant
is "$status" 0 "damaged = tolerate: published"
like "$stderr" '^warning cut\.jpg: .*damaged' "damaged = tolerate: with a warning"
is "$(manifest out '.photos["cut.jpg"].warnings | length')" 1 "damaged = tolerate: which the manifest has"

# ---- A new version that fails ----

rm -rf src out && mkdir src
cp whole.jpg src/good.jpg
cp whole.jpg src/corrected.jpg
run photodesk build src -o out --credit Dana --preset small
echo 'only text' >src/corrected.jpg
taken='; what was published of it is taken out of its gallery$'
run photodesk build src -o out --credit Dana --preset small --dry-run
like "$stderr" '^FAILED corrected\.jpg: .*not a photo.*; what is published of it would be taken out of its gallery$' "--dry-run: what would become of the one before"
head -c $((size / 2)) whole.jpg >src/corrected.jpg
cp src/corrected.jpg src/new.jpg
run photodesk build src -o out --credit Dana --preset small
like "$stderr" "^FAILED corrected\.jpg: .*damaged.*$taken" "a new version that fails: what has become of the one before"
is "$(manifest out '.photos | keys | join(" ")')" good.jpg "a new version that fails: and so it is"
unlike "$stderr" "^FAILED new\.jpg: .*$taken" "a new photo that fails: there was none"
run photodesk build src -o out --credit Dana --preset small
unlike "$stderr" "$taken" "again: there is none any more"

# ---- Damage inside a larger photo ----

rm -rf src out && mkdir src
ppm photo 500 400 3 >p.ppm
vips zoom p.ppm p.v 4 4 && vips copy p.v 'large.jpg[Q=97]'
size=$(stat -c %s large.jpg)
ok "the photo is larger than what is zeroed in it" [ "$size" -gt 300000 ]
head -c $((size * 999 / 1000)) large.jpg >src/cut999.jpg
head -c $((size - 2)) large.jpg >src/no-end.jpg
{ head -c $((size / 2)) large.jpg; head -c 65536 /dev/zero; tail -c +$((size / 2 + 65537)) large.jpg; } >src/zeroed.jpg
# as the header of a file of many megabytes might lie
perl -0777 -pe 's/(\xff\xc0\0\x11\x08)..../$1 . pack("n2", 14000, 20000)/es' large.jpg >src/claims280.jpg
vips tiffsave p.ppm whole.tif
perl -0777 -e '$_ = <STDIN>; my $at = unpack "V", substr $_, 4, 4; my $n = unpack "v", substr $_, $at, 2; # IFD0 follows itself
    substr($_, $at + 2 + 12 * $n, 4) = pack "V", $at; print' <whole.tif >src/looping.tif
perl -0777 -e '$_ = <STDIN>; my $at = unpack "V", substr $_, 4, 4; my $n = unpack "v", substr $_, $at, 2;
    for my $i (0 .. $n - 1) { my $e = $at + 2 + 12 * $i; # ImageLength becomes a LONG of 2^31
        substr($_, $e + 2, 10) = pack "v V V", 4, 1, 2**31 if unpack("v", substr $_, $e, 2) == 257 } print' <whole.tif >src/rows.tif
more=0
if heif-enc --list-encoders 2>/dev/null | sed -n '/^HEIC/,/^AVIF/p' | grep -q '^- ' && heif-enc whole.png -o whole.heic >/dev/null 2>&1; then
    { perl -0777 -pe 's/(ispe\0\0\0\0)......../$1 . pack("N2", 16000, 12500)/es' whole.heic; head -c 2000000 /dev/zero; } >src/claims200.heic
    more=1
fi
cp whole.jpg src/good.jpg
run photodesk build src -o out --credit Dana --preset small
is "$status" 1 "damage: exit code"
for pair in cut999.jpg:damaged no-end.jpg:damaged zeroed.jpg:damaged claims280.jpg:'280 megapixels \(20000 x 14000\)' rows.tif:'(damaged|megapixels)'; do
    like "$stderr" "^FAILED ${pair%%:*}: .*${pair#*:}.*; (send|open|save)" "${pair%%:*}: ${pair#*:}"
done
if [ $more = 1 ]; then
    like "$stderr" '^FAILED claims200\.heic: .*200 megapixels \(16000 x 12500\)' "a HEIC of 2 MB that claims 200 megapixels"
else
    skip 1 "heif-enc has no encoder for HEIC here"
fi
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED ')" $((5 + more)) "damage: one line each"
unlike "$stderr" 'crash|without a result|longer than' "damage: no decoder crashes or hangs"
is "$(manifest out '.photos | keys | join(" ")')" "good.jpg looping.tif" "a TIFF whose directories go round is published once"
like "$stderr" '^warning looping\.tif: .*looping' "with a warning"
is "$(staged out)$(hidden out)" "" "damage: nothing stays behind"
run photodesk build src -o tolerated --credit Dana --preset tolerant
is "$(manifest tolerated '.photos | with_entries(select(.value.warnings | length > 0)) | keys | join(" ")')" "cut999.jpg looping.tif no-end.jpg zeroed.jpg" \
    "damaged = tolerate: what can be decoded is published, each with a warning"

# ---- What is no file ----

rm -rf src out && mkdir src
cp whole.jpg src/good.jpg
ln -s /dev/zero src/zero.jpg
ln -s loop.jpg src/loop.jpg
mkdir src/empty-folder.jpg
expect=2
if [ "$(id -u)" -eq 0 ] && mknod src/device.jpg c 1 5 2>/dev/null; then
    expect=3
    run photodesk build src -o out --credit Dana --preset small
    like "$stderr" '^FAILED device\.jpg: is not a regular file; put' "a device"
else
    run photodesk build src -o out --credit Dana --preset small
    skip 1 "no device can be made here"
fi
like "$stderr" '^FAILED zero\.jpg: is not a regular file; put' "a link to a device that never ends"
like "$stderr" '^FAILED loop\.jpg: cannot be read .*; check' "a link to itself"
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED ')" $expect "no file: one line each"
is "$(manifest out '.photos | keys | join(" ")')" good.jpg "no file: the photo beside them is published"

# ---- A photo that changes or vanishes under the program ----

rm -rf src out && mkdir src
for i in 1 2 3 4 5 6; do cp large.jpg src/$i.jpg; done
cat >meddle <<'M'
# writes over one file again and again, within its size, and removes another as soon as the first child is there;
# in the end the first is what it was, since a byte changed at random may be damage that is rightly refused
use strict;
use warnings;
my $pid = fork // die;
exec @ARGV if !$pid;
select undef, undef, undef, 0.005 until -s "/proc/$pid/task/$pid/children" or do { open my $in, '<', "/proc/$pid/task/$pid/children"; <$in> // '' };
unlink 'src/6.jpg';
open my $out, '+<', 'src/5.jpg' or die;
sub over { sysseek $out, 5000, 0 or die; syswrite($out, $_[0]) == 1 or die }
sysseek $out, 5000, 0 or die;
sysread($out, my $whole, 1) == 1 or die;
use POSIX ':sys_wait_h';
while (waitpid($pid, WNOHANG) == 0) { over(chr rand 256); select undef, undef, undef, 0.0002 }
my $status = $? >> 8;
over($whole);
exit $status;
M
run perl meddle "$PHOTODESK" build src -o out --credit Dana --preset small --jobs 1
like "$stderr" '^FAILED 6\.jpg: cannot be read \(No such file or directory\); check' "a photo that vanishes is told"
is "$(printf '%s\n' "$stderr" | grep -vcE '^(published [1-4]\.jpg|(FAILED|published) 5\.jpg|FAILED 6\.jpg)')" 0 "and nothing else goes wrong"
is "$(manifest out '.photos | keys | map(select(. < "5")) | join(" ")')" "1.jpg 2.jpg 3.jpg 4.jpg" "the others are published"
is "$(staged out)$(hidden out)" "" "and nothing stays behind"
run photodesk build src -o out --credit Dana --preset small
is "$(manifest out '.photos | keys | join(" ")')$status" "1.jpg 2.jpg 3.jpg 4.jpg 5.jpg0" "the next run makes it whole"

# ---- A file that may not be read ----

rm -rf src out && mkdir src
cp whole.jpg src/good.jpg
cp whole.jpg src/secret.jpg
chmod 0 src/secret.jpg
unreadable() {
    is "$1" 1 "a file that may not be read: exit code"
    like "$stderr" '^FAILED secret\.jpg: .*Permission denied' "a file that may not be read: says so"
    is "$(manifest theirs/out '.photos | keys | join(" ")')" good.jpg "a file that may not be read: the other is published"
}
mkdir theirs
if [ "$(id -u)" -ne 0 ]; then
    run photodesk build src -o theirs/out --credit Dana --preset small
    unreadable "$status"
elif setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
    # somebody else, to whom nothing but the test's folder is open
    chmod 755 . && chown 65534:65534 theirs && cp "$PHOTODESK" theirs/photodesk && cp -rL data theirs/data
    run env XDG_DATA_DIRS="$T/theirs/data" HOME="$T/theirs" setpriv --reuid 65534 --regid 65534 --clear-groups \
        theirs/photodesk build src -o theirs/out --credit Dana --preset small
    unreadable "$status"
else
    skip 3 "no other user can be taken on here"
fi

done_testing
