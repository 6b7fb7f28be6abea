/* The processor time of a photo with its stamp and without, each in a fresh child, as the desk does it: from
 * its bytes to variants that are ready to be written.
 *
 *     stamping TIMES CREDIT PHOTO...
 *
 * One line for each photo and time on standard output: seconds with the stamp, seconds without. The two are
 * taken by turns. Run in the root of the checkout, for its presets. */

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "bench.h"
#include "desk/intake.h"
#include "photo/script.h"
#include "render/render.h"

static double render(GBytes *bytes, const Preset *preset, const StampText *text)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autofree char *placeholder = NULL;
    RenderOrder order = { .preset = preset, .text = text, .threads = 1 };
    Intake intake;
    Times times;
    times_begin(&times);
    double began = processor_time();
    gboolean ok = intake_read(&intake, bytes, preset, warnings, &error);
    g_autoptr(GPtrArray) variants =
        ok ? render_photo(&intake.source, &order, &placeholder, &times, warnings, &error) : NULL;
    double seconds = processor_time() - began;
    intake_clear(&intake);
    if (!variants)
        give_up(error->message);
    return seconds;
}

/* In a child of its own. */
static double measure(GBytes *bytes, const Preset *preset, const StampText *text)
{
    int ends[2];
    pid_t pid = pipe(ends) == 0 ? fork() : -1;
    if (pid < 0)
        give_up("no child can be started");
    if (pid == 0) {
        double seconds = render(bytes, preset, text);
        _exit(write(ends[1], &seconds, sizeof seconds) == sizeof seconds ? 0 : 1);
    }
    double seconds = 0;
    int status;
    gboolean ok = read(ends[0], &seconds, sizeof seconds) == sizeof seconds;
    ok = waitpid(pid, &status, 0) == pid && status == 0 && ok;
    if (close(ends[0]) < 0 || close(ends[1]) < 0 || !ok)
        give_up("a child failed");
    return seconds;
}

int main(int argc, char **argv)
{
    g_set_prgname(argv[0]);
    if (argc < 4)
        give_up("usage: stamping TIMES CREDIT PHOTO...");
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load("article", &error);
    if (!preset)
        give_up(error->message);
    const char *language = script_language(argv[2], preset->language);
    StampText text = { .label = "", .names = argv[2], .language = language, .rtl = script_is_rtl(language) };
    render_prepare(preset);
    for (int i = atoi(argv[1]); i > 0; i--)
        for (int p = 3; p < argc; p++) {
            g_autoptr(GBytes) bytes = file_read(argv[p], 1 << 30, NULL, NULL, &error);
            if (!bytes)
                give_up(error->message);
            double with = measure(bytes, preset, &text), without = measure(bytes, preset, NULL);
            if (printf("%.6f %.6f\n", with, without) < 0 || fflush(stdout) != 0)
                give_up("standard output is closed");
        }
    return 0;
}
