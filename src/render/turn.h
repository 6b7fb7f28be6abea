/* Squares of samples turned so that their rows become columns.
 *
 * To interleave the first half of a square's rows with its second half, as often as its side can be halved,
 * makes columns of rows. */
#pragma once

#include <glib.h>
#include <string.h>

enum { WORDS = 8, BYTES = 16 }; /* samples to a vector: the sides of the two squares */

typedef gint16 Words __attribute__((vector_size(16)));
typedef guint8 Bytes __attribute__((vector_size(16)));

static inline void turn_words(Words row[WORDS])
{
    for (int side = WORDS; side > 1; side /= 2) {
        Words next[WORDS];
        for (int i = 0; i < WORDS / 2; i++) {
            Words a = row[i], b = row[i + WORDS / 2];
            next[2 * i] = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
            next[2 * i + 1] = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
        }
        memcpy(row, next, sizeof next);
    }
}

static inline void turn_bytes(Bytes row[BYTES])
{
    for (int side = BYTES; side > 1; side /= 2) {
        Bytes next[BYTES];
        for (int i = 0; i < BYTES / 2; i++) {
            Bytes a = row[i], b = row[i + BYTES / 2];
            next[2 * i] =
                __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            next[2 * i + 1] =
                __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        }
        memcpy(row, next, sizeof next);
    }
}
