#!/bin/bash
# A source folder that is gone takes down what was published of it: that, no more, and only when it is really gone.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
jpeg one.jpg 100 75 1
jpeg two.jpg 100 75 2
sow() { # a source with galleries at several depths
    rm -rf src out
    mkdir -p src/2024/week src/2023/deep/er src/stays
    cp one.jpg src/2024/a.jpg
    cp one.jpg src/2024/week/b.jpg
    cp two.jpg src/2024/week/c.jpg
    cp one.jpg src/2023/deep/er/d.jpg
    cp two.jpg src/stays/e.jpg
    build src
    stays=$(content out/stays)
}
build() { run photodesk build -o out --preset small --credit Dana "$@"; }

# ---- What goes ----

sow
rm -r src/2024/week
build src
is "$status" 0 "a folder is gone: exit code"
like "$stdout" '^0 published, 3 unchanged, 0 failed' "a folder is gone: nothing else is done"
is "$stderr" "removed 2024/week: 6 files, since its source folder is gone" "a folder is gone: it is told in one line"
ok "a folder is gone: so is what was published of it" [ ! -e out/2024/week ]
is "$(manifest out/2024 '.photos | keys | join(" ")')" a.jpg "a folder is gone: the one around it stays"
build src
is "$stderr" "" "a folder is gone: once"

rm -r src/2023
build src --json
ok "a folder with folders: those around it that are empty go, too" [ ! -e out/2023 ]
is "$(jq -c 'select(.event == "removed")' .stdout)" '{"event":"removed","gallery":"2023/deep/er","files":5}' "--json tells it"
is "$stderr" "" "--json: people need not be told"
is "$(jq -r .event .stdout | tr '\n' ' ')" "started unchanged unchanged removed finished " "--json: between the first and the last event"
rm -r src/2024
build src --quiet
is "$stdout$stderr" "" "--quiet says nothing of it"
is "$(ls out)" stays "all are gone but the one that is there"
is "$(content out/stays)" "$stays" "which is as it was"

# ---- A photo that goes ----

removed() { jq -c 'select(.event == "removed") | [.gallery, .photo, .reason]' .stdout; }
sow
rm src/2024/week/b.jpg
build src --explain
is "$status|$(grep -v ^unchanged <<<"$stderr")" "0|removed 2024/week/b.jpg: is gone from its folder" "a photo is gone: told, in one line"
like "$stdout" '^0 published, 4 unchanged, 0 failed, 1 removed ' "a photo is gone: and counted"
is "$(manifest out/2024/week '.photos | keys | join(" ")')" c.jpg "a photo is gone: it is, when it is told"
build src
is "$stderr" "" "a photo is gone: once"
unlike "$stdout" removed "a photo is gone: nor counted again"
rm src/2024/week/c.jpg src/stays/e.jpg
build src --dry-run --json
is "$(removed)" "" "the last ones of their folders are gone: --dry-run tells nothing that has not happened"
build src --json
is "$(removed)" '["2024/week","c.jpg","is gone from its folder"]
["stays","e.jpg","is gone from its folder"]' "the last ones of their folders are gone: --json tells each"
is "$(jq -c 'select(.event == "finished") | .removed' .stdout)" 2 "the last ones of their folders are gone: and how many"
rm src/2024/a.jpg src/2023/deep/er/d.jpg
build src
is "$status|$(tr '\n' ';' <<<"$stderr")" \
    "0|removed 2023/deep/er/d.jpg: is gone from its folder;removed 2024/a.jpg: is gone from its folder;photodesk build: there is no photo (JPEG, PNG, TIFF, WebP, HEIC or AVIF) to publish;" \
    "no photo is left at all: told, too"

sow
mv src/stays/e.jpg src/stays/f.jpg
build src
is "$(grep -v ^published <<<"$stderr")" "removed stays/e.jpg: is gone from its folder" "a photo has another name: its former one is told"
jpeg src/stays/g.jpg 100 75 3
build src
run photodesk withdraw out stays/g.jpg --reason why
rm src/stays/g.jpg
build src --check
is "$status|$stderr" "0|" "one that was withdrawn before: nothing is stale"
build src
is "$stderr" "" "one that was withdrawn before has gone long since"
rm src/2024/week/b.jpg
run photodesk watch src -o out --preset small --credit Dana --settle 0.1 --once
is "$stderr" "watching
removed 2024/week/b.jpg: is gone from its folder" "a desk tells it, too"
like "$stdout" ', 1 removed ' "and counts it"
rm src/2024/week/c.jpg
mkdir out/2024/week/head.html.d && rm out/2024/week/head.html && mv out/2024/week/head.html.d out/2024/week/head.html
build src
is "$status|$(grep ^removed <<<"$stderr")" "1|" "where the gallery cannot be written: nothing is told that has not happened"

