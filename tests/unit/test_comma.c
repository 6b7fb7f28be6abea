#include "unit.h"

#include "base/comma.h"

static void test_between(void)
{
    char *latin[] = { (char *)"Dana Cohen", (char *)"محمد علي", NULL };
    char *hebrew[] = { (char *)"דנה כהן", (char *)"יוסי לוי", NULL };
    char *arabic[] = { (char *)"\u2067\"محمد علي\"", (char *)"Dana Cohen", NULL };
    char *digits[] = { (char *)"123", NULL };
    char *none[] = { NULL };
    g_assert_cmpstr(comma_between(latin), ==, ", ");
    g_assert_cmpstr(comma_between(hebrew), ==, ", ");
    g_assert_cmpstr(comma_between(arabic), ==, "، ");
    g_assert_cmpstr(comma_between(digits), ==, ", ");
    g_assert_cmpstr(comma_between(none), ==, ", ");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/comma/between", test_between);
    return g_test_run();
}
