#!/bin/bash
# Only what changed is done again, and nothing hangs on the ledger.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir -p src/g
jpeg src/g/a.jpg 200 150 1
jpeg src/g/b.jpg 200 150 2
printf 'file,caption,credit\na.jpg,כותרת,דנה כהן\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build() { run photodesk build src -o out --preset small "$@"; }
counts() { echo "$stdout" | sed 's/ (.*//'; }

build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "the first build does all"
first=$(content out)
before=$(find out -not -path '*/.photodesk/*' -type f -printf '%p %T@ %i\n' | sort)
build
is "$(counts)" "0 published, 2 unchanged, 0 failed" "the second does nothing"
is "$(find out -not -path '*/.photodesk/*' -type f -printf '%p %T@ %i\n' | sort)" "$before" "and touches no file"

touch src/g/a.jpg
build
is "$(counts)" "0 published, 2 unchanged, 0 failed" "a touch redoes nothing"

printf 'file,caption,credit\na.jpg,כותרת,רות לב\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "a changed row redoes its photo alone"
is "$(manifest out/g '.photos["a.jpg"].credit.creators[0]')" "רות לב" "with the new credit"
printf 'file,caption,credit\na.jpg,כותרת,דנה כהן\nb.jpg,כותרת,יואב לוי\n' >src/g/captions.csv
build
is "$(cat out/g/manifest.json | sha256sum)" "$(echo "$first" | awk '/manifest/ {print $1}' | sed 's/$/  -/')" "and back again gives the first manifest"

jpeg src/g/b.jpg 200 150 3
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "changed bytes redo their photo alone"
jpeg src/g/b.jpg 200 150 2

build --credit Dana
is "$(counts)" "2 published, 0 unchanged, 0 failed" "another --credit redoes all"
sed -i 's/^quality = .*/quality = 50/' config/photodesk/presets/small.preset
build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "another preset redoes all"
small_preset small 64 </dev/null

rm -rf out/.photodesk out/g
build
again=$(content out)
is "$again" "$first" "without the ledger, the same comes out"
rm -rf out/.photodesk
build
is "$(content out)" "$first" "with the files still there, too"
head -c 20000 /dev/zero | tr '\0' x >out/.photodesk/ledger.sqlite
build
is "$(counts)" "2 published, 0 unchanged, 0 failed" "a garbage ledger is made anew"

rm out/g/a-small-*
build
is "$(counts)" "1 published, 1 unchanged, 0 failed" "a missing file is made again"
is "$(content out)" "$first" "the same one"
rm out/g/manifest.json
build
is "$(content out)" "$first" "a missing manifest is written again"

rm src/g/b.jpg
build
is "$(manifest out/g '.photos | keys | join(" ")')" "a.jpg" "a deleted photo leaves the manifest"
printf 'not a photo' >src/g/a.jpg
build
is "$status" 1 "a photo that has become none fails"
is "$(manifest out/g '.photos | keys | join(" ")')" "" "and leaves the manifest"

exec 9>>out/.photodesk/lock
flock 9
build
is "$status" 3 "a second photodesk on the same OUT gives up"
like "$stderr" 'Another photodesk' "and says why"
flock -u 9

: >file
run photodesk build src -o file/out --credit Dana
is "$status" 3 "an OUT that cannot be made"
like "$stderr" 'output folder' "says so"

done_testing
