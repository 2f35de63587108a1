#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Rules of several files add up, on real programs and with both engines: each is
# a layer, whose first rule that decides does so, and which sees what those
# before it made of a call; at the exit it is the other way round.
# shellcheck disable=SC2016,SC2154
. "${0%/*}/../helpers.sh"

python=/usr/bin/python3
[ -x $python ] || python=python3

# layered ENGINE COMMANDS PROGRAM ARG...: COMMANDS are lines.
layered()
{
	what="$1: $2"
	printf 'set rules-directory %s\n%b\nrun\ninfo rules\n' \
		"$SCDB_TOP/rules" "$2" >"$work/commands"
	engine=$1
	shift 2
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

# A folder that is seen elsewhere, and is read-only there, slow, and another
# user's.
mkdir "$work/etc" "$work/real" "$work/disk"
echo moved >"$work/etc/file"
echo real >"$work/real/file"
all="set \$from = \"$work/real\"\nset \$to = \"$work/etc\"
set \$frozen = \"$work/etc\"\nset \$disk = \"$work/etc\"\nset \$call_us = 20000
set \$user = 4242\nset \$owner = $(id -u)"
for engine in ptrace seccomp; do
	layered $engine "$all
load rules moved-tree\nload rules read-only\nload rules slow-disk
load rules other-user\non openat if pathname ~ \"*real/file\" do count
on openat if pathname ~ \"*etc/file\" do count" sh -c '
		cd "$1" && exec >said 2>&1
		cat real/file
		touch real/new 2>err; grep -o "Read-only.*" err
		cp said real/file 2>err; grep -o "Read-only.*" err
		rm real/file 2>err; grep -o "Read-only.*" err
		sh -c "echo x >real/new" 2>err; grep -o "Read-only.*" err
		ls -ln real | sed -n "2s/ .* 4242 4242 .*/ 4242/p"
		"$2" -c "import os, time
begin = time.monotonic()
for i in range(5): os.stat(\"real/file\")
print(time.monotonic() - begin >= 0.1)"' sh "$work" $python
	same "$work/said" <<-END
	moved
	Read-only file system
	Read-only file system
	Read-only file system
	Read-only file system
	-rw-r--r-- 4242
	True
	END
	# Who only looks on, by hand, sees what the program asked for.
	tail -n 2 "$work/out" | awk '{ print ($3 > 0) }' >"$work/hits"
	same "$work/hits" <<-END
	1
	0
	END
done
[ "$(cat "$work/real/file" "$work/etc/file")" = 'real
moved' ] || fail 'something was changed'

# A disk that is full, with writes that are short, in either order: to the byte.
head -c 9000 /dev/zero >"$work/much"
for files in 'disk-full short-io' 'short-io disk-full' \
	'eintr disk-full slow-disk short-io'; do
	rm -f "$work/disk/"*
	lines=
	for file in $files; do
		lines="${lines}load rules $file\n"
	done
	layered seccomp "set \$disk = \"$work/disk\"\nset \$room = 3500
set \$call_us = 1\nset \$byte_ns = 0\n$lines" $python -c '
import errno, os, sys
disk, much = sys.argv[1] + "/disk/", b"x" * 9000
def fill(name, write):
    f = os.open(disk + name, os.O_CREAT | os.O_WRONLY)
    left = 1700
    try:
        while left:
            left -= write(f, min(left, 999))
        said = "whole"
    except OSError as e:
        said = errno.errorcode[e.errno]
    print(name, said, os.fstat(f).st_size, file=open(sys.argv[1] + "/said", "a"))
open(sys.argv[1] + "/said", "w")
fill("first", lambda f, n: os.write(f, much[:n]))
source = os.open(sys.argv[1] + "/much", os.O_RDONLY)
fill("second", lambda f, n: os.sendfile(f, source, 0, n))
os.unlink(disk + "second")
fill("third", lambda f, n: os.pwrite(f, much[:n], os.fstat(f).st_size))
os.unlink(disk + "first")
fill("fourth", lambda f, n: os.writev(f, [b"x"]))
' "$work"
	same "$work/said" <<-END
	first whole 1700
	second whole 1700
	third ENOSPC 100
	fourth ENOSPC 0
	END
done

# Vectors too: a first piece that fits is written, a longer one in part, what has
# none fails.
layered seccomp "set \$disk = \"$work/disk\"\nset \$room = 1700
load rules disk-full" $python -c '
import errno, os, sys
f = os.open(sys.argv[1] + "/disk/vector", os.O_CREAT | os.O_WRONLY)
say = open(sys.argv[1] + "/said", "w")
for sizes in (400, 600), (500, 999), (999, 1), (1, 1), (0, 0), (0, 1):
    try: print(os.writev(f, [b"x" * n for n in sizes]), file=say)
    except OSError as e: print(errno.errorcode[e.errno], file=say)
print(os.fstat(f).st_size, file=say)' "$work"
same "$work/said" <<END
1000
500
200
ENOSPC
0
ENOSPC
1700
END

# rules LINE...: runs a program that reads 100 bytes, with these.
rules()
{
	what=$*
	: >"$work/rules"
	for line; do
		printf '%s\n' "$line" >>"$work/rules"
	done
	scdb -x "$work/rules" -e run -e 'info rules' --args $python -c '
import os, sys
f = os.open(sys.argv[1], os.O_RDONLY)
try: got = len(os.read(f, 100))
except OSError as e: got = -e.errno
print(got, file=open(sys.argv[2], "w"))' "$work/much" "$work/said" \
		>"$work/out" 2>&1 || fail "$what: scdb failed" "$work/out"
}

# comes_to NUMBER RULE...: of the rules of three layers, and two by hand.
comes_to()
{
	number=$1
	shift
	rules "$@"
	same "$work/said" <<-END
	$number
	END
}
of='on read if fd.path ~ "*/much"'
comes_to 50 "$of do arg count count / 2" "$of do arg count count / 5"
comes_to 10 "$of do arg count count / 2" 'set rule-layer a' \
	"$of do arg count count / 5"
comes_to 25 'set rule-layer a' "$of do arg count count / 2" \
	'set rule-layer b' "$of && count == 50 do arg count count / 2" \
	'set rule-layer' "$of && count == 100 do arg count 7"
# The result goes back through them: what stands first has the last word.
comes_to 77 'set rule-layer a' "$of do fake 77" 'set rule-layer b' \
	"$of do skip -EIO"
comes_to -5 'set rule-layer a' "$of do skip -EIO" 'set rule-layer b' \
	"$of do fake 77"
comes_to 21 'set rule-layer a' "$of && ret == 20 do fake ret + 1" \
	'set rule-layer b' "$of && ret == 100 do fake ret / 5"
# Those of one layer see the program's call.
comes_to 50 'set rule-layer a' "$of do arg count count / 2" \
	"$of && count == 100 do log" "$of && count == 50 do skip -EIO"
grep -q 'read(' "$work/out" || fail 'the layer does not look on' "$work/out"
# One that fails leaves the others' decisions.
comes_to 50 'set rule-layer a' "$of do arg count count / 2" \
	'set rule-layer b' "$of do arg count 1/(count - 50)"
# Kept in a file, and with the order changed.
rules "set rule-layer a b" "$of do arg count count / 2" 'set rule-layer' \
	"$of do log" 'set rule-layer c' "$of do arg count count - 10" \
	"save rules $work/saved" 'set rule-layer'
same "$work/said" <<END
40
END
grep -q '^Of a b:$' "$work/out" && grep -q '^By hand:$' "$work/out" ||
	fail 'the layers are not listed' "$work/out"
scdb -x "$work/saved" -e "save rules $work/again" >"$work/out" 2>&1 &&
	diff "$work/saved" "$work/again" >"$work/diff" ||
	fail 'saved again it differs' "$work/diff"
rules "source $work/saved" 'move rule 3 1' 'show rule-layer'
same "$work/said" <<END
45
END
finish
