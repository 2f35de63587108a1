# SPDX-License-Identifier: GPL-3.0-or-later
#
# The log of calls: what `info syscalls` chooses, how its lines are cut, one
# call whole.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

# told COMMAND...: what scdb says at the last exit of say's calls.
told()
{
	set -- -e 'catch syscall openat,read,write,close,getppid exit if caller.module == "say"' \
		-e run -e c -e c -e c -e c "$@"
	scdb "$@" -- ./say openat /etc/passwd read - 3 write hello \
		getppid openat "/no/whe\"re" >"$work/told" 2>&1
	sed -n '/^ *[0-9]* [0-9]* *[a-z]*(/s/^ *[0-9]* [0-9]* *//p' "$work/told" |
		sed 's/ *[0-9.]* s$//' >"$work/said"
}

# chosen WHAT COMMAND: the lines on stdin, without numbers and times.
chosen()
{
	cat >"$work/expected"
	told -e "$2"
	same "$1" "$work/expected" "$work/said"
}

cd "$SCDB_TRACEES" || exit 1
chosen 'a path' 'info syscalls openat if pathname ~ "/etc/*"' <<-'END'
	openat(dirfd=AT_FDCWD, pathname="/etc/passwd", flags=O_RDONLY) = 3</etc/passwd>
	END
chosen 'an escaped string' 'info syscalls if pathname == "/no/whe\"re"' <<-'END'
	openat(dirfd=AT_FDCWD, pathname="/no/whe\"re", flags=O_RDONLY) = -ENOENT
	END
chosen 'an errno' 'info syscalls openat if errno == ENOENT' <<-'END'
	openat(dirfd=AT_FDCWD, pathname="/no/whe\"re", flags=O_RDONLY) = -ENOENT
	END
chosen 'a descriptor' 'info syscalls if fd.path == "/etc/passwd" && count == 3' <<-'END'
	read(fd=3</etc/passwd>, buf="roo", count=3) = 3
	END
told -e 'info syscalls 1 getppid,read'
grep -qx 'getppid() = [1-9][0-9]*' "$work/said" && [ "$(wc -l <"$work/said")" = 1 ] ||
	fail "not the last one of a set" "$work/told"

# What was not shown is numbers: nothing is known of its strings.
scdb -e 'trace all to /dev/null' -e 'catch syscall getppid' -e run \
	-e 'info syscalls openat if pathname ~ "*"' \
	-e 'info syscalls openat if pathname != 0' \
	-- ./say openat /etc/passwd getppid >"$work/told" 2>&1
grep -q '^no such calls in the log$' "$work/told" ||
	fail "a string that was never read is known" "$work/told"
grep -q 'openat(dirfd=AT_FDCWD, pathname=0x' "$work/told" ||
	fail "the call is not in the log as numbers" "$work/told"

# Whole, with what has become of it.
told -e 'info syscalls openat if pathname == "/etc/passwd"'
number=$(sed -nE 's/^ *([0-9]+) [0-9]+ *openat.*/\1/p' "$work/told")
told -e "info syscall $number"
sed -n '/was in/,$p' "$work/told" | grep -v '^ *took  *[0-9.]* s$' |
	sed -E 's/ [0-9]+ "/ PID "/; s/0x[0-9a-f]{8,}/ADDRESS/; s/ +$//; s/  +/  /g' |
	grep -v '^  log' >"$work/whole"
cat >"$work/expected" <<-'END'
	[1.1] PID "say" was in openat
	  number  257 of x86_64
	  result  3</etc/passwd>
	  ARGUMENT  RAW  VALUE
	  dirfd  0xffffff9c  AT_FDCWD
	  pathname  ADDRESS  "/etc/passwd"
	  flags  0x0  O_RDONLY
	  mode  0x0  000
	END

# Bad input says one line.
says()
{
	scdb -e 'catch syscall getppid exit' -e run -e "$1" -- ./say getppid \
		>"$work/told" 2>&1 && fail "$1: it succeeds" "$work/told"
	grep -qF -- "$2" "$work/told" || fail "$1: does not say: $2" "$work/told"
}
says 'info syscalls if $rip == 1' 'of a call in the log a condition can ask for'
says 'info syscalls if nosuch == 1' 'unknown name "nosuch"'
says 'info syscalls nosuch' 'no system call "nosuch"'
says 'info syscall 999999' 'the log has no call 999999; `info syscalls` lists them'
finish
