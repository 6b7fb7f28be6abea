#include "photo/rights.h"

#include <string.h>

#define OPENING                                                                                              \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "                                                        \
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"                                             \
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                         \
    "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" "                                                \
    "xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" "                                               \
    "xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\" "                                                     \
    "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">"
#define CLOSING "</rdf:Description></rdf:RDF></x:xmpmeta>"

static void element(GString *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<%s>%s</%s>", name, escaped, name);
}

static void creators(GString *out, char **names)
{
    if (!names[0])
        return;
    g_string_append(out, "<dc:creator><rdf:Seq>");
    for (; *names; names++)
        element(out, "rdf:li", *names);
    g_string_append(out, "</rdf:Seq></dc:creator>");
}

static void copyright(GString *out, const char *text)
{
    if (!*text)
        return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(
        out,
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:rights>"
        "<xmpRights:Marked>True</xmpRights:Marked>",
        escaped);
}

static void licensor(GString *out, const Rights *rights)
{
    if (!*rights->licensor_name && !*rights->licensor_url)
        return;
    g_string_append(out, "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\">");
    element(out, "plus:LicensorName", rights->licensor_name);
    element(out, "plus:LicensorURL", rights->licensor_url);
    g_string_append(out, "</rdf:li></rdf:Seq></plus:Licensor>");
}

static void source_type(GString *out, const char *term)
{
    g_autofree char *address = *term ? g_strconcat(DIGITAL_SOURCE_TYPES, term, NULL) : NULL;
    element(out, "Iptc4xmpExt:DigitalSourceType", address);
}

GBytes *rights_packet(const Credit *credit, const Rights *rights)
{
    if (!rights->write)
        return NULL;

    GString *out = g_string_new(OPENING);
    if (credit->confidence == CONFIDENCE_HIGH) {
        g_autofree char *line = credit_line(credit, FALSE);
        creators(out, credit->creators);
        element(out, "photoshop:Credit", line);
    }
    copyright(out, rights->copyright);
    element(out, "xmpRights:WebStatement", rights->web_statement);
    licensor(out, rights);
    source_type(out, rights->digital_source_type);
    if (out->len == strlen(OPENING)) {
        g_string_free(out, TRUE);
        return NULL;
    }
    g_string_append(out, CLOSING);
    return g_string_free_to_bytes(out);
}

gboolean rights_has(const char *space, const char *path)
{
    static const char *const fields[][2] = {
        { "http://purl.org/dc/elements/1.1/", "dc:creator" },
        { "http://purl.org/dc/elements/1.1/", "dc:rights" },
        { "http://ns.adobe.com/photoshop/1.0/", "photoshop:Credit" },
        { "http://ns.adobe.com/xap/1.0/rights/", "xmpRights:Marked" },
        { "http://ns.adobe.com/xap/1.0/rights/", "xmpRights:WebStatement" },
        { "http://ns.useplus.org/ldf/xmp/1.0/", "plus:Licensor[1]/plus:LicensorName" },
        { "http://ns.useplus.org/ldf/xmp/1.0/", "plus:Licensor[1]/plus:LicensorURL" },
        { "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt:DigitalSourceType" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        gsize n = strlen(fields[i][1]);
        if (strcmp(space, fields[i][0]) == 0 && strncmp(path, fields[i][1], n) == 0 &&
            (path[n] == '\0' || path[n] == '['))
            return TRUE;
    }
    return FALSE;
}
