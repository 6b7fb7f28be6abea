#!/bin/bash
# figures.html, head.html and what the manifest says of them: order, lead, addresses, and hostile texts as text.

. "${0%/*}/lib.sh"

small_preset page 64 <<'EOF'
[page]
sizes = 50vw
EOF
{
    printf '[preset]\ntitle = T\nextends = page\n[page]\nbase-url = https://photos.example/p\nsocial = share\n'
    printf '[rights]\nwrite = false\ncopyright = (c) Desk\nweb-statement = https://desk.example/terms\nlicensor-url = https://desk.example/buy\n'
    printf '[rendition share]\nwidths = 60\naspect = 4:3\nformat = jpeg\nstamp = false\n'
    printf '[rendition old]\nwidths = 64\nformat = jpeg\nstamp = false\n'
} >config/photodesk/presets/web.preset
sed 's/^\[page\]$/[page]\nfigure = small;old/' config/photodesk/presets/web.preset >config/photodesk/presets/formats.preset

mkdir -p 'src/ב a'
for name in a b c d; do jpeg "src/ב a/$name.jpg" 90 60; done
hostile='</figure><script>alert(1)</script> "q" '\''a'\'' & &amp;amp; '$'\342\200\256''over'
table() { # table LEAD-OF-A LEAD-OF-C: rows in the order c, b, a; d has none
    printf 'file,caption,credit,alt,lead\nc.jpg,Sea,Dana Cohen/Reuters,"See ""it""",%s\nb.jpg,"%s",Dana,,\na.jpg,מים,דנה כהן,,%s\n' \
           "$2" "${hostile//\"/\"\"}" "$1" >'src/ב a/captions.csv'
}
publish() { # publish PRESET
    run photodesk build src -o out --preset "$1"
}
g='out/ב a'

exiftool -q -overwrite_original -Artist=Noa 'src/ב a/d.jpg'
table '' ''
publish page
is "$status" 0 "published"
is "$(manifest "$g" '.order | join(" ")')" "c.jpg b.jpg a.jpg d.jpg" "the order: the table's, then by name"
is "$(manifest "$g" .lead)" c.jpg "the lead: the first"
is "$(grep -oE '[abcd]-small-64-[0-9a-f]+\.webp 64w' "$g/figures.html" | cut -c 1 | tr -d '\n')" cbad "figures are in this order"
is "$(grep -c '<figure class="photodesk" lang="[a-z]*" dir="\(rtl\|ltr\)">' "$g/figures.html")" 4 "a figure each"
is "$(grep -c 'loading="eager" fetchpriority="high"' "$g/figures.html")" 1 "one is eager"
like "$(grep eager "$g/figures.html")" 'src="c-small-64-.*sizes="50vw" width="64" height="43" .*decoding="async" alt="See &quot;it&quot;"' \
     "the lead's img: address, sizes, size, alt"
is "$(grep -c 'loading="lazy"' "$g/figures.html")" 3 "the others are lazy"
like "$(cat "$g/figures.html")" '<figcaption><span class="photodesk-caption" dir="rtl">מים</span> <bdi class="photodesk-credit">צילום: <bdi>דנה כהן</bdi></bdi></figcaption>' \
     "caption and credit are elements of their own"

# ---- Texts ----

unlike "$(cat "$g/figures.html")" '<script' "no markup comes out of a caption"
is "$(grep -o '<script' "$g/index.html" | wc -l)" 1 "none on the contact sheet either: its one script is its own"
is "$(grep -o '</textarea>' "$g/index.html" | wc -l)" 4 "nor does a caption end the markup that is for copying"
like "$(cat "$g/figures.html")" '&lt;/figure&gt;&lt;script&gt;alert\(1\)&lt;/script&gt; &quot;q&quot; &apos;a&apos; &amp; &amp;amp;' "it comes out as text"
is "$(grep -c '</script>' "$g/head.html")" 1 "the JSON-LD cannot be ended from within"
decoded=${hostile/$'\342\200\256'/} decoded=${decoded/'&amp;amp;'/'&amp;'}
is "$(sed '1,/ld+json/d; $d' "$g/head.html" | jq -r '.image[1].caption')" "$decoded" "JSON-LD has the caption as it was, but for its override and what is decoded once"
is "$(sed '1,/ld+json/d; $d' "$g/head.html" | jq -cS .)" "$(jq -cS .jsonld "$g/manifest.json")" "the manifest has the same JSON-LD"

