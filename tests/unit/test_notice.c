/* The notes beside photos that failed: each kind in each language. */
#include "unit.h"

#include <string.h>

#include "base/error.h"
#include "desk/notice.h"

static const char *const languages[] = { "en", "he", "ar" };

/* Of all a photo can fail with, one that its child turns into another has no words of its own. */
static gboolean has_words(int code)
{
    return code != PHOTODESK_ERROR_FAILED && code != PHOTODESK_ERROR_NO_MEMORY;
}

static char *find_line(const char *note, const char *label)
{
    const char *line = strstr(note, label);
    g_assert_nonnull(line);
    return g_strndup(line, strcspn(line, "\n"));
}

static void test_kinds(void)
{
    static const char *const labels[][2] = { { "What is wrong: ", "What to do: " },
                                             { "מה קרה: ", "מה לעשות: " },
                                             { "ما حدث: ", "المطلوب: " } };
    for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (int code = 0; code < (int)PHOTODESK_ERROR_USAGE; code++) {
            g_autofree char *note = notice_text("a.jpg", languages[l], "is none", code, "/srv/www");
            g_test_message("%s, code %d: %s", languages[l], code, note);
            g_assert_nonnull(strstr(note, "a.jpg is none."));
            g_autofree char *desk = notice_desk(note);
            g_assert_cmpstr(desk, ==, "/srv/www");
            for (int i = 0; i < 2 && has_words(code); i++) {
                const char *label = labels[l][i];
                char *line = find_line(note, label);
                g_assert_cmpuint(strlen(line), >, strlen(label));
                g_assert_true(g_hash_table_add(seen, line)); /* no other kind says so */
            }
        }
    }
}

static void test_languages(void)
{
    for (int code = 0; code < (int)PHOTODESK_ERROR_USAGE; code++)
        for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
            gboolean alone = l == 0 && (code == PHOTODESK_ERROR_TABLE || !has_words(code));
            const char *wrong = notice_wrong(languages[l], code);
            g_assert_true((wrong == NULL) == alone); /* in English, the message may say it */
            g_assert_true(!wrong || l == 0 || !g_str_is_ascii(wrong));
        }
    g_assert_cmpstr(notice_wrong("he-IL", PHOTODESK_ERROR_DAMAGED), ==,
                    notice_wrong("he", PHOTODESK_ERROR_DAMAGED));
    g_assert_cmpstr(notice_wrong("de", PHOTODESK_ERROR_DAMAGED), ==,
                    notice_wrong("en", PHOTODESK_ERROR_DAMAGED));
    static const int others[] = { -1, PHOTODESK_ERROR_NO_MEMORY, PHOTODESK_ERROR_USAGE, 1000 };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_cmpstr(notice_wrong("he", others[i]), ==, notice_wrong("he", PHOTODESK_ERROR_FAILED));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/notice/kinds", test_kinds);
    g_test_add_func("/notice/languages", test_languages);
    return g_test_run();
}
