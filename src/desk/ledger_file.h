/* A ledger's file: a database, its tables and the statements on them. ledger_open(), ledger_close() and
 * ledger_copy() are here, too. For ledger.c only. */
#pragma once

#include <sqlite3.h>

#include "desk/ledger.h"

typedef enum {
    GET_GALLERY,
    GET_GALLERIES,
    GET_ALL,
    GET_PHOTOS,
    GET_RECORD,
    GET_MAKING,
    PUT_PHOTO,
    PUT_RECORD,
    DROP_PHOTO,
    DROP_RECORD,
    PUT_GALLERY,
    DROP_GALLERY,
    DROP_PHOTOS,
    DROP_RECORDS,
    STATEMENTS
} Statement;

struct Ledger {
    sqlite3 *db;
    sqlite3_stmt *statement[STATEMENTS];
};

/* The statement, with the first parameters bound: NULL leaves one unbound. What is bound must outlive it. */
sqlite3_stmt *ledger_begin(Ledger *ledger, Statement which, const char *gallery, const char *name);

/* Runs to its end a statement that gives no rows. */
gboolean ledger_finish(Ledger *ledger, sqlite3_stmt *s, GError **error);

/* Statements that take and give nothing, as BEGIN. */
gboolean ledger_run(Ledger *ledger, const char *statements, GError **error);

/* Sets the error of what has just failed, and returns FALSE. */
gboolean ledger_fail(Ledger *ledger, GError **error);

/* Whether the database that is attached by this name has our tables. */
gboolean ledger_is_ours(Ledger *ledger, const char *name);
