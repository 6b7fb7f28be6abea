#include "render/resample.h"

#include <math.h>
#include <string.h>

#include "render/turn.h"

/* A picture is made in bands of BAND rows: first their columns are filtered, then, turned on its side so that
 * the same arithmetic serves, their rows.
 *
 *     samples - 128     8 bits, times 256
 *     after the columns 16 bits, in 1 / 128
 *     after the rows    16 bits, in 1 / 64
 *
 * Weights are in 1 / 32768. Of a product what is below its unit is lost, downwards. So every other weight is
 * kept with its sign turned, and its product is taken off: there it is lost upwards, and no sum is the less
 * for it. */
enum { BAND = BYTES, TAPS = 4 };

#define ONE 32768.0

/* Processors that have it take twice as many samples at once; where gcc compiles: clang has one attribute or
 * the other. */
#if defined __x86_64__ && !defined __clang__
#define WIDE_WHERE_POSSIBLE __attribute__((target_clones("avx2", "default"), flatten))
#else
#define WIDE_WHERE_POSSIBLE
#endif

/* ---- Filters ---- */

#define LOBES 3
enum { FINENESS = 1024 }; /* entries of the kernel's table for a unit of distance */

static double lanczos(double x)
{
    if (x == 0)
        return 1;
    return LOBES * sin(G_PI * x) * sin(G_PI * x / LOBES) / (G_PI * G_PI * x * x);
}

/* The kernel at distances from 0 to LOBES. Between two entries a straight line is within 1e-6 of it. */
static const double *kernel_table(void)
{
    static double table[LOBES * FINENESS + 2];
    static gsize made = 0;
    if (g_once_init_enter(&made)) {
        for (int i = 0; i < LOBES * FINENESS; i++)
            table[i] = lanczos((double)i / FINENESS);
        g_once_init_leave(&made, 1);
    }
    return table;
}

void resample_prepare(void)
{
    (void)kernel_table();
}

static double kernel_at(const double *table, double place)
{
    double at = fabs(place);
    if (at >= LOBES * FINENESS)
        return 0;
    int low = (int)at;
    return table[low] + (table[low + 1] - table[low]) * (at - low);
}

/* For each sample of the output: where the samples that it is made of begin, counted from the first valid
 * one, and their weights. They may begin before it, and end behind the last one. */
typedef struct {
    gint taps; /* a multiple of TAPS: the last ones may weigh nothing */
    gint *first;
    gint16 *weight;
} Filter;

static void filter_clear(Filter *filter)
{
    g_free(filter->first);
    g_free(filter->weight);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filter, filter_clear)

static const gint16 *weights_of(const Filter *filter, guint i)
{
    return filter->weight + (gsize)i * (gsize)filter->taps;
}

/* What rounding leaves of one weight goes to the next, so that their sum is as it should be. In whole
 * numbers, of so many bits more: so one weight waits for the other no longer than an addition takes. */
enum { FINER = 16 };

static void round_weights(const double *exact, gint taps, double factor, gint16 *weight)
{
    gint64 left = 1 << (FINER - 1);
    for (gint k = 0; k < taps; k++) {
        gint64 wanted = (gint64)(exact[k] * factor * (1 << FINER)) + left;
        gint16 rounded = (gint16)MIN(wanted >> FINER, G_MAXINT16);
        left = wanted - (gint64)rounded * (1 << FINER);
        weight[k] = (gint16)(k % 2 == 0 ? rounded : -rounded);
    }
}

static Filter filter_new(Stretch in, guint out, double gain)
{
    const double *table = kernel_table();
    double step = in.length / out, stretch = MAX(step, 1), reach = LOBES * stretch;
    double fineness = FINENESS / stretch;
    Filter filter = { .taps = (gint)ceil(2 * reach / TAPS) * TAPS };
    filter.first = g_new(gint, out);
    filter.weight = g_new(gint16, (gsize)out * (gsize)filter.taps);
    g_autofree double *exact = g_new(double, filter.taps);
    for (guint i = 0; i < out; i++) {
        double centre = in.start - in.valid.first + (i + 0.5) * step - 0.5, sum = 0;
        filter.first[i] = (gint)ceil(centre - reach);
        double place = (filter.first[i] - centre) * fineness;
        for (gint k = 0; k < filter.taps; k++, place += fineness)
            sum += exact[k] = kernel_at(table, place);
        round_weights(exact, filter.taps, gain * ONE / sum, filter.weight + (gsize)i * (gsize)filter.taps);
    }
    return filter;
}

