#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} commands[] = {
    { "build", cmd_build, "publish a folder of photos: photodesk build SRC... -o OUT" },
    { "convert", cmd_convert, "publish one photo: photodesk convert PHOTO --credit NAME" },
    { "credit", cmd_credit, "say what is read out of captions: photodesk credit TEXT..." },
    { "inspect", cmd_inspect, "say what is in a photo: photodesk inspect PHOTO..." },
    { "preset", cmd_preset, "show and check what is made: photodesk preset list" },
    { "prune", cmd_prune, "remove old variants that no manifest names: photodesk prune OUT" },
    { "status", cmd_status, "say what a desk at work does: photodesk status OUT" },
    { "verify", cmd_verify, "audit what is published, or any pictures: photodesk verify OUT..." },
    { "watch", cmd_watch, "publish what is dropped into a folder: photodesk watch INBOX -o OUT" },
    { "withdraw", cmd_withdraw, "take a photo back: photodesk withdraw OUT GALLERY/PHOTO --reason TEXT" },
};

static void help(FILE *to)
{
    fputs("photodesk turns a news desk's photographs into what an article page needs: upright, sRGB, free of "
          "private\n"
          "metadata, with the photographer's credit stamped on, as responsive WebP variants and a manifest "
          "to place them.\n\n"
          "Usage: photodesk COMMAND ...\n\n",
          to);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(to, "  %-9s %s\n", commands[i].name, commands[i].what);
    fputs("\n'photodesk COMMAND --help' tells more, 'man photodesk' tells all; 'photodesk --version' says "
          "which this is.\n",
          to);
}

int main(int argc, char **argv)
{
    cmd_guard_streams();
    setlocale(LC_CTYPE, ""); /* file names and messages; numbers stay as in C */
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0 && argc > 2) { /* of one command */
        argv[1] = argv[2];
        argv[2] = "--help";
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return cmd_printed();
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("photodesk " PHOTODESK_VERSION);
        return cmd_printed();
    }
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "photodesk: there is no command '%s'; 'photodesk --help' lists them\n", argv[1]);
    return EXIT_USAGE;
}
