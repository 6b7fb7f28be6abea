#include "base/comma.h"

#include "base/letter.h"

const char *comma_between(char *const *names)
{
    return *names && letter_script(*names) == G_UNICODE_SCRIPT_ARABIC ? "، " : ", ";
}
