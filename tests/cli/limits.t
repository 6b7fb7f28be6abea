#!/bin/bash
# What a photo may take: each bound is a preset key, is read from the header where one tells, and is named when it is
# hit. No input makes a run take more memory than its children's bounds together.

. "${0%/*}/lib.sh"

# refused PRESET REGEX NAME: what SRC holds is refused so, in one line; the limits stand on standard input.
refused() {
    { echo '[limits]'; cat; } >limits && small_preset "$1" 64 <limits
    rm -rf out
    run photodesk build src -o out --credit Dana --preset "$1"
    is "$status" 1 "$3: exit code"
    is "$(printf '%s\n' "$stderr" | grep -c .)" 1 "$3: one line"
    like "$stderr" "^FAILED photo: .*$2" "$3: names the limit"
    is "$(staged out)$(hidden out)$(published out)" "" "$3: nothing is left"
}

small_preset small 64 </dev/null
mkdir src
ppm photo 400 300 >p.ppm

# ---- What a header tells ----

cjpeg -quality 90 p.ppm >src/photo
refused few 'has 0\.12 megapixels \(400 x 300\), more than the limit of 0\.1 \(preset key limits/megapixels\); send' megapixels <<<'megapixels = 0.1'
head -c 1100000 /dev/zero >>src/photo
refused light 'has 1 MiB, more than the limit of 1 MiB \(preset key limits/file-mib\); send' file-mib <<<'file-mib = 1'
vips bandjoin 'p.ppm p.ppm' six.tif
cp six.tif src/photo
refused bands 'has 6 channels, more than the limit of 5 \(preset key limits/bands\); flatten' "bands of a TIFF" <<<'bands = 5'
cjpeg -quality 90 p.ppm >src/photo
refused grey 'has 3 channels, more than the limit of 1 \(preset key limits/bands\)' "bands of a JPEG" <<<'bands = 1'
vips arrayjoin 'p.ppm p.ppm p.ppm' tall.v --across 1
vips tiffsave tall.v src/photo.tif --page-height 300
rm src/photo
run photodesk build src -o out --credit Dana --preset small
is "$status" 0 "pages: published all the same"
like "$stderr" '^warning photo\.tif: it has 3 pages or frames, more than the limit of 1 \(preset key limits/pages\); the first was published' "pages: a warning that names the limit"
small_preset pages 64 <<<$'[limits]\npages = 3'
run photodesk build src -o pages --credit Dana --preset pages
unlike "$stderr" '^warning' "pages: none with a higher limit"
rm src/photo.tif

# A picture that its decoder holds as a whole
vips black flat.v 6000 4000 --bands 3
vips pngsave flat.v src/photo --interlace
refused interlaced 'is an interlaced PNG of 24 megapixels, which takes some 181 MiB of memory to decode, more than the limit of 128 \(preset key limits/resident-mib\); send it smaller, or as' "an interlaced PNG" <<<'resident-mib = 128'
vips jpegsave flat.v src/photo --interlace --subsample-mode off
refused progressive 'is a progressive JPEG of 24 megapixels, .* more than the limit of 200 \(preset key limits/resident-mib\)' "a progressive JPEG" <<<'resident-mib = 200'
run photodesk build src -o progressive --credit Dana --preset small
is "$status" 0 "a progressive JPEG within the limit is published"
vips jpegsave flat.v src/photo
small_preset tight 64 <<<$'[limits]\nresident-mib = 128'
run photodesk build src -o baseline --credit Dana --preset tight
is "$status" 0 "the same as baseline needs little"

# ---- What only shows while pixels are decoded ----

vips tiffsave flat.v src/photo --compression deflate --tile --tile-width 4096 --tile-height 4096
refused tiles 'needs more memory than the limit of 128 MiB \(preset key limits/resident-mib\)' "large tiles" <<<'resident-mib = 128'

ppm photo 300 220 >p.ppm
vips zoom p.ppm p.v 20 20
vips pngsave p.v src/photo --compression 1
slow() {
    printf '[preset]\ntitle = Slow\nextends = base\n[limits]\n%s\n[rendition r]\nwidths = 3000;4000;5000;6000\naspect = source\nformat = webp\nquality = 100\nmethod = 6\nstamp = false\n' "$1" \
        >config/photodesk/presets/slow.preset
}
slow 'cpu-seconds = 1'
rm -rf out
run photodesk build src -o out --credit Dana --preset slow
is "$status" 1 "cpu-seconds: exit code"
is "$stderr" 'FAILED photo: needed more than 1 s of processor time (preset key limits/cpu-seconds); send it smaller, or raise the limit' "cpu-seconds: the one line"
slow 'wall-seconds = 1'
run photodesk build src -o out --credit Dana --preset slow
is "$status" 1 "wall-seconds: exit code"
is "$stderr" 'FAILED photo: took longer than 1 s (preset key limits/wall-seconds); send it smaller, or raise the limit' "wall-seconds: the one line"
is "$(staged out)$(hidden out)$(published out)" "" "nothing is left of either"

# ---- The memory of a whole run ----

# What takes most within the limits: pictures that are held whole, large tiles, and what is read in strips but is as
# large as a photo may be. A child's own pages are counted, and its share of those that it has in common with others.
rm -rf src && mkdir src
vips black large.v 12200 12200 --bands 3
vips jpegsave large.v src/baseline.jpg &
vips tiffsave large.v src/strips.tif --compression deflate
wait
vips tiffsave large.v src/tiles.tif --compression deflate --tile --tile-width 4096 --tile-height 4096 &
vips pngsave large.v src/plain.png --compression 1
wait
vips crop large.v wide.v 0 0 9000 5000
vips jpegsave wide.v src/progressive.jpg --interlace --subsample-mode off &
vips webpsave wide.v src/webp.webp --lossless --effort 0
wait
vips crop large.v half.v 0 0 12200 7400
vips pngsave half.v src/interlaced.png --interlace --compression 1
ppm photo 700 500 >p.ppm
vips crop large.v rgb.v 0 0 10000 8000
vips jpegsave rgb.v src/profile.jpg --profile p3
cat >most <<'P'
# the most memory, MiB, that a process and its children had at any time, as often as that can be looked at
use strict;
use warnings;
my $pid = fork // die;
exec @ARGV if !$pid;
my $most = 0;
use POSIX ':sys_wait_h';
while (waitpid($pid, WNOHANG) == 0) {
    my $sum = 0;
    for my $process ($pid, split ' ', `cat /proc/$pid/task/*/children 2>/dev/null`) {
        open my $in, '<', "/proc/$process/smaps_rollup" or next;
        while (<$in>) { $sum += $1 if /^Pss:\s+(\d+)/ }
    }
    $most = $sum if $sum > $most;
    select undef, undef, undef, 0.01;
}
printf "%d\n", $most / 1024;
P
printf '[preset]\ntitle = Usual\nextends = article\n' >config/photodesk/presets/usual.preset
perl most "$PHOTODESK" build src -o out --credit Dana --preset usual --jobs 2 >most.txt 2>log </dev/null
most=$(tail -n 1 most.txt)
diag "the whole run took $most MiB"
at_most "$most" 800 "a run of two children takes no more than twice 400 MiB"
at_least "$most" 300 "and these photos do take memory"
is "$(grep -c '^published' log)$(grep '^FAILED' log)" 8 "all of them are published"

done_testing
