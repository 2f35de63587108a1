#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Symbols in odd places: another mount namespace, a library loaded into a link
# map of its own, a process of another user, a file of 2 GB, debug files that
# share a third one (dwz), and a debuginfod server that never answers.
# shellcheck disable=SC2034,SC2154
. "${0%/*}/../helpers.sh"
unset DEBUGINFOD_URLS
chmod 755 "$work"
cd "$work" || exit 1

cat >plugin.c <<'EOC'
#include <unistd.h>
int NAME(void) { return getppid(); }
EOC
cat >loads.c <<'EOC'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
int main(int argc, char **argv)
{
	void *lib = argc > 3 ? dlmopen(LM_ID_NEWLM, argv[1], RTLD_NOW)
	                     : dlopen(argv[1], RTLD_NOW);
	int (*fn)(void) = lib ? (int (*)(void))dlsym(lib, argv[2]) : 0;

	puts(fn ? "ready" : dlerror());
	fflush(stdout);
	if (fn && argc > 3)
		return fn() < 0;
	getchar();
	return 0;
}
EOC
mkdir inside outside
$CC -shared -fPIC -DNAME=of_inside -o inside/plugin.so plugin.c || exit 1
$CC -shared -fPIC -DNAME=of_outside -o outside/plugin.so plugin.c || exit 1
cp outside/plugin.so plugin.so
$CC -g -o loads loads.c -ldl || exit 1

# knows WHAT PID NAME FILE: the library's, and its address is where it is.
knows()
{
	scdb -p "$2" -e "info address $3" -e 'info sharedlibrary plugin' \
		>out 2>&1
	base=$(sed -n 's,^0*\([0-9a-f]*\)-[^ ]* r--p 00000000 .*/plugin.so$,\1,p' \
		"/proc/$2/maps" | head -n 1)
	value=$(nm -D "$4" | sed -n "s/ T $3\$//p")
	want=$(printf '0x%x' $((0x$base + 0x$value)))
	grep -q "^Symbol \"$3\" is at $want " out || fail "$1: $want" out
}

# Beside it there is another one of the same path, or none.
ready()
{
	says "$1" '^ready' || fail "no program: $1" "$1"
}
if unshare -m true 2>/dev/null; then
	mkfifo pipe
	input=$work/pipe
	start unshare -m sh -c "mount --bind inside/plugin.so plugin.so &&
		exec ./loads ./plugin.so of_inside" >here
	ready here
	knows "another file outside" "$pid" of_inside inside/plugin.so
	mkdir hidden
	start unshare -m sh -c "mount -t tmpfs none hidden &&
		cp inside/plugin.so hidden/ &&
		exec ./loads hidden/plugin.so of_inside" >there
	ready there
	knows "no file outside" "$pid" of_inside inside/plugin.so
fi

# Its own link map, whose libc is one more.
scdb -e 'catch syscall getppid entry' -e 'run' -e 'info symbol $pc' \
	-e backtrace -e 'info address of_outside' \
	--args ./loads ./plugin.so of_outside new >out 2>&1
grep -q '^#1 .* in of_outside () from .*plugin.so' out &&
	grep -q '^#2 .* in main ' out && grep -q '^getppid + ' out &&
	grep -q '^Symbol "of_outside" is at' out || fail "dlmopen" out

# Who may not read map_files. (Under root only: this is somebody else, who may
# attach to what is no child.)
if unshare -m true 2>/dev/null && [ "$(cat /proc/sys/kernel/yama/ptrace_scope \
	2>/dev/null || echo 0)" = 0 ]; then
	cat >plain <<-'EOS'
	mkfifo pipe
	./loads ./plugin.so of_outside <>pipe >mine &
	p=$!
	until grep -q ready mine; do sleep 0.05; done
	./scdb -q --nx --batch -p $p -e 'info address of_outside' \
		-e 'info address main'
	kill $p
	EOS
	# Where others may go; the tree may be where they may not.
	unshare -m sh -c "mount -t tmpfs -o mode=777 none /mnt &&
		cp '$SCDB' loads plugin.so plain /mnt/ && cd /mnt &&
		exec setpriv --reuid 65534 --regid 65534 --clear-groups \
			timeout 20 sh plain" >out 2>&1
	grep -q '^Symbol "of_outside" is at' out &&
		grep -q '^Symbol "main" is a function' out ||
		fail "another user" out
fi

# 2 GB and more, nearly all of it a hole: behind everything, and before the
# table of sections.
cat >big.c <<'EOC'
int small_one(void) { return 1; }
int main(void) { return small_one(); }
EOC
$CC -g -o big big.c || exit 1
cat >move.py <<'EOC'
import struct
old = open('big', 'rb').read()
at, = struct.unpack_from('<Q', old, 40)
size, count = struct.unpack_from('<HH', old, 58)
far = 2200 << 20
with open('moved', 'wb') as new:
    new.write(old[:40] + struct.pack('<Q', far) + old[48:])
    new.seek(far)
    new.write(old[at:at + size * count])
