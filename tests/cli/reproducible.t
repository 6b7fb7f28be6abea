#!/bin/bash
# Two builds of the same input are the same to the last byte, wherever, whenever and under whatever settings; and nothing
# in them tells of the machine.

. "${0%/*}/lib.sh"

printf '[rendition mail]\nwidths = 300\naspect = source\nformat = jpeg\nquality = 80\nstamp = true\n[stamp]\nmin-variant-width = 50\n' |
    small_preset small 64
mkdir -p source-of-this/a source-of-this/שבוע
jpeg source-of-this/a/one.jpg 400 300 1
jpeg source-of-this/a/two.jpg 300 400 2
jpeg source-of-this/a/İstanbul.jpg 320 200 3
jpeg source-of-this/שבוע/ערב.jpg 400 300 4
exiftool -q -overwrite_original -Artist='Rut Exif' -GPSLatitude=31 -GPSLatitudeRef=N source-of-this/a/two.jpg
printf 'file,caption,credit\none.jpg,First. Photo: Dana Cohen,\nİstanbul.jpg,I and i,Yoav\n' >source-of-this/a/captions.csv
printf 'file,caption\nערב.jpg,כותרת. צילום: דנה כהן/רויטרס\n' >source-of-this/שבוע/captions.csv

# modes FOLDER: the names, as published, with their permissions.
modes() {
    (cd "$1" && find . -name '.?*' -prune -o -printf '%m %p\n' | LC_ALL=C sort)
}

run photodesk build source-of-this -o first --preset small --jobs 1
is "$status" 0 "a build"
first=$(content first)
is "$(printf '%s\n' "$first" | wc -l)" 16 "of four photos in two galleries"

# same NAME SOURCE ENV...: a build with these settings, of a photo at a time or two, is the same.
same() {
    local name=$1 source=$2
    shift 2
    for jobs in 1 2; do
        rm -rf other
        run env "$@" "$PHOTODESK" build "$source" -o other --preset small --jobs $jobs
        is "$status|$(content other)" "0|$first" "$name, --jobs $jobs"
    done
}

same "once more" source-of-this TZ=UTC
same "another time zone" source-of-this TZ=Pacific/Kiritimati
locales=$(locale -a)
for locale in C C.UTF-8 he_IL.utf8 tr_TR.utf8 de_DE.utf8; do
    case $locale in C | C.UTF-8) ;; *) printf '%s\n' "$locales" | grep -qx "$locale" || continue ;; esac
    same "the locale $locale" source-of-this LC_ALL=$locale LANGUAGE=tr:he
done
same "another user's name, machine and home" source-of-this USER=other LOGNAME=other HOSTNAME=other HOME="$T/none"
mkdir -p elsewhere/deep
cp -r source-of-this elsewhere/deep/renamed
find elsewhere -type f -exec touch -d '2001-02-03 04:05:06' {} +
same "another folder, with other times" elsewhere/deep/renamed TZ=UTC
same "the folder named by its whole path" "$T/elsewhere/deep/renamed" TZ=UTC
if unshare -ru hostname another-machine 2>/dev/null; then
    unshare -ru sh -c 'hostname another-machine && exec "$@"' sh "$PHOTODESK" build source-of-this -o named --preset small >/dev/null 2>&1
    is "$(content named)" "$first" "another name of the machine"
else
    echo "# skipped: another name of the machine, which needs a namespace of one's own"
fi
(umask 077 && "$PHOTODESK" build source-of-this -o private --preset small >/dev/null 2>&1)
is "$(content private)" "$first" "another umask: the same bytes"
is "$(modes private | grep -c '^[67]00 ')" "$(modes private | wc -l)" "which is kept"

# ---- Nothing of the machine ----

# told TEXT: the published files that have it.
told() {
    grep -rlaF --exclude-dir=.photodesk -e "$1" first
}

is "$(told source-of-this)" "" "no source path"
is "$(told "$T")" "" "no path at all"
is "$(told "$ROOT")" "" "none of the program"
is "$(grep -rlaE --exclude-dir=.photodesk "$(date -u +%Y)-[01][0-9]-[0-3][0-9]|[012][0-9]:[0-5][0-9]:[0-5][0-9]" first)" "" "no time"
like "$(told 'Dana Cohen')" 'manifest\.json' "(what is there is found so)"

done_testing
