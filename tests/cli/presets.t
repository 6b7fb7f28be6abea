#!/bin/bash
# Presets: where they are found, how they are shown, and how strictly they are read.

. "${0%/*}/lib.sh"

mine=config/photodesk/presets

# ---- list, show, check ----

run photodesk preset list
is "$status" 0 "list: exit code"
like "$stdout" '^article +Article page.* \(.*article\.preset\)$' "list: article, with its title and file"
like "$stdout" '^base ' "list: base"
run photodesk preset show article
is "$status" 0 "show: exit code"
is "$stderr" "" "show: nothing on standard error"
printf '%s\n' "$stdout" >shown.preset
for key in widths least-width photos aspect crop format quality method max-kib stamp megapixels file-mib cpu-seconds wall-seconds memory-mib resident-mib bands pages damaged missing-credit \
    fonts weight size min-px max-px max-width min-variant-width margin corner font-file logo logo-place logo-size write copyright web-statement licensor-name \
    licensor-url digital-source-type title language; do
    like "$stdout" "^$key =" "show: has $key"
done
is "$(sed -n '/^\[rendition inline\]/,/^\[/s/^\(widths\|quality\|method\|format\|aspect\|stamp\) = //p' shown.preset | tr '\n' ' ')" \
   "320;480;640;960;1280;1920 source webp 78 4 true " "article: inline"
is "$(sed -n '/^\[rendition thumb\]/,/^\[rendition social\]/s/^\(widths\|quality\|method\|format\|aspect\|stamp\) = //p' shown.preset | tr '\n' ' ')" \
   "160;320 1:1 webp 78 4 false " "article: thumb"
is "$(sed -n '/^\[rendition social/,$s/^\(photos\|widths\|least-width\|format\|aspect\|crop\|max-kib\|stamp\) = //p' shown.preset | xargs -n 8)" \
   "1200 1200 lead 40:21 focus jpeg 290 false
1200 1200 lead 16:9 focus jpeg 0 false
1200 1200 lead 4:3 focus jpeg 0 false
1200 1200 lead 1:1 focus jpeg 0 false" "article: what is shared, of the lead"
like "$stdout" '^social = social;social-16x9;social-4x3;social-1x1$' "article: the first of them is Open Graph's"
keys=$(sed '/^\[words \|^\[agencies/,/^$/d' shown.preset | grep -v '^label' | grep -c ' = ')
lists=$(grep -c '^\[words \|^\[agencies' shown.preset)
is "$lists" 22 "show: has the words by which a credit is known"
is "$(grep -c '^# ' shown.preset)" $((keys + lists + 1)) "show: each key has its meaning, and so have the labels and each group of words"

run photodesk preset show ./shown.preset
is "$stdout" "$(cat shown.preset)" "what is shown, shows the same again"
run photodesk preset check shown.preset
is "$status" 0 "what is shown, is right"
is "$stdout" "shown.preset is right" "check: says so"
run photodesk preset check article
is "$status" 0 "check: by name"
mkdir src
jpeg src/a.jpg 700 500
"$PHOTODESK" build src -o by-name --credit Dana --quiet
"$PHOTODESK" build src -o by-show --credit Dana --quiet --preset ./shown.preset
is "$(content by-show | grep webp)" "$(content by-name | grep webp)" "what is shown, makes the same"
"$PHOTODESK" build src -o by-file --credit Dana --quiet --preset "$ROOT/presets/article.preset"
is "$(content by-file)" "$(content by-name)" "a preset by its path"

run photodesk preset show nothing
is "$status" 2 "show of a preset that is not there: exit code"
like "$stderr" "no preset 'nothing'" "show of a preset that is not there: says so"
like "$stderr" 'preset list' "show of a preset that is not there: what to do"
run photodesk preset check nothing.preset
is "$status" 2 "check of a file that is not there: exit code"
like "$stderr" 'nothing\.preset' "check of a file that is not there: names it"

# ---- Where they are found ----

