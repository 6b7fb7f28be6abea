#!/bin/bash
# build as a whole: which folders and files are taken, where they land, under which names, and how a run is told.

. "${0%/*}/lib.sh"

small_preset small <<'P'
[rendition thumb]
widths = 32
aspect = 1:1
format = webp
quality = 60
method = 0
stamp = false
P
jpeg one.jpg 100 75 1
jpeg two.jpg 100 75 2
jpeg three.jpg 75 100 3

build() {
    run photodesk build --preset small --credit 'Dana Cohen' "$@"
}

# ---- Folders ----

mkdir -p src/2024/week src/2024/empty 'src/שבוע החינוך' elsewhere/extra
cp one.jpg src/top.jpg
cp one.jpg src/2024/a.jpg
cp two.jpg src/2024/week/a.jpg
cp three.jpg 'src/שבוע החינוך/תמונה.jpg'
echo 'Not a photo' >src/2024/empty/notes.txt
build src -o out
is "$status" 0 "nested galleries: exit code"
is "$(cd out && find . -name manifest.json | sort)" "./2024/manifest.json
./2024/week/manifest.json
./manifest.json
./שבוע החינוך/manifest.json" "each folder with photos is a gallery at the same path"
ok "a folder without photos is none" [ ! -e out/2024/empty ]
is "$(manifest out .gallery)|$(manifest out/2024/week .gallery)" "|2024/week" "manifests name their galleries"
is "$(manifest out/2024 '.photos | keys | join(" ")')" "a.jpg" "a gallery has its own photos only"
is "$(manifest out .preset)" small "manifests name their preset"
is "$(manifest out .version)" 1 "manifests have a version"
like "$stdout" '^4 published, 0 unchanged, 0 failed' "summary line"
is "$(printf '%s\n' "$stdout" | wc -l)" 1 "the summary is one line"
is "$(hidden out)" "" "no hidden file stays in OUT"
is "$(staged out)" "" "nothing stays in staging"
is "$(find src -newer out -type f)" "" "sources are left alone"

mkdir nothing
build nothing -o nothing-out
is "$status" 0 "a source without photos is no failure"
like "$stderr" 'there is no photo \(JPEG, PNG, TIFF, WebP, HEIC or AVIF\)' "but it is told"
build nothing -o nothing-out --quiet
is "$stderr" "" "unless --quiet"

cp one.jpg elsewhere/extra/b.jpg
build src elsewhere -o both
is "$status" 0 "two sources: exit code"
is "$(cd both && find . -name manifest.json | sort | tr '\n' ' ')" \
   "./2024/manifest.json ./2024/week/manifest.json ./extra/manifest.json ./manifest.json ./שבוע החינוך/manifest.json " \
   "two sources land side by side"

mkdir -p rival/2024
cp one.jpg rival/2024/c.jpg
build src rival -o clash
is "$status" 2 "two galleries of one path: exit code"
like "$stderr" 'src/2024 and rival/2024 would land in the same place' "two galleries of one path: both are named"
ok "two galleries of one path: nothing is made" [ ! -e clash ]

build src absent -o partly
is "$status" 1 "one source is not there: exit code"
like "$stderr" '^FAILED absent: ' "one source is not there: says so"
like "$stdout" '^4 published, 0 unchanged, 1 failed' "one source is not there: it is counted, and the other is published"

build nothing -o none
is "$status" 0 "a source without photos: exit code"
like "$stdout" '^0 published, 0 unchanged, 0 failed' "a source without photos: summary"

# ---- Names of files ----

names=$(cd out && find . -name '*.webp' | sort)
like "$names" '^\./top-small-64-[0-9a-f]{10}\.webp$' "STEM-RENDITION-WIDTH-HASH10.webp"
like "$names" '^\./top-thumb-32-[0-9a-f]{10}\.webp$' "the same for the other rendition"
is "$(printf '%s\n' "$names" | grep -Evc -- '/[^/]+-(small-64|thumb-32)-[0-9a-f]{10}\.webp$')" 0 \
   "every variant is named like that"
is "$(printf '%s\n' "$names" | wc -l)" 8 "two variants a photo"
like "$names" '/שבוע החינוך/תמונה-small-64-' "Hebrew letters stay"

