#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The rules that come with scdb, on real programs, with both engines.  What a
# program says goes to files of $work, so that scdb's own lines are apart.
# limit: 120
# shellcheck disable=SC2016,SC2154
. "${0%/*}/../helpers.sh"

# Unbuffered, python itself loses what a short write leaves.
unset PYTHONUNBUFFERED
python=/usr/bin/python3
[ -x $python ] || python=python3

# virtual ENGINE RULES SETTINGS COMMAND...: SETTINGS are lines.
virtual()
{
	engine=$1 rules=$2
	what="$rules with $engine"
	printf '%b\nset rules-directory %s\nload rules %s\nrun\ninfo rules\n' \
		"$3" "$SCDB_TOP/rules" "$rules" >"$work/commands"
	shift 3
	scdb --engine "$engine" -x "$work/commands" --args "$@" \
		>"$work/out" 2>&1 || fail "$what: scdb failed" "$work/out"
	awk 'infos && $4 > 0 { exit 1 } /^Num / { infos = 1 }' "$work/out" ||
		fail "$what: rules failed" "$work/out"
}

# same FILE: what was said is what the here-document says.
same()
{
	cat >"$work/right"
	diff "$work/right" "$1" >"$work/diff" ||
		fail "$what: < is right" "$work/diff"
}

# hits NUMBER: this rule acted.
hits()
{
	awk -v n="$1" '$1 == n && $3 > 0 { found = 1 } END { exit !found }' \
		"$work/out" || fail "$what: rule $1 was not hit" "$work/out"
}

# A folder seen elsewhere: by all kinds of paths, and in nothing else.
mkdir -p "$work/etc/sub" "$work/real/sub"
echo real >"$work/real/file"
echo real >"$work/real/alone"
echo moved >"$work/etc/file"
echo deep >"$work/etc/sub/deep"
ln -s "$work/real/file" "$work/etc/link"
ln -s real/file "$work/outside"
moved="set \$from = \"$work/real\"\nset \$to = \"$work/etc\""
for engine in ptrace seccomp; do
	virtual $engine moved-tree "$moved" sh -c '
		cd "$1" && exec >said 2>&1
		cat real/file real/link outside real/sub/../file
		cat real/../etc/file
		[ -e real/alone ] || echo alone is hidden
		(cd real/sub && pwd && /bin/pwd && cat ../file deep)
		find real -type f | sort
		ls real && stat -c %s real/file && readlink real/link
		mv real/sub/deep real/sub/deeper && mv real/sub/deeper away
		mv away real/sub/deep; ln -s x real/sub/l; rm real/sub/l
		exec "$2" -c "import os
