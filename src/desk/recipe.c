#include "desk/recipe.h"

#include <string.h>

#include "base/digest.h"
#include "base/module.h"
#include "render/render.h"

static char *identify_file(const char *path)
{
    char *digest = path ? digest_file(path) : NULL;
    return digest ? digest : g_strdup(PHOTODESK_VERSION);
}

/* The program itself and its module, by their bytes: a new build makes its own variants. */
static char *identify_program(void)
{
    g_autofree char *path = module_path();
    g_autofree char *program = identify_file("/proc/self/exe"), *module = identify_file(path);
    return g_strconcat(program, module, NULL);
}

static char *digest_text(const char *text)
{
    return digest_hex(text, strlen(text));
}

Recipe *recipe_new(const RunOptions *options)
{
    Recipe *recipe = g_new0(Recipe, 1);
    g_autofree char *fonts = stamp_identity(&options->preset->stamp);
    recipe->base[RECIPE_PROGRAM] = identify_program();
    recipe->base[RECIPE_LIBRARIES] = digest_text(render_identity());
    recipe->base[RECIPE_PRESET] = g_strdup(options->preset->digest);
    recipe->base[RECIPE_FONTS] = digest_text(fonts);
    recipe->look = g_strjoin("\n", recipe->base[RECIPE_PROGRAM], recipe->base[RECIPE_LIBRARIES],
                             options->preset->look, recipe->base[RECIPE_FONTS], NULL);
    g_autofree char *base = g_strjoinv("\n", recipe->base);
    recipe->said = g_strdup_printf(
        "%s\ncredit %s\ncaption %s\nalt %s\nno-credit %d\n", base, options->credit ? options->credit : "",
        options->caption ? options->caption : "", options->alt ? options->alt : "", options->no_credit);
    return recipe;
}

void recipe_free(Recipe *recipe)
{
    if (!recipe)
        return;
    for (gsize i = 0; i < RECIPE_PARTS; i++)
        g_free(recipe->base[i]);
    g_free(recipe->look);
    g_free(recipe->said);
    g_free(recipe);
}

/* NUL behind each part: no two lists of parts run together to the same text. */
static char *digest_parts(const char *const *parts, gsize n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < n; i++)
        g_string_append_len(text, parts[i], (gssize)strlen(parts[i]) + 1);
    return digest_hex(text->str, text->len);
}

char *recipe_photo(const Recipe *recipe, const SidecarRow *row, const char *xmp)
{
    const char *parts[] = { recipe->said, row->caption, row->credit, row->alt, row->focus, xmp ? xmp : "" };
    return digest_parts(parts, G_N_ELEMENTS(parts));
}

char *recipe_look(const Recipe *recipe, const char *digest, const StampText *stamp, GBytes *xmp,
                  gboolean lead, const char *focus)
{
    g_autofree char *packet =
        xmp ? digest_hex(g_bytes_get_data(xmp, NULL), g_bytes_get_size(xmp)) : g_strdup("");
    const char *parts[] = { recipe->look,
                            digest,
                            packet,
                            lead ? "lead" : "",
                            focus,
                            !stamp       ? "unstamped"
                            : stamp->rtl ? "rtl"
                                         : "ltr",
                            stamp && stamp->label ? stamp->label : "",
                            stamp && stamp->names ? stamp->names : "",
                            stamp && stamp->language ? stamp->language : "" };
    return digest_parts(parts, G_N_ELEMENTS(parts));
}
