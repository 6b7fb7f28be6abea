# What the command-line tests share. A test begins with
#
#     . "${0%/*}/lib.sh"
#
# and is then in $T, an empty folder of its own that is removed at exit. It runs the program by `run`, asserts with
# ok, is, isnt, like and unlike, and ends with done_testing. What they print is TAP (Test Anything Protocol 13).
# Pictures are made by tests/cli/ppm and the tools of Debian that scripts/packages lists for tests.
#
#     PHOTODESK    the program to be tested; default: build/photodesk of the checkout

ROOT=$(cd "${0%/*}/../.." && pwd)
CLI=$ROOT/tests/cli
PHOTODESK=${PHOTODESK:-$ROOT/build/photodesk}
case $PHOTODESK in /*) ;; *) PHOTODESK=$PWD/$PHOTODESK ;; esac
[ -x "$PHOTODESK" ] || { echo "Bail out! $PHOTODESK is not there; run make first"; exit 1; }

LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ
umask 022

T=$(mktemp -d "${TMPDIR:-/tmp}/photodesk-test.XXXXXX") || exit 1
trap 'cd / && rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
cd "$T" || exit 1

# The checkout's presets are the installed ones, the user's are the test's own.
mkdir -p data/photodesk config/photodesk/presets
ln -s "$ROOT/presets" data/photodesk/presets
XDG_DATA_DIRS=$T/data:/usr/local/share:/usr/share XDG_CONFIG_HOME=$T/config
export XDG_DATA_DIRS XDG_CONFIG_HOME

tests=0
failures=0

# ---- Asserting ----

# report STATUS NAME: the one place that prints a result.
report() {
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $2"
    fi
}

diag() {
    printf '%s\n' "$*" | sed 's/^/# /' >&2
}

# ok NAME COMMAND...: the command succeeds.
ok() {
    _name=$1
    shift
    if _said=$("$@" 2>&1); then
        report 0 "$_name"
    else
        report 1 "$_name"
        diag "failed: $*"
        [ -z "$_said" ] || diag "$_said"
    fi
}

# is GOT EXPECTED NAME
is() {
    if [ "$1" = "$2" ]; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "     got: $1"
        diag "expected: $2"
    fi
}

isnt() {
    if [ "$1" != "$2" ]; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "both are: $1"
    fi
}

# like TEXT REGEX NAME: some line of the text has an extended regular expression.
like() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "     text: $1"
        diag "has no /$2/"
    fi
}

unlike() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        report 1 "$3"
        diag " text: $1"
        diag "has /$2/"
    else
        report 0 "$3"
    fi
}

# at_most NUMBER LIMIT NAME, at_least NUMBER LIMIT NAME: decimal numbers.
at_most() {
    if awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a + 0 == a && a <= b + 0) }'; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "got $1, which should be at most $2"
    fi
}

at_least() {
    if awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a + 0 == a && a >= b + 0) }'; then
        report 0 "$3"
    else
        report 1 "$3"
        diag "got $1, which should be at least $2"
    fi
}

# skip COUNT REASON: in the place of COUNT assertions that cannot be made here.
skip() {
    _left=$1
    while [ "$_left" -gt 0 ]; do
        tests=$((tests + 1))
        echo "ok $tests # SKIP $2"
        _left=$((_left - 1))
    done
}

# verdicts SCHEMA FILE...: "valid" or "invalid" and the event of each JSON text in the files, as docs/SCHEMA.schema.json
# has it; of one that is no event, the file.
verdicts() {
    /usr/bin/python3 -c 'import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
validator, decoder = jsonschema.Draft7Validator(schema), json.JSONDecoder()
for name in sys.argv[2:]:
    left = open(name).read().strip()
    while left:
        text, end = decoder.raw_decode(left)
        left = left[end:].lstrip()
        print("valid" if validator.is_valid(text) else "invalid", text.get("event", name))' "$ROOT/docs/$1.schema.json" "${@:2}"
}

# keeps_to SCHEMA FILE: each JSON text in it does, and there is one.
keeps_to() {
    verdicts "$1" "$2" >"$T/.verdicts" && [ -s "$T/.verdicts" ] && ! grep '^invalid' "$T/.verdicts"
}

done_testing() {
    echo "1..$tests"
    [ "$failures" -eq 0 ]
    exit
}

# ---- Running ----

# run COMMAND...: its exit code in $status, what it printed in $stdout and $stderr. `photodesk` is the program under
# test. A command that hangs is ended after a minute, which gives 124.
run() {
    if [ "$1" = photodesk ]; then
        shift
        set -- "$PHOTODESK" "$@"
    fi
    timeout 60 "$@" >"$T/.stdout" 2>"$T/.stderr" </dev/null
    status=$?
    stdout=$(cat "$T/.stdout")
    stderr=$(cat "$T/.stderr")
}

# wait_for COMMAND...: until it succeeds, for ten seconds at most.
wait_for() {
    _tries=0
    until "$@" >/dev/null 2>&1; do
        _tries=$((_tries + 1))
        [ $_tries -lt 1000 ] || return 1
        sleep 0.01
    done
}

# with_mounts SCRIPT: runs a shell script that mounts what it likes, unseen by everyone else. Fails with 77 where that
# is not allowed.
with_mounts() {
    _unshare='unshare -m'
    [ "$(id -u)" -eq 0 ] || _unshare='unshare -rm'
    $_unshare true 2>/dev/null || return 77
    $_unshare sh -c "$1"
}

# The folder of real photographs beside the checkout, or empty.
CORPUS=
[ ! -d "$ROOT/../shared/corpus" ] || CORPUS=$(cd "$ROOT/../shared/corpus" && pwd)

# ---- Presets ----

# A preset of the user's, with one small unstamped rendition: quick, and without need of a font. What stands on
# standard input is added.
small_preset() {
    {
        printf '[preset]\ntitle = Small\nextends = base\n\n'
        printf '[rendition small]\nwidths = %s\naspect = source\n' "${2:-64}"
        printf 'format = webp\nquality = 90\nmethod = 0\nstamp = false\n\n'
        cat
    } >"config/photodesk/presets/$1.preset"
}

# exact_preset NAME WIDTHS: one unstamped rendition "web" of the user's, nearly lossless.
exact_preset() {
    {
        printf '[preset]\ntitle = Nearly lossless\nextends = base\n\n'
        printf '[rendition web]\nwidths = %s\naspect = source\n' "$2"
        printf 'format = webp\nquality = 98\nmethod = 2\nstamp = false\n'
    } >"config/photodesk/presets/$1.preset"
}

# each_alike FOLDER REFERENCE.ppm [MEAN [SPREAD]]: by exact_preset "forms", all photos of the folder are published without
# a warning, their colours within a level (MEAN) of the reference on average, and SPREAD at the 99th percentile.
each_alike() {
    run photodesk build "$1" -o "$1-out" --no-credit --preset forms
    is "$status" 0 "$1: all are published"
    is "$(printf '%s\n' "$stderr" | grep -v '^published ')" "" "$1: without a warning"
    for _photo in "$1"/*; do
        _stem=$(basename "${_photo%.*}")
        rm -f got.ppm
        dwebp -quiet "$1-out/$_stem"-web-*.webp -ppm -o got.ppm
        at_most "$(ppm colour got.ppm "$2")" "${3:-1}" "$1: $_stem: the mean difference"
        [ -z "${4:-}" ] || at_most "$(ppm spread got.ppm "$2")" "$4" "$1: $_stem: the 99th percentile"
    done
}

# ---- Pictures ----

ppm() {
    perl "$CLI/ppm" "$@"
}

# jpeg FILE [W H [SEED]]: something like a photograph, 4:2:0.
jpeg() {
    ppm photo "${2:-200}" "${3:-150}" "${4:-1}" | cjpeg -quality 90 -outfile "$1"
}

# ---- What was published ----

# manifest GALLERY JQ-FILTER: a value of a gallery's manifest, as text.
manifest() {
    jq -r "$2" "$1/manifest.json"
}

# published FOLDER: all that a reader can see there, hidden files not.
published() {
    (cd "$1" 2>/dev/null && find . -name '.?*' -prune -o -type f -print | LC_ALL=C sort)
}

# content FOLDER: the same with a digest of each file.
content() {
    (cd "$1" 2>/dev/null && find . -name '.?*' -prune -o -type f -exec sha256sum {} + | LC_ALL=C sort -k 2)
}

# live FOLDER: the same of what a reader reaches: each gallery's manifest, contact sheet and the files that it names.
# What a former manifest named may stay beside them for a while.
live() {
    (cd "$1" 2>/dev/null && find . -name manifest.json | while read -r _manifest; do
        _gallery=${_manifest%/*}
        { printf '%s\n' manifest.json index.html figures.html head.html; jq -r '.photos[].renditions[][].file' "$_manifest"; } |
            while read -r _file; do sha256sum "$_gallery/$_file" 2>&1; done
    done | LC_ALL=C sort -k 2)
}

# hidden FOLDER: hidden files that are not the program's own state; none should ever stay.
hidden() {
    (cd "$1" 2>/dev/null && find . -path ./.photodesk -prune -o -name '.?*' -print)
}

# staged FOLDER: what has stayed in its staging folder.
staged() {
    find "$1/.photodesk/staging" -mindepth 1 2>/dev/null
}

# ---- Faults ----

# faulty FAULT AT CALLS FILES COMMAND...: runs it with these calls on these files failing, as tests/faults/shim.c has it.
faulty() {
    [ -e "$T/shim.so" ] || "${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o "$T/shim.so" "$ROOT/tests/faults/shim.c" -ldl ||
        { echo "Bail out! the shim cannot be built"; exit 1; }
    head -c 8192 /dev/zero >"$T/shim.state"
    _faults="FAULT=$1 FAULT_AT=$2 FAULT_STATE=$T/shim.state ASAN_OPTIONS=verify_asan_link_order=0"
    _calls=$3 _files=$4
    shift 4
    # shellcheck disable=SC2086 # a list of words is meant
    run env LD_PRELOAD="$T/shim.so" $_faults FAULT_CALL="$_calls" FAULT_PATH="$_files" "$@"
}
