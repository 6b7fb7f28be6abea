# What the tests of the photo desk's folder share, behind lib.sh: one desk that serves in -> out with the preset small,
# and some small photos to drop.

small_preset small 64 </dev/null
jpeg one.jpg 100 75 1
jpeg two.jpg 100 75 2
jpeg three.jpg 110 75 3

# noise FILE W H: takes long to decode, and not to make.
noise() {
    { printf 'P6\n%d %d\n255\n' "$2" "$3"; head -c $(($2 * $3 * 3)) /dev/urandom; } | cjpeg -quality 90 -outfile "$1"
}

# start [ARGUMENT...]: the desk at work, its pid in $desk. A program that runs it, as `env`, stands in $under.
under=
start() {
    rm -f log.out log.err # those of an earlier one would tell that it is at work
    $under "$PHOTODESK" watch in -o out --preset small --settle 0.3 "$@" >log.out 2>log.err &
    desk=$!
    wait_for grep -q -e '^watching' -e '"watching"' log.err log.out
}

# stop: ends it as a service manager does; its exit code in $status.
stop() {
    kill "$desk"
    wait "$desk"
    status=$?
}

# afresh: nothing is in either folder.
afresh() {
    rm -rf in out
    mkdir in
}

# has GALLERY PHOTO: it is published; hasnt: its gallery is, without it.
has() { [ "$(jq -r '.photos | has("'"$2"'")' "out/$1/manifest.json" 2>/dev/null)" = true ]; }
hasnt() { [ -e "out/$1/manifest.json" ] && ! has "$@"; }

told() { grep -Eq -e "$1" log.err; }
times() { grep -Ec -e "$1" log.err; }
gone() { [ ! -e "$1" ]; }

# as_built NAME [ARGUMENT...]: OUT is what build makes of the inbox, and nothing else is left.
as_built() {
    _of=$1
    shift
    rm -rf built
    "$PHOTODESK" build in -o built --preset small "$@" >/dev/null 2>&1
    is "$(live out)" "$(live built)" "$_of: the same as a plain build"
    is "$(hidden out)$(staged out)$(hidden in)" "" "$_of: nothing stays behind"
}
