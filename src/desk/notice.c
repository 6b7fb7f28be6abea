#include "desk/notice.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"

#define LEFT_TO_RIGHT "\u200e" /* mark of direction */

typedef struct {
    const char *wrong; /* NULL where the message itself says it */
    const char *help;
} Said;

/* By the codes of a photo. That of FAILED serves where there is none. */
#define SAY(code, wrong, help) [PHOTODESK_ERROR_##code] = { wrong, help }

static const Said english[PHOTODESK_ERROR_USAGE] = {
    SAY(FAILED, NULL,
        "Do what is said above, and put the file here again. If that is not clear, pass this note on to "
        "whoever looks after the machine."),
    SAY(TABLE, NULL, "Mend the table and save it as UTF-8; the photos follow by themselves."),
    SAY(NO_CREDIT, "It has no credit: nobody is named as its photographer.",
        "Name the photographer: in the column 'credit' of captions.csv in this folder, or at the end of the "
        "caption there ('... Photo: NAME'), or in the photo's own metadata (creator)."),
    SAY(UNCLEAR_CREDIT, "It may name the photographer, but not clearly.",
        "End the caption in a full stop and then '. Photo: NAME', or name the photographer in the column "
        "'credit' of captions.csv in this folder."),
    SAY(INCOMPLETE, "Part of it is missing: the upload was cut short.", "Send the photo again."),
    SAY(MACHINE, "The machine failed; the photo is not to blame.",
        "Nothing: it is tried again by itself. If this note stays, tell whoever looks after the machine."),
    SAY(SETUP, "The desk is not set up as it must be; the photo is not to blame.",
        "Pass this note on to whoever looks after the machine."),
    SAY(NOT_PHOTO, "This is not a photo, or not one of a known kind.",
        "Take the file away, and put the photo itself here, as JPEG, PNG, TIFF, WebP or HEIC."),
    SAY(SPREADSHEET, "This is a file of a spreadsheet program, such as Excel, which is not read here.",
        "If it has the captions, save it in this folder as captions.csv, in the format 'CSV UTF-8'; then "
        "take this file away."),
    SAY(FORMAT, "The picture is stored in a format that cannot be published.",
        "Export it from a photo editor as JPEG (sRGB), and put that here in place of this file."),
    SAY(TOO_LARGE, "The photo is too large.",
        "Export it smaller, as JPEG, and put that here in place of this file."),
    SAY(DAMAGED, "The file is damaged.",
        "Send the photo again. If that does not help, open it in a photo editor, save it anew as JPEG, and "
        "put that here in place of this file."),
    SAY(FOCUS, "Its focus in captions.csv is not written as it must be.",
        "Write two numbers from 0 to 1 in the column 'focus', with a comma between them, as \"0.5,0.3\": how "
        "far from the left and from the top; or leave the cell empty."),
    SAY(LETTERS, "Its credit has a character that no font here has.",
        "Look at the credit, and take out what does not belong there, such as an emoji. If it is right, pass "
        "this note on to whoever looks after the machine."),
};

