#include "desk/confine.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "desk/sandbox.h"

/* Pages of libraries, fonts and tables that a child may yet touch, MiB: resident, but no data. */
#define FILE_PAGES 24
#define LEAST_ROOM ((rlim_t)64 << 20) /* bytes that any photo takes */

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit bound = { soft, hard };
    setrlimit(what, &bound); /* a lower one that is there already serves as well */
}

/* How much of this process is data and how much is resident, in bytes (proc(5), statm). FALSE without /proc.
 */
static gboolean measure(rlim_t *data, rlim_t *resident)
{
    unsigned long pages[2];
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return FALSE;
    gboolean ok = fscanf(file, "%*u %lu %*u %*u %*u %lu", &pages[0], &pages[1]) == 2;
    ok = fclose(file) == 0 && ok;
    rlim_t page = (rlim_t)sysconf(_SC_PAGESIZE);
    *resident = pages[0] * page;
    *data = pages[1] * page;
    return ok;
}

static void limit_memory(const Limits *limits)
{
#ifndef __SANITIZE_ADDRESS__ /* whose shadow takes terabytes of address space */
    rlim_t space = (rlim_t)limits->memory_mib << 20;
    limit(RLIMIT_AS, space, space);
    rlim_t data, resident, most = (rlim_t)(limits->resident_mib - FILE_PAGES) << 20;
    if (measure(&data, &resident)) {
        rlim_t room =
            MAX(most > resident ? most - resident : 0, LEAST_ROOM); /* a parent may be large itself */
        limit(RLIMIT_DATA, data + room, data + room);
    }
#else
    (void)limits;
    (void)measure;
#endif
}

static void silence(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
        _exit(1);
#ifndef __SANITIZE_ADDRESS__ /* decoders print what they like; a sanitizer's report must be seen */
    if (dup2(null, STDERR_FILENO) < 0)
        _exit(1);
#endif
}

/* The output's lock, the ledger and the other children's pipes are none of its business. */
static void close_all_but(int kept)
{
    close_range(STDERR_FILENO + 1, (guint)kept - 1, 0);
    close_range((guint)kept + 1, ~0U, 0); /* where the kernel has no such call, they stay open */
}

void confine(const Limits *limits, const char *writable, int kept, pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
        _exit(1);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds, (rlim_t)limits->cpu_seconds + 1); /* SIGXCPU first */
    limit_memory(limits);
    silence();
    close_all_but(kept);
    sandbox_enter(writable);
}

void confine_no_memory(const Limits *limits, GError **error)
{
    error_set(error, PHOTODESK_ERROR_TOO_LARGE,
              "needs more memory than the limit of %d MiB (preset key limits/resident-mib); send it smaller, "
              "or raise the limit",
              limits->resident_mib);
}
