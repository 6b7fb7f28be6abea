/* The processor time that reading a photo's headers and metadata takes, all that is done before a pixel is
 * decoded, in a fresh child each time, as the desk does it.
 *
 *     metadata PHOTO TIMES
 *
 * Seconds on standard output, one line a time. Run in the root of the checkout, for its presets. */

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "bench.h"
#include "desk/intake.h"

static int measure_once(GBytes *bytes, const Preset *preset)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    Intake intake;
    double began = processor_time();
    gboolean ok = intake_read(&intake, bytes, preset, warnings, &error);
    double seconds = processor_time() - began;
    intake_clear(&intake);
    if (!ok)
        give_up(error->message);
    printf("%.6f\n", seconds);
    return fflush(stdout) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    g_set_prgname(argv[0]);
    if (argc != 3)
        give_up("usage: metadata PHOTO TIMES");
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load("article", &error);
    g_autoptr(GBytes) bytes = preset ? file_read(argv[1], 1 << 30, NULL, NULL, &error) : NULL;
    if (!bytes)
        give_up(error->message);
    for (int i = atoi(argv[2]); i > 0; i--) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(measure_once(bytes, preset));
        int status;
        if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
            give_up("a child failed");
    }
    return 0;
}
