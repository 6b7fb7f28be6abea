#include "unit.h"

#include <math.h>
#include <string.h>

#include "photo/xmp.h"
#include "photo/xmpcheck.h"

static GPtrArray *warnings;

#define HEAD                                                                                                 \
    "<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta "                              \
    "xmlns:x='adobe:ns:meta/'><rdf:RDF "                                                                     \
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "                 \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:ps='http://ns.adobe.com/photoshop/1.0/' "             \
    "xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' " \
    "xmlns:core='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' "                                              \
    "xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' xmlns:xmpNote='http://ns.adobe.com/xmp/note/' " \
    "xmlns:mwg='http://www.metadataworkinggroup.com/schemas/regions/' "                                      \
    "xmlns:st='http://ns.adobe.com/xmp/sType/Area#'>"
#define TAIL "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
#define ALT(text)                                                                                            \
    "<rdf:Alt><rdf:li xml:lang='en'>other</rdf:li><rdf:li xml:lang='x-default'>" text "</rdf:li></rdf:Alt>"

static void read_packet(Xmp *xmp, const char *text, gsize size)
{
    g_ptr_array_set_size(warnings, 0);
    g_autoptr(GBytes) packet = g_bytes_new(text, size);
    xmp_read(xmp, packet, NULL, "its XMP", NULL, NULL, warnings);
}
#define READ(xmp, text) read_packet(xmp, text, sizeof(text) - 1)

/* Of a text in several languages, the desk's own, else the default one. */
static void test_languages(void)
{
    static const struct {
        const char *language, *text;
    } cases[] = {
        { NULL, "Default" }, { "he", "עברית" }, { "he-IL", "עברית" }, { "en", "English" }, { "fr", "Default" }
    };
    static const char text[] = HEAD
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Default</rdf:li><rdf:li xml:lang='en'>English"
        "</rdf:li><rdf:li xml:lang='he'>עברית</rdf:li></rdf:Alt></dc:description>" TAIL;
    g_autoptr(GBytes) packet = g_bytes_new_static(text, sizeof text - 1);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Xmp xmp;
        xmp_read(&xmp, packet, NULL, "its XMP", NULL, cases[i].language, warnings);
        g_assert_cmpstr(xmp.description, ==, cases[i].text);
        xmp_clear(&xmp);
    }
}

static void test_fields(void)
{
    Xmp xmp;
    READ(
        &xmp, HEAD
        "<dc:creator><rdf:Seq><rdf:li>דנה כהן</rdf:li><rdf:li> </rdf:li><rdf:li>Yoav Levi</rdf:li></rdf:Seq>"
        "</dc:creator><dc:rights>" ALT("rights") "</dc:rights><dc:description>" ALT(
            "text") "</dc:description><dc:title>" ALT("title") "</dc:title><ps:Credit>AFP &amp; B</ps:Credit>"
                                                               "<ps:Source>src</"
                                                               "ps:Source><ps:AuthorsPosition>staff</"
                                                               "ps:AuthorsPosition>"
                                                               "<xmpRights:WebStatement>https://a.example/</"
                                                               "xmpRights:WebStatement>"
                                                               "<plus:Licensor><rdf:Seq><rdf:li "
                                                               "rdf:parseType='Resource'><plus:LicensorName>"
                                                               "L</plus:LicensorName>"
                                                               "<plus:LicensorURL>https://l.example/</"
                                                               "plus:LicensorURL></rdf:li></rdf:Seq></"
                                                               "plus:Licensor>"
                                                               "<core:AltTextAccessibility>" ALT(
                                                                   "alt") "</core:AltTextAccessibility>"
                                                                          "<core:ExtDescrAccessibility>" ALT(
                                                                              "long") "</"
                                                                                      "core:"
                                                                                      "ExtDescrAccessibility>"
                                                                                      "<ext:"
                                                                                      "DigitalSourceType>"
                                                                                      "http://d.example/x</"
                                                                                      "ext:"
                                                                                      "DigitalSourceType"
                                                                                      ">" TAIL "\0\0\0");
    g_assert_cmpuint(warnings->len, ==, 0);
    g_assert_cmpstr(xmp.creators[0], ==, "דנה כהן");
    g_assert_cmpstr(xmp.creators[1], ==, "Yoav Levi");
    g_assert_null(xmp.creators[2]);
    const char *const got[] = { xmp.rights,        xmp.description,      xmp.title,
                                xmp.credit,        xmp.source,           xmp.position,
                                xmp.web_statement, xmp.licensor_name,    xmp.licensor_url,
                                xmp.alt,           xmp.long_description, xmp.digital_source_type };
    const char *const expected[] = { "rights",
                                     "text",
                                     "title",
                                     "AFP & B",
                                     "src",
                                     "staff",
                                     "https://a.example/",
                                     "L",
                                     "https://l.example/",
                                     "alt",
                                     "long",
                                     "http://d.example/x" };
    for (gsize i = 0; i < G_N_ELEMENTS(got); i++)
        g_assert_cmpstr(got[i], ==, expected[i]);
    xmp_clear(&xmp);
}

