#!/bin/bash
# What is read out of captions: by `photodesk credit`, and in a build by the words of its preset.

. "${0%/*}/lib.sh"

# fed TEXT OPTIONS...: credit with the text on standard input.
fed() {
    _text=$1
    shift
    printf '%b' "$_text" >.input
    timeout 60 "$PHOTODESK" credit "$@" <.input >.stdout 2>.stderr
    status=$?
    stdout=$(cat .stdout)
    stderr=$(cat .stderr)
}

# ---- For people ----

run photodesk credit 'תלמידי היסודי. צילום: דנה כהן, יואב לוי/פלאש 90' 'A photo finish: Cohen beats Levi'
is "$status" 0 "credit: exit code"
is "$stderr" "" "credit: nothing on standard error"
is "$stdout" "caption     תלמידי היסודי
creators    דנה כהן, יואב לוי
agency      פלאש 90
confidence  high

caption     A photo finish: Cohen beats Levi
creators    
agency      
confidence  none" "credit: lines for each, a blank one between"
run photodesk credit -- '-- Photo: Dana Cohen'
is "$status|$(printf '%s\n' "$stdout" | sed -n 2p)" "0|creators    Dana Cohen" "a text that begins like an option, behind --"

# ---- For programs ----

run photodesk credit --json 'שוק העתיקות צילום: רותם לב' 'The "old" harbour. Photo: A B; C D/Reuters' ''
is "$status" 0 "--json: exit code"
is "$(printf '%s\n' "$stdout" | wc -l)" 3 "--json: a line for each"
is "$(printf '%s\n' "$stdout" | jq -c '[keys_unsorted | join(",")]' | sort -u)" '["caption,creators,agency,confidence"]' "--json: four keys, in one order"
is "$(printf '%s\n' "$stdout" | sed -n 1p)" '{"caption":"שוק העתיקות צילום: רותם לב","creators":["רותם לב"],"agency":null,"confidence":"low"}' "--json: a low confidence, its caption whole"
is "$(printf '%s\n' "$stdout" | sed -n 2p)" '{"caption":"The \"old\" harbour","creators":["A B","C D"],"agency":"Reuters","confidence":"high"}' "--json: a high one"
is "$(printf '%s\n' "$stdout" | sed -n 3p)" '{"caption":"","creators":[],"agency":null,"confidence":"none"}' "--json: an empty text"
run photodesk credit --json "$(printf 'The old harbour\nPhoto: Dana Cohen')"
is "$stdout" '{"caption":"The old harbour","creators":["Dana Cohen"],"agency":null,"confidence":"high"}' "a text of two lines"

# ---- Standard input ----

fed 'One. Photo: A B\n\nTwo\r\nThree. Photo: C D' --json
is "$status" 0 "standard input: exit code"
is "$(printf '%s\n' "$stdout" | jq -r '.caption + "|" + (.creators | join(","))' | tr '\n' ' ')" "One|A B | Two| Three|C D " "a line each, in their order, empty ones too, the last without its end"
fed ''
is "$status|$stdout" "0|" "nothing on standard input: nothing to say"
fed '\xf9\xe5\xf7 \xe4\xf2\xfa\xe9\xf7\xe5\xfa. \xf6\xe9\xec\xe5\xed: \xe3\xf0\xe4 \xeb\xe4\xef\n' --json
is "$stdout" '{"caption":"שוק העתיקות","creators":["דנה כהן"],"agency":null,"confidence":"high"}' "windows-1255 is understood"
fed 'Caf\xe9. Photo: Ren\xe9e Dupr\xe9\n\xff\xfe\x81\x00x\n\x00\n' --json
is "$status" 0 "bytes that are no text: exit code"
is "$(printf '%s\n' "$stdout" | jq -r .confidence | tr '\n' ' ')" "high none none " "bytes that are no text: a record for each line"
is "$(printf '%s\n' "$stdout" | sed -n 1p | jq -r '.creators[0]')" "Renée Dupré" "windows-1252 is understood"
fed 'x\x1b]0;title\x07y. Photo: \x1b[31mDana Cohen\xe2\x80\xae\n'
unlike "$(printf '%s' "$stdout" | tr '\033\007' '!!')" '!' "no control character reaches the terminal"
run photodesk credit
is "$status|$stdout" "0|" "an empty standard input"
"$PHOTODESK" credit <. >.stdout 2>.stderr
is "$?|$(grep -c 'standard input cannot be read' .stderr)" "2|1" "a folder for standard input"
if [ -w /dev/full ]; then
    yes 'The harbour. Photo: Dana Cohen' | timeout 60 "$PHOTODESK" credit --json >/dev/full 2>.stderr
    is "${PIPESTATUS[1]}|$(grep -c 'cannot be written' .stderr)" "3|1" "a full standard output ends it"
else
    skip 1 "no /dev/full"
fi

