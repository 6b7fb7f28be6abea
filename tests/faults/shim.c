/*
 * Preloaded into the program (LD_PRELOAD), this makes one of its calls that change what is on disk fail, or
 * the last thing that the process does. It stands in for the C library's calls and for SQLite's.
 *
 *     FAULT_PATH    which files: a pattern as of fnmatch(3), in which * stands for slashes, too
 *     FAULT_CALL    which calls: a pattern of their names; default: all
 *     FAULT_AT      which of them, in the order of all processes of a run: "7" is the seventh alone, "7+"
 * that and all after it, "0" none FAULT         what becomes of it: an errno, or "kill" for a SIGKILL to the
 * process before the call is made, or "kill-all" for one to its process group FAULT_STATE   a file of at
 * least sizeof(State) zeros, in which the calls are counted
 *
 * A close that fails has closed its file all the same. Calls that only look at folders and files, opendir,
 * readdir, stat and lstat, count only where FAULT_CALL is the name of one.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

typedef struct {
    atomic_ulong calls;
    char what[PATH_MAX]; /* the call that failed first, and its file */
} State;

static State *state;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULT_STATE");
    int fd = path ? NEXT(open)(path, O_RDWR | O_CLOEXEC) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    state = map == MAP_FAILED ? NULL : map;
    if (fd >= 0)
        NEXT(close)(fd);
}

/* Counts a call. Gives the errno that it fails with, or 0 where it is to be made. */
static int fault(const char *call, const char *path)
{
    const char *calls = getenv("FAULT_CALL"), *paths = getenv("FAULT_PATH"), *how = getenv("FAULT");
    const char *at = getenv("FAULT_AT");
    if (!state || !how || !at || !path || fnmatch(calls ? calls : "*", call, 0) != 0 ||
        fnmatch(paths ? paths : "*", path, 0) != 0)
        return 0;
    char *end;
    unsigned long wanted = strtoul(at, &end, 10), now = atomic_fetch_add(&state->calls, 1) + 1;
    if (wanted == 0 || (*end == '+' ? now < wanted : now != wanted))
        return 0;
    if (now == wanted)
        snprintf(state->what, sizeof state->what, "%s %s", call, path);
    if (strcmp(how, "kill") == 0)
        kill(getpid(), SIGKILL);
    if (strcmp(how, "kill-all") == 0)
        kill(0, SIGKILL);
    return atoi(how);
}

static int fault_fd(const char *call, int fd)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0)
        return 0;
    path[n] = '\0';
    return fault(call, path);
}

/* ---- The sandbox ---- */

/* Whoever ends its process group needs the call for it: the filter of children stays off. */
int seccomp_load(void *filter);
int seccomp_load(void *filter)
{
    (void)filter;
    return 0;
}

/* ---- The C library ---- */

/* Makes the call, or fails as is asked for. */
#define MAKE(type, name, err, ...)                                                                           \
    do {                                                                                                     \
        int wrong = (err);                                                                                   \
        if (wrong == 0)                                                                                      \
            return NEXT(name)(__VA_ARGS__);                                                                  \
        errno = wrong;                                                                                       \
        return (type)-1;                                                                                     \
    } while (0)