EOC
cp big behind && truncate -s 2200M behind && python3 move.py || exit 1
for file in behind moved; do
	SCDB_LIMIT=20 scdb -e 'info address small_one' \
		-e 'info line small_one' "./$file" >out 2>&1
	grep -q '^Symbol "small_one" is a function' out &&
		grep -q '^Line 1 of "big.c"' out || fail "2 GB, $file" out
	rm -f "$file"
done

# What two files share is in a third.
cat >types.h <<'EOC'
struct shared_one { int first_member; struct shared_two { long x, y; } two[4];
	char *texts[10]; union { double d; float f[2]; } u; enum { RED, BLUE } e; };
EOC
for n in 1 2; do
	printf '#include "types.h"\nstruct shared_one of_%s = { %s };\n' $n $n
	printf 'int main(void) { return of_%s.first_member; }\n' $n
done >both.c
sed -n 1,3p both.c >one.c
sed -n 4,6p both.c >two.c
if command -v dwz >/dev/null && $CC -g -gdwarf-4 -o one one.c &&
	$CC -g -gdwarf-4 -o two two.c && dwz -m common one two 2>dwz.log &&
	[ -e common ]; then
	readelf -SW one | grep -q debugaltlink || fail "dwz linked nothing"
	printf '%s\n' 'ptype struct shared_one' 'print of_1' \
		'whatis of_1.two[0].y' >ask
	scdb -x ask ./one >scdb.out 2>&1
	gdb -nx -batch -x ask ./one >gdb.out 2>&1
	grep -q 'first_member' gdb.out || fail "dwz and gdb" gdb.out
	same "dwz" gdb.out scdb.out
else
	echo "dwz shares nothing here"
fi

# A server that takes the question and never answers: Ctrl-C ends the wait.
cat >server.py <<'EOC'
import http.server, os, sys, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open('asked', 'a').write(self.path + '\n')
        if os.path.exists('slow'):
            data = open('debug', 'rb').read() + bytes(10 << 20)
            self.send_response(200)
            self.send_header('Content-Length', str(len(data)))
            self.send_header('Content-Type', 'application/octet-stream')
            self.end_headers()
            for at in range(0, len(data), 1 << 20):
                self.wfile.write(data[at:at + (1 << 20)])
                time.sleep(0.15)
            return
        time.sleep(60)
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
open('port', 'w').write('%d\n' % server.server_port)
server.serve_forever()
EOC
$CC -g -Wl,--build-id -o full big.c && objcopy --only-keep-debug full debug &&
	strip -o bare full || exit 1
at=$(nm full | sed -n 's/^\([0-9a-f]*\) T small_one$/\1/p')
input=/dev/null
start python3 server.py 2>server.log
until_true [ -s port ] || fail "no server" server.log
DEBUGINFOD_URLS=http://127.0.0.1:$(cat port)/
DEBUGINFOD_CACHE_PATH=$work/cache
DEBUGINFOD_TIMEOUT=0
export DEBUGINFOD_URLS DEBUGINFOD_CACHE_PATH DEBUGINFOD_TIMEOUT
SCDB_LIMIT=20 start timeout -k 2 20 "$SCDB" -q --nx -e \
	'set debuginfod enabled on' -e "break *0x$at" \
	-e 'echo goes on\n' --batch ./bare >silent 2>&1
waiting=$pid
until_true [ -s asked ] || fail "nobody was asked" silent
says silent 'downloading debug information for .*bare' ||
	fail "no progress line" silent
sleep 0.3
kill -INT "$(pgrep -P "$waiting" -x scdb)"
ended "$waiting"
[ "$status" -eq 1 ] && says silent 'interrupted' &&
	! grep -q 'goes on' silent || fail "Ctrl-C: status $status" silent
: >slow
rm -rf cache
scdb -e 'set debuginfod enabled on' -e 'info address small_one' ./bare \
	>out 2>&1
grep -q 'downloading debug information for .*bare: [0-9]* of 10 MB' out &&
	grep -q '^Symbol "small_one" is a function' out ||
	fail "slow server" out

# Asked in the middle of a line: that one is ended first.
rm -rf cache
scdb --json=json -e 'set debuginfod enabled on' -e 'echo begun' \
	-e "disassemble 0x$at" ./bare >out 2>&1
grep -qx begun out &&
	grep -qx 'downloading debug information for [^ ]*bare' out &&
	grep -q '^{"type":"note","message":"downloading [^"]*bare"}$' json &&
	grep -q '<+4>' out || fail "in the middle of a line" out json
finish
