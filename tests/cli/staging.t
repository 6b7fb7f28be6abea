#!/bin/bash
# Where staging cannot be written, the output is to blame, and no photo: the run ends, and what was published stays.

. "${0%/*}/lib.sh"

cat >shim.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A new variant in staging cannot be made: the errno is that of $SPOIL. */
static int spoilt(const char *path, int flags)
{
    const char *err = getenv("SPOIL");
    if (!err || !(flags & O_CREAT) || !strstr(path, "/staging/") || !strstr(path, ".webp"))
        return 0;
    errno = atoi(err);
    return 1;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
        va_list args; \
        va_start(args, flags); \
        unsigned mode = flags & O_CREAT ? va_arg(args, unsigned) : 0; \
        va_end(args); \
        return spoilt(path, flags) ? -1 : next(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
C
ok "the shim is built" "${CC:-cc}" -shared -fPIC -o shim.so shim.c -ldl
small_preset small 64 </dev/null
mkdir src
jpeg src/a.jpg
jpeg src/b.jpg 200 150 2
run photodesk build src -o out --preset small --credit Dana
is "$status" 0 "a first build"
first=$(content out)
jpeg src/c.jpg 200 150 3
jpeg src/a.jpg 200 150 4
for err in 5:Input/output 13:Permission 28:'No space'; do
    run env LD_PRELOAD="$T/shim.so" SPOIL="${err%%:*}" "$PHOTODESK" build src -o out --preset small --credit Dana
    is "$status" 3 "${err#*:}: exit code"
    like "$stderr" "${err#*:}|full" "${err#*:}: says so"
    unlike "$stderr" '^FAILED .*jpg' "${err#*:}: blames no photo"
    is "$(content out)" "$first" "${err#*:}: what was published stays"
done
run photodesk build src -o out --preset small --credit Dana
is "$status" 0 "a build after that"
run photodesk build src -o fresh --preset small --credit Dana
is "$(live out)" "$(live fresh)" "does the rest"

# A variant that was spoilt in its place, its folder untouched, is seen by --check, and mended by --force.
run photodesk build src -o fresh --preset small --credit Dana
echo x >>"$(echo fresh/b-*)"
run photodesk build src -o fresh --preset small --credit Dana --check
is "$status" 1 "--check sees a spoilt variant"
run photodesk build src -o fresh --preset small --credit Dana --force
run photodesk build src -o fresh --preset small --credit Dana --check
is "$status" 0 "and --force mends it"

done_testing
