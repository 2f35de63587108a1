/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Location lists, looked through before libdw reads them: in elfutils 0.188 an
 * expression of 2^63 bytes or more in a DWARF 5 list passes its check, and it
 * then reads far outside the section (dwarf_getlocation_addr).
 */
#include "symbols/dwarf.h"

#include <string.h>

enum { LOCLIST_MAX = 1 << 20 };

struct list_data {
	const uint8_t *start, *at, *end;
	bool bad;
};

static uint64_t get_uleb(struct list_data *d)
{
	uint64_t value = 0;

	for (unsigned shift = 0; d->at < d->end; shift += 7) {
		uint8_t byte = *d->at++;

		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	d->bad = true;
	return 0;
}

static void skip(struct list_data *d, uint64_t count)
{
	if (count > (uint64_t)(d->end - d->at)) {
		d->bad = true;
		d->at = d->end;
		return;
	}
	d->at += count;
}

static uint64_t get_number(struct list_data *d, unsigned size)
{
	uint64_t value = 0;

	if ((uint64_t)(d->end - d->at) < size) {
		d->bad = true;
		return 0;
	}
	memcpy(&value, d->at, size);
	d->at += size;
	return value;
}

static bool find_section(Dwarf *dwarf, const char *wanted,
                         struct list_data *data)
{
	Elf *elf = dwarf_getelf(dwarf);
	Elf_Scn *scn = NULL;
	size_t names;

	if (!elf || elf_getshdrstrndx(elf, &names) != 0)
		return false;
	while ((scn = elf_nextscn(elf, scn))) {
		Elf_Data *bytes;
		GElf_Shdr sh;
		const char *name;

		if (!gelf_getshdr(scn, &sh) || sh.sh_type == SHT_NOBITS)
			continue;
		name = elf_strptr(elf, names, sh.sh_name);
		if (!name || strcmp(name, wanted) != 0)
			continue;
		bytes = elf_getdata(scn, NULL);
		if (!bytes || !bytes->d_buf)
			return false;
		data->start = data->at = bytes->d_buf;
		data->end = data->start + bytes->d_size;
		return true;
	}
	return false;
}

/* Where entry INDEX of the unit's table of lists leads to. */
static uint64_t indexed(struct list_data *d, Dwarf_Die *unit,
                        unsigned offset_size, uint64_t index)
{
	struct list_data table = *d;
	Dwarf_Attribute attr;
	Dwarf_Word base = offset_size == 8 ? 20 : 12;
	uint64_t offset;

	if (dwarf_attr(unit, DW_AT_loclists_base, &attr) &&
	    dwarf_formudata(&attr, &base) != 0)
		d->bad = true;
	if (index > UINT32_MAX)
		d->bad = true;
	skip(&table, base);
	skip(&table, index * offset_size);
	offset = get_number(&table, offset_size);
	d->bad |= table.bad;
	return base + offset;
}

/* One entry; false: it was the last. */
static bool skip_entry(struct list_data *d, unsigned address_size)
{
	switch (get_number(d, 1)) {
	case DW_LLE_end_of_list:
		return false;
	case DW_LLE_base_addressx:
		get_uleb(d);
		return true;
	case DW_LLE_base_address:
		skip(d, address_size);
		return true;
	case 9: /* DW_LLE_GNU_view_pair: no expression */
		get_uleb(d);
		get_uleb(d);
		return true;
	case DW_LLE_startx_endx:
	case DW_LLE_startx_length:
	case DW_LLE_offset_pair:
		get_uleb(d);
		get_uleb(d);
		break;
	case DW_LLE_default_location:
		break;
	case DW_LLE_start_end:
		skip(d, 2 * (uint64_t)address_size);
		break;
	case DW_LLE_start_length:
		skip(d, address_size);
		get_uleb(d);
		break;
	default:
		d->bad = true;
	}
	skip(d, get_uleb(d));
	return true;
}

bool attr_list_is_sound(Dwarf_Attribute *attr)
{
	uint8_t address_size = 8, offset_size = 4;
	unsigned form = dwarf_whatform(attr);
	struct list_data d = { 0 };
	Dwarf_Half version = 0;
	Dwarf_Die unit;
	uint64_t at = 0;

	if (!dwarf_cu_die(attr->cu, &unit, &version, NULL, &address_size,
	                  &offset_size, NULL, NULL))
		return false;
	if (version < 5 ||
	    (form != DW_FORM_loclistx && form != DW_FORM_sec_offset))
		return true;
	if (!find_section(dwarf_cu_getdwarf(attr->cu), ".debug_loclists",
	                  &d) &&
	    !find_section(dwarf_cu_getdwarf(attr->cu), ".debug_loclists.dwo",
	                  &d))
		return true;       /* libdw says so itself */
	if (form == DW_FORM_loclistx) {
		struct list_data number = { .at = attr->valp,
		                            .end = attr->valp + 10 };

		at = indexed(&d, &unit, offset_size, get_uleb(&number));
		d.bad |= number.bad;
	} else {
		memcpy(&at, attr->valp, offset_size == 8 ? 8 : 4);
	}
	skip(&d, at);
	for (unsigned i = 0; i < LOCLIST_MAX && !d.bad; i++)
		if (!skip_entry(&d, address_size))
			return !d.bad;
	return false;
}
