#!/bin/sh
# The rooms of the tree: includes point one way, and each third-party library has one owner.
cd "$(dirname "$0")/../.." || exit 1
n=0
failed=0
ok() { # ok STATUS NAME DETAILS
    n=$((n + 1))
    [ "$1" = 0 ] && { echo "ok $n - $2"; return; }
    failed=1
    echo "not ok $n - $2"
    printf '%s\n' "$3" | sed 's/^/# /'
}

# room: the rooms that it may include from, besides itself
may_include() {
    case $1 in
    cmd) echo "desk photo preset base" ;;
    desk) echo "page render photo preset base" ;;
    page | render | photo) echo "preset base" ;;
    preset) echo "base" ;;
    base) echo "" ;;
    esac
}

for room in cmd desk page render photo preset base; do
    allowed=" $room $(may_include $room) "
    wrong=$(grep -HnoE '^#include "[a-z_]+/' src/$room/*.[ch] | while IFS= read -r line; do
        target=${line##*\"}
        case $allowed in *" ${target%/} "*) ;; *) echo "$line" ;; esac
    done)
    [ -z "$wrong" ]
    ok $? "src/$room includes only what stands below it" "$wrong"
done

wrong=$(grep -nE '^#include "' src/main.c | grep -v '"cmd/cmd.h"')
[ -z "$wrong" ]
ok $? "src/main.c is the command table and nothing else" "$wrong"

for library in vips/ webp/ libexif/ libiptcdata/ exempi/ libheif/ gio/ turbojpeg lcms2 sqlite3 pango/ fontconfig/ librsvg/ json-glib/ xxhash csv seccomp linux/landlock; do
    owners=$(grep -lE "^#include <$library" -r src | tr '\n' ' ')
    [ "$(echo "$owners" | wc -w)" = 1 ]
    ok $? "<$library> has one owner" "$owners"
done

# Headers tell a newcomer what a module promises: each begins with a comment
bare=$(for header in src/*/*.h; do head -n 1 "$header" | grep -q '^/\*' || echo "$header"; done)
[ -z "$bare" ]
ok $? "each header begins by saying what it promises" "$bare"

# Below cmd/ and desk/, nothing prints
loud=$(grep -nE '\b(printf|fprintf|puts|fputs|g_print|g_printerr)\(' src/desk/*.c src/photo/*.c src/render/*.c src/page/*.c src/preset/*.c src/base/*.c)
[ -z "$loud" ]
ok $? "nothing below cmd/ prints" "$loud"

echo "1..$n"
exit $failed
