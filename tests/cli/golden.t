#!/bin/bash
# Stamps look as they did when a person looked at them and found them good: tests/golden has those pictures, and
# `make golden` makes them anew. Compared by distance, since a newer rasteriser may draw an edge a little otherwise.

. "${0%/*}/lib.sh"

GOLDEN=$ROOT/tests/golden
MEAN=1.5 WORST=24 # levels: of all samples, and of the mean of any 4 x 4 pixels

# distance A B: "MEAN WORST" of their difference; "size" where their sizes differ.
distance() {
    if [ "$(vipsheader -f width "$1")x$(vipsheader -f height "$1")" != "$(vipsheader -f width "$2")x$(vipsheader -f height "$2")" ]; then
        echo size
        return
    fi
    vips subtract "$1" "$2" signed.v && vips abs signed.v difference.v && vips shrink difference.v blocks.v 4 4
    echo "$(vips avg difference.v) $(vips max blocks.v)"
}
near() {
    awk -v mean=$MEAN -v worst=$WORST '{ exit !(NF == 2 && $1 <= mean && $2 <= worst) }' <<<"$1"
}

ok "the pictures are made" env PHOTODESK="$PHOTODESK" "$GOLDEN/make" made
is "$(cd made && echo *)" "$(cd "$GOLDEN" && echo *.png)" "one for each golden picture"
for golden in "$GOLDEN"/*.png; do
    name=${golden##*/}
    found=$(distance "$golden" "made/$name")
    near "$found"
    report $? "${name%.png} looks as it should"
    near "$found" || diag "mean and worst distance are $found; at most $MEAN and $WORST are allowed"
done

# ---- What the distance is good for ----

for name in hebrew latin; do
    golden=$GOLDEN/$name.png
    vips wrap "$golden" shifted.png -x 1 -y 0
    vips flip "$golden" mirrored.png horizontal
    vips gaussblur "$golden" soft.png 1
    for changed in shifted mirrored soft; do
        near "$(distance "$golden" $changed.png)"
        is $? 1 "$name: it tells a stamp that is $changed"
    done
done
done_testing
