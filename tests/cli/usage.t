#!/bin/sh
# The command line: what is helped with, and what is refused before anything is done.

. "${0%/*}/lib.sh"

mkdir src
jpeg src/a.jpg
small_preset small </dev/null

# refused NAME PATTERN ARGUMENTS...: exit 2, the reason on standard error, nothing on standard output, nothing made.
refused() {
    _what=$1 _pattern=$2
    shift 2
    run photodesk "$@"
    is "$status" 2 "$_what: exit code"
    like "$stderr" "$_pattern" "$_what: says why"
    is "$stdout" "" "$_what: nothing on standard output"
    ok "$_what: makes nothing" [ ! -e out ]
    rm -rf out
}

# ---- Help ----

run photodesk --help
is "$status" 0 "--help: exit code"
for command in build convert credit inspect preset prune status verify watch withdraw; do
    like "$stdout" "^ *$command " "--help names $command"
done
is "$stderr" "" "--help: nothing on standard error"

run photodesk --version
is "$status" 0 "--version: exit code"
like "$stdout" '^photodesk [0-9]+\.[0-9]+' "--version: name and number"

for command in build convert credit inspect preset prune status verify watch withdraw; do
    run photodesk help $command
    like "$stdout" "photodesk $command" "help $command: how it is called"
    run photodesk $command --help
    is "$status" 0 "$command --help: exit code"
    like "$stdout" "photodesk $command" "$command --help: how it is called"
    is "$stderr" "" "$command --help: nothing on standard error"
    "$PHOTODESK" $command --help >/dev/full 2>told
    is $? 3 "$command --help that cannot be written: exit code"
done

run photodesk build --help
for option in --out --preset --jobs --json --quiet --credit --no-credit; do
    like "$stdout" "(^|[ ,])$option" "build --help names $option"
done
like "$stdout" 'captions\.csv' "build --help tells where a credit may stand"
like "$stdout" '[Ee]xit' "build --help tells the exit codes"
run photodesk convert --help
for option in --out --preset --credit --caption --alt; do
    like "$stdout" "(^|[ ,])$option" "convert --help names $option"
done

run photodesk credit --help
for option in --json --preset; do
    like "$stdout" "(^|[ ,])$option" "credit --help names $option"
done

run photodesk watch --help
for option in --out --preset --jobs --credit --no-credit --settle --patience --poll --after --once --json --quiet; do
    like "$stdout" "(^|[ ,])$option" "watch --help names $option"
done

# ---- Commands and options that are none ----

refused "no command" 'Usage'
refused "unknown command" "'frobnicate'" frobnicate
for command in build convert credit inspect preset prune status verify watch withdraw; do
    refused "unknown option of $command" '--frobnicate' $command --frobnicate
    like "$stderr" "photodesk $command --help" "unknown option of $command: where help is"
done

# ---- watch ----

refused "watch: --credit that names nobody" 'names nobody' watch src -o out --credit Picasa
refused "watch: --credit with --no-credit" 'exclude each other' watch src -o out --credit Dana --no-credit

# ---- build ----

refused "build without SRC" 'SRC' build -o out
refused "build with an empty SRC" 'name the folder with the photos' build src '' -o out
refused "build without -o" '-o OUT' build src
refused "build with an empty -o" '-o OUT' build src -o ''
refused "--credit with --no-credit" '--credit and --no-credit' build src -o out --credit Dana --no-credit
refused "--credit in another encoding" 'UTF-8' build src -o out --credit "$(printf '\351\340')"
refused "--preset that is not there" "'nothing'" build src -o out --preset nothing
refused "--preset file that is not there" 'nothing\.preset' build src -o out --preset ./nothing.preset
refused "--preset that makes nothing" 'base' build src -o out --preset base

for jobs in 0 -1 abc 1.5 99999999999 ''; do
    refused "--jobs '$jobs'" 'jobs' build src -o out "--jobs=$jobs"
done
run photodesk build src -o out --jobs 1 --credit Dana --preset small
is "$status" 0 "--jobs 1 is taken"
rm -rf out

refused "SRC that is not there" 'absent: .*No such file' build absent -o out
like "$stderr" 'check the path' "SRC that is not there: what to do"
refused "SRC that is a file" 'src/a\.jpg is a file' build src/a.jpg -o out
like "$stderr" 'photodesk convert' "SRC that is a file: what to do"

# ---- OUT inside SRC ----

mkdir -p src/deep other
ln -s ../src other/link
ln -s src way
for out in src src/out src/deep/er/out ./src/../src/out "$T/src/out" other/link other/link/out way/out; do
    refused "OUT $out, which lies in SRC" 'lies in SRC' build src -o "$out" --credit Dana
done
refused "OUT in a SRC that is named by a link" 'lies in SRC' build way -o src/out
refused "OUT in the second SRC" 'lies in SRC' build src other -o other/out
is "$(find src -type f)" "src/a.jpg" "nothing was made in SRC"
refused "SRC named twice" 'src and ./src/ are the same folder; name it once' build src ./src/ -o out
refused "SRC named twice, once by a link" 'src and way are the same folder' build src way -o out

# ---- SRC inside OUT ----

