#include "desk/notice.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "photo/sidecar.h"

#define LEFT_TO_RIGHT "\u200e" /* mark of direction */

typedef enum { OTHER, TABLE, NO_CREDIT, UNCLEAR, INCOMPLETE, MACHINE, KINDS } Kind;

typedef struct {
    const char *language;
    const char *title, *table_title;
    const char *wrong[KINDS], *help[KINDS]; /* wrong: NULL where the message itself says it */
    const char *wrong_label, *help_label, *message_label;
    const char *end;
} Texts;

static const Texts texts[] = {
    { "en",
      "This photo was not published.",
      "The photos of this folder were not published.",
      { NULL, NULL, "It has no credit: nobody is named as its photographer.",
        "It may name the photographer, but not clearly.", "Part of it is missing: the upload was cut short.",
        "The machine failed; the photo is not to blame." },
      { "Mend what is said above, and put the photo here again.",
        "Mend the table and save it as UTF-8; the photos follow by themselves.",
        "Name the photographer: in the column 'credit' of captions.csv in this folder, or at the end of the "
        "caption there ('... Photo: NAME'), or in the photo's own metadata (creator).",
        "End the caption in a full stop and then '. Photo: NAME', or name the photographer in the column "
        "'credit' of captions.csv in this folder.",
        "Send the photo again.",
        "Nothing: it is tried again by itself. If this note stays, tell whoever looks after the machine." },
      "What is wrong: ",
      "What to do: ",
      NULL,
      "This note goes by itself when that is done." },
    { "he",
      "התמונה הזאת לא פורסמה.",
      "התמונות שבתיקייה הזאת לא פורסמו.",
      { "לא ניתן להשתמש בקובץ הזה.", "לא ניתן לקרוא את הטבלה captions.csv.", "חסר קרדיט: לא צוין מי צילם.",
        "אולי נאמר מי צילם, אבל לא באופן ברור.", "חלק מהקובץ חסר: ההעלאה נקטעה באמצע.",
        "תקלה במחשב שמפרסם; התמונה עצמה תקינה." },
      { "לתקן לפי ההודעה שלמטה ולהניח כאן את התמונה שוב.",
        "לתקן את הטבלה ולשמור אותה בקידוד UTF-8; התמונות יפורסמו מעצמן.",
        "לציין את שם הצלם או הצלמת: בעמודה credit בקובץ captions.csv שבתיקייה הזאת, או בסוף הכיתוב שם "
        "('... צילום: שם'), או בנתונים שבתוך התמונה (creator).",
        "לסיים את הכיתוב בנקודה ואחריה הקרדיט ('. צילום: שם'), או לציין את השם בעמודה credit בקובץ "
        "captions.csv שבתיקייה הזאת.",
        "לשלוח את התמונה שוב.",
        "שום דבר: המערכת מנסה שוב מעצמה. אם ההערה נשארת, לפנות למי שאחראי על המחשב." },
      "מה קרה: ",
      "מה לעשות: ",
      "ההודעה המלאה (באנגלית): ",
      "ההערה הזאת נמחקת מעצמה כשהדבר תוקן." },
    { "ar",
      "لم تُنشر هذه الصورة.",
      "لم تُنشر صور هذا المجلد.",
      { "لا يمكن استخدام هذا الملف.", "لا يمكن قراءة الجدول captions.csv.",
        "لا ذكر لاسم المصوّر: لم يُحدَّد من التقط الصورة.", "قد يكون اسم المصوّر مذكورًا، لكن ليس بوضوح.",
        "جزء من الملف ناقص: انقطع الرفع قبل اكتماله.", "عطل في الحاسوب الذي ينشر؛ الصورة نفسها سليمة." },
      { "إصلاح ما تقوله الرسالة أدناه ثم وضع الصورة هنا من جديد.",
        "إصلاح الجدول وحفظه بترميز UTF-8؛ وبعدها تُنشر الصور من تلقاء نفسها.",
        "ذكر اسم المصوّر أو المصوّرة: في العمود credit من الملف captions.csv في هذا المجلد، أو في آخر التعليق "
        "فيه ('... تصوير: الاسم')، أو في بيانات الصورة نفسها (creator).",
        "إنهاء التعليق بنقطة ثم الاسم ('. تصوير: الاسم')، أو ذكر الاسم في العمود credit من الملف "
        "captions.csv في هذا المجلد.",
        "إرسال الصورة من جديد.",
        "لا شيء: تُعاد المحاولة تلقائيًا. إن بقيت هذه الملاحظة فليُبلَّغ المسؤول عن الحاسوب." },
      "ما حدث: ",
      "المطلوب: ",
      "الرسالة الكاملة (بالإنجليزية): ",
      "تُحذف هذه الملاحظة من تلقاء نفسها بعد الإصلاح." },
};

static const Texts *choose(const char *language)
{
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        gsize n = strlen(texts[i].language);
        if (g_ascii_strncasecmp(language, texts[i].language, n) == 0 && (!language[n] || language[n] == '-'))
            return &texts[i];
    }
    return &texts[0];
}

static Kind kind_of(const char *name, int code)
{
    return g_ascii_strcasecmp(name, SIDECAR_NAME) == 0 ? TABLE
           : code == PHOTODESK_ERROR_NO_CREDIT         ? NO_CREDIT
           : code == PHOTODESK_ERROR_UNCLEAR_CREDIT    ? UNCLEAR
           : code == PHOTODESK_ERROR_INCOMPLETE        ? INCOMPLETE
           : code == PHOTODESK_ERROR_MACHINE           ? MACHINE
                                                       : OTHER;
}

const char *notice_wrong(const char *name, const char *language, int code)
{
    return choose(language)->wrong[kind_of(name, code)];
}

char *notice_text(const char *name, const char *language, const char *message, int code, const char *desk)
{
    const Texts *t = choose(language);
    Kind kind = kind_of(name, code);
    g_autofree char *shown = file_show(name);
    g_autofree char *said = file_show(message);
    /* the sentence is English, whatever letters the name begins with */
    g_autofree char *sentence =
        g_strdup_printf("%s%s %s.", g_str_is_ascii(shown) ? "" : LEFT_TO_RIGHT, shown, said);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n%s\n\n", kind == TABLE ? t->table_title : t->title, shown);
    g_string_append_printf(text, "%s%s\n", t->wrong_label, t->wrong[kind] ? t->wrong[kind] : sentence);
    g_string_append_printf(text, "%s%s\n\n", t->help_label, t->help[kind]);
    if (t->message_label)
        g_string_append_printf(text, "%s\n%s\n\n", t->message_label, sentence);
    g_string_append_printf(text, "%s\n(%s)\n", t->end, desk);
    return g_string_free(text, FALSE);
}

char *notice_desk(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *end = g_strconcat("\n", texts[i].end, "\n(", NULL);
        const char *desk = strstr(text, end);
        if (desk && g_str_has_suffix(text, ")\n"))
            return g_strndup(desk + strlen(end), strlen(desk) - strlen(end) - strlen(")\n"));
    }
    return NULL;
}
