#include "page/snapshot.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"

static const char *const states[] = {
    [SNAPSHOT_ARRIVING] = "arriving",   [SNAPSHOT_WAITING] = "waiting", [SNAPSHOT_MAKING] = "making",
    [SNAPSHOT_PUBLISHED] = "published", [SNAPSHOT_FAILED] = "failed",
};

static const char *const lacks[SNAPSHOT_LACKS] = {
    [SNAPSHOT_NO_ROOM] = "room",
    [SNAPSHOT_NO_INBOX] = "inbox",
};

static void photo_free(gpointer data)
{
    SnapshotPhoto *photo = data;
    g_free(photo->gallery);
    g_free(photo->photo);
    g_free(photo->message);
    g_free(photo->wrong);
    g_free(photo->thumb);
    g_free(photo);
}

SnapshotPhoto *snapshot_photo_new(SnapshotState state, const char *gallery, const char *photo)
{
    SnapshotPhoto *is = g_new0(SnapshotPhoto, 1);
    is->state = state;
    is->gallery = g_strdup(gallery);
    is->photo = g_strdup(photo);
    is->at = g_get_real_time();
    return is;
}

GPtrArray *snapshot_photos_new(void)
{
    return g_ptr_array_new_with_free_func(photo_free);
}

Snapshot *snapshot_new(void)
{
    Snapshot *snapshot = g_new0(Snapshot, 1);
    snapshot->coming = snapshot_photos_new();
    snapshot->done = snapshot_photos_new();
    snapshot->bad = snapshot_photos_new();
    return snapshot;
}

void snapshot_free(Snapshot *snapshot)
{
    if (!snapshot)
        return;
    g_ptr_array_unref(snapshot->coming);
    g_ptr_array_unref(snapshot->done);
    g_ptr_array_unref(snapshot->bad);
    g_free(snapshot->language);
    g_free(snapshot->hindered);
    g_free(snapshot);
}

const char *snapshot_lack(SnapshotLack lack)
{
    return lacks[lack];
}

gboolean snapshot_hinder(Snapshot *snapshot, SnapshotLack lack, const char *message)
{
    if (snapshot->lack == lack && g_strcmp0(snapshot->hindered, message) == 0)
        return FALSE;
    snapshot->lack = lack;
    g_free(snapshot->hindered);
    snapshot->hindered = g_strdup(message);
    return TRUE;
}

/* ---- To JSON ---- */

static void add_text(GVariantBuilder *b, const char *key, const char *text)
{
    if (!text)
        return;
    g_autofree char *valid = file_utf8(text);
    g_variant_builder_add(b, "{sv}", key, g_variant_new_string(valid));
}

static void add_count(GVariantBuilder *b, const char *key, guint count)
{
    g_variant_builder_add(b, "{sv}", key, g_variant_new_uint32(count));
}

static void add_time(GVariantBuilder *b, const char *key, gint64 us)
{
    if (us <= 0)
        return;
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(us / G_TIME_SPAN_SECOND);
    g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
    g_variant_builder_add(b, "{sv}", key, g_variant_new_string(text));
}

static void add_photos(GVariantBuilder *b, const GPtrArray *photos)
{
    for (guint i = 0; i < photos->len; i++) {
        const SnapshotPhoto *photo = photos->pdata[i];
        GVariantBuilder is;
        g_variant_builder_init(&is, G_VARIANT_TYPE_VARDICT);
        add_text(&is, "state", states[photo->state]);
        add_text(&is, "gallery", photo->gallery);
        add_text(&is, "photo", photo->photo);
        add_time(&is, "since", photo->at);
        add_text(&is, "message", photo->message);
        add_text(&is, "wrong", photo->wrong);
        add_text(&is, "thumb", photo->thumb);
        if (photo->thumb) {
            add_count(&is, "width", photo->width);
            add_count(&is, "height", photo->height);
        }
        g_variant_builder_add_value(b, g_variant_builder_end(&is));
    }
}