d = os.open(\"real\", os.O_RDONLY)
print(os.read(os.open(\"file\", os.O_RDONLY, dir_fd=d), 9))
print(sorted(os.listdir(d)), os.access(\"real/alone\", os.R_OK))"
	' sh "$work" $python
	sed "s|$work|WORK|g" "$work/said" >"$work/shown"
	same "$work/shown" <<-END
	moved
	moved
	moved
	moved
	moved
	alone is hidden
	WORK/real/sub
	WORK/real/sub
	moved
	deep
	real/file
	real/sub/deep
	file
	link
	sub
	6
	WORK/real/file
	b'moved\n'
	['file', 'link', 'sub'] False
	END
done

# Everything at once, for programs of all kinds, which sleep at 50 times the
# pace in the year 2000 or so.
shift_2000=$(($(date -u -d 2000-06-01 +%s) - $(date +%s)))
for program in virtual virtual-32 virtual-static; do
	cat >"$work/more" <<-END
	set rules-directory $SCDB_TOP/rules
	load rules host-name
	load rules other-user
	load rules other-time
	END
	virtual seccomp moved-tree "$moved\nset \$host = \"nowhere\"
set \$release = \"9.8.7-test\"\nset \$machine = \"toaster\"
set \$user = 4242\nset \$owner = $(id -u)\nset \$shift = $shift_2000
set \$pace = 50\nsource $work/more" \
		sh -c '"$1" "$2/real/file" "$2/real" >"$2/said"' \
		sh ./$program "$work"
	sed "s|$work|WORK|g" "$work/said" >"$work/shown"
	what="$program, all rules"
	same "$work/shown" <<-END
	nowhere 9.8.7-test toaster
	user 4242 4242 group 4242 4242
	vdso 0
	file: moved, 6 of 6, owner 4242
	in WORK/real
	relative: moved, 6 of 6, owner 4242
	year 2000, clocks differ: 0
	slept at least 2 s: 1
	END
done

# Time for threads and time-outs; what waits for 3,000 s must not do so.
for engine in ptrace seccomp; do
	virtual $engine other-time 'set $pace = 2000.0' $python -c '
import select, sys, threading, time
say = open(sys.argv[1], "w")
def waits(name, wait):
    begin = time.monotonic()
    wait()
    print(name, 3000 <= time.monotonic() - begin < 90000, file=say)
lock = threading.Condition()
def on_lock():
    with lock: lock.wait(3000)
waits("sleep", lambda: time.sleep(3000))
waits("lock", on_lock)
waits("select", lambda: select.select([], [], [], 3000))
waits("poll", lambda: select.poll().poll(3000000))
waits("epoll", lambda: select.epoll().poll(3000))
waits("thread", lambda: [t.start() or t.join() for t in
      [threading.Thread(target=time.sleep, args=(3000,))]])
' "$work/said"
	same "$work/said" <<-END
	sleep True
	lock True
	select True
	poll True
	epoll True
	thread True
	END
done

# Timers, at 20,000 times the pace.
virtual seccomp other-time 'set $pace = 20000.0' $python -c '
import ctypes, os, signal, struct, sys, time
say = open(sys.argv[1], "w")
libc = ctypes.CDLL(None)
signal.signal(signal.SIGALRM, lambda *a: None)
def waits(name, start, wait=lambda: signal.sigwait([signal.SIGALRM])):
    begin = time.monotonic()
    start()
    wait()
    print(name, 3000 <= time.monotonic() - begin < 900000, file=say)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
real = signal.ITIMER_REAL
signal.alarm(9000000)
print("left", 8000000 < signal.alarm(0) <= 9000000, file=say)
waits("alarm", lambda: signal.alarm(3000))
signal.setitimer(real, 9000000, 9000000)
print("left", [8000000 < t < 9000001 for t in signal.getitimer(real)],
      signal.setitimer(real, 0)[0] > 8000000, file=say)
waits("setitimer", lambda: signal.setitimer(real, 3000))
span = struct.pack("4q", 0, 0, 3000, 0)
fd = libc.timerfd_create(1, 0)
waits("timerfd", lambda: libc.timerfd_settime(fd, 0, span, None),
      lambda: os.read(fd, 8))
timer = ctypes.c_void_p()
libc.timer_create(1, None, ctypes.byref(timer))
waits("timer", lambda: libc.timer_settime(timer, 0, span, None))
' "$work/said"
same "$work/said" <<END
left True
alarm True
left [True, True] True
setitimer True
timerfd True
timer True
END

# An attached program, and what it runs later.
mkfifo "$work/fifo"
sh -c 'read -r x <"$1/fifo"; uname -n >"$1/said"; id -u >>"$1/said"' \
	sh "$work" &
started="$started $!"
printf 'set rules-directory %s\nset $host = "attached"\nload rules host-name
set vdso off\nattach %s
load rules other-user\nshell echo >%s/fifo &\ncontinue\n' "$SCDB_TOP/rules" \
	"$!" "$work" >"$work/commands"
scdb -x "$work/commands" >"$work/out" 2>&1 ||
	fail 'attached: scdb failed' "$work/out"
what=attached
grep -q '^It keeps its vDSO' "$work/out" || fail "$what: the vDSO" "$work/out"
same "$work/said" <<END
attached
1000
END

# A read-only file system.
mkdir -p "$work/frozen/dir"
echo old >"$work/frozen/file"
ln -s frozen "$work/alias"
for engine in ptrace seccomp; do
	virtual $engine read-only "set \$frozen = \"$work/frozen\"" sh -c '
		cd "$1" && exec >said 2>&1
		cat frozen/file
		for act in "touch frozen/new" "touch frozen/file" \
			"cp said alias/file" "mkdir frozen/a" "rm alias/file" \
			"mkdir frozen/dir" "rm frozen/none" "rmdir frozen/dir" \
			"mv frozen/file here" "ln -s x frozen/l" \
			"ln frozen/file frozen/l" "chmod 600 frozen/file" \
			"truncate -s 0 alias/file" \
			"test -w frozen/file" "cp frozen/file out" \
			"sqlite3 frozen/base create" \
			"dd if=/dev/zero of=frozen/file count=1"; do
			$act >err 2>&1 && result=done || result=failed
			grep -q "ead-only file system" err && result=EROFS
			echo "$act: $result"
		done' sh "$work"
	same "$work/said" <<-END
	old
	touch frozen/new: EROFS
	touch frozen/file: EROFS
	cp said alias/file: EROFS
	mkdir frozen/a: EROFS
	rm alias/file: EROFS
	mkdir frozen/dir: failed
	rm frozen/none: failed
	rmdir frozen/dir: EROFS
	mv frozen/file here: EROFS
	ln -s x frozen/l: EROFS
	ln frozen/file frozen/l: EROFS
	chmod 600 frozen/file: EROFS
	truncate -s 0 alias/file: EROFS
	test -w frozen/file: failed
	cp frozen/file out: done
	sqlite3 frozen/base create: failed
	dd if=/dev/zero of=frozen/file count=1: EROFS
	END
	[ "$(ls "$work/frozen") $(cat "$work/frozen/file")" = 'dir
file old' ] || fail "$what: something was changed"
done

# A full disk: to the byte, over processes, and with each kind of writing.
mkdir "$work/disk"
head -c 20000 /dev/zero >"$work/much"
for engine in ptrace seccomp; do
	rm -f "$work/disk/"*
	virtual $engine disk-full "set \$disk = \"$work/disk\"
set \$room = 10500" sh -c '
		cd "$1" && exec >said 2>&1
		dd if=much of=disk/one bs=1000 count=4 2>/dev/null; echo $?
		cat much >elsewhere; echo $?
		dd if=much of=disk/two bs=1000 count=5 2>/dev/null; echo $?
		dd if=much of=disk/three bs=1000 2>/dev/null; echo $?
		cat much >disk/four 2>err; grep -o "No space.*" err
		cp much disk/five 2>err; grep -o "No space.*" err
		"$2" -c "import os
f = os.open(\"disk/six\", os.O_CREAT | os.O_WRONLY)
for act in (lambda: os.writev(f, [b\"a\", b\"b\"]),
            lambda: os.posix_fallocate(f, 0, 10),
            lambda: os.sendfile(f, os.open(\"much\", 0), 0, 9),
            lambda: os.pwrite(f, b\"c\", 0)):
    try: print(act())
    except OSError as e: print(e.errno)"' sh "$work" $python
	same "$work/said" <<-END
	0
	0
	0
	1
	No space left on device
	No space left on device
	28
	28
	28
	28
	END
	[ "$(cat "$work/disk/"* | wc -c)" = 10500 ] ||
		fail "$what: not 10,500 bytes are on it"
done

# Short reads and writes, EINTR: programs come to the same as without.
seq 5000 >"$work/numbers"
cat >"$work/job" <<'END'
cd "$1" || exit 1
cat numbers numbers | cat | wc -l
[ "$3" = eintr ] || tar cf - numbers | tar tf -
sqlite3 base 'create table t(x); insert into t values (7); select * from t'
rm base
$2 -c '
import os, subprocess, threading
a, b = os.pipe()
threading.Thread(target=lambda: os.write(b, b"x" * 9)).start()
numbers = open("numbers", "rb").read()
print(subprocess.run("cat", input=numbers, capture_output=True).stdout
      == numbers)
print(os.read(a, 1))'
date -u -d @0
END
for rules in short-io eintr; do
	# What reads by stdio does not try again; tar is such a program.
	sh "$work/job" "$work" $python $rules >"$work/native"
	for engine in ptrace seccomp; do
		virtual $engine $rules '' sh -c 'sh "$1/job" "$@" >"$1/said"' \
			sh "$work" $python $rules
		same "$work/said" <"$work/native"
		hits 1
	done
done

# A port that can't be reached, with a server that is there.
$python -c '
import http.server, sys
s = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
print(s.server_port, file=open(sys.argv[1] + ".new", "w"))
import os; os.rename(sys.argv[1] + ".new", sys.argv[1])
s.serve_forever()' "$work/port" 2>/dev/null &
started="$started $!"
for _ in $(seq 100); do
	[ -e "$work/port" ] && break
	sleep 0.1
done
port=$(cat "$work/port")
for engine in ptrace seccomp; do
	virtual $engine network-down "set \$port = $port" sh -c '
		curl -s "http://127.0.0.1:$2/"; echo $? >"$1/said"' \
		sh "$work" "$port"
	[ "$(cat "$work/said")" = 7 ] || fail "$what: curl" "$work/said"
	virtual $engine network-down "set \$port = $((port + 1))" sh -c '
		curl -s "http://127.0.0.1:$2/"; echo $? >"$1/said"' \
		sh "$work" "$port"
	[ "$(cat "$work/said")" = 0 ] || fail "$what: curl, other port"
done
virtual seccomp network-down "set \$port = $port\nset \$failure = -113" \
	$python -c '
import socket, sys
say, port = open(sys.argv[1], "w"), int(sys.argv[2])
for family, host in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try: socket.socket(family, kind).connect((host, port))
        except OSError as e: print(e.errno, file=say)
try:
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port))
except OSError as e: print(e.errno, file=say)
for to in port, port + 1:
    try: print(socket.socket(type=socket.SOCK_DGRAM).sendmsg([b"xy"], [], 0,
               ("127.0.0.1", to)), file=say)
    except OSError as e: print(e.errno, file=say)
' "$work/said" "$port"
same "$work/said" <<END
113
113
113
113
113
113
2
END

# A slow disk: three reads of 100,000 bytes take at least what is said.
head -c 100000 /dev/zero >"$work/big"
virtual seccomp slow-disk "set \$disk = \"$work\"
set \$call_us = 50000\nset \$byte_ns = 1000" $python -c '
import os, sys, time
f = os.open(sys.argv[1] + "/big", os.O_RDONLY)
begin = time.monotonic()
for i in range(3): os.pread(f, 100000, 0)
took = time.monotonic() - begin
print(0.45 <= took, file=open(sys.argv[1] + "/said", "w"))' "$work"
same "$work/said" <<END
True
END

# Saved with its variables, and read back by another scdb.
cat >"$work/commands" <<END
set rules-directory $SCDB_TOP/rules
set \$host = "a \\"saved\\" host"
load rules host-name
set \$pace = 0.5
set \$up = -3
on uname do set \$up += 1
on uname if \$pace < 1 per call do log "{\$up}"
save rules $work/saved
END
scdb -x "$work/commands" >"$work/out" 2>&1 || fail 'save failed' "$work/out"
scdb -x "$work/saved" -e run -e "save rules $work/again" --args uname -n \
	>"$work/out" 2>&1 || fail 'the saved rules failed' "$work/out"
grep -qx 'a "saved" host' "$work/out" || fail 'not the saved host' "$work/out"
grep -q '"uname" -2$' "$work/out" || fail 'not the saved number' "$work/out"
sed 's/^set \$up = -3$/set $up = -2/' "$work/saved" >"$work/right"
diff "$work/right" "$work/again" >"$work/diff" ||
	fail 'saved again it differs' "$work/diff"

# Each file says what it is, and a name that is none is told.
scdb -e "set rules-directory $SCDB_TOP/rules" -e 'info rule-files' \
	>"$work/out"
for file in "$SCDB_TOP"/rules/*; do
	grep -q "^${file##*/}  *[a-z]" "$work/out" ||
		fail "${file##*/} is not listed" "$work/out"
	grep -q "^#### ${file##*/}$" "$SCDB_TOP/docs/manual.md" ||
		fail "${file##*/} is not in the manual"
done
# refused TEXT COMMAND...: an error with TEXT, and no rule stays.
refused()
{
	said=$1
	shift
	for command; do
		printf '%s\n' "$command"
	done >"$work/commands"
	printf 'set rules-directory %s\nsource %s\n' "$SCDB_TOP/rules" \
		"$work/commands" | timeout 20 "$SCDB" -q --nx >"$work/out" 2>&1
	grep -qF -e "$said" "$work/out" ||
		fail "not said: $said" "$work/out"
}
refused 'no rule file is called "nosuch": there are disk-full' \
	'load rules nosuch'
refused 'unknown register or variable "$frozen"' 'load rules read-only'
refused 'buf has no field "nodenam": it has sysname, nodename' \
	'on uname do poke buf.nodenam="x"'
refused 'statbuf.st_size takes a number' 'on stat do poke statbuf.st_size="x"'
refused 'buf.release takes a text' 'on uname do poke buf.release=5'
refused '$left has no value yet' 'on read do set $left -= 1'
refused 'pathname of openat has no field "paht": it has path, whole, type' \
	'on openat if pathname.paht == "" do skip 0'
refused 'sin_port is of the address that a message names' \
	'on sendmsg do poke msg.sin_port=1'
refused '`skip` asks for what is not known' 'on read do skip ret'
refused 'a number is wanted, no string' 'set $s = "x"' 'on read do skip $s'
refused 'count of read is a number' 'set $s = "x"' 'on read do arg count $s'
printf 'on read do count\non nosuch do count\n' >"$work/broken"
printf 'set rules-directory %s\nload rules broken\ninfo rules\n' "$work" |
	timeout 20 "$SCDB" -q --nx >"$work/out" 2>&1
grep -q 'No rules.' "$work/out" || fail 'half a file stays' "$work/out"

finish
