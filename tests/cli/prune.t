#!/bin/bash
# What former builds have left goes, when its grace is over; all else stays.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
build() { run photodesk build src -o out --preset small --credit "${1:-Dana}"; }
# later DAYS COMMAND...: the same so many days from now, for a program that asks for the time
faketime=$(dpkg -L libfaketime 2>/dev/null | grep '/libfaketime\.so' || :)
if [ -z "$faketime" ]; then
    skip 38 "libfaketime is not installed"
    done_testing
fi
later() {
    local days=$1
    shift
    run env LD_PRELOAD="$faketime" FAKETIME="+${days}d" NO_FAKE_STAT=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
        ASAN_OPTIONS=verify_asan_link_order=0 "$PHOTODESK" "$@"
}

mkdir -p src/a src/b
jpeg src/a/one.jpg 100 75 1
jpeg src/a/two.jpg 100 75 2
jpeg src/b/three.jpg 100 75 3
jpeg src/top.jpg 100 75 4
build
jpeg src/a/one.jpg 100 75 5 # corrected
rm src/b/three.jpg          # gone
jpeg src/top.jpg 100 75 6
build
live out >kept
old=$(cd out && find . -name 'one-small-*.webp' ! -newer b/manifest.json | head -1)

# ---- What must stay ----

cp out/a/manifest.json out/a/my-small-64-0123456789.webp # a name of ours, another's bytes
cp "out/$old" out/a/photo.webp
mkdir out/app && echo '{"name":"an app"}' >out/app/manifest.json
cp "out/$old" out/app/
mkdir -p out/.hidden && cp "out/$old" out/.hidden/
published out >before
content out >before.bytes

run photodesk prune out
is "$status" 0 "within the grace: exit code"
is "$stdout" "0 files removed, 0 bytes; 3 more wait for the end of their grace" "within the grace: nothing goes, which is said"
later 6.9 prune out
is "$stdout" "0 files removed, 0 bytes; 3 more wait for the end of their grace" "almost 7 days later: nothing goes"
later 3 prune out --grace 4
like "$stdout" '^0 files removed' "--grace 4: nothing goes in 3 days"
later 7.1 prune out --dry-run
is "$(grep -c '^would remove .*small-64-[0-9a-f]*\.webp ([0-9]* bytes)$' .stdout)" 3 "--dry-run lists what would go"
like "$stdout" '^3 files would be removed, [1-9][0-9]* bytes; 0 more' "--dry-run sums it up"
is "$(content out)" "$(cat before.bytes)" "--dry-run removes nothing"

# ---- What goes ----

later 7.1 prune out --json
is "$status" 0 "after the grace: exit code"
is "$(jq -r 'select(.event == "pruned").file' .stdout | LC_ALL=C sort)" \
    "$(published out | cut -c3- | LC_ALL=C comm -13 - <(cut -c3- before))" "what it says it removed is what is gone"
is "$(jq -s 'map(select(.event == "pruned").bytes) | add' .stdout)" "$(jq 'select(.event == "swept").bytes' .stdout)" \
    "the bytes add up"
is "$(jq 'select(.event == "swept").files' .stdout)" 3 "three files"
run ls out/a/my-small-64-0123456789.webp out/a/photo.webp "out/app/${old##*/}" "out/.hidden/${old##*/}"
is "$status" 0 "what is another's stays: by its bytes, its name, its manifest, its folder"
rm -r out/app out/a/my-small-64-0123456789.webp out/a/photo.webp
is "$(live out)" "$(cat kept)" "what a reader reaches is as it was"
rm -r out/.hidden
run photodesk build src -o out --preset small --credit Dana --check
is "$status" 0 "what stays is what a build leaves"

# ---- Grace begins when a manifest drops a file ----

jpeg src/a/two.jpg 100 75 7
build
touch -d '+1 hour' out/a/manifest.json
run photodesk prune out --grace 0
like "$stdout" '^0 files removed.* 1 more waits for the end of its grace$' "a file that was named till now stays, though it is older than its grace"
touch out/a/manifest.json
run photodesk prune out --grace 0
like "$stdout" '^1 file removed' "--grace 0: what is named no more goes at once"

# ---- Galleries that are gone, damaged manifests, staging ----

jpeg src/a/two.jpg 100 75 8
build
mkdir -p src/c && jpeg src/c/x.jpg 100 75 1 && build && jpeg src/c/x.jpg 100 75 2 && build && rm -r src/c && build
is "$(ls out/c | wc -l)" 1 "a gallery that is gone leaves an old variant"
cp out/a/manifest.json good.json
head -c 100 good.json >out/a/manifest.json
content out/a >a.before
mkdir -p out/.photodesk/staging/7 && head -c 1000 /dev/zero >out/.photodesk/staging/7/x-small-64-0123456789.webp
run photodesk prune out --grace 0
is "$status" 1 "a damaged manifest: exit code"
is "$(printf '%s\n' "$stderr" | grep -c '^FAILED out/a/manifest.json .*nothing of its gallery is removed')" 1 "a damaged manifest: one error"
is "$(content out/a)" "$(cat a.before)" "a damaged manifest: nothing of its gallery goes"
ok "the old variant of the gallery that is gone went, and its folder" test ! -e out/c
like "$stdout" '^removed .photodesk/staging/7/x-small-64-0123456789.webp \(1000 bytes\)' "what a killed run staged goes"
is "$(staged out)" "" "staging is empty"
run photodesk prune out --grace 0 --json
like "$(jq -r 'select(.event == "failed").message' .stdout)" '^out/a/manifest.json' "--json tells the error"
cp good.json out/a/manifest.json

# ---- Beside a run ----

build
flock --no-fork out/.photodesk/lock sleep 30 &
holder=$!
wait_for eval '! flock -n out/.photodesk/lock true'
run photodesk prune out --grace 0
is "$status" 3 "beside a run, no grace: exit code"
like "$stderr" 'give a --grace of 1 day or more' "beside a run, no grace: what to do"
mkdir -p out/.photodesk/staging/8 && echo x >out/.photodesk/staging/8/x
jpeg src/x.jpg && cp "out/$(manifest out '.photos["top.jpg"].renditions.small[0].file')" p.webp
name=new-small-64-$(manifest out '.photos["top.jpg"].renditions.small[0].file' | sed 's/.*-//')
cp p.webp "out/$name" # as a run has just put it there
later 8 prune out
is "$status" 0 "beside a run: exit code"
like "$stdout" '^removed a/two-small-64' "beside a run: what a manifest has dropped goes"
like "$stdout" '^1 file removed' "beside a run: that alone"
ok "beside a run: a file that came after the manifest stays" test -e "out/$name"
ok "beside a run: its staging stays" test -e out/.photodesk/staging/8/x
kill $holder
wait $holder 2>/dev/null
later 8 prune out
like "$stdout" '^2 files removed' "when it has ended, they go"

# ---- The command line ----

run photodesk prune
is "$status" 2 "no folder: exit code"
run photodesk prune out --grace -1
is "$status" 2 "--grace -1: exit code"
run photodesk prune out --grace nan
is "$status" 2 "--grace nan: exit code"
run photodesk prune src
is "$status" 2 "a folder that nothing is published into: exit code"
like "$stderr" 'src is no folder that photodesk publishes into' "a folder that nothing is published into: says so"
ok "and nothing is made there" test ! -e src/.photodesk

done_testing
