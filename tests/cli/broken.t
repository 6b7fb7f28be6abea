#!/bin/bash
# Bad input is normal: one clear line for that file, the others published, nothing partial.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir src
jpeg src/good.jpg 400 300
cp src/good.jpg whole.jpg
size=$(stat -c %s whole.jpg)
: >src/empty.jpg
echo "only text" >src/text.jpg
for percent in 10 50 90 99; do head -c $((size * percent / 100)) whole.jpg >src/cut$percent.jpg; done
djpeg whole.jpg >whole.ppm
for type in png tif webp; do
    vips copy whole.ppm whole.$type
    head -c $(($(stat -c %s whole.$type) / 2)) whole.$type >src/half.$type
done
printf 'GIF89a....' >src/anim.gif
printf '%%PDF-1.4' >src/doc.pdf
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >src/drawing.svg
printf 'II*\0\20\0\0\0CR\2\0' >src/raw.cr2
printf '\0\0\0\30ftypisom' >src/film.mov
head -c 3000 /dev/urandom | tr -d '\377\211' >src/noise.jpg
mkdir src/folder.jpg
ln -s nowhere src/dangling.jpg
mkfifo src/fifo.jpg
cp whole.jpg "src/bad$(printf '\n')name"$'\n'"FAILED forged.jpg"
run photodesk build src -o out --credit Dana --preset small
is "$status" 1 "some failed"
expect=$(find src -maxdepth 1 ! -type d -printf x | wc -c)
is "$(echo "$stdout" | sed 's/ (.*//')" "2 published, 0 unchanged, $((expect - 2)) failed" "the good ones are published"
is "$(echo "$stderr" | grep -c '^FAILED ')" "$((expect - 2))" "one line for each bad one"
unlike "$stderr" '^FAILED forged' "a file's name cannot forge a line"
for pair in empty.jpg:'is empty' text.jpg:'not a photo' cut10.jpg:damaged cut50.jpg:damaged cut90.jpg:damaged cut99.jpg:damaged \
    half.png:damaged half.tif:damaged half.webp:damaged anim.gif:GIF doc.pdf:PDF drawing.svg:SVG raw.cr2:'Canon raw' \
    film.mov:video noise.jpg:'not a photo' dangling.jpg:'No such file' fifo.jpg:'not a regular file'; do
    like "$stderr" "^FAILED ${pair%%:*}: .*${pair#*:}" "${pair%%:*}: ${pair#*:}"
done
is "$(manifest out '.photos | length')" 2 "the manifest has the good ones only"
is "$(staged out)" "" "nothing stays in staging"
is "$(hidden out)" "" "nothing hidden stays"

# A child that dies costs its photo one retry, then that photo alone
rm -rf src out && mkdir src
jpeg src/a.jpg 3000 2200
jpeg src/b.jpg 400 300
"$PHOTODESK" build src -o out --credit Dana --jobs 1 >log 2>&1 &
pid=$!
wait_for pgrep -P $pid
pkill -SEGV -P $pid
wait $pid
is $? 0 "killed once, tried again"
is "$(manifest out '.photos | length')" 2 "both are published"

"$PHOTODESK" build src -o undisturbed --credit Dana >/dev/null 2>&1
for signal in INT TERM; do
    rm -rf out
    # a background job of a shell ignores SIGINT unless it is told otherwise
    perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$PHOTODESK" build src -o out --credit Dana --jobs 1 >log 2>&1 &
    pid=$!
    wait_for pgrep -P $pid
    kill -$signal $pid
    wait $pid
    is $? 130 "SIG$signal ends it"
    ok "a manifest is there whole or not at all" [ ! -e out/manifest.json ]
    run photodesk build src -o out --credit Dana
    is "$(content out)" "$(content undisturbed)" "and the next run completes it"
done

done_testing
