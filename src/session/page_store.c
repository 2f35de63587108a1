/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/page_store.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>
#include <xxh_x86dispatch.h>

enum {
	PENDING = 128,            /* new pages that are written together */
	FIRST_SLOTS = 1 << 12,
};

struct page_store {
	int fd;
	uint8_t secret[192];      /* XXH3_SECRET_SIZE_MIN is 136 */
	VEC(struct page_hash) hashes; /* by id; [0]: of zeros */
	VEC(uint32_t) unused;     /* ids to be taken again */
	uint32_t *slots;          /* ids by hash; 0: empty */
	size_t slot_count;        /* a power of two */
	uint8_t *pending;         /* pages FIRST_PENDING and on */
	uint32_t first_pending;
	size_t pending_count;
};

static struct error *store_error(const char *verb, int errnum)
{
	return error_errno(errnum, "can't %s the file of snapshots in %s",
	                   verb, getenv("TMPDIR") ? getenv("TMPDIR")
	                                          : "/var/tmp");
}

/* Some file systems have no O_TMPFILE. */
static int open_nameless(void)
{
	const char *dir = getenv("TMPDIR");
	AUTO_FREE char *name = NULL;
	int fd;

	if (!dir || !*dir)
		dir = "/var/tmp";
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	name = xasprintf("%s/.scdb-XXXXXX", dir);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

struct error *page_store_create(struct page_store **store)
{
	static const uint8_t zeros[STORE_PAGE];
	struct page_store *s = xcalloc(1, sizeof(*s));
	size_t got = 0;

	s->fd = open_nameless();
	if (s->fd < 0) {
		struct error *err = store_error("make", errno);

		free(s);
		return err;
	}
	while (got < sizeof(s->secret)) {
		ssize_t n = getrandom(s->secret + got, sizeof(s->secret) - got,
		                      0);

		got += n > 0 ? (size_t)n : 0;
	}
	s->slot_count = FIRST_SLOTS;
	s->slots = xcalloc(s->slot_count, sizeof(*s->slots));
	s->pending = xmalloc((size_t)PENDING * STORE_PAGE);
	vec_push(&s->hashes, page_store_hash(s, zeros));
	*store = s;
	return NULL;
}

void page_store_destroy(struct page_store *store)
{
	if (!store)
		return;
	close(store->fd);
	vec_deinit(&store->hashes);
	vec_deinit(&store->unused);
	free(store->slots);
	free(store->pending);
	free(store);
}

struct page_hash page_store_hash(const struct page_store *store,
                                 const void *page)
{
	XXH128_hash_t h = XXH3_128bits_withSecret(page, STORE_PAGE,
	                                          store->secret,
	                                          sizeof(store->secret));

	return (struct page_hash){ h.low64, h.high64 };
}

static bool same(const struct page_hash *a, const struct page_hash *b)
{
	return a->low == b->low && a->high == b->high;
}

bool page_store_is(const struct page_store *store, uint32_t id,
                   const struct page_hash *hash)
{
	return same(&store->hashes.items[id], hash);
}

/* Where HASH is, or would be. */
static uint32_t *find_slot(const struct page_store *s,
                           const struct page_hash *hash)
{
	size_t at = hash->low & (s->slot_count - 1);

	while (s->slots[at] && !page_store_is(s, s->slots[at], hash))
		at = (at + 1) & (s->slot_count - 1);
	return &s->slots[at];
}

static void make_slots(struct page_store *s, size_t count)
{
	uint32_t *old = s->slots;
	size_t old_count = s->slot_count;

	s->slots = xcalloc(count, sizeof(*s->slots));
	s->slot_count = count;
	for (size_t i = 0; i < old_count; i++)
		if (old[i])
			*find_slot(s, &s->hashes.items[old[i]]) = old[i];
	free(old);
}

static off_t place(uint32_t id)
{
	return (off_t)id * STORE_PAGE;
}

static struct error *write_pages(const struct page_store *s, uint32_t id,
                                 const uint8_t *data, size_t len)
{
	off_t at = place(id);

	while (len) {
		ssize_t n = pwrite(s->fd, data, len, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return store_error("write", n ? errno : ENOSPC);
		data += n;
		at += n;
		len -= (size_t)n;
	}
	return NULL;
}

static struct error *flush(struct page_store *s)
{
	size_t count = s->pending_count;

	s->pending_count = 0;
	return write_pages(s, s->first_pending, s->pending, count * STORE_PAGE);
}

/* New ones that stand next to each other are written together. */
static struct error *write_new(struct page_store *s, uint32_t id,
                               const void *page)
{
	if (s->pending_count &&
	    (s->pending_count == PENDING ||
	     id != s->first_pending + s->pending_count))
		TRY(flush(s));
	if (!s->pending_count)
		s->first_pending = id;
	memcpy(s->pending + s->pending_count++ * STORE_PAGE, page, STORE_PAGE);
	return NULL;
}

struct error *page_store_put(struct page_store *store, const void *page,
                             const struct page_hash *hash, uint32_t *id)
{
	uint32_t *slot, fresh;

	if (page_store_is(store, STORE_ZEROS, hash)) {
		*id = STORE_ZEROS;
		return NULL;
	}
	if (page_store_count(store) * 4 > store->slot_count * 3)
		make_slots(store, store->slot_count * 2);
	slot = find_slot(store, hash);
	if (!*slot) {
		bool again = store->unused.len;

		if (store->hashes.len >= UINT32_MAX)
			return error_new(ERROR_REFUSED, "too many pages");
		fresh = again ? store->unused.items[store->unused.len - 1]
		              : (uint32_t)store->hashes.len;
		TRY(write_new(store, fresh, page));
		if (again) {
			store->unused.len--;
			store->hashes.items[fresh] = *hash;
		} else {
			vec_push(&store->hashes, *hash);
		}
		*slot = fresh;
	}
	*id = *slot;
	return NULL;
}

struct error *page_store_get(struct page_store *store, uint32_t id, void *page)
{
	ssize_t got;

	if (id == STORE_ZEROS) {
		memset(page, 0, STORE_PAGE);
		return NULL;
	}
	if (id >= store->first_pending &&
	    id - store->first_pending < store->pending_count) {
		memcpy(page, store->pending + (size_t)(id -
		       store->first_pending) * STORE_PAGE, STORE_PAGE);
		return NULL;
	}
	do {
		got = pread(store->fd, page, STORE_PAGE, place(id));
	} while (got < 0 && errno == EINTR);
	return got == STORE_PAGE ? NULL
	       : store_error("read", got < 0 ? errno : EIO);
}

size_t page_store_count(const struct page_store *store)
{
	return store->hashes.len - 1 - store->unused.len;
}

size_t page_store_ids(const struct page_store *store)
{
	return store->hashes.len;
}

/* A hole, where the file system can make one. */
static void forget_page(struct page_store *s, uint32_t id)
{
	vec_push(&s->unused, id);
	if (fallocate(s->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
	              place(id), STORE_PAGE) != 0)
		return;
}

struct error *page_store_keep(struct page_store *store, const uint8_t *used)
{
	/* What waits to be written may be of a page that goes. */
	if (store->pending_count)
		TRY(flush(store));
	memset(store->slots, 0, store->slot_count * sizeof(*store->slots));
	store->unused.len = 0;
	for (size_t id = 1; id < store->hashes.len; id++) {
		if (used[id / 8] >> id % 8 & 1)
			*find_slot(store, &store->hashes.items[id]) =
				(uint32_t)id;
		else
			forget_page(store, (uint32_t)id);
	}
	return NULL;
}
