#!/bin/bash
# Renditions for the lead alone: the photo that stands for its gallery has them, whichever that is just now, and no other.

. "${0%/*}/lib.sh"

{
    printf '[rendition share]\nphotos = lead\nwidths = 60\naspect = 4:3\nformat = jpeg\nstamp = false\n'
    printf '[page]\nsocial = share\n[credit]\nmissing-credit = fail\n'
} | small_preset page 64
mkdir -p src
for name in b c d; do jpeg src/$name.jpg 90 60 $RANDOM; done
jpeg a.jpg 90 60 4
table() { # table LEAD...: rows for all photos, these marked
    printf 'file,credit,lead\n' >src/captions.csv
    for name in a b c d; do
        case " $* " in *" $name "*) mark=x ;; *) mark= ;; esac
        printf '%s.jpg,Dana,%s\n' $name $mark >>src/captions.csv
    done
}
build() { run photodesk build src -o out --preset page "$@"; }
told() { jq -r 'select(.photo and .event != "unchanged" and .event != "warning") | "\(.event) \(.photo) \(.encoded // false): \(.reason // .message)"' .stdout | sort; }
totals() { jq -r 'select(.event == "finished") | "\(.published) \(.unchanged) \(.failed)"' .stdout; }
leads() { manifest out '[.lead, (.photos | to_entries[] | select(.value.renditions.share) | .key)] | join(" ")'; }
as_fresh() { # as_fresh NAME: what is published is what a build from nothing makes
    rm -rf fresh
    run photodesk build src -o fresh --preset page
    is "$(live out)" "$(live fresh)" "$1: all is as a fresh build makes it"
    build --check
    is "$stderr" "$(grep -E '^(FAILED|warning captions)' <<<"$stderr")" "$1: and --check has nothing more to say"
}

table
build
is "$(leads)" "b.jpg b.jpg" "the first has them"
like "$(manifest out '.opengraph."og:image"')" '^b-share-60-[0-9a-f]+\.jpg$' "and is what is shared"

# ---- Another lead ----

table d
build --check --json
is "$status" 1 "--check: another lead"
is "$(told | grep jpg)" "stale b.jpg true: is the lead no longer
stale d.jpg true: is the lead now" "--check says which photos are touched"
is "$(leads)" "b.jpg b.jpg" "and does nothing"
build --json
is "$(told)" "published b.jpg true: is the lead no longer
published d.jpg true: is the lead now" "a mark makes them for another"
is "$(totals)" "2 1 0" "each photo is counted once"
is "$(jq -r 'select(.event == "unchanged") | .photo' .stdout)" c.jpg "and told once"
is "$(leads)" "d.jpg d.jpg" "the marked one has them"
as_fresh "marked"
table c d
build --json
is "$(leads) $(totals)" "c.jpg c.jpg 2 1 0" "of two marks the first counts"

table
build
cp a.jpg src
build --json
is "$(told)" "published a.jpg true: new
published b.jpg true: is the lead no longer" "a new first one"
is "$(leads) $(totals)" "a.jpg a.jpg 2 2 0" "has them"
rm src/a.jpg
build --json
is "$(told)" "published b.jpg true: is the lead now
removed a.jpg false: is gone from its folder" "the first one is gone"
is "$(leads) $(totals)" "b.jpg b.jpg 1 2 0" "the second has them"
as_fresh "gone"
build --json --force
is "$(told | grep -c forced) $(leads) $(totals)" "3 b.jpg b.jpg 3 0 0" "--force makes each once"

# ---- One that fails ----

printf 'no picture' >src/a.jpg
build --json
is "$(told | cut -c 1-20) $(leads)" "failed a.jpg false:  b.jpg b.jpg" "where the first one fails, the second stays the lead"
build --json
is "$(told | cut -c 1-20) $(totals)" "failed a.jpg false:  0 3 1" "and is not made again each time"
as_fresh "failing"
rm -rf out && build --json
is "$(leads)" "b.jpg b.jpg" "from nothing, too"
is "$(totals)" "3 0 1" "where each is counted once"
cp a.jpg src
build
is "$(leads)" "a.jpg a.jpg" "mended, it is the lead"
as_fresh "mended"

# ---- Rounds and parts of galleries ----

table c
run photodesk watch src -o out --preset page --once --settle 0
is "$status $(leads)" "0 c.jpg c.jpg" "watch does it, too"
table
run photodesk convert src/d.jpg -o single --preset page --credit Dana
is "$(manifest single '.lead + " " + (.photos | map_values(.renditions | keys) | tojson)')" 'd.jpg {"d.jpg":["share","small"]}' "a single photo is the lead"
run photodesk convert src/b.jpg -o single --preset page --credit Dana
is "$(manifest single '.lead + " " + (.photos["b.jpg"].renditions | keys | tojson)')" 'b.jpg ["share","small"]' "one that comes before it, too"
run photodesk convert src/c.jpg -o single --preset page --credit Dana
is "$(manifest single '.lead + " " + (.photos["c.jpg"].renditions | keys | tojson)')" 'b.jpg ["small"]' "and one between them is not"