here() { # here FOLDER TITLE
    mkdir -p "$1"
    printf '[preset]\nextends = base\ntitle = %s\n[rendition x]\nwidths = 8\naspect = source\nformat = webp\nquality = 1\nmethod = 0\nstamp = false\n' \
        "$2" >"$1/where.preset"
}
found() {
    run photodesk preset show where
    printf '%s\n' "$stdout" | sed -n 's/^title = //p'
}
mkdir -p data2/photodesk
here data2/photodesk/presets installed
XDG_DATA_DIRS=$T/data2:$XDG_DATA_DIRS
is "$(found)" installed "found in the data folder"
here $mine user
is "$(found)" user "the user's goes before it"
here presets local
is "$(found)" local "./presets goes before both"
run photodesk preset list
is "$(printf '%s\n' "$stdout" | grep -c '^where ')" 1 "list: one of a name"
like "$stdout" '^where +local \(presets/where\.preset\)' "list: the one that would be taken"
rm -rf presets $mine/where.preset

# as `make install` lays it out, whatever the prefix
mkdir -p prefix/bin
cp "$PHOTODESK" prefix/bin/photodesk
here prefix/share/photodesk/presets prefix
run prefix/bin/photodesk preset show where
is "$(printf '%s\n' "$stdout" | sed -n 's/^title = //p')" prefix "an installed program finds its own"

ln -s "$ROOT/presets/base.preset" base-link.preset
run photodesk preset check base-link.preset
is "$status" 0 "a link to a preset"

# ---- extends ----

printf '[preset]\ntitle = Child\nextends = article\n[rendition thumb]\nwidths = 99\n' >$mine/child.preset
printf '[preset]\ntitle = Grandchild\nextends = child\n[rendition inline]\nquality = 11\n' >$mine/grandchild.preset
run photodesk preset show grandchild
is "$status" 0 "a preset may extend one that extends another"
is "$(printf '%s\n' "$stdout" | sed '/^\[rendition social\]/,$d' | grep -E '^(title|widths|quality|megapixels) =' | tr '\n' ' ')" \
   "title = Grandchild megapixels = 150 widths = 320;480;640;960;1280;1920 quality = 11 widths = 99 quality = 78 " \
   "each key is of the nearest that says it"
mkdir beside
printf '[preset]\ntitle = Beside\nextends = child\n' >beside/b.preset
printf '[preset]\ntitle = Other child\nextends = article\n[rendition thumb]\nwidths = 77\n' >beside/child.preset
run photodesk preset show beside/b.preset
like "$stdout" '^widths = 77$' "what is extended is looked for beside it first"
mkdir article
printf '[preset]\ntitle = Hides\nextends = article\n[rendition thumb]\nwidths = 55\n' >$mine/article.preset
run photodesk preset show article
isnt "$status" 124 "a preset that extends one of its own name does not hang"
rm $mine/article.preset

# ---- What is wrong with one ----

# wrong TEXT NAME GROUP KEY PATTERN: a preset that extends article by this text (printf's escapes are understood).
wrong() {
    printf '[preset]\ntitle = Wrong\nextends = article\n\n%b' "$1" >bad.preset
    shift
    run photodesk preset check bad.preset
    is "$status" 2 "$1: exit code"
    like "$stderr" 'bad\.preset' "$1: names the file"
    like "$stderr" "\\[$2\\]" "$1: names the group"
    [ -z "$3" ] || like "$stderr" "\\[$2\\] $3" "$1: names the key"
    like "$stderr" "$4" "$1: says what is allowed"
    is "$stdout" "" "$1: nothing on standard output"
}

# value GROUP KEY VALUE PATTERN
value() {
    wrong "[$1]\\n$2 = $3\\n" "$2 = $3" "$1" "$2" "$4"
    like "$stderr" "$2 = .*$3" "$2 = $3: names the value"
}

