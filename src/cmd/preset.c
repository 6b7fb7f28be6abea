#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "preset/preset.h"

static const char summary[] = "Shows and checks presets: the files that say what to make of a photo.";

static const char description[] =
    "  list         the presets that can be named, with what they are for\n"
    "  show NAME    the whole of a preset, what it inherits included, each key with its meaning and range\n"
    "  check FILE   whether a preset file is right, and if not, what is wrong with it\n\n"
    "Presets are looked for in ./presets, in photodesk/presets of your config folder, and where photodesk is "
    "installed. To make "
    "your own: mkdir -p presets; photodesk preset show article > presets/mine.preset, and change what you "
    "like; or write only "
    "what differs, "
    "with 'extends = article' in its group [preset].";

static int list(void)
{
    g_auto(GStrv) paths = preset_list();
    for (char **path = paths; *path; path++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Preset) preset = preset_load(*path, &error);
        g_autofree char *shown = file_show(*path);
        if (preset)
            printf("%-12s %s (%s)\n", preset->name, preset->title, shown);
        else
            printf("%-12s %s\n", "(wrong)", error->message);
    }
    if (!*paths)
        fprintf(stderr, "No preset was found; is photodesk installed?\n");
    return *paths ? cmd_printed() : EXIT_USAGE;
}

static int show(const char *name, gboolean whole)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load(name, &error);
    if (!preset)
        return cmd_fail("preset", error);
    g_autofree char *text = whole ? preset_show(preset, TRUE) : g_strdup_printf("%s is right\n", name);
    fputs(text, stdout);
    return cmd_printed();
}

int cmd_preset(int argc, char **argv)
{
    const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
    if (!cmd_parse(&argc, &argv, entries, "list | show NAME | check FILE", summary, description))
        return EXIT_USAGE;
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list();
    if (argc == 3 && strcmp(argv[1], "show") == 0)
        return show(argv[2], TRUE);
    if (argc == 3 && strcmp(argv[1], "check") == 0)
        return show(argv[2], FALSE);
    return cmd_usage("preset", "say one of: list, show NAME, check FILE");
}
