#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where symbols come from: debug files by build-id, by .gnu_debuglink in its
# three places, one that does not belong; .gnu_debugdata; debuginfod; files
# without section headers, deleted and replaced ones; libraries that come and
# go; PLT entries; code of a JIT compiler.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
unset DEBUGINFOD_URLS
cd "$work" || exit 1

cat >program.c <<'EOF'
static int __attribute__((noinline)) hidden(int x) { return x * 3; }
int main(int argc, char **argv) { (void)argv; return hidden(argc); }
EOF
$CC -g -O1 -Wl,--build-id -o full program.c || exit 1
objcopy --only-keep-debug full program.debug
id=$(readelf -n full | sed -n 's/.*Build ID: //p')
address=$(nm full | sed -n 's/^0*\(.*\) t hidden$/\1/p')

# finds WHAT PROGRAM [OPTION...]: `hidden` is known there.
finds()
{
	what=$1 file=$2
	shift 2
	scdb "$@" -e "info address hidden" "$file" >out 2>&1
	grep -q "^Symbol \"hidden\" is .* 0x$address" out ||
		fail "$what: hidden is not found" out
}

# hides WHAT PROGRAM [OPTION...]
hides()
{
	what=$1 file=$2
	shift 2
	scdb "$@" -e "info address hidden" "$file" >out 2>&1 &&
		fail "$what: hidden is found" out
}

finds "not stripped" ./full
strip -o bare full
hides "stripped" ./bare

# By build-id.
mkdir -p "dir/.build-id/$(echo "$id" | cut -c 1-2)"
cp program.debug "dir/.build-id/$(echo "$id" | sed 's,^..,&/,').debug"
finds "build-id" ./bare -e "set debug-file-directory $work/dir"
finds "build-id, second directory" ./bare \
	-e "set debug-file-directory /nowhere:$work/dir"
# One of another program does not count.
echo 'int main(void) { return 1; }' >other.c
$CC -g -Wl,--build-id -o other other.c
cp other "dir/.build-id/$(echo "$id" | sed 's,^..,&/,').debug"
hides "another's debug file" ./bare -e "set debug-file-directory $work/dir"

# By link: beside it, in .debug, below the directory; the checksum counts.
$CC -g -O1 -Wl,--build-id=none -o anonymous program.c
address_before=$address
address=$(nm anonymous | sed -n 's/^0*\(.*\) t hidden$/\1/p')
objcopy --only-keep-debug anonymous linked.debug
objcopy --strip-all --add-gnu-debuglink=linked.debug anonymous linked
finds "debuglink, beside" ./linked
mkdir .debug
mv linked.debug .debug
finds "debuglink, .debug" ./linked
mkdir -p "$work/global$work"
mv .debug/linked.debug "$work/global$work"
finds "debuglink, directory" ./linked \
	-e "set debug-file-directory $work/global"
hides "debuglink, no directory" ./linked
cp other linked.debug
hides "debuglink, another checksum" ./linked
address=$address_before

# A mini debug file.
objcopy -S --remove-section .comment --keep-symbol hidden full mini
xz -c mini >mini.xz
objcopy --add-section .gnu_debugdata=mini.xz bare small
finds "gnu_debugdata" ./small

# debuginfod, from a directory: not unasked.
mkdir -p "server/buildid/$id" cache
cp program.debug "server/buildid/$id/debuginfo"
export DEBUGINFOD_URLS="file://$work/server/" DEBUGINFOD_CACHE_PATH="$work/cache"
hides "debuginfod, ask" ./bare
hides "debuginfod, off" ./bare -e 'set debuginfod enabled off'
scdb -e 'set debuginfod enabled on' -e starti -e 'info sharedlibrary' \
	-e 'info files' -e 'info address hidden' ./bare >out 2>&1
finds "debuginfod, on" ./bare -e 'set debuginfod enabled on'
unset DEBUGINFOD_URLS

# Without section headers there is what others link to.
$CC -O1 -rdynamic -o exported program.c
cp exported headless
# e_shoff, and e_shnum with e_shstrndx
printf '\0\0\0\0\0\0\0\0' | dd of=headless bs=1 seek=40 conv=notrunc 2>/dev/null
printf '\0\0\0\0' | dd of=headless bs=1 seek=60 conv=notrunc 2>/dev/null
scdb -e 'info address main' ./headless >out 2>&1
grep -q "^Symbol \"main\" is at 0x" out || fail "no section headers" out

# A file that is deleted, or replaced, while it runs.
for how in 'rm -f gone' 'cp --remove-destination other gone'; do
	cp full gone
	scdb -e starti -e "shell $how" -e 'info address hidden' ./gone \
		>out 2>&1
	grep -q '^Symbol "hidden" is ' out || fail "$how" out
done

# PLT entries.
scdb -e 'info address getppid@plt' "$SCDB_TRACEES/whoami" >out 2>&1
plt=$(gdb -nx -batch -ex 'info functions @plt$' "$SCDB_TRACEES/whoami" |
	sed -n 's/^0x0*\([0-9a-f]*\)  \(.*@plt\)$/\1 \2/p' | head -n 1)
if [ -n "$plt" ]; then
	scdb -e "info address ${plt#* }" "$SCDB_TRACEES/whoami" >out 2>&1
	grep -q "is at 0x${plt% *} in a file" out || fail "PLT: $plt" out
else
	fail "gdb knows no PLT entry of whoami"
fi

# Libraries that come and go; and code that no file has.
cat >plugin.c <<'EOF'
int plugin_function(void) { return 4711; }
EOF
cat >loads.c <<'EOF'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	static const unsigned char code[] = { /* mov $39,%eax; syscall; ret */
		0xb8, 39, 0, 0, 0, 0x0f, 0x05, 0xc3 };
	char *page;
	char name[64];
	FILE *map;
	void *lib;
	getppid();
	lib = dlopen("./plugin.so", RTLD_NOW);
	getppid();
	dlclose(lib);
	getppid();
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memcpy(page + 64, code, sizeof(code));
	sprintf(name, "/tmp/perf-%d.map", getpid());
	map = fopen(name, "w");
	fprintf(map, "junk\n%lx 80 around\n%lx 10 old\nx y z\n1 2\n"
	        "%lx 10 jitted:f(int)\n%lx 8 other", (long)page,
	        (long)(page + 64), (long)(page + 64), (long)(page + 56));
	fclose(map);
	((int (*)(void))(page + 64))();
	unlink(name);
	return 0;
}
EOF
$CC -shared -fPIC -o plugin.so plugin.c && $CC -o loads loads.c -ldl || exit 1
cat >commands <<'EOF'
catch syscall getppid entry
run
info sharedlibrary plugin
continue
info sharedlibrary plugin
info functions -q ^plugin_function$
continue
info sharedlibrary plugin
info functions -q ^plugin_function$
delete
catch syscall getpid entry if $pc & 0xfff == 0x47
catch syscall getpid entry
continue
continue
EOF
scdb -x commands ./loads >out 2>&1
[ "$(grep -c 'plugin.so$' out)" = 1 ] || fail "dlopen, dlclose" out
[ "$(grep -c '  plugin_function$' out)" = 1 ] || fail "dlopen: names" out
[ "$(grep -c 'No shared libraries matched' out)" = 2 ] || fail "dlclose" out
grep -q ' in jitted:f(int)+7 (perf-[0-9]*\.map)$' out || fail "perf map" out
finish