# ---- The contact sheet ----

sheet=$(cat "$g/index.html")
like "$sheet" '^<html lang="en" dir="ltr">$' "the contact sheet: in the lead's language"
is "$(grep -c '^<article id="photo-[1-4]" aria-labelledby="name-[1-4]">$' "$g/index.html")" 4 "the contact sheet: a section for each photo"
like "$sheet" '<dd><bdi>Photo: Dana Cohen/Reuters</bdi></dd><dd class="small">Source: <code>captions.csv</code> · confidence: high</dd>' \
     "the contact sheet: the credit, its source and confidence"
like "$sheet" "<dt>Removed from the file</dt><dd><bdi lang=\"en\" dir=\"ltr\">$(manifest "$g" '.photos["d.jpg"].removed[0]')</bdi>" \
     "the contact sheet: what was removed"
like "$sheet" "<th scope=\"rowgroup\" rowspan=\"1\"><bdi dir=\"ltr\">small</bdi></th><td><a href=\"c-small-64-[0-9a-f]+.webp\" dir=\"ltr\">64 × 43</a></td><td>$(manifest "$g" '.photos["c.jpg"].renditions.small[0].bytes')</td><td class=\"none\">no stamp</td>" \
     "the contact sheet: each file with its size"

# ---- Order and lead change; no variant does ----

table yes no
publish page
is "$(manifest "$g" '"\(.lead) \(.order | join(" "))"')" "a.jpg c.jpg b.jpg a.jpg d.jpg" "a mark makes the lead; the order stays"
like "$(grep eager "$g/figures.html")" 'src="a-small' "the marked one is eager"
like "$stdout" '^0 published, 4 unchanged' "no photo is made again"
like "$(cat "$g/index.html")" '^<html lang="he" dir="rtl">$' "a Hebrew lead: the contact sheet is right-to-left"
like "$(cat "$g/index.html")" '<dt>קרדיט</dt><dd><bdi>צילום: דנה כהן</bdi></dd><dd class="small">מקור: <code>captions.csv</code> · ודאות: גבוהה</dd>' \
     "and speaks Hebrew"
like "$(cat "$g/index.html")" '<p class="small">גיליון תמונות</p><h1><bdi>ב a</bdi></h1>' "its title is the gallery's path"
mkdir top && cp 'src/ב a/d.jpg' top && printf 'file,caption\nd.jpg,البحر\n' >top/captions.csv
run photodesk build top -o top-out --preset page
like "$(cat top-out/index.html)" '^<html lang="ar" dir="rtl">$' "an Arabic lead: in Arabic"
like "$(cat top-out/index.html)" '<p class="small">photodesk</p><h1><bdi>لوحة الصور</bdi></h1>' "a gallery that is OUT itself has no path: it is called what it is"
table yes x
publish page
like "$stderr" 'captions.csv: it marks 2 photos as the lead; the first, c.jpg, is it' "two marks are told"
{ head -n 1 'src/ב a/captions.csv'; tail -n +2 'src/ב a/captions.csv' | tac; } >rows && cp rows 'src/ב a/captions.csv'
publish page
is "$(manifest "$g" '"\(.lead) \(.order | join(" "))"')" "a.jpg a.jpg b.jpg c.jpg d.jpg" "rows in another order"
like "$stdout" '^0 published, 4 unchanged' "that, too, makes no photo again"
before=$(content out)
rm "$g/figures.html"
publish page
is "$(content out)" "$before" "a page that was removed comes back, as it was"

# ---- Addresses, formats, rights ----

table yes ''
publish web
base='https://photos.example/p/%D7%91%20a/'
is "$(manifest "$g" .page.address)" "$base" "the gallery's address"
like "$(cat "$g/figures.html")" "src=\"${base}a-small-64-[0-9a-f]+\.webp\"" "figures have whole addresses"
unlike "$(cat "$g/index.html")" 'src="https:' "the contact sheet works from disk"
is "$(manifest "$g" '.opengraph | [."og:image:type", ."og:image:width", ."og:image:height", ."og:image:alt"] | join(" ")')" "image/jpeg 60 45 מים" \
   "Open Graph: the lead's social rendition"