/* A file that is only read is let be; a folder is opened to be made durable. */
#define OPEN(name)                                                                                           \
    int name(const char *path, int flags, ...)                                                               \
    {                                                                                                        \
        unsigned mode = 0;                                                                                   \
        if (flags & O_CREAT) {                                                                               \
            va_list args;                                                                                    \
            va_start(args, flags);                                                                           \
            mode = va_arg(args, unsigned);                                                                   \
            va_end(args);                                                                                    \
        }                                                                                                    \
        int counts = (flags & O_ACCMODE) != O_RDONLY || (flags & O_DIRECTORY);                               \
        MAKE(int, name, counts ? fault("open", path) : 0, path, flags, mode);                                \
    }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *data, size_t size)
{
    MAKE(ssize_t, write, fault_fd("write", fd), fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    MAKE(ssize_t, pwrite, fault_fd("pwrite", fd), fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    MAKE(ssize_t, pwrite64, fault_fd("pwrite", fd), fd, data, size, at);
}

int ftruncate(int fd, off_t size)
{
    MAKE(int, ftruncate, fault_fd("ftruncate", fd), fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    MAKE(int, ftruncate64, fault_fd("ftruncate", fd), fd, size);
}

int fsync(int fd)
{
    MAKE(int, fsync, fault_fd("fsync", fd), fd);
}

int fdatasync(int fd)
{
    MAKE(int, fdatasync, fault_fd("fdatasync", fd), fd);
}

int close(int fd)
{
    int wrong = fault_fd("close", fd);
    int closed = NEXT(close)(fd);
    if (wrong == 0)
        return closed;
    errno = wrong;
    return -1;
}

int rename(const char *from, const char *to)
{
    MAKE(int, rename, fault("rename", to), from, to);
}

int link(const char *from, const char *to)
{
    MAKE(int, link, fault("link", to), from, to);
}

int unlink(const char *path)
{
    MAKE(int, unlink, fault("unlink", path), path);
}

int rmdir(const char *path)
{
    MAKE(int, rmdir, fault("rmdir", path), path);
}

int remove(const char *path)
{
    MAKE(int, remove, fault("remove", path), path);
}

int mkdir(const char *path, mode_t mode)
{
    MAKE(int, mkdir, fault("mkdir", path), path, mode);
}

static int fault_looking(const char *call, const char *path)
{
    const char *calls = getenv("FAULT_CALL");
    return calls && strcmp(calls, call) == 0 ? fault(call, path) : 0;
}

DIR *opendir(const char *path)
{
    int wrong = fault_looking("opendir", path);
    if (wrong == 0)
        return NEXT(opendir)(path);
    errno = wrong;
    return NULL;
}

#define READDIR(name, type)                                                                                  \
    type *name(DIR *dir)                                                                                     \
    {                                                                                                        \
        const char *calls = getenv("FAULT_CALL");                                                            \
        int wrong = calls && strcmp(calls, "readdir") == 0 ? fault_fd("readdir", dirfd(dir)) : 0;            \
        if (wrong == 0)                                                                                      \
            return NEXT(name)(dir);                                                                          \
        errno = wrong;                                                                                       \
        return NULL;                                                                                         \
    }
READDIR(readdir, struct dirent)
READDIR(readdir64, struct dirent64)

int stat(const char *restrict path, struct stat *restrict st)
{
    MAKE(int, stat, fault_looking("stat", path), path, st);
}

int lstat(const char *restrict path, struct stat *restrict st)
{
    MAKE(int, lstat, fault_looking("lstat", path), path, st);
}

/* ---- SQLite ---- */

static sqlite3 *failed; /* whose last call failed here, and what that was */
static int failed_errno;
static int inside; /* a call that makes others of them, which are none of the program's */

static int as_sqlite(int err)
{
    return err == ENOSPC ? SQLITE_FULL : err == EACCES ? SQLITE_PERM : SQLITE_IOERR;
}

/* Makes the call, or fails as a file system does that fails with an errno. */
#define MAKE_SQL(name, db, ...)                                                                              \
    do {                                                                                                     \
        sqlite3 *handle = (db);                                                                              \
        if (inside)                                                                                          \
            return NEXT(name)(__VA_ARGS__);                                                                  \
        failed_errno = fault(#name, sqlite3_db_filename(handle, "main"));                                    \
        failed = failed_errno ? handle : NULL;                                                               \
        if (failed)                                                                                          \
            return as_sqlite(failed_errno);                                                                  \
        inside = 1;                                                                                          \
        int code = NEXT(name)(__VA_ARGS__);                                                                  \
        inside = 0;                                                                                          \
        return code;                                                                                         \
    } while (0)

int sqlite3_step(sqlite3_stmt *s)
{
    MAKE_SQL(sqlite3_step, sqlite3_db_handle(s), s);
}

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *user,
                 char **message)
{
    MAKE_SQL(sqlite3_exec, db, db, sql, row, user, message);
}

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **s, const char **tail)
{
    MAKE_SQL(sqlite3_prepare_v2, db, db, sql, size, s, tail);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **s,
                       const char **tail)
{
    MAKE_SQL(sqlite3_prepare_v3, db, db, sql, size, flags, s, tail);
}

int sqlite3_errcode(sqlite3 *db)
{
    return db && db == failed ? as_sqlite(failed_errno) : NEXT(sqlite3_errcode)(db);
}

int sqlite3_system_errno(sqlite3 *db)
{
    return db && db == failed ? failed_errno : NEXT(sqlite3_system_errno)(db);
}

const char *sqlite3_errmsg(sqlite3 *db)
{
    return db && db == failed ? strerror(failed_errno) : NEXT(sqlite3_errmsg)(db);
}