mkdir odd
cp one.jpg 'odd/a b  c.jpg'
cp one.jpg "odd/it's \"so\".jpg"
cp one.jpg 'odd/📷 party 🎉.jpg'
cp one.jpg odd/$'new\nline.jpg'
cp one.jpg 'odd/%41?&#+.jpg'
cp one.jpg odd/-rf.jpg
cp one.jpg odd/'<b>&amp;.jpg'
cp one.jpg odd/no-ending
cp one.jpg odd/v1.2.final.JPEG
cp one.jpg odd/'בִּקּוּר השר.jpg'
cp one.jpg odd/$'latin-\351.jpg'
cp one.jpg "odd/$(printf 'long%.0s' {1..60}).jpg"
cp one.jpg odd/...jpg 2>/dev/null
cp one.jpg 'odd/!!!.jpg'
build odd -o odd-out
is "$status" 0 "odd names: exit code"
is "$stderr" "$(printf '%s\n' "$stderr" | grep '^published ')" "odd names: one plain line each, though one has a line break"
is "$(printf '%s\n' "$stderr" | wc -l)" 13 "odd names: as many lines as photos"
cd odd-out || exit 1
stem() {
    jq -r --arg n "$1" '.photos[$n].renditions.small[0].file' manifest.json | sed -E 's/-small-64-[0-9a-f]{10}\.webp$//'
}
is "$(stem 'a b  c.jpg')" a-b-c "spaces become hyphens"
is "$(stem "it's \"so\".jpg")" it-s-so "quotes become hyphens"
is "$(stem '📷 party 🎉.jpg')" party "emoji are left out"
is "$(stem $'new\nline.jpg')" new-line "a line break becomes a hyphen"
is "$(stem -rf.jpg)" rf "no stem begins with a hyphen"
is "$(stem no-ending)" no-ending "a name without ending"
is "$(stem v1.2.final.JPEG)" v1-2-final "dots inside a name"
is "$(stem 'בִּקּוּר השר.jpg' | LC_ALL=C sed 's/-.*//' | wc -m)" "$(printf 'בִּקּוּר\n' | wc -m)" "vowel points stay"
is "$(stem '!!!.jpg')" photo "a name without letters becomes photo"
is "$(find . -name '*.webp' -printf '%f\n' | LC_ALL=C grep -c '[][ %?#&<>"'\''\\:;+,@()]')" 0 "no name needs quoting in a URL or a shell"
is "$(find . -name '*.webp' -printf '%f\n' | awk '{ if (length($0) > n) n = length($0) } END { print (n <= 255) }')" 1 \
   "a very long name still fits"
is "$(jq '.photos | length' manifest.json)" 13 "each is in the manifest"
is "$(jq -r '.photos[].renditions[][].file' manifest.json | sort -u | wc -l)" "$(find . -name '*.webp' | wc -l)" \
   "the manifest names what is there"
cd ..

mkdir twins
cp one.jpg twins/a.jpg
cp two.jpg twins/a.jpeg
cp three.jpg twins/A.JPG
cp one.jpg 'twins/a!.jpg'
build twins -o twins-out
is "$status" 0 "photos of one stem: exit code"
is "$(manifest twins-out '.photos | keys | join(" ")')" "A.JPG a!.jpg a.jpeg a.jpg" "photos of one stem: all are in the manifest"
is "$(manifest twins-out '.photos["a.jpg"].renditions.small[0].file == .photos["a.jpeg"].renditions.small[0].file')" false \
   "photos of one stem: each has its own file"
is "$(for f in $(manifest twins-out '.photos[].renditions[][].file'); do [ -s "twins-out/$f" ] || echo "$f"; done)" "" \
   "photos of one stem: every file is there"
build twins -o twins-out
like "$stdout" '^0 published, 4 unchanged' "photos of one stem: all are known"

mkdir -p latin/$'\350'
cp one.jpg latin/$'\351.jpg'
cp two.jpg latin/$'\352.jpg'
cp one.jpg latin/$'\350/\351.jpg'
build latin -o latin-out
is "$status" 0 "names in another encoding: exit code"
is "$(manifest latin-out '.photos | keys | join(" ")')" '\xe9.jpg \xea.jpg' "names in another encoding: each is in the manifest"
is "$(manifest latin-out/$'\350' '.gallery')" '\xe8' "names in another encoding: a gallery, too"
like "$(cat latin-out/index.html)" '\\xea\.jpg' "names in another encoding: and on the contact sheet"
build latin -o latin-out
like "$stdout" '^0 published, 3 unchanged' "names in another encoding: all are known"

