#!/bin/bash
# The notes beside photos that failed: what they say, and whose files they are.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir in
jpeg one.jpg

# serve: all that is there, until nothing is left to do.
serve() { run "$PHOTODESK" watch in -o out --preset small --once --settle 0.1 "$@"; }

# ---- A caption that may name somebody, or may not ----

cp one.jpg in/unclear.jpg
cp one.jpg in/nobody.jpg
printf 'file,caption\nunclear.jpg,"גן הילדים, צילום: דנה כהן"\nnobody.jpg,"גן הילדים"\n' >in/captions.csv
serve
is "$status" 1 "without a clear credit nothing is published"
like "$(cat in/unclear.jpg.ERROR.txt)" 'מה קרה: אולי נאמר מי צילם, אבל לא באופן ברור' "an unclear credit: the note says so"
like "$(cat in/unclear.jpg.ERROR.txt)" "מה לעשות: לסיים את הכיתוב בנקודה.*צילום: שם" "and what to do"
like "$(cat in/unclear.jpg.ERROR.txt)" "may name 'דנה כהן'" "and whom it may name"
like "$(cat in/nobody.jpg.ERROR.txt)" 'מה קרה: חסר קרדיט' "no credit at all: another note"
ok "desk.html says it, too" grep -q 'אולי נאמר מי צילם' out/desk.html
printf 'file,caption\nunclear.jpg,"גן הילדים. צילום: דנה כהן"\nnobody.jpg,"גן הילדים. צילום: דנה כהן"\n' >in/captions.csv
serve
is "$status" 0 "done as they say: published"
is "$(echo in/*.ERROR.txt)" 'in/*.ERROR.txt' "and the notes go"

# ---- Names from right to left ----

echo "a text that goes by the name of a photo" >in/תמונה.jpg
serve
like "$(cat in/תמונה.jpg.ERROR.txt)" "^"$'\u200e'"תמונה.jpg is no" "an English sentence runs from left to right, whatever name it begins with"
rm in/תמונה.jpg
serve

# ---- Long names ----

long=$(printf 'א%.0s' $(seq 122)) # a caption by itself: 244 bytes
for name in "$long.jpg" "${long}xxxxxx.jpg" "${long}zzzzzzz.jpg"; do
    echo "a text that goes by the name of a photo" >"in/$name"
