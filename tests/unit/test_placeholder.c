#include "unit.h"

#include <string.h>

#include "render/placeholder.h"

static void fill(Frame *frame, guint from, guint to, guint8 luma, guint8 cb, guint8 cr)
{
    const guint8 value[] = { luma, cb, cr, 255 };
    for (int p = 0; p < FRAME_PLANES; p++) {
        Plane *plane = &frame->plane[p];
        guint sub = p == FRAME_CB || p == FRAME_CR ? 2 : 1;
        for (guint y = 0; plane->data && y < plane->height; y++)
            memset(plane->data + y * plane->stride + from / sub, value[p], (to - from) / sub);
    }
}

static char *make(PlaceholderKind kind, const Frame *frame)
{
    char *placeholder;
    g_assert_true(placeholder_make(&placeholder, kind, frame, NULL));
    return placeholder;
}

/* The colour of most of the photo, not a mean of all: blue, beside less of bright red; in either range. */
static void test_colour(void)
{
    g_autoptr(Frame) full = frame_new(64, 40, 2, 2, FALSE);
    fill(full, 0, 36, 29, 255, 107);
    fill(full, 36, 64, 76, 85, 255);
    g_autofree char *blue = make(PLACEHOLDER_COLOUR, full);
    g_assert_cmpstr(blue, ==, "#0000fe");

    g_autoptr(Frame) limited = frame_new(64, 40, 2, 2, FALSE);
    limited->limited = TRUE;
    fill(limited, 0, 64, 126, 128, 128);
    g_autofree char *grey = make(PLACEHOLDER_COLOUR, limited);
    g_assert_cmpstr(grey, ==, "#808080");
    g_autofree char *none = make(PLACEHOLDER_NONE, limited);
    g_assert_null(none);
}

static void test_webp(void)
{
    static const char head[] = "data:image/webp;base64,";
    g_autoptr(Frame) frame = frame_new(300, 100, 2, 2, FALSE);
    fill(frame, 0, 300, 200, 128, 128);
    g_autofree char *tiny = make(PLACEHOLDER_WEBP, frame);
    g_assert_true(g_str_has_prefix(tiny, head));
    gsize size;
    g_autofree guchar *webp = g_base64_decode(tiny + strlen(head), &size);
    g_assert_cmpmem(webp, 4, "RIFF", 4);
    g_assert_cmpuint(size, <, 200);
    g_assert_cmpuint(webp[26], ==, 32); /* VP8: width and height, least bits first (RFC 6386, 9.1) */
    g_assert_cmpuint(webp[28], ==, 11);
}

/* Behind a picture that is clear somewhere it would always be seen. */
static void test_clear(void)
{
    g_autoptr(Frame) frame = frame_new(64, 64, 2, 2, TRUE);
    fill(frame, 0, 64, 200, 128, 128);
    g_autofree char *colour = make(PLACEHOLDER_COLOUR, frame);
    g_autofree char *webp = make(PLACEHOLDER_WEBP, frame);
    g_assert_null(colour);
    g_assert_null(webp);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/placeholder/colour", test_colour);
    g_test_add_func("/placeholder/webp", test_webp);
    g_test_add_func("/placeholder/clear", test_clear);
    return g_test_run();
}