# ---- Whole galleries again ----

sow
mv src/2024 src/2025
build src
is "$(cd out && find . -name manifest.json | sort | tr '\n' ' ')" \
    "./2023/deep/er/manifest.json ./2025/manifest.json ./2025/week/manifest.json ./stays/manifest.json " "a renamed folder moves"
mv src/2025 src/2024
build src
like "$stdout" '^3 published, 2 unchanged' "and moves back"

rm -r src && mkdir src # even the last ones
build src
is "$status" 0 "every folder is gone: exit code"
is "$(ls out)" "" "every folder is gone: OUT is empty"
is "$(hidden out)$(staged out)" "" "every folder is gone: but for its state"

# ---- What stays: files that photodesk did not write ----

sow
echo mine >out/2024/week/notes.html
mkdir -p out/2024/week/folder out/other/2024
echo mine >out/other/2024/manifest.json
former=$(manifest out/2024/week '.photos["b.jpg"].renditions.small[0].file')
rm -r src/2024
build src
is "$(cd out/2024 && find . | sort | tr '\n' ' ')" ". ./week ./week/folder ./week/notes.html " "files of others stay, and so their folders"
ok "a gallery that is not photodesk's stays" [ -s out/other/2024/manifest.json ]
ok "its own files are gone" [ ! -e "out/2024/week/$former" ]

sow
mkdir more && mkdir more/2022 && cp one.jpg more/2022/x.jpg && cp two.jpg more/top.jpg
build more
is "$status|$stderr" "0|$(printf '%s\n' "$stderr" | grep '^published')" "another source into the same OUT takes nothing down"
is "$(cd out && find . -name manifest.json | wc -l)" 6 "both are there"
build src
is "$(manifest out '.photos | keys | join(" ")')" top.jpg "a source without photos of its own leaves those of the other in their folder"
rm -r src/2024 more/2022
build more
ok "what is gone from a source goes with that source" [ ! -e out/2022 ]
ok "and no other" [ -s out/2024/manifest.json ]
mv src/stays src/2022 # from now on it is the other one's
build src
ok "which then takes down its own" [ ! -e out/2024 ]
build more
ok "a gallery belongs to the source that last had photos for it" [ -s out/2022/manifest.json ]
rm -rf more

sow
run photodesk convert one.jpg -o out/2024/week --preset small --credit Dana
run photodesk convert one.jpg -o single --preset small --credit Dana
mkdir bare
run photodesk build bare -o single --preset small --credit Dana
is "$(manifest single '.photos | keys | join(" ")')" one.jpg "what convert made, an empty source leaves alone"

# ---- What stays: all, where it is not certain that it is gone ----

sow
before=$(content out)
mv src elsewhere
build src
is "$status" 2 "SRC is not there: exit code"
is "$(content out)" "$before" "SRC is not there: nothing is removed"
mkdir second && cp one.jpg second/s.jpg
build src second
is "$status" 1 "SRC is not there, but another is: exit code"
is "$(content out | grep -v ' \./[^/]*$')" "$before" "SRC is not there, but another is: nothing is removed"
rm -rf second src
ln -s elsewhere src
rm -r elsewhere/2024
build src
is "$(content out | grep -v ' \./[^/]*$')" "$before" "SRC in another place is another one: nothing is removed"
rm src && mv elsewhere src && ln -s src by-link
build by-link
ok "SRC by another name is the same: it is removed" [ ! -e out/2024 ]
rm by-link

sow
before=$(content out)
mkdir store && mv src/2024 store/2024 && ln -s ../store/2024 src/2024
build src
is "$status" 0 "a link in the place of a folder: exit code"
like "$stderr" '^warning .*/src: 2 galleries \(2024, ...\) are no longer found there; they stay published, since something else' \
    "a link in the place of a folder: a warning"
is "$(content out)" "$before" "a link in the place of a folder: nothing is removed"
build src --json
is "$(jq -c 'select(.event == "warning") | [.gallery, .photo, (.message | type)]' .stdout)" '[null,null,"string"]' "--json tells the warning"
rm src/2024 && mv store/2024 src/2024