# ---- Presets ----

small_preset plain 64 </dev/null
run photodesk build src -o plain-out --preset plain
table b
run photodesk build src -o plain-out --preset plain --json
is "$(jq -r 'select(.event == "finished") | .published' .stdout)" 0 "with nothing for the lead alone, another lead makes nothing again"
{
    printf '[preset]\ntitle = T\nextends = base\n'
    printf '[rendition share]\nphotos = lead\nwidths = 60\n[rendition small]\nwidths = 60\n'
} >config/photodesk/presets/wrong.preset
run photodesk preset check config/photodesk/presets/wrong.preset
is "$status" 2 "figures are of all photos: the first rendition is for the lead alone"
like "$stderr$stdout" '\[rendition share\] photos = lead: ' "and that is told"
printf '[page]\nfigure = small\n' >>config/photodesk/presets/wrong.preset
run photodesk preset check config/photodesk/presets/wrong.preset
is "$status" 0 "unless another one is named"
printf 'figure = small;share\n' >>config/photodesk/presets/wrong.preset
run photodesk preset check config/photodesk/presets/wrong.preset
like "$status $stderr$stdout" "^2 .*\[page\] figure: the rendition 'share' is for the lead alone" "one of a figure's is not"

# ---- What article shares ----

social() { # social OUT PHOTO: "RENDITION WIDTHxHEIGHT TYPE STAMPED" of each
    manifest "$1" ".photos[\"$2\"].renditions | to_entries[] | select(.key | startswith(\"social\")) | .key as \$key | .value[] | \"\(\$key) \(.width)x\(.height) \(.type) \(.stamped)\""
}
mkdir week
ppm noise 325 250 >n.ppm && vips replicate n.ppm large.v 4 5 && vips copy large.v noise.ppm --interpretation srgb
cjpeg -quality 80 -sample 2x2 noise.ppm >week/1.jpg
jpeg week/2.jpg 400 300
run photodesk build week -o week-out --credit Dana
is "$status" 0 "the preset article"
is "$(social week-out 1.jpg)" "social 1200x630 image/jpeg false
social-16x9 1200x675 image/jpeg false
social-4x3 1200x900 image/jpeg false
social-1x1 1200x1200 image/jpeg false" "four shapes of the lead, in JPEG, without a stamp"
is "$(social week-out 2.jpg)" "" "none of another"
is "$(grep -c ^warning <<<"$stderr")" 0 "no warning: the lead is large enough, and of the other none is wanted"
at_most "$(stat -c %s week-out/1-social-1200-*.jpg)" 300000 "noise of 1200 x 630 px has less than 300 kB"
is "$(manifest week-out '.opengraph | [."og:image:type", ."og:image:width", ."og:image:height"] | join(" ")')" "image/jpeg 1200 630" "it is Open Graph's"
is "$(manifest week-out '[.jsonld.image[] | "\(.width)x\(.height)"][:4] | join(" ")')" "1200x630 1200x675 1200x900 1200x1200" "the Article's image array has each shape"
run photodesk verify week-out
is "$status" 0 "verify finds nothing"

mkdir small
jpeg small/a.jpg 900 700
run photodesk build small -o small-out --credit Dana
is "$status" 0 "a small lead is published"
is "$(social small-out a.jpg | cut -d ' ' -f 1,2)" "social 900x473
social-16x9 900x506
social-4x3 900x675
social-1x1 700x700" "with the largest parts that it has: nothing is enlarged"
is "$(grep ^warning <<<"$stderr")" "warning a.jpg: it is too small for social (900 px wide, not 1200), social-16x9 (900 px wide, not 1200), social-4x3 (900 px wide, not 1200), social-1x1 (700 px wide, not 1200); send a larger one" "and one warning"
is "$(manifest small-out '.photos["a.jpg"].warnings | length')" 1 "which the manifest has, too"

# ---- Without a table: as people number them ----

rm -rf src out && mkdir src
for name in 'IMG (10)' 'IMG (2)' photo10 photo2 'IMG (1)'; do jpeg "src/$name.jpg" 90 60 $RANDOM; done
build --credit Dana
is "$(manifest out '.order | join(" ")')" "IMG (1).jpg IMG (2).jpg IMG (10).jpg photo2.jpg photo10.jpg" "no table: numbers in names count by their value"
is "$(leads)" "IMG (1).jpg IMG (1).jpg" "no table: and so the first leads"
is "$(grep -o '<img src="[^"-]*' out/figures.html | tr '\n' ' ')" "$(grep -o '<img src="[^"-]*' out/figures.html | sort -V | tr '\n' ' ')" \
    "no table: the figures stand in this order"

done_testing
