/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/page_store.h: pages, each kept once, in a file without a name.
 *
 * The file is made in TMPDIR (/var/tmp where that is not set) and has no name:
 * nobody else can open it, and it goes with scdb.  In memory there are 16 bytes
 * of hash a page and the table to find them by.  The hash (XXH3, 128 bits) is
 * seeded by chance, so that a program can't have made pages that it takes for
 * one; two of a billion pages meet by accident with a chance of 10^-20.
 *
 * Page 0 is all zeros and is nowhere.
 */
#ifndef SCDB_SESSION_PAGE_STORE_H
#define SCDB_SESSION_PAGE_STORE_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

enum { STORE_PAGE = 4096, STORE_ZEROS = 0 };

struct page_hash {
	uint64_t low, high;
};

struct page_store;

struct error *page_store_create(struct page_store **store) MUST_CHECK;
/* NULL is fine. */
void page_store_destroy(struct page_store *store);

struct page_hash page_store_hash(const struct page_store *store,
                                 const void *page);
/* Whether page ID has that hash. */
bool page_store_is(const struct page_store *store, uint32_t id,
                   const struct page_hash *hash);
/* The page with such contents, a new one if need be. */
struct error *page_store_put(struct page_store *store, const void *page,
                             const struct page_hash *hash,
                             uint32_t *id) MUST_CHECK;
struct error *page_store_get(struct page_store *store, uint32_t id,
                             void *page) MUST_CHECK;
/* Pages that are kept, without page 0. */
size_t page_store_count(const struct page_store *store);
/* Drops all pages of which USED lacks the bit. */
struct error *page_store_keep(struct page_store *store,
                              const uint8_t *used) MUST_CHECK;
/* Ids are below this: bits of USED. */
size_t page_store_ids(const struct page_store *store);

#endif
