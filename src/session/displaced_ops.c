/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What xol/ asks of a tracee. */
#include "session/sites_internal.h"

#include <sys/mman.h>

enum { PAGE = 4096 };

static bool get_regs(void *thread, uint32_t mask, struct arch_regs *regs)
{
	struct thread *t = thread;
	const struct arch_regs *all;

	/* Two words cost what all do. */
	if (mask & (mask - 1))
		error_destroy(target_regs(t, &all));
	for (unsigned i = 0; mask >> i; i++) {
		uint64_t word;
		struct error *err;

		if (!(mask >> i & 1))
			continue;
		err = target_word(t, i * 8, &word);
		if (err) {
			error_destroy(err);
			return false;
		}
		arch_word_set(regs, i * 8, word);
	}
	return true;
}

static bool put_regs(void *thread, uint32_t mask, const struct arch_regs *regs)
{
	struct thread *t = thread;

	for (unsigned i = 0; mask >> i; i++) {
		struct error *err;

		if (!(mask >> i & 1))
			continue;
		err = target_set_word(t, i * 8, arch_word_get(regs, i * 8));
		if (err) {
			error_destroy(err);
			return false;
		}
	}
	return true;
}

static bool read_plain(void *thread, taddr addr, void *data, size_t len)
{
	struct thread *t = thread;

	return target_read_plain(t->process, addr, data, len);
}

static bool write_plain(void *thread, taddr addr, const void *data, size_t len)
{
	struct thread *t = thread;

	return target_write_plain(t->process, addr, data, len);
}

static bool has_shadow(void *thread)
{
	taddr ssp;

	return target_shadow_stack(thread, &ssp);
}

static bool shadow_push(void *thread, taddr ret)
{
	return target_shadow_push(thread, ret);
}

static bool shadow_pop(void *thread, taddr ret)
{
	return target_shadow_pop(thread, ret);
}

static bool write_code(void *thread, taddr addr, const void *data, size_t len)
{
	struct thread *t = thread;
	struct error *err = target_write_raw(t->process, addr, data, len);
	bool done = !err;

	error_destroy(err);
	return done;
}

/* Where LEN bytes are free, as near to NEAR as possible, or 0. */
static taddr find_gap(const proc_map_vec *maps, taddr near, size_t len)
{
	const taddr margin = 16 * PAGE;
	taddr best = 0, best_far = 0, end = margin;

	for (size_t i = 0; i <= maps->len; i++) {
		taddr next = i < maps->len ? maps->items[i].start
		                           : end + 2 * margin + len;
		/* Away from what grows down, and from what is below. */
		taddr low = end + margin, high = next - margin - len;

		if (next > end && next - end > 2 * margin + len) {
			taddr at = near < low ? low : near > high ? high : near;
			taddr distance;

			at &= ~(taddr)(PAGE - 1);
			distance = at > near ? at - near : near - at;
			if (!best || distance < best_far) {
				best = at;
				best_far = distance;
			}
		}
		if (i < maps->len && maps->items[i].end > end)
			end = maps->items[i].end;
	}
	return best;
}

static struct error *map_at(struct thread *t, taddr addr, size_t len,
                            int64_t *result)
{
	enum { FIXED_NOREPLACE = 0x100000 }; /* Linux 4.17 */
	struct remote_call map = {
		.args = { addr, len, PROT_READ | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS |
			  (addr ? FIXED_NOREPLACE : 0), (uint64_t)-1, 0 },
	};

	if (t->stop.reasons & STOP_ENTRY)
		map.abi = t->stop.call.abi;
	else
		TRY(target_abi(t, &map.abi));
	map.nr = map.abi == ABI_I386 ? 192 /* mmap2 */ : 9;
	return target_remote_call(t, &map, result);
}

static struct error *map_near(void *thread, taddr near, size_t len, taddr *addr)
{
	struct thread *t = thread;
	proc_map_vec maps = { 0 };
	int64_t result;
	taddr gap;

	TRY(proc_maps(t->tid, &maps));
	gap = find_gap(&maps, near, len);
	proc_maps_deinit(&maps);
	TRY(map_at(t, gap, len, &result));
	if (gap && arch_is_error(result))
		TRY(map_at(t, 0, len, &result));
	if (arch_is_error(result))
		return error_errno((int)-result, "the process could not map "
		                   "memory to execute");
	*addr = (taddr)result;
	return NULL;
}

static bool is_mapped(void *thread, taddr addr)
{
	struct thread *t = thread;
	proc_map_vec maps = { 0 };
	struct error *err = proc_maps(t->tid, &maps);
	bool mapped = false;

	for (size_t i = 0; !err && i < maps.len && !mapped; i++)
		mapped = addr >= maps.items[i].start &&
		         addr < maps.items[i].end &&
		         maps.items[i].perms[2] == 'x';
	error_destroy(err);
	proc_maps_deinit(&maps);
	return mapped;
}

static bool is_watched(void *thread)
{
	const struct thread *t = thread;

	return !arch_debug_empty(&t->process->debug);
}

const struct xol_ops displaced_ops = {
	.get = get_regs,
	.put = put_regs,
	.read = read_plain,
	.write = write_plain,
	.has_shadow = has_shadow,
	.shadow_push = shadow_push,
	.shadow_pop = shadow_pop,
	.write_code = write_code,
	.map = map_near,
	.mapped = is_mapped,
	.watched = is_watched,
};