char *snapshot_text(const Snapshot *snapshot, const gboolean *running)
{
    GVariantBuilder b, photos;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    if (running)
        g_variant_builder_add(&b, "{sv}", "running", g_variant_new_boolean(*running));
    add_text(&b, "language", snapshot->language);
    g_variant_builder_add(&b, "{sv}", "process", g_variant_new_int64(snapshot->process));
    add_time(&b, "began", snapshot->began);
    add_time(&b, "updated", snapshot->updated);
    g_variant_builder_add(&b, "{sv}", "ended", g_variant_new_boolean(snapshot->ended));
    add_time(&b, "last-success", snapshot->last_success);
    add_count(&b, "published", snapshot->published);
    add_count(&b, "failed", snapshot->failed);
    add_count(&b, "arriving", snapshot->arriving);
    add_count(&b, "queued", snapshot->queued);
    add_text(&b, "lacks", lacks[snapshot->lack]);
    add_text(&b, "hindered", snapshot->hindered);
    g_variant_builder_add(&b, "{sv}", "times", times_tell(&snapshot->times));
    g_variant_builder_init(&photos, G_VARIANT_TYPE("aa{sv}"));
    add_photos(&photos, snapshot->coming);
    add_photos(&photos, snapshot->bad);
    add_photos(&photos, snapshot->done);
    g_variant_builder_add(&b, "{sv}", "photos", g_variant_builder_end(&photos));
    g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_builder_end(&b));
    return json_text(all, TRUE);
}

/* ---- And back ---- */

static gint64 read_time(GVariant *from, const char *key)
{
    g_autofree char *text = NULL;
    g_variant_lookup(from, key, "s", &text);
    g_autoptr(GDateTime) time = text ? g_date_time_new_from_iso8601(text, NULL) : NULL;
    return time ? g_date_time_to_unix(time) * G_TIME_SPAN_SECOND : 0;
}

static guint read_count(GVariant *from, const char *key)
{
    gint64 count = 0;
    return g_variant_lookup(from, key, "x", &count) && count > 0 && count <= G_MAXUINT ? (guint)count : 0;
}

static void read_photo(Snapshot *snapshot, GVariant *from)
{
    const char *state = NULL;
    g_autofree char *gallery = NULL, *name = NULL;
    if (!g_variant_lookup(from, "state", "&s", &state) || !g_variant_lookup(from, "gallery", "s", &gallery) ||
        !g_variant_lookup(from, "photo", "s", &name))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(states); i++) {
        if (strcmp(state, states[i]) != 0)
            continue;
        GPtrArray *list = i == SNAPSHOT_PUBLISHED ? snapshot->done
                          : i == SNAPSHOT_FAILED  ? snapshot->bad
                                                  : snapshot->coming;
        if (list->len == SNAPSHOT_MOST)
            return;
        SnapshotPhoto *photo = snapshot_photo_new((SnapshotState)i, gallery, name);
        g_ptr_array_add(list, photo);
        photo->at = read_time(from, "since");
        g_variant_lookup(from, "message", "s", &photo->message);
        g_variant_lookup(from, "wrong", "s", &photo->wrong);
        g_variant_lookup(from, "thumb", "s", &photo->thumb);
        photo->width = read_count(from, "width");
        photo->height = read_count(from, "height");
    }
}

static void read_lack(Snapshot *snapshot, GVariant *from)
{
    const char *name = NULL, *message = NULL;
    if (!g_variant_lookup(from, "lacks", "&s", &name) || !g_variant_lookup(from, "hindered", "&s", &message))
        return;
    for (SnapshotLack lack = SNAPSHOT_NO_LACK + 1; lack < SNAPSHOT_LACKS; lack++)
        if (strcmp(name, lacks[lack]) == 0)
            snapshot_hinder(snapshot, lack, message);
}

Snapshot *snapshot_read(const char *text, gsize size)
{
    g_autoptr(GVariant) from = json_read(text, size, NULL);
    if (!from || !g_variant_is_of_type(from, G_VARIANT_TYPE_VARDICT))
        return NULL;
    Snapshot *snapshot = snapshot_new();
    g_variant_lookup(from, "language", "s", &snapshot->language);
    g_variant_lookup(from, "process", "x", &snapshot->process);
    read_lack(snapshot, from);
    g_variant_lookup(from, "ended", "b", &snapshot->ended);
    snapshot->began = read_time(from, "began");
    snapshot->updated = read_time(from, "updated");
    snapshot->last_success = read_time(from, "last-success");
    snapshot->published = read_count(from, "published");
    snapshot->failed = read_count(from, "failed");
    snapshot->arriving = read_count(from, "arriving");
    snapshot->queued = read_count(from, "queued");
    g_autoptr(GVariant) times = g_variant_lookup_value(from, "times", G_VARIANT_TYPE_VARDICT);
    if (times)
        times_read(&snapshot->times, times);
    g_autoptr(GVariant) photos = g_variant_lookup_value(from, "photos", G_VARIANT_TYPE("av"));
    for (gsize i = 0; photos && i < g_variant_n_children(photos); i++) {
        g_autoptr(GVariant) boxed = g_variant_get_child_value(photos, i);
        g_autoptr(GVariant) photo = g_variant_get_variant(boxed);
        if (g_variant_is_of_type(photo, G_VARIANT_TYPE_VARDICT))
            read_photo(snapshot, photo);
    }
    return snapshot;
}
