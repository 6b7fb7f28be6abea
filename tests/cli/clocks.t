#!/bin/bash
# Clocks that are set, forward and back, while the photo desk is at work: by libfaketime, which leaves the times of files
# as they are, and the monotonic clock.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"
trap 'kill "${desk:-}" 2>/dev/null; cd / && rm -rf "$T"' EXIT

faketime=$(dpkg -L libfaketime 2>/dev/null | grep '/libfaketime\.so' || :)
if [ -n "$faketime" ]; then
    noise large.jpg 400 300
    size=$(stat -c %s large.jpg)
    for step in +3600 -3600; do
        afresh
        echo +0 >clock
        under="env LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$T/clock FAKETIME_NO_CACHE=1 NO_FAKE_STAT=1 FAKETIME_DONT_FAKE_MONOTONIC=1"
        start --credit Dana
        under=
        cp one.jpg in/before.jpg
        wait_for has . before.jpg
        (
            head -c $((size / 2)) large.jpg
            echo $step >clock
            sleep 1
            tail -c +$((size / 2 + 1)) large.jpg
        ) >in/slow.jpg
        cp two.jpg in/after.jpg
        ok "a clock that is set by $step s: an upload is published" wait_for has . slow.jpg
        ok "and what comes then" wait_for has . after.jpg
        is "$(times '^published')" 3 "each once"
        is "$(times '^FAILED')" 0 "and nothing failed"
        echo +0 >clock
        cp three.jpg in/before.jpg
        ok "set back again: what is replaced is made anew" wait_for sh -c '[ "$(grep -c "^published before.jpg" log.err)" = 2 ]'
        as_built "a clock that was set by $step s" --credit Dana
        stop
    done
else
    skip 14 "libfaketime is not installed"
fi
done_testing