/* What careless programs write: plain text for lists, attributes, a text that was encoded twice. */
static void test_careless(void)
{
    Xmp xmp;
    READ(&xmp,
         HEAD "<dc:creator>Dana</dc:creator><dc:description>text</dc:description>"
              "<core:AltTextAccessibility>alt</core:AltTextAccessibility><ps:Credit>×“× ×”</ps:Credit>" TAIL);
    g_assert_cmpstr(xmp.creators[0], ==, "Dana");
    g_assert_cmpstr(xmp.description, ==, "text");
    g_assert_cmpstr(xmp.alt, ==, "alt");
    g_assert_cmpstr(xmp.credit, ==, "דנה");
    xmp_clear(&xmp);
    READ(&xmp, HEAD "<ps:Credit>\xe3\xf0\xe4</ps:Credit>" TAIL);
    g_assert_cmpstr(xmp.credit, ==, "דנה"); /* a packet in windows-1255 */
    xmp_clear(&xmp);

    gsize size;
    g_autofree char *utf16 = g_convert("\ufeff" HEAD "<ps:Credit>דנה</ps:Credit>" TAIL, -1, "UTF-16LE",
                                       "UTF-8", NULL, &size, NULL);
    read_packet(&xmp, utf16, size);
    g_assert_cmpstr(xmp.credit, ==, "דנה");
    xmp_clear(&xmp);
}

#define FACE(type, x, y, w, h)                                                                               \
    "<rdf:li rdf:parseType='Resource'><mwg:Type>" type "</mwg:Type><mwg:Area st:x='" x "' st:y='" y          \
    "' st:w='" w "' st:h='" h "' st:unit='normalized'/></rdf:li>"

static void test_faces(void)
{
    Xmp xmp;
    READ(&xmp,
         HEAD "<mwg:Regions rdf:parseType='Resource'><mwg:RegionList><rdf:Bag>" FACE(
             "Face", "0.5", "0.25", "0.2", "0.1") FACE("Pet", "0.5", "0.25", "0.2", "0.1")
             FACE("Face", "0.05", "0.95", "0.2", "0.2") FACE("Face", "nan", "1e9", "0.2", "-1")
                 FACE("Face", "0.5", "0.5", "0", "0.1") "</rdf:Bag></mwg:RegionList></mwg:Regions>" TAIL);
    g_assert_cmpuint(xmp.n_faces, ==, 2);
    g_assert_cmpfloat_with_epsilon(xmp.faces[0].x, 0.4, 1e-9);
    g_assert_cmpfloat_with_epsilon(xmp.faces[0].y, 0.2, 1e-9);
    g_assert_cmpfloat_with_epsilon(xmp.faces[0].width, 0.2, 1e-9);
    g_assert_cmpfloat_with_epsilon(xmp.faces[0].height, 0.1, 1e-9);
    g_assert_cmpfloat_with_epsilon(xmp.faces[1].x, 0, 1e-9); /* within the picture */
    g_assert_cmpfloat_with_epsilon(xmp.faces[1].width, 0.15, 1e-9);
    g_assert_cmpfloat_with_epsilon(xmp.faces[1].height, 0.15, 1e-9);
    xmp_clear(&xmp);
}

#define GUID "0123456789ABCDEF0123456789ABCDEF"

