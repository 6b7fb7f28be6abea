#include "desk/recipe.h"

#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "render/render.h"

#define LARGEST_PROGRAM (1 << 30)

/* The program itself, by its bytes: a new build makes its own variants. */
static char *identify_program(void)
{
    g_autoptr(GBytes) bytes = file_read("/proc/self/exe", LARGEST_PROGRAM, NULL, NULL, NULL);
    return bytes ? digest_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : g_strdup(PHOTODESK_VERSION);
}

char *recipe_base(const RunOptions *options)
{
    g_autofree char *program = identify_program();
    g_autofree char *fonts = stamp_identity(&options->preset->stamp);
    return g_strdup_printf("%s\n%s\n%s\n%s\ncredit %s\ncaption %s\nalt %s\nno-credit %d\n", program,
                           render_identity(), options->preset->digest, fonts,
                           options->credit ? options->credit : "", options->caption ? options->caption : "",
                           options->alt ? options->alt : "", options->no_credit);
}

char *recipe_photo(const char *base, const SidecarRow *row, const char *xmp)
{
    /* NUL between the parts: no two rows run together to the same text */
    GString *text = g_string_new(base);
    const char *parts[] = { row->caption, row->credit, row->alt, xmp ? xmp : "" };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_len(text, parts[i], (gssize)strlen(parts[i]) + 1);
    char *recipe = digest_hex(text->str, text->len);
    g_string_free(text, TRUE);
    return recipe;
}