wrong '[wonders]\nkey = 1\n' "unknown group" wonders "" 'unknown group.*rights'
wrong '[stamp]\ncolour = red\n' "unknown key" stamp colour 'unknown key.*corner'
wrong '[words labels]\nen = Photo\n' "mistyped group of words" 'words labels' "" 'unknown group.*words label, .*agencies'
wrong '[words label]\nEnglish = Photo\n' "words of no language" 'words label' English 'languages'
wrong '[agencies]\nWires = AFP\n' "one name for two agencies" agencies "" "'afp' is a name of both AFP and Wires"
wrong '[rendition inline]\nqualty = 3\n' "mistyped key of a rendition" 'rendition inline' qualty 'unknown key.*quality'
wrong '[rendition new]\naspect = 1:1\n' "missing key" 'rendition new' widths 'missing.*whole numbers'
wrong '[rendition two words]\nwidths = 5\naspect = source\nformat = webp\nquality = 1\nmethod = 1\nstamp = true\n' "rendition with a space" 'rendition two words' "" 'letters, digits and hyphens'
wrong '[rendition ../up]\nwidths = 5\n' "rendition with a slash" 'rendition ../up' "" 'letters, digits and hyphens'
wrong '[rendition ]\nwidths = 5\n' "rendition without a name" 'rendition ?' "" 'letters, digits and hyphens'
value 'rendition inline' quality 101 'from 0 to 100'
value 'rendition inline' quality -1 'from 0 to 100'
value 'rendition inline' quality good 'a number from 0 to 100'
value 'rendition inline' quality nan 'from 0 to 100'
value 'rendition inline' quality inf 'from 0 to 100'
value 'rendition inline' quality '78 %' 'from 0 to 100'
value 'rendition inline' quality '' 'from 0 to 100'
value 'rendition inline' method 7 'a whole number from 0 to 6'
value 'rendition inline' method 4.5 'a whole number from 0 to 6'
value 'rendition inline' method 99999999999999999999 'a whole number from 0 to 6'
value 'rendition inline' max-kib -1 'from 0 to 65536'
value 'rendition inline' crop middle 'none \| centre \| attention \| entropy \| focus'
value page placeholder blur 'none \| colour \| webp'
value 'rendition inline' photos first 'all \| lead'
value 'rendition inline' widths 0 'from 1 to 16383'
value 'rendition inline' widths 16384 'from 1 to 16383'
value 'rendition inline' widths '320;wide' 'from 1 to 16383'
value 'rendition inline' widths '320;320' 'different'
value 'rendition inline' widths '' 'from 1 to 16383'
value 'rendition inline' widths '320,480' 'with ; between'
value 'rendition inline' aspect 0:1 'from 1:20 to 20:1'
value 'rendition inline' aspect 21:1 'from 1:20 to 20:1'
value 'rendition inline' aspect square 'source, or W:H'
value 'rendition inline' format gif 'webp \| jpeg'
value 'rendition inline' stamp maybe 'true or false'
value stamp corner middle 'bottom-end \| bottom-start \| top-end \| top-start \| auto'
value stamp weight 50 'from 100 to 900'
value stamp size 0 'from 0.5 to 20'
value stamp fonts '' 'one or more'
value credit missing-credit perhaps 'fail \| warn \| omit'
value source damaged perhaps 'refuse \| tolerate'
value limits megapixels 0 'from 0.1 to 1000'
value limits memory-mib 512 'from 2048'
value limits wall-seconds 0 'from 1 to 3600'
value limits resident-mib 100 'from 128'
value limits bands 0 'from 1 to 64'
value limits pages 0 'from 1 to 65535'
value rights write yes 'true or false'
value rights digital-source-type photograph 'nothing, or one of digitalCapture \|.*compositeWithTrainedAlgorithmicMedia$'
value rights digital-source-type digitalcapture 'digitalCapture'
value rights digital-source-type minorHumanEdits 'humanEdits'
value rights digital-source-type http://cv.iptc.org/newscodes/digitalsourcetype/ 'digitalCapture'
value rights digital-source-type https://example.org/digitalCapture 'digitalCapture'
value preset language '' 'some text'
wrong '[stamp]\nmin-px = 50\nmax-px = 40\n' "min-px above max-px" stamp min-px 'max-px'

# a source type may be written as its address, and is the same
for term in digitalCapture http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture; do
    printf '[preset]\ntitle = Source\nextends = article\n[rights]\ndigital-source-type = %s\n' $term >source.preset
    run photodesk preset show ./source.preset
    like "$stdout" '^digital-source-type = digitalCapture$' "digital-source-type = $term"
done

# missing everything that base has
printf '[preset]\ntitle = Alone\n[rendition a]\nwidths = 5\n' >bad.preset
run photodesk preset check bad.preset
is "$status" 2 "a preset that extends nothing: exit code"
like "$stderr" 'bad\.preset: \[preset\] language is missing; it must be' "a preset that extends nothing: what it lacks first"

printf '[preset]\ntitle = A\nextends = b\n' >$mine/a.preset
printf '[preset]\ntitle = B\nextends = a\n' >$mine/b.preset
printf '[preset]\ntitle = Self\nextends = self\n' >$mine/self.preset
printf '[preset]\ntitle = Orphan\nextends = nobody\n' >$mine/orphan.preset
for name in a:circle self:"There is no other preset 'self'"; do
    run photodesk preset check ${name%%:*}
    is "$status" 2 "extends in a circle (${name%%:*}): exit code"
    like "$stderr" "\.preset: \[preset\] extends: .*${name#*:}" "extends in a circle (${name%%:*}): says so"
