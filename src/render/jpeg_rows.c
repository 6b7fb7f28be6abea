#include "render/jpeg_rows.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/error.h"

enum { ROWS = 2 * DCTSIZE }; /* of luma in a row of blocks */

/* ---- Failing: libjpeg never returns from its error_exit ---- */

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf back;
    char text[JMSG_LENGTH_MAX]; /* of the error, or else of the first warning */
} Failure;

G_NORETURN static void on_error(j_common_ptr jpeg)
{
    Failure *failure = (Failure *)jpeg->err;
    failure->base.format_message(jpeg, failure->text);
    longjmp(failure->back, 1);
}

static void on_message(j_common_ptr jpeg)
{
    Failure *failure = (Failure *)jpeg->err;
    failure->base.format_message(jpeg, failure->text);
}

static struct jpeg_error_mgr *failure_init(Failure *failure)
{
    jpeg_std_error(&failure->base);
    failure->base.error_exit = on_error;
    failure->base.output_message = on_message;
    return &failure->base;
}

/* ---- Encoding ----
 *
 * libjpeg takes whole blocks: beyond the picture's edge are the samples at its edge again. */

typedef struct {
    guint8 *memory;
    gsize stride;
    JSAMPROW row[ROWS];
} Rows;

static void rows_init(Rows *rows, const Plane *plane)
{
    rows->stride = (plane->width + DCTSIZE - 1) / DCTSIZE * DCTSIZE + DCTSIZE; /* luma: of two blocks */
    rows->memory = g_malloc(rows->stride * ROWS);
    for (guint i = 0; i < ROWS; i++)
        rows->row[i] = rows->memory + i * rows->stride;
}

static void rows_fill(Rows *rows, const Plane *plane, guint first, guint n)
{
    for (guint i = 0; i < n; i++) {
        const guint8 *from = plane->data + MIN(first + i, plane->height - 1) * plane->stride;
        memcpy(rows->row[i], from, plane->width);
        memset(rows->row[i] + plane->width, from[plane->width - 1], rows->stride - plane->width);
    }
}

static void set_up(struct jpeg_compress_struct *jpeg, const Frame *frame, double quality)
{
    jpeg->image_width = (JDIMENSION)frame->width;
    jpeg->image_height = (JDIMENSION)frame->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_YCbCr;
    jpeg_set_defaults(jpeg); /* 4:2:0, the exact DCT */
    jpeg_set_quality(jpeg, CLAMP((int)lround(quality), 1, 100), TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg->raw_data_in = TRUE;
}

static void write_rows(struct jpeg_compress_struct *jpeg, const Frame *frame, Rows rows[3])
{
    JSAMPARRAY planes[] = { rows[0].row, rows[1].row, rows[2].row };
    while (jpeg->next_scanline < jpeg->image_height) {
        guint first = jpeg->next_scanline;
        rows_fill(&rows[0], &frame->plane[FRAME_Y], first, ROWS);
        rows_fill(&rows[1], &frame->plane[FRAME_CB], first / 2, DCTSIZE);
        rows_fill(&rows[2], &frame->plane[FRAME_CR], first / 2, DCTSIZE);
        jpeg_write_raw_data(jpeg, planes, ROWS);
    }
}

/* FALSE where libjpeg fails: then nobody may touch what it wrote so far, which it may have freed itself. */
static gboolean write_file(struct jpeg_compress_struct *jpeg, Failure *failure, const Frame *frame,
                           double quality, Rows rows[3], unsigned char **data, unsigned long *size)
{
    if (setjmp(failure->back))
        return FALSE;
    jpeg_create_compress(jpeg);
    jpeg_mem_dest(jpeg, data, size);
    set_up(jpeg, frame, quality);
    jpeg_start_compress(jpeg, TRUE);
    write_rows(jpeg, frame, rows);
    jpeg_finish_compress(jpeg);
    return TRUE;
}

GBytes *jpeg_rows_encode(const Frame *frame, double quality, GError **error)
{
    Failure failure;
    struct jpeg_compress_struct jpeg = { .err = failure_init(&failure) };
    Rows rows[3];
    for (int p = 0; p < 3; p++)
        rows_init(&rows[p], &frame->plane[p]);
    unsigned char *data = NULL;
    unsigned long size = 0;
    GBytes *bytes = NULL;
    if (write_file(&jpeg, &failure, frame, quality, rows, &data, &size))
        bytes = g_bytes_new_with_free_func(data, size, free, data);
    else if (failure.base.msg_code == JERR_OUT_OF_MEMORY)
        error_no_memory(error);
    else
        error_failed(error, "JPEG encoding of a %.0f x %.0f variant failed (%s)", frame->width, frame->height,
                     failure.text);
    jpeg_destroy_compress(&jpeg);
    for (int p = 0; p < 3; p++)
        g_free(rows[p].memory);
    return bytes;
}

/* ---- Decoding ---- */

/* Rows that have just been decoded are still in the cache when they are converted. */
static void convert_rows(struct jpeg_decompress_struct *jpeg, const Shaper *shaper, Frame *frame)
{
    j_common_ptr common = (j_common_ptr)jpeg;
    guint n = frame->sub_y;
    guint8 *room = jpeg->mem->alloc_large(common, JPOOL_IMAGE, colour_room(frame));
    JSAMPARRAY rows = jpeg->mem->alloc_sarray(common, JPOOL_IMAGE, jpeg->output_width * 3, n);
    for (guint y = 0; jpeg->output_scanline < jpeg->output_height; y += n) {
        guint left = MIN(n, jpeg->output_height - y);
        for (guint got = 0; got < left;)
            got += jpeg_read_scanlines(jpeg, rows + got, left - got);
        frame_take_rows(frame, y, rows[0], rows[left - 1], 3, shaper, room);
    }
}

static gboolean read_file(struct jpeg_decompress_struct *jpeg, Failure *failure, GBytes *bytes, guint eighths,
                          const Shaper *shaper, guint sub_x, guint sub_y, Frame **frame)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    if (setjmp(failure->back))
        return FALSE;
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, data, size);
    jpeg_read_header(jpeg, TRUE);
    jpeg->out_color_space = JCS_RGB;
    jpeg->scale_num = eighths;
    jpeg->scale_denom = 8;
    jpeg_start_decompress(jpeg);
    *frame = frame_new(jpeg->output_width, jpeg->output_height, sub_x, sub_y, FALSE);
    convert_rows(jpeg, shaper, *frame);
    jpeg_finish_decompress(jpeg);
    return TRUE;
}

Frame *jpeg_rows_decode(GBytes *bytes, guint eighths, const Shaper *shaper, guint sub_x, guint sub_y,
                        char **complaint)
{
    Failure failure;
    struct jpeg_decompress_struct jpeg = { .err = failure_init(&failure) };
    Frame *frame = NULL;
    gboolean ok = read_file(&jpeg, &failure, bytes, eighths, shaper, sub_x, sub_y, &frame);
    if (!ok)
        g_clear_pointer(&frame, frame_free);
    if (!ok || failure.base.num_warnings > 0)
        *complaint = g_strdup(failure.text);
    jpeg_destroy_decompress(&jpeg);
    return frame;
}