static const Said hebrew[PHOTODESK_ERROR_USAGE] = {
    SAY(FAILED, "לא ניתן להשתמש בקובץ הזה.",
        "לתקן לפי ההודעה שלמטה ולהניח כאן את הקובץ שוב. אם היא אינה ברורה, להעביר את ההערה הזאת למי שאחראי "
        "על המחשב."),
    SAY(TABLE, "לא ניתן לקרוא את הטבלה captions.csv.",
        "לתקן את הטבלה ולשמור אותה בקידוד UTF-8; התמונות יפורסמו מעצמן."),
    SAY(NO_CREDIT, "חסר קרדיט: לא צוין מי צילם.",
        "לציין את שם הצלם או הצלמת: בעמודה credit בקובץ captions.csv שבתיקייה הזאת, או בסוף הכיתוב שם ('... "
        "צילום: שם'), או בנתונים שבתוך התמונה (creator)."),
    SAY(UNCLEAR_CREDIT, "אולי נאמר מי צילם, אבל לא באופן ברור.",
        "לסיים את הכיתוב בנקודה ואחריה הקרדיט ('. צילום: שם'), או לציין את השם בעמודה credit בקובץ "
        "captions.csv שבתיקייה הזאת."),
    SAY(INCOMPLETE, "חלק מהקובץ חסר: ההעלאה נקטעה באמצע.", "לשלוח את התמונה שוב."),
    SAY(MACHINE, "תקלה במחשב שמפרסם; התמונה עצמה תקינה.",
        "שום דבר: המערכת מנסה שוב מעצמה. אם ההערה נשארת, לפנות למי שאחראי על המחשב."),
    SAY(SETUP, "המערכת אינה מוגדרת כנדרש; התמונה עצמה תקינה.", "להעביר את ההערה הזאת למי שאחראי על המחשב."),
    SAY(NOT_PHOTO, "הקובץ אינו תמונה, או שהוא מסוג לא מוכר.",
        "להסיר את הקובץ מכאן ולהניח את התמונה עצמה, בפורמט JPEG, PNG, TIFF, WebP או HEIC."),
    SAY(SPREADSHEET, "זה קובץ של גיליון אלקטרוני, כמו Excel, וקובץ כזה אינו נקרא כאן.",
        "אם אלה הכיתובים, לשמור אותו בתיקייה הזאת בשם captions.csv, בפורמט CSV UTF-8, ואז להסיר מכאן את "
        "הקובץ הזה."),
    SAY(FORMAT, "התמונה שמורה בפורמט שלא ניתן לפרסם.",
        "לייצא אותה מתוכנה לעריכת תמונות כקובץ JPEG (בצבעי sRGB) ולהניח אותו כאן במקום הקובץ הזה."),
    SAY(TOO_LARGE, "התמונה גדולה מדי.",
        "לייצא אותה בגודל קטן יותר כקובץ JPEG ולהניח אותו כאן במקום הקובץ הזה."),
    SAY(DAMAGED, "הקובץ פגום.",
        "לשלוח את התמונה שוב. אם זה לא עוזר, לפתוח אותה בתוכנה לעריכת תמונות, לשמור אותה מחדש כקובץ JPEG "
        "ולהניח אותו כאן במקום הקובץ הזה."),
    SAY(FOCUS, "נקודת המוקד של התמונה (focus) לא נכתבה כנדרש בטבלה captions.csv.",
        "לכתוב בעמודה focus שני מספרים בין 0 ל־1 ופסיק ביניהם, למשל \"0.5,0.3\" (כמה משמאל וכמה מלמעלה), או "
        "להשאיר את התא ריק."),
    SAY(LETTERS, "יש בקרדיט תו שאינו קיים בגופנים של המערכת.",
        "לבדוק את הקרדיט ולהוציא ממנו מה שלא שייך אליו, כמו אמוג׳י. אם הוא נכון, להעביר את ההערה הזאת למי "
        "שאחראי על המחשב."),
};

static const Said arabic[PHOTODESK_ERROR_USAGE] = {
    SAY(FAILED, "لا يمكن استخدام هذا الملف.",
        "إصلاح ما تقوله الرسالة أدناه ثم وضع الملف هنا من جديد. وإن لم تكن واضحة فلتُحَل هذه الملاحظة إلى "
        "المسؤول عن الحاسوب."),
    SAY(TABLE, "لا يمكن قراءة الجدول captions.csv.",
        "إصلاح الجدول وحفظه بترميز UTF-8؛ وبعدها تُنشر الصور من تلقاء نفسها."),
    SAY(NO_CREDIT, "لا ذكر لاسم المصوّر: لم يُحدَّد من التقط الصورة.",
        "ذكر اسم المصوّر أو المصوّرة: في العمود credit من الملف captions.csv في هذا المجلد، أو في آخر التعليق "
        "فيه ('... تصوير: الاسم')، أو في بيانات الصورة نفسها (creator)."),
    SAY(UNCLEAR_CREDIT, "قد يكون اسم المصوّر مذكورًا، لكن ليس بوضوح.",
        "إنهاء التعليق بنقطة ثم الاسم ('. تصوير: الاسم')، أو ذكر الاسم في العمود credit من الملف "
        "captions.csv في هذا المجلد."),
    SAY(INCOMPLETE, "جزء من الملف ناقص: انقطع الرفع قبل اكتماله.", "إرسال الصورة من جديد."),
    SAY(MACHINE, "عطل في الحاسوب الذي ينشر؛ الصورة نفسها سليمة.",
        "لا شيء: تُعاد المحاولة تلقائيًا. إن بقيت هذه الملاحظة فليُبلَّغ المسؤول عن الحاسوب."),
    SAY(SETUP, "النظام غير مُعَدّ كما يجب؛ الصورة نفسها سليمة.", "إحالة هذه الملاحظة إلى المسؤول عن الحاسوب."),
    SAY(NOT_PHOTO, "هذا الملف ليس صورة، أو أن نوعه غير معروف.",
        "إزالة الملف من هنا ووضع الصورة نفسها بصيغة JPEG أو PNG أو TIFF أو WebP أو HEIC."),
    SAY(SPREADSHEET, "هذا ملف من برنامج جداول مثل Excel، ولا يُقرأ هنا.",
        "إن كانت فيه التعليقات، فليُحفظ في هذا المجلد باسم captions.csv بصيغة CSV UTF-8، ثم يُزال هذا الملف من "
        "هنا."),
    SAY(FORMAT, "الصورة محفوظة بصيغة لا يمكن نشرها.",
        "تصديرها من برنامج لتحرير الصور بصيغة JPEG (بألوان sRGB) ووضع الملف الجديد هنا مكان هذا الملف."),
    SAY(TOO_LARGE, "حجم الصورة أكبر من المسموح به.",
        "تصديرها بحجم أصغر بصيغة JPEG ووضع الملف الجديد هنا مكان هذا الملف."),
    SAY(DAMAGED, "الملف تالف.",
        "إرسال الصورة من جديد. وإن لم يُجدِ ذلك، ففتحها في برنامج لتحرير الصور وحفظها من جديد بصيغة JPEG ووضع "
        "الملف الجديد هنا مكان هذا الملف."),
    SAY(FOCUS, "نقطة التركيز لهذه الصورة (focus) غير مكتوبة كما يجب في الجدول captions.csv.",
        "كتابة رقمين بين 0 و1 في العمود focus بينهما فاصلة، مثل \"0.5,0.3\" (البعد عن اليسار ثم عن الأعلى)، "
        "أو ترك الخلية فارغة."),
    SAY(LETTERS, "في اسم المصوّر حرف أو رمز لا يوجد في خطوط النظام.",
        "مراجعة الاسم وحذف ما ليس منه، كالرموز التعبيرية (إيموجي). وإن كان صحيحًا فلتُحَل هذه الملاحظة إلى "
        "المسؤول عن الحاسوب."),
};

