#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/output.h"
#include "photo/caption.h"

void cmd_guard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(EXIT_NOTHING); /* there is nowhere to say why */
}

int cmd_printed(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_ALL_DONE;
    fprintf(stderr, "photodesk: standard output cannot be written: %s\n", g_strerror(errno));
    return EXIT_NOTHING;
}

/* The option that arg gives, alone or with its value at its letter; NULL where it takes no value. */
static const GOptionEntry *find_valued(const GOptionEntry *options, const char *arg)
{
    for (const GOptionEntry *option = options; option->long_name; option++)
        if (option->arg != G_OPTION_ARG_NONE && arg[0] == '-' &&
            (arg[1] == '-' ? strcmp(arg + 2, option->long_name) == 0
                           : arg[1] != '\0' && arg[1] == option->short_name))
            return option;
    return NULL;
}

/* GLib does not read a value that stands at its option's letter, as in -j4: it is parted from that. The
 * process has one command line, and keeps it. */
static void part_values(int *argc, char ***argv, const GOptionEntry *options)
{
    static GPtrArray *parted;
    parted = g_ptr_array_new();
    gboolean is_value = FALSE, operands = FALSE;
    for (int i = 0; i < *argc; i++) {
        char *arg = (*argv)[i];
        operands = operands || (!is_value && strcmp(arg, "--") == 0);
        const GOptionEntry *option = is_value || operands ? NULL : find_valued(options, arg);
        gboolean at_letter = option && arg[1] != '-' && arg[2] != '\0';
        if (at_letter)
            g_ptr_array_add(parted, (char *)g_intern_string((char[]){ '-', arg[1], '\0' }));
        g_ptr_array_add(parted, at_letter ? arg + 2 : arg);
        is_value = option && !at_letter;
    }
    *argc = (int)parted->len;
    g_ptr_array_add(parted, NULL);
    *argv = (char **)parted->pdata;
}

gboolean cmd_parse(int *argc, char ***argv, const GOptionEntry *options, const char *operands,
                   const char *summary, const char *description)
{
    g_autofree char *name = g_strdup((*argv)[0]);
    g_autofree char *program = g_strconcat("photodesk ", name, NULL);
    g_set_prgname(program); /* for the usage line */
    g_autoptr(GOptionContext) context = g_option_context_new(operands);
    g_option_context_add_main_entries(context, options, NULL);
    gboolean help = FALSE; /* GLib's own does not notice where it cannot be written */
    const GOptionEntry helping[] = { { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this, and end", NULL },
                                     G_OPTION_ENTRY_NULL };
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, helping, NULL);
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, description);

    part_values(argc, argv, options);
    g_autoptr(GError) error = NULL;
    gboolean parsed = g_option_context_parse(context, argc, argv, &error);
    if (help) {
        g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
        fputs(text, stdout);
        exit(cmd_printed());
    }
    if (parsed) {
        for (int i = 1; i < *argc; i++) /* GLib leaves it where an operand behind it begins with - */
            if (strcmp((*argv)[i], "--") == 0) {
                memmove(*argv + i, *argv + i + 1, (gsize)(*argc - i) * sizeof **argv);
                (*argc)--;
                break;
            }
        return TRUE;
    }
    cmd_usage(name, "%s", error->message);
    return FALSE;
}

const char *cmd_s(guint64 n)
{
    return n == 1 ? "" : "s";
}

int cmd_usage(const char *subcommand, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "photodesk %s: %s\nTry 'photodesk %s --help'.\n", subcommand, message, subcommand);
    return EXIT_USAGE;
}

int cmd_fail(const char *subcommand, const GError *error)
{
    fprintf(stderr, "photodesk %s: %s\n", subcommand, error->message);
    if (g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE))
        return EXIT_USAGE;
    if (g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED))
        return EXIT_INTERRUPTED;
    return EXIT_NOTHING;
}

/* FALSE, and told, where the credit names nobody, or not clearly. */
static gboolean check_names(const char *subcommand, const char *credit, const Preset *preset)
{
    Caption names;
    caption_parse_credit(&names, &preset->words, credit);
    Confidence found = names.confidence;
    caption_clear(&names);
    if (found != CONFIDENCE_HIGH) {
        g_autofree char *shown = file_show(credit);
        cmd_usage(subcommand, "--credit '%s' %s; give it a NAME, or NAME/AGENCY", shown,
                  found == CONFIDENCE_LOW ? "is not clear" : "names nobody");
    }
    return found == CONFIDENCE_HIGH;
}

Preset *cmd_load_preset(const char *subcommand, const char *name, const char *credit, gboolean no_credit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = NULL;
    if (credit && no_credit)
        cmd_usage(subcommand, "--credit and --no-credit exclude each other; leave one of them");
    else if (credit && !g_utf8_validate(credit, -1, NULL))
        cmd_usage(subcommand, "--credit must be valid UTF-8");
    else if (!(preset = preset_load(name ? name : "article", &error)))
        cmd_fail(subcommand, error);
    else if (preset->n_renditions == 0)
        cmd_usage(subcommand,
                  "the preset %s has no [rendition NAME] and so makes nothing; it is there to be extended",
                  preset->name);
    else if (!credit || check_names(subcommand, credit, preset))
        return g_steal_pointer(&preset);
    return NULL;
}

/* The real path of what exists of path, with the rest behind it. */
static char *real_path(const char *path)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    char real[PATH_MAX];
    if (realpath(absolute, real))
        return g_strdup(real);
    g_autofree char *parent = g_path_get_dirname(absolute);
    g_autofree char *name = g_path_get_basename(absolute);
    if (strcmp(parent, absolute) == 0)
        return g_strdup(absolute);
    g_autofree char *above = real_path(parent);
    return g_build_filename(above, name, NULL);
}

gboolean cmd_is_output(const char *folder)
{
    g_autofree char *state = g_build_filename(folder, PUBLISH_STATE_FOLDER, NULL);
    return g_file_test(state, G_FILE_TEST_IS_DIR);
}

gboolean cmd_lies_in(const char *path, const char *folder)
{
    g_autofree char *inner = real_path(path);
    g_autofree char *outer = real_path(folder);
    gsize n = strlen(outer);
    return strncmp(inner, outer, n) == 0 && (inner[n] == '\0' || inner[n] == '/' || outer[n - 1] == '/');
}