done
serve
is "$(find in -name '*.ERROR.txt' | wc -l)" 3 "names of 248, 254 and 255 bytes have their notes"
ok "each says which photo it is of" grep -q "${long}zzzzzzz.jpg" in/*~*.ERROR.txt
serve
is "$(find in -name '*.ERROR.txt' | wc -l)" 3 "which stay as long as they are wrong"
rm in/"$long"*.jpg
serve
is "$(find in -name '*.ERROR.txt' | wc -l)" 0 "and go with them"

# ---- Files of others ----

mkdir in/h
cp one.jpg in/server.jpg
echo mine >in/server.ERROR.txt
echo mine >in/h/disk.jpg.ERROR.txt
echo "a text that goes by the name of a photo" >in/broken.jpg
echo mine >in/broken.jpg.ERROR.txt
serve
is "$(cat in/server.ERROR.txt in/h/disk.jpg.ERROR.txt)" "mine
mine" "what is no note stays"
is "$(cat in/broken.jpg.ERROR.txt)" mine "and no note is written over it"
like "$stderr" 'broken.jpg.ERROR.txt is no note of photodesk' "which is told"

# ---- Two desks on one inbox ----

rm -rf in out
mkdir in
cp one.jpg in/one.jpg
cp one.jpg in/two.jpg
"$PHOTODESK" watch in -o out --preset small --settle 0.1 >/dev/null 2>desk.err </dev/null &
desk=$!
ok "a desk that has no credit writes notes" wait_for test -e in/one.jpg.ERROR.txt -a -e in/two.jpg.ERROR.txt
is "$(tail -n 1 in/one.jpg.ERROR.txt)" "($(realpath out))" "which say whose they are"
other() { run "$PHOTODESK" watch in -o other --preset small --once --settle 0.1 "$@"; }
other --credit Dana
is "$status" 0 "another desk, which has one, publishes the photos elsewhere"
ok "and the notes of the first stay" test -e in/one.jpg.ERROR.txt -a -e in/two.jpg.ERROR.txt
echo "a text that goes by the name of a photo" >in/two.jpg
wait_for grep -q 'is no ' in/two.jpg.ERROR.txt
other --credit Dana
is "$(tail -n 1 in/two.jpg.ERROR.txt)" "($(realpath out))" "of a photo that both fail the first one's stays"
unlike "$stderr" 'no note of photodesk' "which is no fault"
rm in/two.jpg
ok "each goes when it is done" wait_for [ ! -e in/two.jpg.ERROR.txt ]
kill $desk
wait $desk
other --credit Dana
is "$(echo in/*.ERROR.txt)" 'in/*.ERROR.txt' "of a desk that is no longer at work they go, too"

# ---- Each kind of what may be wrong: in the language of the desk, and in full below ----

# stamped NAME: a preset with one stamped rendition; what stands on standard input is added.
stamped() {
    {
        printf '[preset]\ntitle = Stamped\nextends = base\n[rendition r]\nwidths = 320\naspect = source\n'
        printf 'format = webp\nquality = 80\nmethod = 0\n\n'
        cat
    } >"config/photodesk/presets/$1.preset"
}

# told PHOTO WRONG HELP MESSAGE: its note says what is wrong and what to do, and has the message; desk.html says it, too.
told() {
    like "$(cat "in/$1.ERROR.txt")" "^מה קרה: .*$2" "$1: what is wrong"
    like "$(cat "in/$1.ERROR.txt")" "^מה לעשות: .*$3" "$1: what to do"
    like "$(cat "in/$1.ERROR.txt")" "^$1 $4" "$1: the message"
    ok "$1: desk.html" grep -q "<p dir=\"auto\">[^<]*$2" out/desk.html
}

rm -rf in out && mkdir in
jpeg in/letters.jpg 340 200
cp in/letters.jpg in/focus.jpg
jpeg in/large.jpg 400 300
printf 'GIF89a, and no more' >in/moving.gif
printf '%%PDF-1.4, and no more' >in/page.pdf
for type in xlsx ods numbers; do printf 'PK\3\4, and no more' >in/captions.$type; done
printf '\320\317\21\340\241\261\32\341, and no more' >in/captions.XLS # of old
cp in/captions.ods in/text.docx
jpeg photo.jpg
vips copy photo.jpg in/damaged.png
printf 'xxxxxxxx' | dd of=in/damaged.png bs=1 seek=3000 conv=notrunc status=none
head -c 3000 photo.jpg >in/cut.jpg
printf 'file,credit,focus\nletters.jpg,דנה \363\260\200\200,\nfocus.jpg,דנה כהן,"70,30"\ndamaged.png,דנה כהן,\n' >in/captions.csv
stamped kinds <<<$'[limits]\nmegapixels = 0.1'
run "$PHOTODESK" watch in -o out --preset kinds --once --settle 0.1 --patience 0.2
is "$status" 1 "nothing of it is published"
told page.pdf 'הקובץ אינו תמונה' 'להניח את התמונה עצמה' 'is a PDF'
told text.docx 'הקובץ אינו תמונה' 'להניח את התמונה עצמה' 'is a ZIP archive or office document'
for type in xlsx ods numbers XLS; do
    told captions.$type 'גיליון אלקטרוני' 'בשם captions\.csv, בפורמט CSV UTF-8' 'is a spreadsheet, not a photo; .* save it as captions\.csv'
done
told moving.gif 'שמורה בפורמט שלא ניתן לפרסם' 'לייצא אותה .*JPEG' 'is a GIF'
told large.jpg 'התמונה גדולה מדי' 'בגודל קטן יותר' 'has 0\.12 megapixels'
told damaged.png 'הקובץ פגום' 'לשלוח את התמונה שוב\. אם' 'the picture is damaged'
told focus.jpg 'נקודת המוקד' 'בין 0 ל־1 .*"0\.5,0\.3"' "has the focus '70,30'"
told letters.jpg 'תו שאינו קיים בגופנים' 'לבדוק את הקרדיט' 'no font of the stamp has .*U\+F0000'
told cut.jpg 'חלק מהקובץ חסר' 'לשלוח את התמונה שוב\.$' 'is incomplete'

rm -rf in out && mkdir in
cp photo.jpg in/captions.xlsx # whatever its name is
jpeg in/logo.jpg 340 200
stamped logo <<<$'[stamp]\nlogo = logo.svg'
printf '<svg' >config/photodesk/presets/logo.svg
run "$PHOTODESK" watch in -o out --preset logo --once --settle 0.1 --credit Dana
is "$(manifest out '.photos | keys | join(" ")')" captions.xlsx "a photo is one by any name"
told logo.jpg 'המערכת אינה מוגדרת כנדרש' 'להעביר .* למי שאחראי על המחשב' 'the logo .* cannot be drawn'
printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>' >config/photodesk/presets/logo.svg
run "$PHOTODESK" watch in -o out --preset logo --once --settle 0.1 --credit Dana
is "$(manifest out '.photos | keys | join(" ")')" "captions.xlsx logo.jpg" "with its logo it is published"
printf '<svg' >config/photodesk/presets/logo.svg
run "$PHOTODESK" watch in -o out --preset logo --once --settle 0.1 --credit Dana
like "$stderr" '^FAILED logo.jpg: .*; what is published of it stays' "where that breaks again: what is published stays"
is "$(manifest out '.photos | keys | join(" ")')" "captions.xlsx logo.jpg" "and is shown"
echo 'photo,credit' >in/captions.csv
run "$PHOTODESK" watch in -o out --preset logo --once --settle 0.1 --credit Dana
like "$(cat in/captions.csv.ERROR.txt)" '^התמונות שבתיקייה הזאת לא פורסמו' "a table that cannot be used: it is the photos that were not published"
told captions.csv 'לא ניתן לקרוא את הטבלה' 'לתקן את הטבלה' "its first row has no column 'file'"

printf '[preset]\ntitle = English\nlanguage = en\nextends = small\n' >config/photodesk/presets/english.preset
rm -rf in out && mkdir in
printf '%%PDF-1.4, and no more' >in/page.pdf
run "$PHOTODESK" watch in -o out --preset english --once --settle 0.1
is "$(sed -n '4,8p' in/page.pdf.ERROR.txt)" "What is wrong: This is not a photo, or not one of a known kind.
What to do: Take the file away, and put the photo itself here, as JPEG, PNG, TIFF, WebP or HEIC.

The message in full:
page.pdf is a PDF; send a JPEG, PNG, TIFF, WebP or HEIC instead." "in English, too, both are there"

done_testing
