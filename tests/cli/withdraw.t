#!/bin/bash
# A photo that is taken back is gone at once, and stays so, whatever its name, until that is undone.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
build() { run photodesk build src -o out --preset small --credit Dana "$@"; }
withdraw() { run photodesk withdraw out "$@"; }
# files PHOTO GALLERY: how many variants of it lie there, old ones too
files() { find "out/$2" -maxdepth 1 -name "$1-small-*" | wc -l; }
# told GALLERY PATTERN: how many of its manifest and pages have it
told() { grep -l -e "$2" "out/$1"/{manifest.json,index.html,figures.html,head.html} 2>/dev/null | wc -l; }
photos() { manifest "out/$1" '.photos | keys | join(" ")'; }

mkdir -p src/a src/b src/only
jpeg src/a/one.jpg 100 75 1
jpeg src/a/two.jpg 100 75 2
jpeg src/b/other.jpg 100 75 3
jpeg src/only/single.jpg 100 75 4
jpeg src/top.jpg 100 75 5
build
jpeg src/a/one.jpg 100 75 6 # corrected: its old variant stays for prune
build
is "$(files one a)" 2 "before: a variant and an old one"

content out >before

# ---- A take-down ----

withdraw a/one.jpg --reason 'a minor is shown'
is "$status" 0 "the lead is withdrawn: exit code"
is "$stdout" "withdrawn a/one.jpg: 2 files removed" "and told"
is "$(files one a)" 0 "its variants are gone, old ones too"
is "$(told a 'one-small\|one\.jpg')" 0 "manifest and pages do not name it"
is "$(told a 'two-small')" 4 "but the other, and head.html, too, as the lead"
is "$(photos a)" "two.jpg" "the manifest has the other"
is "$(content out | grep -v ' ./a/')" "$(grep -v ' ./a/' before)" "nothing else has changed"
run photodesk verify out
is "$status" 0 "what is left is whole"
cp -r out/a a.after
build --check
is "$status" 0 "--check: OUT is as a build would leave it"
like "$stderr" '^withdrawn a/one\.jpg: a minor is shown$' "--check says what is withdrawn, and why"
build --dry-run --json
is "$(jq -c 'select(.event == "withdrawn")' .stdout)" \
    '{"event":"withdrawn","gallery":"a","photo":"one.jpg","reason":"a minor is shown"}' "--json does, too"

# ---- It does not come back ----

build
is "$status" 0 "the next build: exit code"
like "$stdout" '^0 published, 4 unchanged, 0 failed' "the next build: totals"
is "$(content out/a)" "$(content a.after)" "the next build changes nothing"
build --force
is "$(photos a) $(files one a)" "two.jpg 0" "nor does --force bring it back"
touch src/a/one.jpg && jpeg src/a/three.jpg 100 75 7 && build
is "$(photos a) $(files one a)" "three.jpg two.jpg 0" "nor a photo that comes"
cp src/a/one.jpg src/b/copy.jpg && build
is "$(photos b) $(files copy b)" "other.jpg 0" "nor a copy"
like "$stderr" '^withdrawn b/copy\.jpg: it is a/one\.jpg: a minor is shown$' "which is told"
mv src/a/one.jpg src/a/renamed.jpg && build
is "$(photos a) $(files renamed a)" "three.jpg two.jpg 0" "nor another name"
printf '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' >src/b/copy.xmp && build
is "$(photos b)" "other.jpg" "nor a copy with a sidecar"
rm -r out/.photodesk && build
is "$(photos a) $(photos b)" "three.jpg two.jpg other.jpg" "nor a ledger that is deleted"
mv src/a/renamed.jpg src/a/one.jpg && jpeg src/a/one.jpg 100 75 8 && build
is "$(photos a)" "three.jpg two.jpg" "nor other bytes under its name"
build --check
is "$status" 0 "--check after all that"

# ---- One that is renamed before a run has seen the take-down ----

withdraw b/other.jpg --reason 'the agency asks'
is "$stdout" "withdrawn b/other.jpg: 1 file removed" "one file is told in the singular"
mv src/b/other.jpg src/b/fresh.jpg && build
is "$(photos b) $(files fresh b) $(files other b)" " 0 0" "renamed at once: it does not come back"

