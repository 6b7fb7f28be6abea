#include "base/json.h"

#include <json-glib/json-glib.h>

#include "base/error.h"

char *json_text(GVariant *value, gboolean pretty)
{
    g_autoptr(JsonNode) root = json_gvariant_serialize(value);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    json_generator_set_root(generator, root);
    json_generator_set_pretty(generator, pretty);
    if (!pretty)
        return json_generator_to_data(generator, NULL);

    g_autofree char *text = json_generator_to_data(generator, NULL);
    return g_strconcat(text, "\n", NULL);
}

GVariant *json_read(const char *text, gsize size, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) cause = NULL;
    GVariant *value = NULL;
    if (size > G_MAXSSIZE || !g_utf8_validate(text, (gssize)size, NULL))
        error_failed(error, "is no JSON: it is not UTF-8");
    else if (!json_parser_load_from_data(parser, text, (gssize)size, &cause))
        error_failed(error, "is no JSON: %s", cause->message);
    else if (!json_parser_get_root(parser))
        error_failed(error, "is empty");
    else if (!(value = json_gvariant_deserialize(json_parser_get_root(parser), NULL, &cause)))
        error_failed(error, "is JSON of a strange kind: %s", cause->message);
    return value ? g_variant_ref_sink(value) : NULL;
}
