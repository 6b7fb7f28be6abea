#!/bin/bash
# What `make install` lays down: the systemd unit with its prefix, understood by systemd, and removed again.

. "${0%/*}/lib.sh"

prefix=$T/opt/photodesk
unit=$prefix/lib/systemd/system/photodesk@.service
install() { make -s -C "$ROOT" BUILD="${PHOTODESK%/*}" PREFIX="$prefix" "$@" 2>&1; }

is "$(install install)" "" "make install"
like "$(cat "$unit")" "^ExecStart=$prefix/bin/photodesk watch " "the unit has the prefix"
unlike "$(cat "$unit")" '@PREFIX@' "and nothing is left to be filled in"
if command -v systemd-analyze >/dev/null; then
    # other units than ours may have their own faults
    is "$(systemd-analyze verify --man=no "$prefix/lib/systemd/system/photodesk@sport.service" 2>&1 | grep photodesk)" "" "systemd finds no fault with it"
    score=$(systemd-analyze security --offline=yes "$unit" 2>/dev/null | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
    at_most "${score:-none}" 3 "nor much exposure"
else
    skip 2 "there is no systemd-analyze"
fi
filter=$(sed -n 's/^SystemCallFilter=//p' "$unit" | tr '\n' ' ')
like "$filter" 'landlock_restrict_self.*seccomp' "children may put themselves into their sandbox"
ok "the module is where the program looks for it" test -s "$prefix/lib/photodesk/managed.so"
install uninstall >/dev/null
is "$(find "$prefix" -type f)" "" "make uninstall leaves nothing"

done_testing