mkdir -p src/$'g\351' && jpeg src/$'g\351'/$'caf\351.jpg' 100 75 31 && jpeg src/$'g\351'/x.jpg 100 75 32 && build
run photodesk withdraw out $'g\351/caf\351.jpg' --reason why
mv src/$'g\351'/$'caf\351.jpg' src/$'g\351'/fresh.jpg && build
is "$(photos $'g\351') $(files '*' $'g\351')" "x.jpg 1" "nor one whose name is no UTF-8"
rm -r src/$'g\351' && build
run photodesk withdraw out $'g\351/caf\351.jpg' --undo

# ---- The only photo, and one of the top folder ----

withdraw only/single.jpg --reason why
is "$(photos only) $(files single only)" " 0" "the only photo of a gallery"
withdraw top.jpg --reason why
is "$(photos .) $(find out -maxdepth 1 -name 'top-small*' | wc -l)" " 0" "a photo of the top folder"
build --check
is "$status" 0 "--check: both galleries are empty"
withdraw top.jpg --reason 'why again'
is "$status" 0 "a second time: exit code"
like "$stdout" '^withdrawn top\.jpg \(again\): 0 files' "a second time: told"
run photodesk withdraw out
is "$(printf '%s\n' "$stdout" | sed 's/ (20.*Z)$//' | tr '\n' ';')" \
    "a/one.jpg: a minor is shown;b/other.jpg: the agency asks;only/single.jpg: why;top.jpg: why again;" "all are listed"

# ---- --undo ----

withdraw only/single.jpg --undo
is "$status" 0 "--undo: exit code"
build
is "$(photos only) $(files single only)" "single.jpg 1" "--undo: the next build publishes it"
withdraw only/single.jpg --undo
is "$status" 1 "--undo of one that is not withdrawn: exit code"
like "$stderr" 'only/single\.jpg is not withdrawn' "--undo of one that is not withdrawn: says so"

# ---- Beside a run ----

mkdir inbox inbox/g
jpeg inbox/g/p.jpg 100 75 11
jpeg inbox/g/q.jpg 100 75 12
"$PHOTODESK" watch inbox -o live --preset small --credit Dana --settle 0.2 --poll 1 >watch.log 2>&1 </dev/null &
desk=$!
wait_for test -e live/g/manifest.json
wait_for eval '[ "$(manifest live/g ".photos | length")" = 2 ]'
mkdir inbox/far && cp inbox/g/p.jpg inbox/far/copy.jpg
wait_for test -e live/far/manifest.json
run photodesk withdraw live g/p.jpg --reason 'beside the desk'
like "$stderr" 'copies of g/p\.jpg under other names cannot be known now; .* when a desk next looks' "beside a desk: says who takes copies down"
is "$status" 0 "beside a desk: exit code"
is "$(manifest live/g '.photos | keys | join(" ")') $(ls live/g/p-small* 2>/dev/null | wc -l)" "q.jpg 0" "beside a desk: it is gone at once"
wait_for eval '[ "$(manifest live/far ".photos | length")" = 0 ]'
is "$(manifest live/far '.photos | length') $(ls live/far/copy-small* 2>/dev/null | wc -l)" "0 0" "beside a desk: which does"
rm -r inbox/far
jpeg inbox/g/r.jpg 100 75 13
wait_for eval '[ "$(manifest live/g ".photos | has(\"r.jpg\")")" = true ]'
is "$(manifest live/g '.photos | keys | join(" ")') $(ls live/g/p-small* 2>/dev/null | wc -l)" "q.jpg r.jpg 0" \
    "a desk that goes on does not bring it back"
cp inbox/g/p.jpg inbox/g/s.jpg
jpeg inbox/g/t.jpg 100 75 14
wait_for eval '[ "$(manifest live/g ".photos | has(\"t.jpg\")")" = true ]'
is "$(manifest live/g '.photos | keys | join(" ")')" "q.jpg r.jpg t.jpg" "nor a copy of it"
rm inbox/g/s.jpg
run photodesk withdraw live g/p.jpg --undo
wait_for eval '[ "$(manifest live/g ".photos | has(\"p.jpg\")")" = true ]'
is "$(manifest live/g '.photos | keys | join(" ")')" "p.jpg q.jpg r.jpg t.jpg" "--undo beside a desk: it comes back"
kill $desk
wait $desk
run photodesk verify live
is "$status" 0 "what the desk leaves is whole"

# ---- A photo whose original is in an archive ----