unreadable() { # unreadable NAME: with src/stays, which may not be read, and src/2024 gone
    is "$status" 1 "$1: exit code"
    like "$stderr" '^FAILED The folder src/.* cannot be read: Permission denied; ' "$1: says so"
    like "$stderr" '^warning .*/src: the gallery stays is no longer found there; it stays published, since its folder is there' "$1: warns"
    is "$(content out/stays)" "$before" "$1: nothing of it is removed, or changed"
    ok "$1: what is gone for certain is removed" [ ! -e out/2024 ]
}
as_nobody() { # a user to whom the modes of files mean something
    if [ "$(id -u)" -ne 0 ]; then
        run photodesk "$@"
    else
        run env XDG_DATA_DIRS="$T/data" setpriv --reuid 65534 --regid 65534 --clear-groups "$T/their-photodesk" "$@"
    fi
}
if [ "$(id -u)" -ne 0 ] || setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
    cp "$PHOTODESK" their-photodesk && rm data/photodesk/presets && cp -r "$ROOT/presets" data/photodesk/presets
    give() { [ "$(id -u)" -ne 0 ] || chown -R 65534:65534 src out; }
    chmod 755 .
    for mode in 000 444; do # no listing; a listing, but no way in
        sow
        give
        mv src/2024 store/2024
        chmod $mode src/stays
        before=$(content out/stays)
        as_nobody build src -o out --preset small --credit Dana
        unreadable "a folder of mode $mode"
        chmod 755 src/stays
        rm -r src/stays store/2024
        as_nobody build src -o out --preset small --credit Dana
        ok "a folder of mode $mode: it is removed when it is gone, too" [ ! -e out/stays ]
    done
    sow
    give
    before=$(content out)
    chmod 000 src
    as_nobody build src -o out --preset small --credit Dana
    is "$status" 2 "SRC may not be read: exit code"
    like "$stderr" '^FAILED The folder src cannot be read: Permission denied; ' "SRC may not be read: says so"
    is "$(content out)" "$before" "SRC may not be read: nothing is removed"
    chmod 755 src

    sow
    give
    rm -r src/2024
    chmod 555 out/2024/week
    as_nobody build src -o out --preset small --credit Dana
    is "$status" 1 "OUT does not let go of a file: exit code"
    like "$stderr" '^warning The gallery 2024/week is no longer found, but not taken down, since you may not write into out/2024/week' \
        "OUT does not let go of a file: says so"
    chmod 755 out/2024/week
    as_nobody build src -o out --preset small --credit Dana
    is "$status" 0 "OUT does not let go of a file: afterwards it goes on"
    ok "OUT does not let go of a file: to the end" [ ! -e out/2024 ]

    chmod 555 out/stays
    before=$(content out/stays)
    as_nobody build src -o out --preset small --credit Dana
    is "$status" 0 "a folder that may not be written to, and need not be: nothing is wrong"
    rm src/stays/*.jpg
    as_nobody build src -o out --preset small --credit Dana
    is "$status" 1 "a photo that is gone stays in such a one: exit code"
    like "$stderr" '^warning stays.*you may not write into out/stays' "a photo that is gone stays in such a one: says so"
    is "$(content out/stays)" "$before" "a photo that is gone stays in such a one: nothing is changed"
    chmod 755 out/stays
    as_nobody build src -o out --preset small --credit Dana
    is "$(manifest out/stays '.photos | length')" 0 "a photo that is gone goes when it may"
else
    skip 24 "no other user can be taken on here"
fi

export PHOTODESK
if with_mounts true 2>/dev/null; then
    mkdir disk
    with_mounts "mount -t tmpfs tmpfs disk && mkdir -p disk/g && cp one.jpg disk/top.jpg && cp one.jpg disk/g/a.jpg &&
        \"\$PHOTODESK\" build disk -o mounted --preset small --credit Dana --quiet"
    before=$(content mounted)
    run photodesk build disk -o mounted --preset small --credit Dana
    is "$status" 0 "a disk that is not mounted: exit code"
    like "$stderr" '^warning .*/disk: 2 galleries \(.*\) .* stay published, .*is it mounted\?' "a disk that is not mounted: asks"
    is "$(content mounted)" "$before" "a disk that is not mounted: nothing is removed, from no manifest either"
else
    skip 3 "nothing can be mounted here"
fi

# ---- A run that is ended midway is gone on with ----

sow
rm -r src/2024
rm out/2024/manifest.json out/2024/a-*
build src
is "$status" 0 "half of it is gone already: exit code"
ok "half of it is gone already: the rest goes" [ ! -e out/2024 ]
rm -r src/2023 out/2023
build src
is "$status|$stderr" "0|" "all of it is gone already: nothing to tell"

done_testing
