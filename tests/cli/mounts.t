#!/bin/bash
# Disks under the photo desk's folders: one that is full and then is not, and one that is unmounted and mounted again.
# All of it is in a mount namespace of its own, unseen by everyone else.

if [ -z "${OWN_MOUNTS:-}" ]; then
    for own in 'unshare -m' 'unshare -rm'; do
        $own true 2>/dev/null && OWN_MOUNTS=yes exec $own bash "$0"
    done
    echo '1..0 # SKIP nothing can be mounted here'
    exit
fi

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"
trap 'kill "${desk:-}" 2>/dev/null; cd / && umount -l "$T/in" "$T/out" 2>/dev/null; rm -rf "$T"' EXIT
printf '[rendition big]\nwidths = 300\naspect = source\nformat = webp\nquality = 100\nmethod = 0\nstamp = false\n' | small_preset small 64

# disk FOLDER [SIZE]
disk() {
    mkdir -p "$1"
    mount -t tmpfs -o "size=${2:-8m}" tmpfs "$1"
}

# ---- A full output ----

mkdir in
disk out 2m
start --credit Dana
cp one.jpg in/before.jpg
ok "with room: published" wait_for has . before.jpg
first=$(cat out/manifest.json)
head -c 4M /dev/zero >out/.other 2>/dev/null
noise in/late.jpg 400 300
noise in/later.jpg 400 300
ok "a full disk is told" wait_for told '^FAILED .*output folder out is full'
told_status() { run photodesk status out; [ "$status" = 1 ] && printf '%s' "$stdout" | grep -q '^WAITING: The output folder out is full'; }
ok "and by its status" wait_for told_status
ok "by its page" wait_for grep -q 'class="state hindered"' out/desk.html
lacks() { grep -qF "photodesk_hindered{lacks=\"$1\"} $2" out/.photodesk/metrics.prom; }
ok "and by its metrics" wait_for lacks room 1
is "$(cat out/manifest.json)" "$first" "what is published stays as it was"
is "$(published in | tr '\n' ' ')" "./before.jpg ./late.jpg ./later.jpg " "no photo is blamed: none has a note"
is "$(staged out)" "" "nothing half made is left"
ok "the desk lives on" kill -0 "$desk"
rm out/.other
wait_for has . late.jpg
ok "freed: published without anybody's help" wait_for has . later.jpg
ok "and its page shows a desk at work" wait_for grep -q 'class="state idle"' out/desk.html
ok "and so do its metrics" lacks room 0
as_built "a disk that was full" --credit Dana
stop
is "$status" 0 "and it ends as it should"
umount out
rm -rf in out

# ---- An inbox that is unmounted ----

disk in
start --credit Dana
mkdir in/match
cp one.jpg in/match/one.jpg
cp two.jpg in/two.jpg
ok "on a disk: published" wait_for has match one.jpg
wait_for has . two.jpg
cp -a in kept
before=$(live out)
umount in
ok "unmounted: is told" wait_for told 'is it mounted\?'
is "$(live out)" "$before" "what is published stays"
away_status() { run photodesk status out; [ "$status" = 1 ] && printf '%s' "$stdout" | grep -q '^WAITING: .*is mounted'; }
ok "its status says that nothing comes from there" wait_for away_status
ok "and so do its metrics" lacks inbox 1
run photodesk status out --json
like "$stdout" '"lacks" *: *"inbox"' "and its JSON says what is missing"
disk in
cp -a kept/. in
cp three.jpg in/match/three.jpg
ok "mounted again: served on" wait_for has match three.jpg
ok "and nothing is missing" wait_for lacks inbox 0
sleep 0.5
is "$(times '^published')" 3 "and nothing is done twice"
rm in/match/one.jpg
ok "what goes from now on is gone" wait_for hasnt match one.jpg
as_built "a disk that was away" --credit Dana
kill -0 "$desk" && stop
is "$status" 0 "and it ends as it should"
umount in
done_testing