static void test_extended(void)
{
    static const char rest[] = HEAD "<dc:description>long</dc:description><ps:Credit>other</ps:Credit>" TAIL;
    static const char *const notes[] = { GUID, "F123456789ABCDEF0123456789ABCDEF" };
    for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
        GByteArray *part = g_byte_array_new();
        g_byte_array_append(part, (const guint8 *)GUID, 32);
        g_byte_array_append(
            part, (const guint8[]){ 0, 0, sizeof rest >> 8, (guint8)(sizeof rest - 1), 0, 0, 0, 0 }, 8);
        g_byte_array_append(part, (const guint8 *)rest, sizeof rest - 1);
        g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
        g_ptr_array_add(parts, g_byte_array_free_to_bytes(part));
        g_autofree char *text = g_strconcat(HEAD "<ps:Credit>main</ps:Credit><xmpNote:HasExtendedXMP>",
                                            notes[i], "</xmpNote:HasExtendedXMP>" TAIL, NULL);
        g_autoptr(GBytes) packet = g_bytes_new(text, strlen(text));
        Xmp xmp;
        xmp_read(&xmp, packet, parts, "its XMP", NULL, NULL, warnings);
        g_assert_cmpstr(xmp.credit, ==, "main");
        g_assert_cmpstr(xmp.description, ==, i == 0 ? "long" : NULL);
        xmp_clear(&xmp);
    }
}

static char *repeat(const char *head, const char *text, guint n, const char *tail)
{
    GString *out = g_string_new(head);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, text, i, i);
    g_string_append(out, tail);
    return g_string_free(out, FALSE);
}

static void test_hostile(void)
{
    char *texts[] = { g_strdup(HEAD),
                      g_strdup("not XML"),
                      g_strdup("<x"),
                      g_strdup(HEAD "<dc:title>&e;</dc:title>" TAIL),
                      g_strdup("<!DOCTYPE x [<!ENTITY e 'e'>]>" HEAD "<dc:title>&e;</dc:title>" TAIL),
                      repeat(HEAD, "<ps:a rdf:parseType='Resource'>", 100000, TAIL),
                      repeat("", "<a>", 100000, ""),
                      repeat(HEAD, "<ps:p%u>x</ps:p%u>", 50000, TAIL),
                      repeat(HEAD, "<b:p xmlns:b='http://x.example/%u/'>%u</b:p>", 4000, TAIL),
                      repeat(HEAD "<dc:title>", "0123456789", XMP_MAX / 10, "</dc:title>" TAIL) };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        Xmp xmp;
        read_packet(&xmp, texts[i], strlen(texts[i]));
        g_assert_cmpuint(warnings->len, ==, 1);
        g_assert_true(g_str_has_prefix(warnings->pdata[0], "its XMP "));
        g_assert_null(xmp.title);
        xmp_clear(&xmp);
        g_free(texts[i]);
    }
}

/* What is large and harmless is read: long lists of what was done to a picture. */
static void test_large(void)
{
    g_autofree char *text =
        repeat(HEAD "<ps:Credit>AFP</ps:Credit><ps:DocumentAncestors><rdf:Bag>",
               "<rdf:li>xmp.did:%u%u</rdf:li>", 50000, "</rdf:Bag></ps:DocumentAncestors>" TAIL);
    Xmp xmp;
    read_packet(&xmp, text, strlen(text));
    g_assert_cmpuint(warnings->len, ==, 0);
    g_assert_cmpstr(xmp.credit, ==, "AFP");
    xmp_clear(&xmp);

    static const char packet[] =
        HEAD "<dc:creator><rdf:Seq><rdf:li>Dana</rdf:li></rdf:Seq></dc:creator>" TAIL;
    for (gsize n = 0; n < sizeof packet; n += 7) {
        read_packet(&xmp, packet, n);
        xmp_clear(&xmp);
    }
    xmp_read(&xmp, NULL, NULL, "its XMP", NULL, NULL, warnings);
    g_assert_null(xmp.creators[0]);
    xmp_clear(&xmp);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    warnings = g_ptr_array_new_with_free_func(g_free);
    g_test_add_func("/xmp/languages", test_languages);
    g_test_add_func("/xmp/fields", test_fields);
    g_test_add_func("/xmp/careless", test_careless);
    g_test_add_func("/xmp/faces", test_faces);
    g_test_add_func("/xmp/extended", test_extended);
    g_test_add_func("/xmp/hostile", test_hostile);
    g_test_add_func("/xmp/large", test_large);
    int status = g_test_run();
    g_ptr_array_unref(warnings);
    return status;
}