mkdir -p drop/g store && jpeg drop/g/p.jpg 100 75 21 && jpeg drop/g/q.jpg 100 75 22
archive() { run photodesk watch drop -o shelf --preset small --credit Dana --settle 0.1 --once --after archive store; }
archive
run photodesk withdraw shelf g/p.jpg --reason why
mkdir -p drop/g && jpeg drop/g/r.jpg 100 75 23 && archive
is "$(manifest shelf/g '.photos | keys | join(" ")') $(ls shelf/g/p-small* 2>/dev/null | wc -l)" "q.jpg r.jpg 0" \
    "an archived photo is withdrawn, and stays so"
run photodesk withdraw shelf g/p.jpg --undo
mkdir -p drop/g && jpeg drop/g/t.jpg 100 75 24 && archive
run photodesk verify shelf
is "$status" 0 "--undo: no manifest names what is not there"
is "$(manifest shelf/g '.photos | keys | join(" ")')" "q.jpg r.jpg t.jpg" "--undo: it comes back when it is dropped again"

# While photos are made, again and again: the manifest never names one that is withdrawn.
mkdir many
for n in $(seq 20); do jpeg "many/m$n.jpg" 400 300 "$n"; done
"$PHOTODESK" build many -o busy --preset small --credit Dana --jobs 1 >/dev/null 2>&1
"$PHOTODESK" build many -o busy --preset small --credit Dana --jobs 1 --force >/dev/null 2>&1 &
builder=$!
for n in $(seq 20); do "$PHOTODESK" withdraw busy "m$n.jpg" --reason race >>races 2>&1; done
wait $builder
is "$(grep -c '^withdrawn' races)" 20 "20 photos are withdrawn while they are made"
is "$(manifest busy '.photos | length') $(ls busy/*-small-* 2>/dev/null | wc -l)" "0 0" "none is left"

# ---- Before there is a manifest ----

mkdir slow
jpeg large.jpg 4000 3000 11
for n in $(seq 11 40); do { cat large.jpg; echo "$n"; } >"slow/m$n.jpg"; done # each another one
first() { compgen -G "$1/m11-small-*" >/dev/null; }
"$PHOTODESK" build slow -o early --preset small --credit Dana --jobs 1 >/dev/null 2>&1 &
builder=$!
wait_for first early
run photodesk withdraw early m11.jpg --reason 'a minor'
is "$status $(ls early/manifest.json 2>/dev/null)" "0 " "a photo that no manifest names yet: exit code"
run photodesk withdraw early m99.jpg --reason 'none such'
is "$status" 1 "one that there is none of: exit code"
wait $builder
is "$(manifest early '.photos | length') $(manifest early '.photos["m11.jpg"]') $(ls early/m11-* 2>/dev/null | wc -l)" "29 null 0" \
    "and no manifest ever does, and its files are gone"

"$PHOTODESK" build slow -o killed --preset small --credit Dana --jobs 1 >/dev/null 2>&1 &
builder=$!
wait_for first killed
kill -KILL $builder
wait $builder 2>/dev/null
run photodesk withdraw killed m1.jpg --reason 'mistyped'
is "$status $(ls killed/m11-* 2>/dev/null | wc -l)" "1 1" "after a run that was killed: of a name that there is none of, nothing goes"
like "$stderr" 'the gallery \. has no photo m1\.jpg; it has [0-9]+, such as m11' "and near names are told"
run photodesk withdraw killed m11.jpg --reason 'a minor'
is "$status $(ls killed/m11-* 2>/dev/null | wc -l)" "0 0" "after a run that was killed: its files are gone"
run photodesk build slow -o killed --preset small --credit Dana
is "$(manifest killed '.photos | length') $(ls killed/m11-* 2>/dev/null | wc -l)" "29 0" "and stay so"

# ---- What is wrong ----

run photodesk withdraw out nowhere/x.jpg --reason why
is "$status" 1 "no such gallery: exit code"
like "$stderr" 'there is no gallery nowhere in out' "no such gallery: says so"
run photodesk withdraw src a/one.jpg --reason why
is "$status" 1 "no output: exit code"
ok "no output: nothing is made there" test ! -e src/.photodesk
run photodesk withdraw out a/TWO.jpeg --reason why
is "$status" 1 "no such photo: exit code"
like "$stderr" 'no photo TWO\.jpeg; .*two\.jpg' "no such photo: near names"
run photodesk withdraw out a/two.jpg
is "$status" 2 "no reason: exit code"
run photodesk withdraw out ../a/two.jpg --reason why
is "$status" 1 "a path that leads elsewhere: exit code"
cp out/.withdrawn.json list
echo '{' >out/.withdrawn.json
build
is "$status" 3 "a damaged list: exit code"
like "$stderr" 'list of withdrawn photos out/\.withdrawn\.json is damaged' "a damaged list: says so, and publishes nothing"
cp list out/.withdrawn.json

