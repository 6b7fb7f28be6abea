#!/bin/bash
# What goes wrong around the photo desk: events that the kernel drops, files that change under its
# hands, folders that may not be read.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"
trap 'kill -CONT "${desk:-}" 2>/dev/null; kill "${desk:-}" 2>/dev/null; cd / && rm -rf "$T"' EXIT

# ---- Events that are dropped ----

# While the desk stands still, more happens to a file that it does not care for than the queue holds.
mkdir -p in/known
queue=$(cat /proc/sys/fs/inotify/max_queued_events)
start --credit Dana
cp one.jpg in/known/before.jpg
wait_for has known before.jpg
kill -STOP "$desk"
perl -e 'for (1 .. $ARGV[0]) { open my $f, ">", "in/known/x.tmp" or die; close $f; unlink "in/known/x.tmp" or die }' "$queue"
cp two.jpg in/known/lost.jpg
mkdir -p in/new/er
cp three.jpg in/new/er/lost.jpg
rm in/known/before.jpg
began=$(date +%s)
kill -CONT "$desk"
ok "an overflow of the queue: what came meanwhile is published" wait_for has known lost.jpg
ok "in new folders, too" wait_for has new/er lost.jpg
ok "and what went is gone" wait_for hasnt known before.jpg
at_most $(($(date +%s) - began)) 30 "before the look of every minute"
cp one.jpg in/new/er/next.jpg
ok "the new folder is listened to" wait_for has new/er next.jpg
as_built "an overflow" --credit Dana
stop

# ---- Files that change under its hands ----

# A file of the same size and time in the place of another
afresh
cp one.jpg in/a.jpg
cp two.jpg .other.jpg
for file in in/a.jpg .other.jpg; do
    head -c $((9000 - $(stat -c %s $file))) /dev/zero >>$file
done
touch -r in/a.jpg .other.jpg
start --credit Dana
wait_for has . a.jpg
mv .other.jpg in/a.jpg
ok "another file of the same size and time in its place: made anew" wait_for sh -c '[ "$(grep -c "^published a.jpg" log.err)" = 2 ]'

# The same while its table arrives
cp three.jpg .third.jpg
head -c $((9000 - $(stat -c %s .third.jpg))) /dev/zero >>.third.jpg
touch -r in/a.jpg .third.jpg
mv .third.jpg in/a.jpg
printf 'file,caption\na.jpg,words' >in/captions.csv
ok "another file while its table arrives: both count" wait_for sh -c '[ "$(jq -r ".photos[\"a.jpg\"].caption" out/manifest.json)" = words ]'
as_built "another file while its table arrives" --credit Dana
rm in/captions.csv

# A name that is a folder now, and the other way round
rm in/a.jpg
mkdir in/a.jpg
cp one.jpg in/a.jpg/one.jpg
ok "a photo whose name is a folder's now: that is a gallery" wait_for has a.jpg one.jpg
wait_for hasnt . a.jpg
mv in/a.jpg .was # at once: of a folder that is seen empty first, old variants stay
cp three.jpg in/a.jpg
ok "and a photo again" wait_for has . a.jpg
ok "the gallery is gone" wait_for gone out/a.jpg

# Names that come and go faster than anyone looks
for i in $(seq 200); do
    cp one.jpg in/flicker.jpg
    rm in/flicker.jpg
done
cp two.jpg in/flicker.jpg
ok "a name that flickers: published in the end" wait_for has . flicker.jpg
is "$(times '^FAILED')" 0 "and nothing failed"
as_built "all that" --credit Dana
stop

# ---- Something in the way of one gallery ----

afresh
mkdir -p in/a in/b out/b/index.html
cp one.jpg in/a
cp two.jpg in/b
start --credit Dana
ok "a folder in the place of a page: its gallery fails" wait_for told '^FAILED b/two.jpg: .*out/b/index.html is a folder'
ok "the others are served" wait_for has a one.jpg
cp three.jpg in/a
ok "and so are those to come" wait_for has a three.jpg
rmdir out/b/index.html
kill -HUP "$desk"
ok "when it is gone, and the desk is asked: published" wait_for has b two.jpg
as_built "all that" --credit Dana
stop

# ---- A folder that may not be read ----

if [ "$(id -u)" -ne 0 ] || setpriv --reuid=65534 --clear-groups true 2>/dev/null; then
    afresh
    mkdir -p out in/open in/closed
    cp one.jpg in/open
    cp two.jpg in/closed
    chmod 777 "$T" in out in/open
    mkdir -p in/lost+found in/theirs out/theirs
    cp three.jpg in/theirs
    chmod 0 in/closed in/lost+found
    chmod 555 out/theirs
    [ "$(id -u)" -ne 0 ] || under='setpriv --reuid=65534 --clear-groups'
    start --credit Dana
    under=
    ok "a folder that may not be read is told" wait_for told 'The folder .*closed cannot be read'
    ok "the others are served" wait_for has open one.jpg
    ok "a gallery whose place may not be written to fails" \
        wait_for told '^FAILED theirs/three.jpg: is not published, since you may not write into out/theirs'
    chmod 777 out/theirs
    kill -HUP "$desk"
    ok "alone; once it may: published" wait_for has theirs three.jpg
    is "$(times 'lost.found')" 0 "the file system's own lost+found is none of them"
    chmod 755 in/closed
    ok "once it may be read: published" wait_for has closed two.jpg
    chmod 0 in/closed
    cp three.jpg in/open
    ok "closed again: the others are served" wait_for has open three.jpg
    ok "and what is published of it stays" has closed two.jpg
    chmod 755 in/closed
    mkdir in/closed/below
    cp one.jpg in/closed/below
    ok "a folder in it: published" wait_for has closed/below one.jpg
    stop
    chmod 0 in/closed
    [ "$(id -u)" -ne 0 ] || under='setpriv --reuid=65534 --clear-groups'
    start --credit Dana
    under=
    wait_for told 'The folder .*closed cannot be read'
    chmod 755 in/closed
    rm -r in/closed/below
    ok "what went from it while it could not be read is taken down" wait_for gone out/closed/below
    stop
else
    skip 10 "nobody else can be had to run it"
fi
done_testing
