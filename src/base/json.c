#include "base/json.h"

#include <json-glib/json-glib.h>

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