mkdir -p reserved/index.html reserved/deep/manifest.json reserved/desk.html
cp one.jpg reserved/a.jpg
cp one.jpg reserved/index.html/b.jpg
cp one.jpg reserved/desk.html/e.jpg
cp one.jpg reserved/deep/c.jpg
cp one.jpg reserved/deep/manifest.json/d.jpg
build reserved -o reserved-out
is "$status" 1 "folders with the names of a gallery's files: exit code"
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED The folder reserved/.* has the name of a file .*; rename it')" 3 \
   "folders with the names of a gallery's files: each is refused"
like "$stdout" '^2 published, 0 unchanged, 3 failed' "folders with the names of a gallery's files: the others are published"

# ---- What is not a photo ----

mkdir -p left/.hidden left/sub 'left/#recycle/monday' 'left/$Recycle.Bin/S-1-5-21' left/@eaDir/good.jpg
cp one.jpg left/good.jpg
for name in .hidden.jpg up.jpg.part up.jpg.tmp up.jpg.filepart up.jpg.crdownload up.jpg~ UP.JPG.PART; do
    cp one.jpg "left/$name"
done
for folder in .hidden '#recycle/monday' '$Recycle.Bin/S-1-5-21' @eaDir/good.jpg; do
    cp one.jpg "left/$folder/x.jpg"
done
for name in '~$captions.xlsx' good.xmp notes.txt README.md list.tsv data.json page.html Thumbs.db; do
    echo x >"left/$name"
done
printf 'file,caption\n' >left/captions.csv
build left -o left-out
is "$status" 0 "companions and unfinished files: exit code"
is "$(manifest left-out '.photos | keys | join(" ")')" good.jpg "hidden, unfinished and companion files are no photos"
is "$(find left-out -name manifest.json)" left-out/manifest.json "hidden folders, and a file server's own, are no galleries"

mkdir -p linked/real store
cp one.jpg store/far.jpg
ln -s ../store/far.jpg linked/near.jpg
ln -s ../../store/far.jpg linked/real/deep.jpg
ln -s ../store linked/folder
ln -s . linked/loop
build linked -o linked-out
is "$status" 0 "links: exit code"
is "$(manifest linked-out '.photos | keys | join(" ")')" near.jpg "a link to a file is followed"
is "$(cd linked-out && find . -name manifest.json | sort | tr '\n' ' ')" "./manifest.json ./real/manifest.json " \
   "links to folders are not"

# ---- How it is told ----

build src -o told
is "$(printf '%s\n' "$stderr" | grep -Ec '^published .+: 2 files, [0-9]+ kB$')" 4 "piped: a plain line a photo"
like "$stderr" '^published 2024/week/a\.jpg: ' "piped: with the path of the photo"
unlike "$stderr" "$(printf '[\r\033]')" "piped: no control characters"
build src -o told
is "$stderr" "" "nothing to do: no lines"
like "$stdout" '^0 published, 4 unchanged, 0 failed' "nothing to do: summary"

: >src/2024/bad.jpg
build src -o told --quiet
is "$status" 1 "--quiet: exit code"
is "$stdout" "" "--quiet: no summary"
is "$(printf '%s\n' "$stderr" | wc -l)" 1 "--quiet: one line for what failed"
like "$stderr" '^FAILED 2024/bad\.jpg: ' "--quiet: says what failed"
build src -o quiet-new -q
like "$stderr" '^FAILED 2024/bad\.jpg: ' "-q on a first run: only what failed"
is "$(printf '%s\n' "$stderr" | wc -l)" 1 "-q on a first run: nothing else"

# ---- --json ----

build src -o json --json
is "$status" 1 "--json: exit code"
is "$(printf '%s\n' "$stdout" | jq -c . 2>&1 | wc -l)" "$(printf '%s\n' "$stdout" | wc -l)" "--json: one object a line"
ok "--json: every line is JSON" jq -es 'all(.[]; type == "object")' .stdout
is "$(jq -r .event .stdout | sort | uniq -c | tr -s ' ' | tr '\n' ',')" " 1 failed, 1 finished, 4 published, 1 started," \
   "--json: the events"