# a stream: each answer is there while the input is still open, and nothing piles up
lines() { [ "$(wc -l <streamed)" -eq "$1" ]; }
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$reader/status"; } # KiB
mkfifo feed
"$PHOTODESK" credit --json <feed >streamed &
reader=$!
exec 8>feed
echo 'The harbour. Photo: Dana Cohen' >&8
ok "an answer does not wait for the end of the input" wait_for lines 1
long=$(perl -e 'print "The harbour at dawn. " x 5000')
feed() { for _line in $(seq "$1"); do echo "$long" >&8; done; }
feed 10
wait_for lines 11
before=$(memory)
feed 150
ok "nor do many" wait_for lines 161
if nm -D "$PHOTODESK" 2>/dev/null | grep -q __asan; then
    skip 1 "the sanitizer keeps what is freed"
else
    at_most $(($(memory) - before)) 5000 "15 MB of lines do not pile up in memory"
fi
exec 8>&-
wait $reader
is "$?" 0 "the end of the input: exit code"

# ---- Long and hostile lines: time by their length ----

for piece in 'word ' 'צילום: ' '(Photo: ' '© ' ' - ' '((((' 'a\xcc\x81' '\xcc\x96\xcc\x81' 'courtesy of ' 'AP/'; do
    # shellcheck disable=SC2059 # the piece is the format
    fed "$(printf "$piece" >.piece; perl -0777 -ne 'print $_ x (1048576 / length)' .piece). Photo: Dana Cohen" --json
    is "$status|$(printf '%s\n' "$stdout" | jq -r '.creators | last')" "0|Dana Cohen" "a line of 1 MB of '$piece'"
done

# ---- A desk's own words ----

printf '[preset]\ntitle = Desk\nextends = article\n[words label]\npt = Retrato\nhe =\n[agencies]\nHarbour Desk = hd\n' \
    >config/photodesk/presets/desk.preset
run photodesk credit --preset desk --json 'O porto. Retrato: Ana Reis/HD' 'הנמל. צילום: דנה כהן'
is "$(printf '%s\n' "$stdout" | jq -r '(.creators[0] // "-") + "|" + (.agency // "-")' | tr '\n' ' ')" "Ana Reis|Harbour Desk -|- " "--preset: its words"

small_preset small 64 </dev/null
mkdir src
jpeg src/a.jpg
build() { run photodesk build src -o out --preset small --json; }
what() { manifest out '.photos["a.jpg"] | [.caption, .alt, (.credit.creators | join(";")), (.credit.agency // "")] | join("|")'; }
printf 'file,caption\na.jpg,"O porto. Retrato: Ana Reis/HD"\n' >src/captions.csv
build
is "$status" 1 "a build without the word: the photo has no credit"
{ printf '[words label]\npt = Retrato\n'; } | small_preset small 64
build
is "$status|$(what)" "0|O porto|O porto|Ana Reis|HD" "a build with the word"
printf '[words label]\npt = Retrato\n[agencies]\nHarbour Desk = hd\n' | small_preset small 64
build
like "$stdout" '"published"' "a new word in the preset makes the photo again"
is "$(what)" "O porto|O porto|Ana Reis|Harbour Desk" "with the agency's own name"
build
like "$stdout" '"unchanged"' "the same words leave it as it is"

# ---- Credit texts outside captions ----

printf 'file,caption,credit,alt\na.jpg,הנמל,© 2026 Dana Cohen/HO/Reuters,הנמל מן הים (צילום: דנה כהן)\n' >src/captions.csv
build
is "$(what)" "הנמל|הנמל מן הים|Dana Cohen|Reuters" "a table's credit is cleaned, and alt is without one"
rm src/captions.csv
exiftool -q -overwrite_original -Artist='OLYMPUS DIGITAL CAMERA         ' src/a.jpg
build
is "$status" 1 "a camera's own name is no credit"
like "$stdout" '"failed"' "so the photo fails"

# ---- A table of many rows ----

{ echo 'file,caption,credit'; echo 'a.jpg,הנמל,Dana Cohen'; for i in $(seq 60000); do echo "x$i.jpg,כיתוב ארוך מאוד של תמונה שאיננה כאן,Dana Cohen"; done; } >src/captions.csv
build
is "$status|$(what)" "0|הנמל|הנמל|Dana Cohen|" "a table of 60,000 rows is read"
rm src/captions.csv

# ---- All cases ----

table="$ROOT/tests/unit/caption-cases.tsv"
tail -n +2 "$table" | cut -f2 | grep -v '\\n' >texts
"$PHOTODESK" credit --json <texts | jq -r '[(.creators | join(";")), (.agency // ""), .confidence] | @tsv' >got
tail -n +2 "$table" | awk -F'\t' '$2 !~ /\\n/' | cut -f4-6 >wanted
ok "the cases of the unit tests, through the command" diff wanted got

done_testing
