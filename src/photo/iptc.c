#include "photo/iptc.h"

#include <libiptcdata/iptc-data.h>
#include <string.h>

#include "photo/charset.h"

/* By-lines and credits have up to 32 bytes; some programs count one less. */
#define FULL_LENGTH 31

typedef struct {
    Iptc *iptc;
    const char *charset;
    GPtrArray *creators, *cut, *warnings;
} Reading;

static char **find_place(Iptc *iptc, IptcTag tag)
{
    switch ((int)tag) {
    case IPTC_TAG_OBJECT_NAME:
        return &iptc->name;
    case IPTC_TAG_BYLINE_TITLE:
        return &iptc->position;
    case IPTC_TAG_CITY:
        return &iptc->city;
    case IPTC_TAG_HEADLINE:
        return &iptc->headline;
    case IPTC_TAG_CREDIT:
        return &iptc->credit;
    case IPTC_TAG_SOURCE:
        return &iptc->source;
    case IPTC_TAG_COPYRIGHT_NOTICE:
        return &iptc->copyright;
    case IPTC_TAG_CAPTION:
        return &iptc->caption;
    default:
        return NULL;
    }
}

static void take_dataset(IptcDataSet *set, void *user)
{
    Reading *reading = user;
    gboolean creator = set->tag == IPTC_TAG_BYLINE;
    char **place = find_place(reading->iptc, set->tag);
    if (set->record != IPTC_RECORD_APP_2 || !set->data || set->size == 0 || (!creator && (!place || *place)))
        return;

    g_autofree char *text = charset_decode(set->data, set->size, reading->charset);
    if (!text)
        g_ptr_array_add(
            reading->warnings,
            g_strdup_printf("the text of its IPTC field 2:%02d is in no known encoding and was left out",
                            (int)set->tag));
    if (!text || !*text)
        return;
    if ((creator || set->tag == IPTC_TAG_CREDIT) && set->size >= FULL_LENGTH)
        g_ptr_array_add(reading->cut, g_strdup(text));
    if (creator)
        g_ptr_array_add(reading->creators, g_steal_pointer(&text));
    else
        *place = g_steal_pointer(&text);
}

static char **as_strv(GPtrArray *strings)
{
    g_ptr_array_add(strings, NULL);
    return (char **)g_ptr_array_free(strings, FALSE);
}

void iptc_read(Iptc *iptc, gconstpointer data, gsize size, const char *charset, GPtrArray *warnings)
{
    *iptc = (Iptc){ 0 };
    Reading reading = { iptc, charset, g_ptr_array_new(), g_ptr_array_new(), warnings };
    IptcData *parsed = iptc_data_new();
    if (size > 0 &&
        (size > IPTC_MAX || iptc_data_load(parsed, data, (unsigned)size) < 0 || parsed->count == 0))
        g_ptr_array_add(warnings, g_strdup("its IPTC metadata is damaged: what can be read of it was used"));
    iptc_data_foreach_dataset(parsed, take_dataset, &reading);
    iptc_data_unref(parsed);
    iptc->creators = as_strv(reading.creators);
    iptc->cut = as_strv(reading.cut);
}

void iptc_clear(Iptc *iptc)
{
    char **texts[] = { &iptc->name,   &iptc->position, &iptc->city,      &iptc->headline,
                       &iptc->credit, &iptc->source,   &iptc->copyright, &iptc->caption };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    g_clear_pointer(&iptc->creators, g_strfreev);
    g_clear_pointer(&iptc->cut, g_strfreev);
}
