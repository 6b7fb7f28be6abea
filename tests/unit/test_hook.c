#include "desk/hook.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static void on_problem(const char *message, gpointer user)
{
    g_string_append_printf(user, "%s\n", message);
}

/* What it has started is killed with it: else its pipe to us would stay open. */
static void test_late(void)
{
    g_autoptr(GString) told = g_string_new(NULL);
    g_autofree char *folder = g_dir_make_tmp("photodesk-hook.XXXXXX", NULL);
    g_autofree char *pid_file = g_build_filename(folder, "pid", NULL);
    g_autofree char *script = g_strdup_printf("sleep 99 & echo $! >'%s'; wait", pid_file);
    char *command[] = { (char *)"sh", (char *)"-c", script, (char *)"sh", NULL };
    HookOptions options = { command, folder, 1, on_problem, told };
    g_autoptr(Hook) hook = hook_new(&options);
    hook_run(hook, "week");
    g_assert_true(hook_is_busy(hook));
    while (hook_is_busy(hook))
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(told->str, ==,
                    "The hook sh for the gallery week took longer than 1 s and was killed; what is published "
                    "stays\n");

    g_autofree char *pid = NULL;
    g_assert_true(g_file_get_contents(pid_file, &pid, NULL, NULL));
    g_autofree char *status = g_strdup_printf("/proc/%d/cmdline", atoi(pid));
    g_autofree char *line = NULL;
    for (int i = 0; i < 100; i++) {
        g_clear_pointer(&line, g_free);
        if (!g_file_get_contents(status, &line, NULL, NULL) || !*line) /* gone, or nobody has reaped it */
            break;
        g_usleep(10000);
    }
    g_assert_true(!line || !*line);
    remove(pid_file);
    remove(folder);
}

/* A hundred galleries, each twice: all are run, and none of them fails. */
static void test_many(void)
{
    g_autoptr(GString) told = g_string_new(NULL);
    char *command[] = { (char *)"true", NULL };
    HookOptions options = { command, "/nowhere", 60, on_problem, told };
    g_autoptr(Hook) hook = hook_new(&options);
    for (int i = 0; i < 200; i++) {
        g_autofree char *gallery = g_strdup_printf("gallery-%d", i % 100);
        hook_run(hook, gallery);
    }
    while (hook_is_busy(hook))
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(told->str, ==, "");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/hook/late", test_late);
    g_test_add_func("/hook/many", test_many);
    return g_test_run();
}