mkdir -p site/photos/week site/photos/photos/deep
cp src/a.jpg site/photos/week/a.jpg
run photodesk build site/photos -o site --credit Dana --preset small
is "$status" 0 "a SRC that lies in OUT is taken"
is "$(cd site && find . -name manifest.json)" "./week/manifest.json" "and its galleries land beside it"
cp src/a.jpg site/photos/photos/deep/a.jpg
before=$(find site | sort)
run photodesk build site/photos -o site --credit Dana --preset small
is "$status" 2 "a gallery that would land in SRC: exit code"
like "$stderr" 'site/photos/photos/deep would land in SRC site/photos' "a gallery that would land in SRC: says so"
is "$(find site | sort)" "$before" "a gallery that would land in SRC: nothing is made"
rm -r site

run photodesk build src -o src-out --credit Dana --preset small
is "$status" 0 "an OUT whose name only begins like SRC's is taken"
ln -s ../elsewhere src/link-out
mkdir elsewhere
run photodesk build src -o src/link-out --credit Dana --preset small
is "$status" 0 "an OUT that is a link out of SRC is taken"
rm src/link-out

# ---- Without a locale, as in CI ----

for locale in C POSIX; do
    run env -u LC_ALL LANG=$locale LC_CTYPE=$locale "$PHOTODESK" build src -o out --preset small --credit 'צילום: דנה כהן'
    is "$status" 0 "LANG=$locale: a Hebrew --credit is taken"
    is "$(manifest out '.photos["a.jpg"].credit.creators[0]')" "דנה כהן" "LANG=$locale: and understood"
    rm -rf out
done

# ---- convert and preset ----

refused "convert without a photo" 'name a photo' convert --credit Dana
refused "convert with an unknown preset" "'nothing'" convert src/a.jpg --preset nothing
refused "convert --alt in another encoding" 'UTF-8' convert src/a.jpg --alt "$(printf '\351')"
refused "credit with an unknown preset" "'nothing'" credit --preset nothing Dana
refused "preset without a word" 'list, show NAME, check FILE' preset
refused "preset with a wrong word" 'list, show NAME, check FILE' preset frobnicate
refused "preset show without a name" 'list, show NAME, check FILE' preset show
is "$(find src -type f)" "src/a.jpg" "nothing was made beside the photo"

# ---- Operands that look like options ----

cp src/a.jpg -- -b.jpg
run photodesk convert --preset small --credit Dana -o out src/a.jpg -- -b.jpg
is "$status" 0 "-- behind an operand: exit code"
is "$(manifest out '.photos | keys | join(" ")')" "-b.jpg a.jpg" "-- behind an operand: both are taken"
rm -rf out

# ---- Values at their option's letter ----

run photodesk build src -j2 -oout -psmall --credit Dana
is "$status" 0 "values at their letters: exit code"
ok "values at their letters: are taken" [ -e out/manifest.json ]
rm -rf out
run photodesk convert -o out --preset small --caption "-o is a letter" --credit "-p1" src/a.jpg
is "$(manifest out '.photos["a.jpg"] | .caption, .credit.creators[0]' | tr '\n' '|')" "-o is a letter|p1|" \
   "what only looks like an option: is a value where one is due"
rm -rf out
run photodesk build src -o out --credit Dana -- -j2
like "$stderr" '^FAILED -j2: ' "behind --: is an operand"
rm -rf out

# ---- Standard streams that are full, closed or gone ----

publish() { "$PHOTODESK" build src -o streams --credit Dana --preset small "$@"; }
told() { # told NAME STATUS PATTERN: of what has run into streams.err
    is "$2" 3 "$1: is no success"
    like "$(cat streams.err)" "standard output cannot be written: $3" "$1: says so"
    is "$(grep -c 'standard output' streams.err)" 1 "$1: once"
    is "$(manifest streams '.photos | length')" 1 "$1: the photo is published"
    is "$(staged streams)" "" "$1: nothing stays in staging"
    rm -rf streams
}
if [ -w /dev/full ]; then
    publish >/dev/full 2>streams.err
    told "a full standard output" $? 'No space'
    publish --json >/dev/full 2>streams.err
    told "a full standard output with --json" $? 'No space'
    for command in --help --version 'preset list' 'preset show article'; do
        "$PHOTODESK" $command >/dev/full 2>streams.err
        is "$?|$(grep -c 'cannot be written' streams.err)" "3|1" "$command to a full standard output"
    done
else
    skip 14 "no /dev/full"
fi
mkfifo pipe
sleep 60 <pipe & # opens it, and goes away
reader=$!
exec 8>pipe
kill $reader
wait $reader 2>/dev/null
publish --json >&8 2>streams.err
told "a reader of --json that has gone away" $? 'Broken pipe'
exec 8>&-
publish >&- 2>streams.err
told "a closed standard output" $? 'Bad file'
publish <&- >&- 2>streams.err
told "closed standard input and output" $? 'Bad file'
publish <&- >closed.out 2>streams.err
is "$?" 0 "a closed standard input: is nothing to mind"
like "$(cat closed.out)" '^1 published' "a closed standard input: the summary"
rm -rf streams
publish <&- >&- 2>&-
is "$?" 3 "all closed: exit code"
is "$(manifest streams '.photos | length')|$(tr -d '0-9\n' <streams/.photodesk/lock)" "1|" "all closed: publishes, and says nothing into a file of its own"

# ---- Few files may be open ----

mkdir many
for i in 1 2 3 4 5 6 7 8; do cp src/a.jpg many/$i.jpg; done
run sh -c 'ulimit -n 16 && exec "$0" "$@"' "$PHOTODESK" build many -o few --jobs 100 --credit Dana --preset small
is "$status" 0 "more --jobs than files that may be open: exit code"
like "$stdout" '^8 published' "more --jobs than files that may be open: all are published"

done_testing
