#include "photo/xmpcheck.h"

#include <string.h>

#define DEEPEST 64

/* exempi compares each field of a structure with those before it, and each name space likewise at twenty
 * times the cost. This many comparisons take it about half a second. */
#define MOST_WORK (20 * 1000 * 1000)
#define NAMESPACE_COST 20

typedef struct {
    guint depth;
    guint fields[DEEPEST + 1]; /* of the open element at each depth */
    guint described;           /* fields of all rdf:Descriptions: they are those of one resource */
    guint namespaces;
    guint64 work;
} Check;

static gboolean has_local_name(const char *name, const char *local)
{
    const char *colon = strchr(name, ':');
    return strcmp(colon ? colon + 1 : name, local) == 0;
}

static void too_much(GError **error, const char *what)
{
    g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, what);
}

static void on_start(GMarkupParseContext *context, const char *name, const char **names, const char **values,
                     gpointer user, GError **error)
{
    (void)values;
    Check *check = user;
    if (check->depth == DEEPEST) {
        too_much(error, "nested too deep");
        return;
    }

    const GSList *open = g_markup_parse_context_get_element_stack(context)->next;
    gboolean in_description = open && has_local_name(open->data, "Description");
    if (!has_local_name(name, "li"))
        check->work += in_description ? check->described++ : check->fields[check->depth]++;
    check->depth++;
    check->fields[check->depth] = 0;
    gboolean description = has_local_name(name, "Description");
    for (; *names; names++) {
        if (g_str_has_prefix(*names, "xmlns"))
            check->work += NAMESPACE_COST * (guint64)check->namespaces++;
        else
            check->work += description ? check->described++ : check->fields[check->depth]++;
    }
    if (check->work > MOST_WORK)
        too_much(error, "too many fields");
}

static void on_end(GMarkupParseContext *context, const char *name, gpointer user, GError **error)
{
    (void)context;
    (void)name;
    (void)error;
    ((Check *)user)->depth--;
}

gboolean xmpcheck_is_harmless(const char *text)
{
    static const GMarkupParser parser = { .start_element = on_start, .end_element = on_end };
    if (strstr(text, "<!DOCTYPE") || strstr(text, "<!ENTITY"))
        return FALSE;
    Check check = { 0 };
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &check, NULL);
    return g_markup_parse_context_parse(context, text, -1, NULL) &&
           g_markup_parse_context_end_parse(context, NULL);
}