done
run photodesk preset check orphan
is "$status" 2 "extends a preset that is not there: exit code"
like "$stderr" "orphan\.preset: \[preset\] extends: .*'nobody'" "extends a preset that is not there: says so"
run photodesk preset list
is "$status" 0 "list: wrong presets do not end it"
like "$stdout" '\(wrong\).*orphan\.preset' "list: and are told"
rm $mine/a.preset $mine/b.preset $mine/self.preset $mine/orphan.preset

for text in 'no key file at all' '[preset' '[preset]\ntitle' '= x' ''; do
    # shellcheck disable=SC2059 # the text is the format
    printf "$text\n" >bad.preset
    run photodesk preset check bad.preset
    is "$status" 2 "a file that reads '$text': exit code"
    like "$stderr" 'bad\.preset: ' "a file that reads '$text': names the file"
done
printf '[preset]\ntitle = \351\nextends = article\n' >bad.preset
run photodesk preset check bad.preset
is "$status" 2 "a preset that is not UTF-8: exit code"
like "$stderr" 'bad\.preset' "a preset that is not UTF-8: names the file"
printf '[preset]\ntitle = Agency\nextends = article\n[agencies]\n\351l = x\n' >bad.preset
run photodesk preset check bad.preset
is "$status" 2 "a name that is not UTF-8: exit code"
like "$stderr" 'bad\.preset: .*not UTF-8' "a name that is not UTF-8: says so"
mkdir folder.preset
run photodesk preset check folder.preset
is "$status" 2 "a folder: exit code"
head -c 100000 /dev/zero >bad.preset
run photodesk preset check bad.preset
is "$status" 2 "zeros: exit code"
printf '[preset]\ntitle = Twice\nextends = article\n[rendition inline]\nquality = 1\nquality = 2\n' >bad.preset
run photodesk preset check bad.preset
isnt "$status" 124 "a key twice ends in some way"

# ---- build and convert refuse it before they do anything ----

printf '[preset]\ntitle = Wrong\nextends = article\n[rendition inline]\nquality = 101\n' >bad.preset
run photodesk build src -o refused --credit Dana --preset bad.preset
is "$status" 2 "build with a wrong preset: exit code"
like "$stderr" 'bad\.preset: \[rendition inline\] quality = 101: .*from 0 to 100' "build with a wrong preset: file, group, key, value, range"
ok "build with a wrong preset: makes nothing" [ ! -e refused ]
run photodesk convert src/a.jpg --credit Dana --preset bad.preset
is "$status" 2 "convert with a wrong preset: exit code"
ok "convert with a wrong preset: makes nothing" [ ! -e src/a-web ]

# ---- What a person's editor and keyboard make ----

printf '\357\273\277[preset]\r\ntitle = Notepad\r\nextends = article\r\n' >$mine/notepad.preset
run photodesk preset check notepad
is "$status" 0 "a byte order mark, and Windows' ends of lines"
printf '[preset]\ntitle = Mine\nextends = article\n[stamp]\nsize = 3\n' >$mine/article.preset
run photodesk preset show article
is "$(printf '%s\n' "$stdout" | grep -c '^size = 3$')" 1 "a preset that extends the next one of its own name"
rm $mine/article.preset
for language in עברית ar_EG en- h; do
    printf '[preset]\ntitle = L\nextends = article\nlanguage = %s\n' "$language" >$mine/tongue.preset
    run photodesk preset check tongue
    is "$status" 2 "language = $language: exit code"
    like "$stderr" "\[preset\] language = .*must be a language's tag" "language = $language: says what it must be"
done
for url in 'https://' 'https:///photos' 'https://e.org/my photos' 'https://e.org/p?x=1' 'https://e.org/p#f'; do
    printf '[preset]\ntitle = U\nextends = article\n[page]\nbase-url = %s\n' "$url" >$mine/address.preset
    run photodesk preset check address
    is "$status" 2 "base-url = $url: exit code"
    like "$stderr" 'base-url = .*must be an address with a host' "base-url = $url: says what it must be"
done

done_testing
