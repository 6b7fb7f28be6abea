#!/bin/bash
# A child that dies, hangs or is stopped costs one photo at the most, and nothing of it stays behind.

. "${0%/*}/lib.sh"

mkdir src
ppm photo 400 300 | cjpeg -quality 90 -outfile whole.jpg

# ---- Children that die ----

# A child that dies costs its photo one retry, then that photo alone
ppm photo 300 220 >p.ppm
vips zoom p.ppm p.v 10 10 && vips copy p.v src/a.jpg
cp whole.jpg src/b.jpg
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
    like "$(cat log)" '^photodesk build: stopped before the end \(.*\): what was published stays, ' "and it says so"
    ok "a manifest is there whole or not at all" [ ! -e out/manifest.json ]
    run photodesk build src -o out --credit Dana
    is "$(content out)" "$(content undisturbed)" "and the next run completes it"
done

# ---- More of children that die ----

# The same photo, the largest and so the first, twice: once among the others, once alone.
start() { # start OPTIONS...: photodesk in the background, to be ended by signals as one in the foreground is
    rm -rf out log
    perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$PHOTODESK" build src -o out --credit Dana --jobs 1 "$@" >log 2>&1 &
    pid=$!
}
child() { pgrep -P $pid; }
kill_child() { # kill_child SIGNAL: the one that runs, when there is one
    wait_for pkill "-$1" -P $pid
}
for signal in KILL SEGV; do
    start
    kill_child $signal
    wait_for grep -q '^published b' log
    # whatever child there is till then, it is that photo's second one; behind it the other is made the lead
    while kill -0 $pid 2>/dev/null && ! grep -q '^FAILED a' log; do
        pkill -$signal -P $pid
        sleep 0.01
    done
    wait $pid
    is $? 1 "SIG$signal twice: exit code"
    is "$(grep -c '^FAILED a\.jpg: .*; ' log)" 1 "SIG$signal twice: that photo fails, in one line that says what to do"
    is "$(manifest out '.photos | keys | join(" ")')" b.jpg "SIG$signal twice: the other is published"
    is "$(find out -name 'a-*')$(staged out)$(hidden out)" "" "SIG$signal twice: nothing of it stays"
done
start
kill_child KILL
wait $pid
is $? 0 "SIGKILL once: tried again"
is "$(content out)" "$(content undisturbed)" "SIGKILL once: with the same result"

# A child that hangs
printf '[preset]\ntitle = Hasty\nextends = article\n[limits]\nwall-seconds = 1\n' >config/photodesk/presets/hasty.preset
mv src/a.jpg big.jpg
start --preset hasty
kill_child STOP
wait $pid
is $? 0 "a child that hangs is ended at limits/wall-seconds, and its photo tried again"
mv big.jpg src/a.jpg

# ---- Nothing is left behind by a run that is ended ----

for signal in INT TERM; do
    start
    wait_for child
    orphan=$(child)
    kill -$signal $pid
    wait $pid
    is $? 130 "SIG$signal: exit code"
    like "$(cat log)" 'next run' "SIG$signal: says what happens with the rest"
    ok "SIG$signal: no child is left" sh -c "! kill -0 $orphan 2>/dev/null"
    is "$(staged out)$(hidden out)" "" "SIG$signal: nothing is left in staging"
done
start
wait_for child
orphan=$(child)
kill -KILL $pid
wait $pid 2>/dev/null
gone() { ! kill -0 "$orphan" 2>/dev/null; }
ok "SIGKILL to the parent: its child ends, too" wait_for gone
run photodesk build src -o out --credit Dana
is "$status" 0 "SIGKILL to the parent: the next run completes it"
is "$(content out)" "$(content undisturbed)" "SIGKILL to the parent: to the same result"
is "$(staged out)$(hidden out)" "" "SIGKILL to the parent: and sweeps up"

# ---- A child that has been taken over ----

# It tries to write beside the folder of its own, where those of the other photos are; with that it would end.
cat >meddle.c <<'EOF'
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsync(int fd)
{
    char link[64], path[PATH_MAX] = "", beside[PATH_MAX + 32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (readlink(link, path, sizeof path - 1) > 0 && strstr(path, "/staging/") && strstr(path, ".webp")) {
        snprintf(beside, sizeof beside, "%.*s/../meddled", (int)(strrchr(path, '/') - path), path);
        if (open(beside, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) >= 0)
            abort();
    }
    return (int)syscall(SYS_fsync, fd);
}
EOF
if perl -e 'exit(syscall(444, 0, 0, 1) < 1)'; then # landlock_create_ruleset(2), for its version
    "${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o meddle.so meddle.c
    run env LD_PRELOAD="$PWD/meddle.so" ASAN_OPTIONS=verify_asan_link_order=0 "$PHOTODESK" build src -o meddled --credit Dana
    is "$status" 0 "none writes beside its own folder in staging"
    is "$(content meddled)" "$(content undisturbed)" "and all is published as it is otherwise"
else
    skip 2 "the kernel has no Landlock"
fi

done_testing