is "$(jq -r .event .stdout | sed -n '1p;$p' | tr '\n' ' ')" "started finished " "--json: first and last event"
is "$(jq -c 'select(.event == "started") | .photos' .stdout)" 5 "--json: started tells how many photos"
is "$(jq -c 'select(.event == "finished") | [.photos, .published, .unchanged, .failed]' .stdout)" "[5,4,0,1]" \
   "--json: totals"
is "$(jq -s '(map(select(.event == "published") | .files) | add) == (.[-1].files)' .stdout)" true "--json: files add up"
is "$(jq -s '(map(select(.event == "published") | .bytes) | add) == (.[-1].bytes)' .stdout)" true "--json: bytes add up"
is "$(jq -s '.[-1].bytes' .stdout)" "$(find json -name '*.webp' -printf '%s\n' | awk '{ n += $1 } END { print n }')" \
   "--json: bytes are those on disk"
is "$(jq -c 'select(.event == "published") | keys' .stdout | sort -u)" '["bytes","encoded","event","files","gallery","photo","reason"]' \
   "--json: keys of published"
is "$(jq -c 'select(.event == "failed") | [.gallery, .photo, (.message | type)]' .stdout)" '["2024","bad.jpg","string"]' \
   "--json: failed names gallery, photo and reason"
is "$(jq -c 'select(.event == "finished") | keys' .stdout)" \
   '["bytes","event","failed","files","photos","published","removed","seconds","unchanged"]' "--json: keys of finished"
is "$(jq -r 'select(.event == "published") | .gallery + "/" + .photo' .stdout | sort | tr '\n' ' ')" \
   "/top.jpg 2024/a.jpg 2024/week/a.jpg שבוע החינוך/תמונה.jpg " "--json: published names gallery and photo"
like "$stderr" '^FAILED 2024/bad\.jpg' "--json: people read failures, too"
unlike "$stderr" '^published' "--json: people read no progress"

build src -o json --json
is "$(jq -c 'select(.event == "finished") | [.photos, .published, .unchanged, .failed, .files, .bytes]' .stdout)" \
   "[5,0,4,1,0,0]" "--json: totals of a second run"
build odd -o json-odd --json --jobs 1
ok "--json: odd names are JSON, too" jq -es 'length == 15' .stdout
is "$(jq -r 'select(.photo == "new\nline.jpg") | .event' .stdout)" published "--json: a line break in a name"

mkdir -p tables/a tables/b
cp one.jpg tables/a
cp two.jpg tables/b
ln -s nowhere tables/a/captions.csv
build tables -o tables-out --json
is "$(jq -c '[.event, .gallery, .photo, .failed]' .stdout | tr '\n' ' ')" \
   '["started",null,null,0] ["failed","a","captions.csv",null] ["published","b","two.jpg",null] ["finished",null,null,1] ' \
   "--json: started comes first, also where a captions.csv cannot be read"

# ---- On a terminal ----

if command -v script >/dev/null; then
    script -qec "'$PHOTODESK' build src -o tty --preset small --credit Dana >tty.stdout" /dev/null >tty.raw </dev/null
    is $? 1 "terminal: exit code"
    tr '\r' '\n' <tty.raw | sed 's/\x1b\[K//g' >tty.lines
    like "$(cat tty.lines)" '^[0-9]+ of 5 photos, [0-9]+\.[0-9] a second, [0-9]+:[0-9][0-9] left' "terminal: photos, rate, time left"
    like "$(cat tty.lines)" '^5 of 5 photos, .*0:00 left' "terminal: to the end"
    like "$(cat tty.lines)" '^FAILED 2024/bad\.jpg: ' "terminal: failures have their own line"
    unlike "$(cat tty.lines)" '^published' "terminal: no line a photo"
    like "$(cat tty.stdout)" '^4 published, 0 unchanged, 1 failed' "terminal: summary on standard output"
    is "$(tail -c 4 tty.raw | od -An -c | tr -d ' \n')" '\r033[K' "terminal: the progress line is wiped at the end"
    script -qec "'$PHOTODESK' build src -o tty2 --preset small --credit Dana --quiet >tty.stdout" /dev/null >tty.raw </dev/null
    unlike "$(cat tty.raw)" 'a second' "terminal: --quiet shows no progress"