is "$(manifest "$g" '.opengraph."og:image"')" "$base$(manifest "$g" '.photos["a.jpg"].renditions.share[0].file')" "Open Graph: its address"
like "$(cat "$g/head.html")" '<meta property="og:image:width" content="60">' "Open Graph: as tags"
is "$(manifest "$g" '.jsonld.image | map(.encodingFormat + .creditText) | join(" ")')" \
   "image/jpegדנה כהן image/webpדנה כהן image/webpDana Cohen/Reuters image/webpDana image/webpNoa" "JSON-LD: the lead's pictures first"
is "$(manifest "$g" '.jsonld.image[2] | del(.contentUrl) | tojson')" \
   '{"@type":"ImageObject","width":64,"height":43,"encodingFormat":"image/webp","caption":"Sea","creator":[{"@type":"Person","name":"Dana Cohen"}],"creditText":"Dana Cohen/Reuters","copyrightNotice":"(c) Desk","license":"https://desk.example/terms","acquireLicensePage":"https://desk.example/buy"}' \
   "JSON-LD: an ImageObject, field by field"
publish formats
is "$(tr -d '\n' <"$g/figures.html" | grep -oE '<picture><source type="image/webp" srcset="[^"]*small-64[^"]*" [^>]*><img src="[^"]*old-64[^"]*\.jpg"[^>]*></picture>' | wc -l)" \
   4 "formats of one picture are a <picture>"
like "$(cat "$g/figures.html")" '^<figcaption><bdi class="photodesk-credit">Photo: <bdi>Noa</bdi></bdi></figcaption>$' "no caption: the credit alone"

# ---- What is there before a picture is ----

mkdir hold
ppm plain 120 80 200 60 60 >red.ppm && vips pngsave red.ppm hold/red.png
ppm slope 120 80 0 0 0 240 240 240 >slope.ppm && vips pngsave slope.ppm hold/slope.png
vips bandjoin_const red.ppm clear.png 128 && mv clear.png hold
for kind in none colour webp; do
    printf '[page]\nplaceholder = %s\n' $kind | small_preset hold 64
    run photodesk build hold -o hold-$kind --no-credit --preset hold
    is "$status" 0 "placeholder = $kind"
done
is "$(manifest hold-none '[.photos[].placeholder] | unique | tojson')" "[null]" "nothing, unless it is asked for"
unlike "$(cat hold-none/figures.html)" 'background' "and figures have none"
like "$(manifest hold-colour '.photos["red.png"].placeholder')" '^#c[789]3[bcd]3[bcd]$' "the photo's colour"
like "$(grep 'img src="red' hold-colour/figures.html)" ' style="max-width:100%;height:auto;background:#c[0-9a-f]{5}">' "stands behind its picture"
is "$(manifest hold-colour '.photos["clear.png"].placeholder')" null "but not where the photo is clear: it would always be seen"
manifest hold-webp '.photos["slope.png"].placeholder' >address
like "$(cat address)" '^data:image/webp;base64,[A-Za-z0-9+/]+=*$' "the photo itself, tiny"
sed 's/.*,//' address | base64 -d >tiny.webp && dwebp -quiet tiny.webp -ppm -o tiny.ppm
ppm slope 32 21 0 0 0 240 240 240 >expected.ppm
at_most "$(ppm diff tiny.ppm expected.ppm)" 6 "it is that photo, 32 px wide"
at_most "$(stat -c %s tiny.webp)" 300 "in few bytes"
like "$(grep 'img src="slope' hold-webp/figures.html)" ';background:url\(data:image/webp;base64,[A-Za-z0-9+/=]+\) 0 0/cover">' "stands behind its picture, too"
exiftool -q -overwrite_original -Artist=Noa hold/slope.png
printf 'file,caption\nslope.png,Words\nred.png,Others\n' >hold/captions.csv
run photodesk build hold -o hold-webp --no-credit --preset hold
is "$(manifest hold-webp '[.photos[].placeholder | . == null] | tojson')" "[false,false,true]" "a photo whose files serve again keeps it"

# ---- What a preset may not say ----

for fault in 'figure = none' 'social = small;none' 'base-url = ftp://x'; do
    printf '[preset]\ntitle = T\nextends = page\n[page]\n%s\n' "$fault" >config/photodesk/presets/wrong.preset
    run photodesk preset check config/photodesk/presets/wrong.preset
    is "$status" 2 "refused: $fault"
    like "$stderr$stdout" "\[page\] ${fault%% *}: " "refused: $fault: names the key"
done

done_testing
