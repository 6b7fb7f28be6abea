#!/bin/bash
# What need not be made again is not, and the program says why; --dry-run and --check write nothing; shards add up to
# the whole.

. "${0%/*}/lib.sh"

printf '[rendition big]\nwidths = 150\naspect = source\nformat = webp\nquality = 90\nmethod = 0\nstamp = true\n[stamp]\nmin-variant-width = 50\n' |
    small_preset small 64
mkdir -p src/g src/h
jpeg src/g/a.jpg 200 150 1
jpeg src/g/b.jpg 200 150 2
jpeg src/h/c.jpg 200 150 3
table() { printf "file,caption,credit\na.jpg,$1,$2\nb.jpg,Two,Yoav\n" >src/g/captions.csv; }
table One Dana
printf 'file,credit\nc.jpg,Rut\n' >src/h/captions.csv
build() { run photodesk build src -o "${out:-out}" --preset small "$@"; }
state() { (cd "$1" && find . -printf '%p %s %T@ %i\n' | sort); }
events() { jq -r 'select(.photo) | "\(.event) \(.gallery)/\(.photo) \(.encoded // false): \(.reason)"' .stdout | sort; }

build --json
is "$(events)" "published g/a.jpg true: new
published g/b.jpg true: new
published h/c.jpg true: new" "at first all is new"

webps=$(find out -name '*.webp' -printf '%p %T@ %i\n' | sort)
table Another Dana
build --json
is "$(events)" "published g/a.jpg false: caption changed; alt text changed
unchanged g/b.jpg false: nothing changed
unchanged h/c.jpg false: nothing changed" "another caption encodes nothing"
is "$(manifest out/g '.photos["a.jpg"].caption')" Another "but is in the manifest"
is "$(find out -name '*.webp' -printf '%p %T@ %i\n' | sort)" "$webps" "and touches no variant"
table Another Rut
build --explain
like "$stderr" '^published g/a\.jpg: .*credit changed: .*Dana -> .*Rut' "another credit, and why"
like "$stderr" '^unchanged g/b\.jpg: nothing changed' "and why not"

mv src/g/b.jpg src/h/d.jpg
printf 'file,caption,credit\nc.jpg,,Rut\nd.jpg,Two,Yoav\n' >src/h/captions.csv
build --json
is "$(events | grep d.jpg)" "published h/d.jpg false: renamed from g/b.jpg" "a photo under another name keeps its files"
out=fresh build
is "$(live out)" "$(live fresh)" "and all is as a fresh build makes it"

before=$(state out)
build --check
is "$status|$(printf '%s\n' "$stderr" | grep -v '^warning')" "0|" "--check: nothing is stale"
table Third Rut
build --dry-run
is "$status" 0 "--dry-run: exit code"
like "$stderr" '^stale g/a\.jpg: caption changed' "--dry-run tells"
build --check
is "$status" 1 "--check: exit code"
is "$(state out)" "$before" "neither writes"
build
build --check
is "$status" 0 "--check after a build"
echo x >>out/g/manifest.json
rm out/h/c-big-*
echo x >>"$(echo out/h/d-big-*)"
build --check
is "$status" 1 "--check of a damaged OUT: exit code"
like "$stderr" '^stale g/manifest\.json: is not as it should be' "--check: a damaged manifest"
like "$stderr" '^stale h/c\.jpg: c-big-.* is missing' "--check: a missing file"
like "$stderr" '^stale h/d\.jpg: d-big-.* bytes, not ' "--check: a file of another size"
build
build --check
is "$status" 0 "and a build mends it"
build --force
like "$stdout" '^3 published, 0 unchanged' "--force does all again"
out=none build --check
is "$status" 1 "--check without an OUT"
ok "makes none" test ! -e none

# ---- What of a preset makes no picture ----

own=config/photodesk/presets/small.preset
webps=$(find out -name '*.webp' -printf '%p %T@ %i\n' | sort)
for change in '[page]\nsizes = 42vw\nbase-url = https://example.org/photos' '[words label]\nxx = Beeld' \
    '[source]\ncharset = windows-1255' '[limits]\nmegapixels = 90'; do
    printf "\n$change\n" >>$own
    build --json
    is "$(jq -c 'select(.encoded != null) | [.event, .encoded, .reason]' .stdout | sort -u)" '["published",false,"preset changed"]' "$change: encodes nothing"
done
is "$(find out -name '*.webp' -printf '%p %T@ %i\n' | sort)" "$webps" "nor does it touch a variant"
like "$(cat out/h/figures.html)" 'srcset="https://example.org/photos/h/.* sizes="42vw"' "but pages say so"
out=fresh2 build
is "$(live out)" "$(live fresh2)" "and all is as a fresh build makes it"
sed -i 's/quality = 90/quality = 91/' $own
build --json
is "$(jq -c 'select(.encoded != null) | [.event, .encoded, .reason]' .stdout | sort -u)" '["published",true,"preset changed"]' "another quality encodes all"

mkdir -p many
for i in 1 2 3 4 5 6 7 8; do mkdir many/$i && jpeg many/$i/p.jpg 200 150 "$i"; done
run photodesk build many -o whole --preset small --credit Dana
for k in 1 2 3 4; do "$PHOTODESK" build many -o parts --preset small --credit Dana --shard $k/4 >shard.$k 2>&1 & done
wait
is "$(content parts)" "$(content whole)" "four shards at once make the whole"
run photodesk build many -o parts --preset small --credit Dana
like "$stdout" '^0 published, 8 unchanged' "of which a whole build finds all unchanged"

run photodesk build many -o out2 --preset small --credit Dana --depfile 'a stamp.d'
like "$(cat 'a stamp.d')" '^a\\ stamp: ' "--depfile: its target"
like "$(cat 'a stamp.d')" '^  many/3/p\.jpg' "--depfile: a photo"

done_testing
