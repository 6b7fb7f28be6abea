#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "desk/withdraw.h"
#include "desk/withdrawn.h"

static const char summary[] =
    "Takes a published photo back: all its variants are removed at once, its gallery's manifest and pages "
    "are written without it, and no later build or watch brings it back, under another name neither, until "
    "it is undone. Copies of it that are published, in whatever gallery, go at once, too. It works beside a "
    "desk or a build, and waits for neither. Without GALLERY/PHOTO it lists what is withdrawn.";

static const char description[] =
    "GALLERY/PHOTO is the gallery's folder in OUT and the name of the source file, as manifest.json has it; "
    "PHOTO alone is one of OUT itself. Copies are known by the ledger; where that is in use, as beside a "
    "desk, or is not there, they go when the desk next looks, or with the next build. What is withdrawn, and "
    "why, is kept in OUT/.withdrawn.json. Caches and other sites that have a copy are told by nobody.\n\n"
    "Examples:\n"
    "  photodesk withdraw public/photos 2026-11/IMG_2041.jpg --reason 'a minor is shown'\n"
    "  photodesk withdraw public/photos\n"
    "  photodesk withdraw public/photos 2026-11/IMG_2041.jpg --undo\n\n"
    "Exit status: 0 done; 1 there is no such photo, or its gallery or that of a copy cannot be read; 2 the "
    "command line is wrong; 3 OUT cannot be written.";

static int fail(const GError *error)
{
    int code = cmd_fail("withdraw", error);
    return g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FAILED) ? EXIT_SOME_FAILED : code;
}

static int list(const char *out)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Withdrawn) withdrawn = withdrawn_open(out, &error);
    if (!withdrawn)
        return fail(error);
    const GPtrArray *all = withdrawn_list(withdrawn);
    for (guint i = 0; i < all->len; i++) {
        const Withdrawal *entry = all->pdata[i];
        g_autofree char *path = g_build_filename(entry->gallery, entry->photo, NULL),
                        *shown = file_show(path);
        g_autofree char *reason = file_show(entry->reason);
        printf("%s: %s (%s)\n", shown, reason, entry->since);
    }
    return cmd_printed();
}

/* The exit status that they ask for. */
static int tell_copies(const GPtrArray *copies)
{
    int code = EXIT_ALL_DONE;
    for (guint i = 0; i < copies->len; i++) {
        WithdrawCopy *copy = copies->pdata[i];
        g_autofree char *shown = file_show(copy->path), *of = file_show(copy->of);
        if (copy->left) {
            g_prefix_error(&copy->left, "%s, a copy of %s, stays published: ", shown, of);
            code = MAX(code, fail(copy->left));
        } else
            printf("withdrawn %s, a copy of %s: %u file%s removed\n", shown, of, copy->files,
                   cmd_s(copy->files));
    }
    return code;
}

static void tell_photo(const char *gallery, const char *photo, const WithdrawResult *result)
{
    g_autofree char *path = g_build_filename(gallery, photo, NULL), *shown = file_show(path);
    if (result->unsure)
        fprintf(stderr,
                "photodesk withdraw: files are named for %s, but nothing says yet what their source file is "
                "called; see that it has just this name\n",
                shown);
    if (result->blind)
        fprintf(stderr,
                "photodesk withdraw: copies of %s under other names cannot be known now; they go with the "
                "next build, or when a desk next looks\n",
                shown);
    printf("withdrawn %s%s: %u file%s removed\n", shown, result->already ? " (again)" : "", result->files,
           cmd_s(result->files));
}

static int take_back(const char *out, const char *gallery, const char *photo, const char *reason)
{
    WithdrawResult result;
    g_autoptr(GError) error = NULL;
    gboolean ok = withdraw(out, gallery, photo, reason, &result, &error);
    if (result.unsettled)
        fprintf(stderr,
                "photodesk withdraw: %s; the preset article took its place: build the gallery again\n",
                result.unsettled);
    if (ok)
        tell_photo(gallery, photo, &result);
    int code = tell_copies(result.copies);
    withdraw_result_clear(&result);
    code = MAX(code, ok ? EXIT_ALL_DONE : fail(error));
    return code == EXIT_ALL_DONE ? cmd_printed() : code;
}

static int put_back(const char *out, const char *gallery, const char *photo)
{
    g_autoptr(GError) error = NULL;
    if (!withdraw_undo(out, gallery, photo, &error))
        return fail(error);
    g_autofree char *path = g_build_filename(gallery, photo, NULL), *shown = file_show(path);
    printf("%s is withdrawn no more: the next build publishes it, and a desk at its next look\n", shown);
    return cmd_printed();
}

/* GALLERY/PHOTO, without what makes no difference in a path: "a//b.jpg", "./a/b.jpg". FALSE where it names no
 * photo. */
static gboolean split(const char *path, char **gallery, char **photo)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    g_autoptr(GPtrArray) folders = g_ptr_array_new();
    guint n = g_strv_length(parts);
    if (n == 0 || !*parts[n - 1] || *path == '/')
        return FALSE;
    for (guint i = 0; i + 1 < n; i++)
        if (*parts[i] && strcmp(parts[i], ".") != 0)
            g_ptr_array_add(folders, parts[i]);
    g_ptr_array_add(folders, NULL);
    *gallery = g_strjoinv("/", (char **)folders->pdata);
    *photo = g_strdup(parts[n - 1]);
    return TRUE;
}

int cmd_withdraw(int argc, char **argv)
{
    gboolean undo = FALSE;
    g_autofree char *reason = NULL;
    const GOptionEntry entries[] = {
        { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why, for those who come across it later", "TEXT" },
        { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Let the next build publish it again", NULL },
        G_OPTION_ENTRY_NULL
    };
    struct stat st;
    if (!cmd_parse(&argc, &argv, entries, "OUT [GALLERY/PHOTO]", summary, description))
        return EXIT_USAGE;
    if (argc < 2 || argc > 3 || !*argv[1])
        return cmd_usage("withdraw",
                         "name the folder and the photo: photodesk withdraw OUT GALLERY/PHOTO --reason TEXT");
    g_autofree char *shown = file_show(argv[1]);
    if (stat(argv[1], &st) < 0)
        return cmd_usage("withdraw", "%s: %s", shown, g_strerror(errno));
    if (argc == 2)
        return reason || undo ? cmd_usage("withdraw", "name the photo, too: GALLERY/PHOTO") : list(argv[1]);
    if (undo ? reason != NULL : !reason || !*reason || !g_utf8_validate(reason, -1, NULL))
        return cmd_usage(
            "withdraw", undo ? "--undo takes no --reason"
                             : "say why, in UTF-8: --reason TEXT; it is told whenever the photo is left out");
    g_autofree char *gallery = NULL, *photo = NULL;
    if (!split(argv[2], &gallery, &photo))
        return cmd_usage("withdraw", "name the photo as GALLERY/PHOTO, the path under OUT");
    return undo ? put_back(argv[1], gallery, photo) : take_back(argv[1], gallery, photo, reason);
}