/* ---- Sums ---- */

static inline gint16 times(gint16 value, gint16 weight)
{
    return (gint16)(((gint32)value * weight) >> 16);
}

/* Adds the products of TAPS samples to each of n sums, or to what they begin with. */
static inline void add_products(gint16 *restrict sum, gboolean begun, gint16 begin,
                                const gint16 *const *sample, const gint16 *weight, guint n)
{
    const gint16 *a = sample[0], *b = sample[1], *c = sample[2], *d = sample[3];
    gint16 wa = weight[0], wb = weight[1], wc = weight[2], wd = weight[3];
    for (guint i = 0; i < n; i++)
        sum[i] = (gint16)((begun ? sum[i] : begin) + times(a[i], wa) - times(b[i], wb) + times(c[i], wc) -
                          times(d[i], wd));
}

/* ---- Columns ---- */

/* The latest rows of the input, as words: each is made into words once, and serves some six rows of the
 * output. */
typedef struct {
    gint16 *words;
    gsize stride; /* words from row to row */
    gint rows, next;
} Window;

static gint16 *window_row(const Window *window, gint row)
{
    return window->words + (gsize)(row % window->rows) * window->stride;
}

static void widen(const guint8 *restrict samples, gint16 *restrict words, guint n)
{
    for (guint i = 0; i < n; i++)
        words[i] = (gint16)((samples[i] ^ 0x80) << 8);
}

/* Rows from first to last, and the window moves down only. */
static void window_fill(Window *window, const Plane *from, Span across, Span down, gint first, gint last)
{
    for (window->next = MAX(window->next, first); window->next <= last; window->next++)
        widen(from->data + (down.first + (guint)window->next) * from->stride + across.first,
              window_row(window, window->next), across.count);
}

/* One row of the output's height and the input's width. */
static void filter_columns(const Filter *filter, guint y, const Plane *from, Span across, Span down,
                           Window *window, gint16 *sum)
{
    gint first = filter->first[y], end = (gint)down.count - 1;
    window_fill(window, from, across, down, CLAMP(first, 0, end), CLAMP(first + filter->taps - 1, 0, end));
    for (gint k = 0; k < filter->taps; k += TAPS) {
        const gint16 *row[TAPS];
        for (gint i = 0; i < TAPS; i++)
            row[i] = window_row(window, CLAMP(first + k + i, 0, end));
        add_products(sum, k > 0, 0, row, weights_of(filter, y) + k, across.count);
    }
}

/* ---- Rows ---- */

/* The band's rows, stride words apart, as columns of BAND words; stride is a multiple of WORDS. As many as
 * `beyond` before the first one and behind the last one of width are as these. */
static void make_columns(const gint16 *rows, gsize stride, guint width, gint beyond, gint16 *columns)
{
    for (gsize x = 0; x < stride; x += WORDS)
        for (gsize y = 0; y < BAND; y += WORDS) {
            Words square[WORDS];
            for (gsize i = 0; i < WORDS; i++)
                memcpy(&square[i], rows + (y + i) * stride + x, sizeof square[i]);
            turn_words(square);
            for (gsize i = 0; i < WORDS; i++)
                memcpy(columns + (x + i) * BAND + y, &square[i], sizeof square[i]);
        }
    gint16 *end = columns + (gsize)width * BAND;
    for (gint i = 0; i < beyond; i++) {
        memcpy(columns - (i + 1) * BAND, columns, BAND * sizeof *columns);
        memcpy(end + i * BAND, end - BAND, BAND * sizeof *columns);
    }
}

