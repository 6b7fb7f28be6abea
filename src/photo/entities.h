/* Character references as an export of a CMS leaves them in a text: "לע&quot;מ". Pure. */
#pragma once

/* The text (valid UTF-8) with those of HTML that such exports write (&quot; &amp; &apos; &lt; &gt; &nbsp;)
 * and the numeric ones turned into their characters, once: "&amp;quot;" becomes "&quot;". Others stay. Free
 * with g_free(). */
char *entities_decode(const char *text);
