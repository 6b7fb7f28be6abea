/* The subcommands. Each has one file: its options, its output, its exit code. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

/* Exit codes of the program. */
enum {
    EXIT_ALL_DONE = 0,
    EXIT_SOME_FAILED = 1, /* some photo failed; the others are published */
    EXIT_USAGE = 2,       /* the command line or a preset is wrong: nothing was done */
    EXIT_NOTHING = 3,     /* the output cannot be written */
    EXIT_INTERRUPTED = 130,
};

/* argv[0] is the subcommand's name. */
int cmd_build(int argc, char **argv);
int cmd_convert(int argc, char **argv);
int cmd_credit(int argc, char **argv);
int cmd_inspect(int argc, char **argv);
int cmd_preset(int argc, char **argv);
int cmd_prune(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_watch(int argc, char **argv);
int cmd_withdraw(int argc, char **argv);

/* Takes the places of standard streams that are closed, so that no file that is opened later is taken for
 * one; using them fails as it would have. */
void cmd_guard_streams(void);

/* Parses the options of a subcommand out of argv, with the help texts around them. On --help it prints and
 * exits. What is left in argv are the operands. FALSE: an error has been printed, return EXIT_USAGE. */
gboolean cmd_parse(int *argc, char ***argv, const GOptionEntry *options, const char *operands,
                   const char *summary, const char *description);

/* The exit code after printing to standard output: EXIT_NOTHING, and told, where that did not take it all. */
int cmd_printed(void);

/* What a counted noun ends with: n, "file%s", cmd_s(n). */
const char *cmd_s(guint64 n);

/* Prints "photodesk SUBCOMMAND: MESSAGE" on standard error and returns EXIT_USAGE. */
int cmd_usage(const char *subcommand, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The exit code for an error that ended a command; prints it. */
int cmd_fail(const char *subcommand, const GError *error);

/* The preset to make photos by (NULL: article), checked with the credit that is given for all of them, or
 * NULL. NULL where anything is wrong with them: it has been printed, return EXIT_USAGE. */
Preset *cmd_load_preset(const char *subcommand, const char *name, const char *credit, gboolean no_credit);

/* Whether photodesk has published into the folder: what it holds are no originals. */
gboolean cmd_is_output(const char *folder);

/* Whether path lies in folder, or is it, by their real places on disk. path need not exist. */
gboolean cmd_lies_in(const char *path, const char *folder);
