#!/bin/bash
# The examples in docs/examples do what they say: for Make, for GitHub Actions, and for Node.

. "${0%/*}/lib.sh"

mkdir bin
ln -s "$PHOTODESK" bin/photodesk
PATH=$T/bin:$PATH

# large FILE SEED: a photo that is large enough for each rendition of article.
large() {
    jpeg seed.jpg 320 315 "$2"
    vips resize seed.jpg resized.jpg 4
    mv resized.jpg "$1"
}

# site FOLDER: a site with two galleries, and the examples in their places.
site() {
    mkdir -p "$1/photos/school" "$1/photos/town"
    large "$1/photos/school/שיעור.jpg" 1
    large "$1/photos/school/b & c.jpg" 2
    large "$1/photos/town/hall.jpg" 3
    printf 'file,caption,credit,alt\nb & c.jpg,"Two <b>, ""quoted""",Dana,"Boys & ""girls"""\nשיעור.jpg,כיתה,דנה כהן,לוח\n' \
        >"$1/photos/school/captions.csv"
    printf 'file,caption,credit\nhall.jpg,The hall,Rut\n' >"$1/photos/town/captions.csv"
    cp "$ROOT/docs/examples/Makefile" "$ROOT/docs/examples/figures.mjs" "$1"
}

# attribute NAME FILE: its values, a line each.
attribute() {
    grep -o " $1=\"[^\"]*\"" "$2"
}

site made
run make -C made
is "$status" 0 "Make: a first build"
for gallery in school town; do
    for name in src srcset width height loading alt; do
        is "$(attribute $name made/articles/$gallery.html)" "$(attribute $name made/public/photos/$gallery/figures.html)" \
            "Node: $gallery: $name is what figures.html has"
    done
done
like "$(cat made/articles/school.html)" 'dir="rtl"' "Node: a Hebrew figure's direction"
like "$(cat made/articles/school.html)" 'Two &lt;b&gt;, &quot;quoted&quot; .*Dana' "Node: a caption and its credit"
run node made/figures.mjs made/public/photos/town/manifest.json https://example.org/town/
like "$stdout" 'srcset="https://example\.org/town/hall-[^ ]*\.webp 320w' "Node: another address"

run make -C made
is "$status|$(grep -c '^node' <<<"$stdout")" "0|0" "Make: nothing to do"
like "$stdout" '^0 published, 3 unchanged' "Make: nor for photodesk"
sleep 1.1
printf 'file,caption,credit\nhall.jpg,The town hall,Rut\n' >made/photos/town/captions.csv
run make -C made
is "$(grep '^node' <<<"$stdout")" "node figures.mjs public/photos/town/manifest.json >articles/town.html" "Make: a table has changed"
like "$(cat made/articles/town.html)" 'The town hall' "and is in the page"

content made/public >before
rm made/public/photos/town/hall-*-320-* made/public/photos/town/manifest.json
run make -C made
is "$status" 0 "Make: files are gone from what is served: exit code"
is "$(content made/public)" "$(cat before)" "Make: they are made again"
rm -r made/public
run make -C made
is "$status" 0 "Make: all of it is gone: exit code"
is "$(content made/public)" "$(cat before)" "Make: it is made again"
rm -r made/photos/town
run make -C made
is "$status $(cd made && echo articles/* public/photos/*)" "0 articles/school.html public/photos/school" "Make: a gallery is gone: and so is its page"
run make -C made
is "$status|$(grep -E '^(node|rm)' <<<"$stdout")" "0|" "Make: and that is all"
rm -r made/photos/school
run make -C made
is "$status $(find made/articles made/public -type f -not -path '*/.photodesk/*')" "0 " "Make: so is the last one"

# The steps of the workflow, as a runner does them: in a checkout of nothing but the site.
site checkout
python3 - "$ROOT/docs/examples/photos.yml" >steps.json <<'P'
import json, sys, yaml
steps = yaml.safe_load(open(sys.argv[1]))["jobs"]["photos"]["steps"]
print(json.dumps([step for step in steps if "run" in step]))
P
is "$(jq length steps.json)" 3 "Actions: a real YAML parser finds the steps"

# steps: all of them, until one fails; what they say in $stdout, warnings and failures among it.
steps() {
    : >said
    for ((i = 0; i < $(jq length steps.json); i++)); do
        jq -r ".[$i].run" steps.json >step
        (cd checkout && GITHUB_ACTIONS=true bash --noprofile --norc -eo pipefail ../step) >>said 2>&1 || { status=$?; break; }
    done
    stdout=$(cat said)
}

status=0
steps
is "$status" 0 "Actions: each step succeeds"
unlike "$stdout" '^::' "Actions: no annotation where all is well"
for gallery in school town; do
    is "$(attribute srcset checkout/articles/$gallery.html)" "$(attribute srcset checkout/public/photos/$gallery/figures.html)" \
        "Actions: the figures of $gallery"
done
jpeg checkout/photos/town/nobody.jpg 400 300 4
steps
is "$status" 1 "Actions: a photo without a credit fails the run"
like "$stdout" '^::error .*nobody\.jpg' "Actions: as an annotation"

done_testing
