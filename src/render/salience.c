#include "render/salience.h"

#include <math.h>

#include "render/colour.h"
#include "render/glance.h"

/* ---- Attention ---- */

enum { SIDE = 32 }; /* cells each way, in which a picture is looked at: a coarse look finds what is large */

#define EDGE 5.0  /* weight of an edge */
#define DARK 5.0  /* luminance, of 100, below which a colour is none */
#define AREA 0.1  /* of the diagonal of the largest square: what draws the eye is of about this size */
#define REACH 3.0 /* of a Gaussian, in its deviations */

/* One number for each cell. */
typedef struct {
    guint width, height;
    double at[SIDE][SIDE];
} Map;

/* CIE 1931, of D65, where white has a luminance of 100. */
typedef struct {
    double x, y, z;
} Xyz;

static Xyz to_xyz(const guint8 rgb[3], const double linear[256])
{
    double r = linear[rgb[0]], g = linear[rgb[1]], b = linear[rgb[2]];
    return (Xyz){ 41.24 * r + 35.76 * g + 18.05 * b, 21.26 * r + 71.52 * g + 7.22 * b,
                  1.93 * r + 11.92 * g + 95.05 * b };
}

/* 100 for the direction of skin's colour, less the farther from it. */
static double skin(const Xyz *c)
{
    double length = sqrt(c->x * c->x + c->y * c->y + c->z * c->z);
    double dx = c->x / length - 0.78, dy = c->y / length - 0.57, dz = c->z / length - 0.44;
    return 100 - 100 * sqrt(dx * dx + dy * dy + dz * dz);
}

static double cube_root(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* a* of CIELAB. */
static double redness(const Xyz *c)
{
    return 500 * (cube_root(c->x / 95.047) - cube_root(c->y / 100));
}

static double luminance_at(Xyz cells[SIDE][SIDE], const Map *map, int x, int y)
{
    return cells[CLAMP(y, 0, (int)map->height - 1)][CLAMP(x, 0, (int)map->width - 1)].y;
}

static double edge(Xyz cells[SIDE][SIDE], const Map *map, int x, int y)
{
    return fabs(4 * cells[y][x].y - luminance_at(cells, map, x - 1, y) - luminance_at(cells, map, x + 1, y) -
                luminance_at(cells, map, x, y - 1) - luminance_at(cells, map, x, y + 1));
}

static void weigh(Map *map, const Glance *glance)
{
    double linear[256];
    for (int i = 0; i < 256; i++)
        linear[i] = colour_linear(i / 255.0);
    Xyz cells[SIDE][SIDE];
    guint w = map->width = glance->width, h = map->height = glance->height;
    for (guint y = 0; y < h; y++)
        for (guint x = 0; x < w; x++)
            cells[y][x] = to_xyz(glance->rgb + 3 * (y * w + x), linear);
    for (guint y = 0; y < h; y++)
        for (guint x = 0; x < w; x++) {
            const Xyz *c = &cells[y][x];
            map->at[y][x] = EDGE * edge(cells, map, (int)x, (int)y);
            if (c->y > DARK)
                map->at[y][x] += skin(c) + redness(c);
        }
}

/* Over a line of n numbers that stand step apart, the outermost of which go on beyond it. */
static void blur_line(double *line, guint n, guint step, const double *kernel, int reach)
{
    double blurred[SIDE] = { 0 };
    for (int i = 0; i < (int)n; i++)
        for (int k = -reach; k <= reach; k++)
            blurred[i] += kernel[ABS(k)] * line[step * (guint)CLAMP(i + k, 0, (int)n - 1)];
    for (guint i = 0; i < n; i++)
        line[step * i] = blurred[i];
}

static void blur(Map *map, double deviation)
{
    double kernel[SIDE];
    int reach = MIN((int)ceil(REACH * deviation), SIDE - 1);
    for (int k = 0; k <= reach; k++)
        kernel[k] = exp(-k * k / (2 * deviation * deviation));
    for (guint y = 0; y < map->height; y++)
        blur_line(map->at[y], map->width, 1, kernel, reach);
    for (guint x = 0; x < map->width; x++)
        blur_line(&map->at[0][x], map->height, SIDE, kernel, reach);
}

void salience_attention(const Frame *frame, double *x, double *y)
{
    g_autoptr(Glance) glance = glance_squared(frame, SIDE);
    Map map;
    weigh(&map, glance);
    double square = MIN(frame->width, frame->height);
    blur(&map, MAX(1, AREA * hypot(square * map.width / frame->width, square * map.height / frame->height)));
    guint best_x = map.width / 2, best_y = map.height / 2;
    for (guint j = 0; j < map.height; j++)
        for (guint i = 0; i < map.width; i++)
            if (map.at[j][i] > map.at[best_y][best_x]) {
                best_x = i;
                best_y = j;
            }
    *x = (best_x + 0.5) / map.width;
    *y = (best_y + 0.5) / map.height;
}

/* ---- Entropy ---- */

/* Of the tones in a part, in bits a pixel. */
static double entropy(const guint8 *tones, guint stride, guint width, guint height)
{
    guint n[256] = { 0 };
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
            n[tones[(gsize)y * stride + x]]++;
    double bits = 0, all = (double)width * height;
    for (int i = 0; i < 256; i++)
        if (n[i])
            bits -= n[i] / all * log2(n[i] / all);
    return bits;
}

static guint side_of(double part, guint whole)
{
    return (guint)CLAMP(lround(part * whole), 1, (long)whole);
}

void salience_entropy(const Frame *frame, double width, double height, double *x, double *y)
{
    g_autoptr(Glance) glance = glance_new(frame);
    gsize pixels = (gsize)glance->width * glance->height;
    g_autofree guint8 *tones = g_malloc(pixels);
    for (gsize i = 0; i < pixels; i++) { /* luma of ITU-R BT.601 */
        const guint8 *p = glance->rgb + 3 * i;
        tones[i] = (guint8)((299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000);
    }
    guint w = side_of(width, glance->width), h = side_of(height, glance->height);
    guint left = (glance->width - w) / 2, top = (glance->height - h) / 2;
    double most = entropy(tones + (gsize)top * glance->width + left, glance->width, w, h);
    for (guint j = 0; j <= glance->height - h; j++)
        for (guint i = 0; i <= glance->width - w; i++) {
            double here = entropy(tones + (gsize)j * glance->width + i, glance->width, w, h);
            if (here > most) {
                most = here;
                left = i;
                top = j;
            }
        }
    *x = (left + w / 2.0) / glance->width;
    *y = (top + h / 2.0) / glance->height;
}
