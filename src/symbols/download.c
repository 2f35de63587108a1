/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debug files from a debuginfod server, through elfutils' client, which keeps
 * what it fetched.  The library is loaded only where a server is named.
 */
#include "symbols/internal.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

/* debuginfod(3); its header is not everywhere. */
struct client_library {
	void *(*begin)(void);
	void (*end)(void *client);
	int (*find_debuginfo)(void *client, const unsigned char *id, int len,
	                      char **path);
	void (*set_progressfn)(void *client,
	                       int (*fn)(void *client, long done, long total));
	void (*set_user_data)(void *client, void *data);
};

static bool load(struct client_library *l)
{
	/* Global, for on_progress. It stays: unloading curl is not safe. */
	void *handle = dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_GLOBAL);

	if (!handle)
		return false;
	*(void **)&l->begin = dlsym(handle, "debuginfod_begin");
	*(void **)&l->end = dlsym(handle, "debuginfod_end");
	*(void **)&l->find_debuginfo = dlsym(handle,
	                                     "debuginfod_find_debuginfo");
	*(void **)&l->set_progressfn = dlsym(handle,
	                                     "debuginfod_set_progressfn");
	*(void **)&l->set_user_data = dlsym(handle,
	                                    "debuginfod_set_user_data");
	return l->begin && l->end && l->find_debuginfo && l->set_progressfn &&
	       l->set_user_data;
}

/* Called a few times a second; anything but 0 ends the download. */
static int on_progress(void *client, long done, long total)
{
	void *(*user_data)(void *client);
	const struct symbol_file *f;
	const struct symbols_hooks *hooks;

	*(void **)&user_data = dlsym(RTLD_DEFAULT, "debuginfod_get_user_data");
	if (!user_data)
		return 1;
	f = user_data(client);
	hooks = &f->symbols->hooks;
	if (hooks->interrupted && hooks->interrupted(hooks->ctx))
		return 1;
	if (hooks->progress)
		hooks->progress(hooks->ctx, f->path,
		                done > 0 ? (uint64_t)done : 0,
		                total > 0 ? (uint64_t)total : 0);
	return 0;
}

static bool is_wanted(const struct symbols_hooks *hooks)
{
	const char *urls = getenv("DEBUGINFOD_URLS");

	return urls && *urls && hooks->may_download &&
	       hooks->may_download(hooks->ctx);
}

int debuginfod_download(const struct symbol_file *f, const uint8_t *id,
                        size_t len)
{
	const struct symbols_hooks *hooks = &f->symbols->hooks;
	struct client_library l;
	void *client;
	int fd;

	if (!len || !is_wanted(hooks) || !load(&l))
		return -1;
	client = l.begin();
	if (!client)
		return -1;
	l.set_user_data(client, (void *)(uintptr_t)f);
	l.set_progressfn(client, on_progress);
	fd = l.find_debuginfo(client, id, (int)len, NULL);
	l.end(client);
	if (hooks->progress)
		hooks->progress(hooks->ctx, f->path, SIZE_MAX, 0);
	return fd < 0 ? -1 : fd;
}