/* One column of the output's width and the band's height. */
static inline void filter_row(const gint16 *in, const gint16 *weight, gint taps, gint16 begin, gint16 *sum)
{
    for (gint k = 0; k < taps; k += TAPS, in += TAPS * BAND) {
        const gint16 *column[TAPS] = { in, in + BAND, in + 2 * BAND, in + 3 * BAND };
        add_products(sum, k > 0, begin, column, weight + k, BAND);
    }
}

static inline void finish(const gint16 *restrict sum, guint8 *restrict out, guint n)
{
    for (guint i = 0; i < n; i++)
        out[i] = (guint8)CLAMP(sum[i] >> 6, 0, 255);
}

/* Writes as many rows of a band as there are. */
static void write_band(const Filter *filter, const gint16 *columns, gint16 begin, const Plane *to, guint y)
{
    guint rows = MIN(BAND, to->height - y);
    for (guint x = 0; x < to->width; x += BAND) {
        gint16 sum[BAND * BAND];
        Bytes square[BAND];
        guint width = MIN(BAND, to->width - x);
        if (width < BAND)
            memset(sum, 0, sizeof sum);
        for (guint i = 0; i < width; i++)
            filter_row(columns + (gssize)filter->first[x + i] * BAND, weights_of(filter, x + i), filter->taps,
                       begin, sum + i * BAND);
        finish(sum, (guint8 *)square, BAND * BAND);
        turn_bytes(square);
        for (guint i = 0; i < rows; i++)
            memcpy(to->data + (y + i) * to->stride + x, &square[i], width);
    }
}

/* ---- Both ---- */

/* Bands of a plane, from row begin to row end. */
typedef struct {
    const Filter *columns, *rows;
    const Plane *from, *to;
    Span across, down;
    Levels levels;
    guint begin, end;
} Work;

/* What a sum of weighted samples begins with: the 128 that was taken off them comes back, and halves go up.
 */
static gint16 beginning(Levels levels)
{
    return (gint16)(lround((levels.zero + 128 * levels.gain / 255) * 64) + 32);
}

WIDE_WHERE_POSSIBLE
static void resample(const Work *work)
{
    const Plane *to = work->to;
    gsize stride = (work->across.count + WORDS - 1) / WORDS * WORDS, beyond = (gsize)work->rows->taps;
    g_autofree gint16 *words = g_new(gint16, stride * (gsize)work->columns->taps);
    Window window = { .words = words, .stride = stride, .rows = work->columns->taps };
    g_autofree gint16 *band = g_new0(gint16, stride * BAND);
    g_autofree gint16 *turned = g_new(gint16, (beyond + stride + beyond) * BAND);
    gint16 *columns = turned + beyond * BAND;
    for (guint y = work->begin; y < work->end; y += BAND) {
        for (guint i = 0; i < BAND && y + i < to->height; i++)
            filter_columns(work->columns, y + i, work->from, work->across, work->down, &window,
                           band + i * stride);
        make_columns(band, stride, work->across.count, work->rows->taps, columns);
        write_band(work->rows, columns, beginning(work->levels), to, y);
    }
}

static gpointer resample_beside(gpointer work)
{
    resample(work);
    return NULL;
}

/* The lower half by a thread of its own, where there may be one. */
static void resample_plane(Work work, guint threads)
{
    Work lower = work;
    guint bands = (work.to->height + BAND - 1) / BAND;
    work.end = lower.begin = bands / 2 * BAND;
    lower.end = work.to->height;
    GThread *beside =
        threads > 1 && bands > 1 ? g_thread_try_new("rows", resample_beside, &lower, NULL) : NULL;
    resample(&work);
    if (beside)
        g_thread_join(beside);
    else
        resample(&lower);
}

void resample_planes(const Plane *from, const Plane *to, guint n, Stretch across, Stretch down, Levels levels,
                     guint threads)
{
    g_auto(Filter) columns = filter_new(down, to->height, 1);
    g_auto(Filter) rows = filter_new(across, to->width, levels.gain / 255);
    for (guint i = 0; i < n; i++)
        resample_plane((Work){ .columns = &columns,
                               .rows = &rows,
                               .from = &from[i],
                               .to = &to[i],
                               .across = across.valid,
                               .down = down.valid,
                               .levels = levels },
                       threads);
}