# ---- Names that are near, and copies in every place ----

rm -rf src out && mkdir -p src/a src/b kept
jpeg src/a/one.jpg 100 75 1
jpeg $'src/a/caf\303\251.jpg' 100 75 2
jpeg src/a/more.jpg 100 75 3
build
withdraw a//one.jpg --reason 'a slash too many'
is "$status" 0 "a slash too many: exit code"
build
is "$(photos a)" $'caf\303\251.jpg more.jpg' "it stays away"
for name in a/more.jpeg a/more a/mor; do
    withdraw $name --reason 'mistyped'
    is "$status" 1 "$name, of which there is none: exit code"
    like "$stderr" 'has no photo .*such as more.jpg' "$name: says what there is"
done
withdraw $'a/cafe\314\201.jpg' --reason 'as a Mac has its name'
is "$status" 0 "another normal form of its name: exit code"
is "$(photos a)" "more.jpg" "it goes"

# Another photo's variants, and strangers' files, are not the photo's.
rm -rf src out && mkdir -p src/a
jpeg src/a/a.jpg 100 75 1
jpeg src/a/a-b.jpg 100 75 2
build
jpeg src/a/a-b.jpg 100 75 3
build
echo theirs >out/a/a-poster-1200-0123456789.jpg
withdraw a/a.jpg --reason why
is "$stdout" "withdrawn a/a.jpg: 1 file removed" "a name that another begins with: its one file goes"
is "$(files a-b a)" 2 "and none of the other, neither what it is nor what it was"
jpeg src/a/a-b.jpg 100 75 4
build
is "$(files a-b a)" 3 "nor when that is corrected"
run photodesk verify --json out
is "$(jq -r 'select(.event == "finding" and .kind == "withdrawn").file' .stdout)" "" "verify takes none for one of it"
is "$(cat out/a/a-poster-1200-0123456789.jpg)" theirs "a stranger's file stays"
withdraw a/a-b.jpg --reason why
is "$(files a a)" 0 "withdrawn itself, all three go"

