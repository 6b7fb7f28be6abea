/* The comma between names in one line: stamp, pages, manifest and messages write them alike. Pure. */
#pragma once

/* "، " where the first of the names (NULL-terminated, perhaps empty) is Arabic, else ", ". */
const char *comma_between(char *const *names);
