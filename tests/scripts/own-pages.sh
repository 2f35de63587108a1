# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs that serve pages of their own by a userfaultfd: a trace reads what
# calls point at by one process_vm_readv, which would wait for such a page, and
# does without from when a program can have any.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

./uffd two >"$work/alone"
[ $? = 77 ] && { echo 'no userfaultfd here'; cat "$work/alone"; finish; }

# seen WHAT: the trace went on over the rename, which two pages were wanted for.
seen()
{
	grep -Eq 'rename\(0x[0-9a-f]+, 0x[0-9a-f]+' "$work/log" ||
		fail "$1: no rename" "$work/log"
	[ "$(grep -c 'rename("/no/such/file", "/no/other/file"' \
		"$work/log")" = 20 ] || fail "$1: those before" "$work/log"
	grep -q 'exited with 0 +++' "$work/log" || fail "$1: no end" "$work/log"
}

# launched WHAT SET ENGINE: what its system calls are to scdb goes to $work/own.
launched()
{
	timeout -k 2 30 strace -o "$work/own" -e trace=process_vm_readv \
		"$SCDB" -q --nx --batch --engine "$3" -o "$work/log" \
		-e "trace $2" -e run -- ./uffd two >"$work/out" 2>&1 ||
		fail "$1: status $?" "$work/out" "$work/log"
	grep -q '^rename of /served/page/0: ENOENT' "$work/out" ||
		fail "$1: what the program says" "$work/out"
	seen "$1"
}

launched 'all calls' all ptrace
# Its execve's parts were read together, before.
grep -q '^process_vm_readv.*[[{]iov_base.*}, {.*= ' "$work/own" ||
	fail 'all calls: never several at once' "$work/own"
launched 'by filter' rename seccomp

# One that ran before scdb came.
mkfifo "$work/in"
# shellcheck disable=SC2034 # helpers.sh
input=$work/in
start ./uffd waits >"$work/said"
says "$work/said" '^ready' || fail 'it does not start' "$work/said"
timeout -k 2 30 "$SCDB" -q --nx --batch -o "$work/log" -p "$pid" \
	-e 'trace all' -e "shell echo >$work/in" -e continue \
	>"$work/out" 2>&1 || fail "attached: status $?" "$work/out"
seen attached
finish