# Where neither a manifest nor a ledger is left, the names of the files tell.
unnamed() {
    rm -rf src out && mkdir -p src/a
    jpeg src/a/a-b.jpg 100 75 2
    [ $# -eq 0 ] || jpeg "src/a/$1" 100 75 1
    build
    rm out/a/manifest.json out/.photodesk/ledger.sqlite*
}
unnamed
withdraw a/a.jpg --reason mistyped
is "$status" 1 "no manifest, no ledger, and a name that another begins with: exit code"
like "$stderr" 'the gallery a has no photo a\.jpg; it has 1, such as a-b$' "says that there is none, and what there is"
is "$(files a-b a) $(cat out/.withdrawn.json 2>/dev/null)" "1 " "and nothing of the other goes"
withdraw a/a-b.jpg --reason why
is "$status $(files a-b a)" "0 0" "its own name counts"
like "$stderr" 'files are named for a/a-b\.jpg, but nothing says yet .* see that it has just this name' "with a caution, since it is known from files alone"
unnamed a.jpg
withdraw a/a.jpg --reason why
is "$status $(find out/a -name 'a-small-*' | wc -l) $(files a-b a)" "0 0 1" "both there: the one goes, the other stays"
unnamed a.jpg
build
rm out/a/manifest.json
withdraw a/a-b.jpeg --reason mistyped
is "$status" 1 "a ledger alone, and another ending: exit code"
like "$stderr" 'the gallery a has no photo a-b\.jpeg; it has 2, such as a-b\.jpg$' "says what the ledger knows"
withdraw a/a-b.jpg --reason why
is "$status $(files a-b a) $stderr" "0 0 " "the name that the ledger has counts"

rm -rf src out && mkdir -p src/a
jpeg src/a/a.jpg 100 75 1
jpeg src/a/b.jpg 100 75 2
printf '[preset]\ntitle = Former\nextends = small\n\n[rendition thumb-square]\nwidths = 32\naspect = 1:1\nformat = webp\nquality = 90\nmethod = 0\nstamp = false\n' \
    >config/photodesk/presets/former.preset
run photodesk build src -o out --preset former --credit Dana
build
is "$(find out/a -name 'a-thumb-square-*' | wc -l)" 1 "before: a variant of a preset of before"
withdraw a/a.jpg --reason why
is "$(find out/a -name 'a-*' | wc -l)" 0 "goes with the photo, though nothing names its rendition"

cat >side.xmp <<'END'
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Yael Cohen</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
END
rm -rf src out && mkdir -p src/a src/b src/c
jpeg src/b/one.jpg 100 75 1
cp src/b/one.jpg src/a/copy.jpg # built before the one that is withdrawn
cp src/b/one.jpg src/c/beside.jpg
cp side.xmp src/b/one.xmp
cp side.xmp src/c/beside.xmp
jpeg src/c/other.jpg 100 75 2
cp src/b/one.jpg $'src/b/\351.jpg'
build
left() { find out -name '*-small-*' ! -name 'other-*' | wc -l; }
withdraw b/one.jpg --reason 'a minor'
is "$status|$stderr" "0|" "copies in other galleries: exit code"
is "$(sort <<<"$stdout")" 'withdrawn a/copy.jpg, a copy of b/one.jpg: 1 file removed
withdrawn b/\xe9.jpg, a copy of b/one.jpg: 1 file removed
withdrawn b/one.jpg: 1 file removed
withdrawn c/beside.jpg, a copy of b/one.jpg: 1 file removed' "each is told"
is "$(left) $(photos a) $(photos b) $(photos c)" "0   other.jpg" \
    "they go at once, whatever sidecars they and the photo have"
run photodesk verify out
is "$status" 0 "what is left is whole"
build --check
is "$status" 0 "--check: OUT is as a build would leave it"
withdraw b/one.jpg --reason 'a minor'
is "$stdout" "withdrawn b/one.jpg (again): 0 files removed" "again: there are none any more"
cp -r src/a src/d
build
is "$(left)" 0 "nor is there one after the next build"
withdraw b/one.jpg --undo
build
is "$(left) $(photos c)" "5 beside.jpg other.jpg" "--undo lets all of them come back"
rm src/a/copy.jpg
echo '{' >out/d/manifest.json
withdraw b/one.jpg --reason 'a minor'
is "$status" 1 "one whose manifest is damaged: exit code"
like "$stderr" '^photodesk withdraw: d/copy\.jpg, a copy of b/one\.jpg, stays published: out/d/manifest\.json .*build its gallery again' \
    "which is told, and what to do"
is "$(photos a) $(photos b) $(photos c)" "  other.jpg" "the others go"
build
is "$stderr" "$(grep ^withdrawn <<<"$stderr")" "one whose original goes then is not told to have left only now"
is "$(left)" 0 "and all are gone"

withdraw b/one.jpg --undo
build
rm out/.photodesk/ledger.sqlite*
withdraw b/one.jpg --reason 'a minor'
is "$status" 0 "no ledger: exit code"
like "$stderr" 'copies of b/one\.jpg under other names cannot be known now; they go with the next build' "says that copies stay, and till when"
build
is "$(left)" 0 "and they do go then"

# A page that cannot be written, and a rendition of a former preset
{ printf '[rendition big-small]\nwidths = 80\n'; } | small_preset former 64
rm -rf src out && mkdir -p src/a
jpeg src/a/one.jpg 100 75 1
jpeg src/a/two.jpg 100 75 2
run photodesk build src -o out --preset former --credit Dana
build
rm out/a/head.html && mkdir out/a/head.html
withdraw a/one.jpg --reason 'a minor'
is "$status" 3 "a folder in the place of a page: exit code"
is "$(find out -name 'one-*')" "" "its files are gone all the same, those of a former preset, too"

rm -rf src out && mkdir -p src/a src/b
jpeg src/a/one.jpg 100 75 1
cp src/a/one.jpg src/b/copy.jpg
cp side.xmp src/a/one.xmp
desk() { run photodesk watch src -o out --preset small --settle 0.1 --credit Dana --once --after archive kept; }
desk
withdraw a/one.jpg --reason 'a minor'
is "$(find out -name 'copy-*' | wc -l)$(find out/.photodesk -name '.copy*' | wc -l)" 00 "one whose original is archived goes, too"
desk
run photodesk withdraw out
cp kept/b/copy.jpg src/b/again.jpg
desk
is "$(find out -name 'again-*' | wc -l)" 0 "and one that comes without the sidecar stays away"

done_testing