else
    skip 8 "no script(1) to make a terminal"
fi

# ---- Number of children ----

build src -o jobs1 --jobs 1
build src -o jobs8 --jobs 8
is "$(content jobs8)" "$(content jobs1)" "the result does not depend on --jobs"

# ---- Other programs' files ----

mkdir -p theirs/post theirs/page site/post site/page
jpeg theirs/post/a.jpg
jpeg theirs/post/b.jpg
jpeg theirs/page/c.jpg
echo '<h1>MINE</h1>' >site/post/index.html
echo '{"name": "an app"}' >site/manifest.json
run photodesk build theirs -o site --preset small --credit Dana
is "$status" 1 "a page of others in the place of ours: exit code"
like "$stderr" '^FAILED post/a.jpg: is not published, since site/post/index.html is another program' "says which, and what to do"
is "$(cat site/post/index.html)$(cat site/manifest.json)" '<h1>MINE</h1>{"name": "an app"}' "it stays"
is "$(manifest site/page '.photos | keys | join(" ")')" "c.jpg" "another gallery is published beside a manifest of others"
rm -r theirs/post
run photodesk build theirs -o site --preset small --credit Dana
is "$(cat site/post/index.html)" '<h1>MINE</h1>' "it stays when the photos go"
run photodesk convert theirs/page/c.jpg -o site --preset small --credit Dana
is "$status" 1 "convert into such a folder: exit code"
is "$(cat site/manifest.json)" '{"name": "an app"}' "it stays"
rm -r site/page/manifest.json site/.photodesk
echo '{"name": "an app"}' >site/page/manifest.json
run photodesk build theirs -o site --preset small --credit Dana --check
is "$status" 1 "without a ledger, and a manifest that others put there: exit code"
is "$(cat site/page/manifest.json)" '{"name": "an app"}' "it stays"
run photodesk build theirs -o whole --preset small --credit Dana
rm -r whole/.photodesk
run photodesk build theirs -o whole --preset small --credit Dana
is "$status" 0 "without a ledger, our own are known"

# ---- What is in the way of one gallery ----

rm -rf theirs site
mkdir -p theirs/a theirs/b/below theirs/c
for g in a b b/below c; do jpeg "theirs/$g/$(basename $g).jpg" 100 75 7; done
theirs() { run photodesk build theirs -o site --preset small --credit Dana; }
# hindered NAME TEXT: b and what is below it fail with this, the others do not
hindered() {
    is "$status" 1 "$1: exit code"
    like "$stderr" "^FAILED b/b.jpg: is not published, since $2; move that away" "$1: says which, and what to do"
    is "$(manifest site/a '.photos | keys | join(" ")') $(manifest site/c '.photos | keys | join(" ")')" "a.jpg c.jpg" "$1: the others are published"
}
for page in index.html figures.html head.html manifest.json; do
    rm -rf site && mkdir -p site/b/$page
    theirs
    hindered "a folder $page" "site/b/$page is a folder where a file has to be"
done
rm -r site/b/manifest.json
theirs
is "$status" 0 "when it is gone, all are: exit code"
rm site/b/index.html && mkdir site/b/index.html
theirs
hindered "a folder in the place of a page that was there" "site/b/index.html is a folder where a file has to be"
rm -rf site && mkdir site && echo hi >site/b
theirs
hindered "a file in the place of its folder" "site/b is a file where a folder has to be"
like "$stderr" '^FAILED b/below/below.jpg: .*since site/b is a file' "and in that of one below it"
is "$(cat site/b)" hi "which stays"
rm site/b && ln -s nowhere site/b
theirs
hindered "a link that leads nowhere" "site/b is a link that leads nowhere where a folder has to be"
ln -sfn b site/b
theirs
hindered "a link that leads to itself" "site/b is a link that leads nowhere where a folder has to be"
rm site/b && mkdir site-b && ln -s ../site-b site/b
theirs
is "$status" 0 "a link that leads to a folder is one: exit code"
run photodesk build theirs -o site --preset small --credit Dana --check
is "$status" 0 "and nothing is left to do"
rm -r whole/.photodesk whole/page/manifest.json
run photodesk build theirs -o whole --preset small --credit Dana
is "$status" 0 "and so is a contact sheet of ours without its manifest"

done_testing