typedef struct {
    const char *language;
    const char *title, *table_title;
    const char *wrong_label, *help_label, *message_label;
    const char *end;
    const Said *said;
} Texts;

static const Texts texts[] = {
    { .language = "en",
      .title = "This file was not published.",
      .table_title = "The photos of this folder were not published.",
      .wrong_label = "What is wrong: ",
      .help_label = "What to do: ",
      .message_label = "The message in full:",
      .end = "This note goes by itself when that is done.",
      .said = english },
    { .language = "he",
      .title = "הקובץ הזה לא פורסם.",
      .table_title = "התמונות שבתיקייה הזאת לא פורסמו.",
      .wrong_label = "מה קרה: ",
      .help_label = "מה לעשות: ",
      .message_label = "ההודעה המלאה (באנגלית): ",
      .end = "ההערה הזאת נמחקת מעצמה כשהדבר תוקן.",
      .said = hebrew },
    { .language = "ar",
      .title = "لم يُنشر هذا الملف.",
      .table_title = "لم تُنشر صور هذا المجلد.",
      .wrong_label = "ما حدث: ",
      .help_label = "المطلوب: ",
      .message_label = "الرسالة الكاملة (بالإنجليزية): ",
      .end = "تُحذف هذه الملاحظة من تلقاء نفسها بعد الإصلاح.",
      .said = arabic },
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

static const Said *find(const Texts *t, int code)
{
    gboolean known = code >= 0 && code < (int)PHOTODESK_ERROR_USAGE && t->said[code].help;
    return &t->said[known ? code : PHOTODESK_ERROR_FAILED];
}

const char *notice_wrong(const char *language, int code)
{
    return find(choose(language), code)->wrong;
}

char *notice_text(const char *name, const char *language, const char *message, int code, const char *desk)
{
    const Texts *t = choose(language);
    const Said *is = find(t, code);
    g_autofree char *shown = file_show(name);
    g_autofree char *said = file_show(message);
    /* the sentence is English, whatever letters the name begins with */
    g_autofree char *sentence =
        g_strdup_printf("%s%s %s.", g_str_is_ascii(shown) ? "" : LEFT_TO_RIGHT, shown, said);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n%s\n\n", code == PHOTODESK_ERROR_TABLE ? t->table_title : t->title,
                           shown);
    g_string_append_printf(text, "%s%s\n", t->wrong_label, is->wrong ? is->wrong : sentence);
    g_string_append_printf(text, "%s%s\n\n", t->help_label, is->help);
    if (is->wrong)
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
