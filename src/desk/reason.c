#include "desk/reason.h"

#include <string.h>

#include "desk/recipe.h"

static void add(GString *reason, const char *what)
{
    g_string_append_printf(reason, "%s%s", reason->len > 0 ? "; " : "", what);
}

/* Free with g_free(); NULL where the photo has no credit. */
static char *credit_of(GVariant *entry)
{
    char *text = NULL;
    g_autoptr(GVariant) credit = g_variant_lookup_value(entry, "credit", G_VARIANT_TYPE_VARDICT);
    if (credit)
        g_variant_lookup(credit, "text", "ms", &text);
    return text;
}

static void add_credit(GString *reason, GVariant *before, GVariant *now)
{
    g_autofree char *a = credit_of(before);
    g_autofree char *b = credit_of(now);
    if (g_strcmp0(a, b) == 0)
        return;
    g_autofree char *what = g_strdup_printf("credit changed: %s -> %s", a ? a : "none", b ? b : "none");
    add(reason, what);
}

static void add_text(GString *reason, const char *key, const char *what, GVariant *before, GVariant *now)
{
    const char *a = "", *b = "";
    g_variant_lookup(before, key, "&s", &a);
    g_variant_lookup(now, key, "&s", &b);
    if (g_strcmp0(a, b) != 0)
        add(reason, what);
}

static void add_focus(GString *reason, const char *before, const char *now)
{
    if (strcmp(before, now) == 0)
        return;
    g_autofree char *what =
        g_strdup_printf("focus changed: %s -> %s", *before ? before : "none", *now ? now : "none");
    add(reason, what);
}

static void add_base(GString *reason, char *const *before, char *const *now)
{
    static const char *const names[RECIPE_PARTS] = { [RECIPE_PROGRAM] = "photodesk changed",
                                                     [RECIPE_LIBRARIES] = "libraries changed",
                                                     [RECIPE_PRESET] = "preset changed",
                                                     [RECIPE_FONTS] = "font or logo changed" };
    for (gsize i = 0; i < RECIPE_PARTS && before[i]; i++)
        if (g_strcmp0(before[i], now[i]) != 0)
            add(reason, names[i]);
}

char *reason_tell(const ReasonFacts *facts)
{
    GString *reason = g_string_new(NULL);
    if (facts->moved)
        g_string_append_printf(reason, "renamed from %s", facts->moved);
    else if (!facts->known)
        add(reason, "new");
    if (facts->forced)
        add(reason, "forced");
    if (facts->damage)
        add(reason, facts->damage);
    if (facts->own)
        add_base(reason, facts->own->base, facts->base);
    if (facts->known && facts->bytes_changed)
        add(reason, "file changed");
    if (facts->known && facts->sidecar_changed)
        add(reason, "XMP sidecar changed");
    if (facts->lead != 0)
        add(reason, facts->lead > 0 ? "is the lead now" : "is the lead no longer");
    if (facts->own) {
        add_credit(reason, facts->own->photo, facts->entry);
        add_text(reason, "caption", "caption changed", facts->own->photo, facts->entry);
        add_text(reason, "alt", "alt text changed", facts->own->photo, facts->entry);
        add_focus(reason, facts->own->focus, facts->focus);
    }
    if (reason->len == 0)
        add(reason, "said otherwise, to the same effect");
    return g_string_free(reason, FALSE);
}
