# SPDX-License-Identifier: GPL-3.0-or-later
#
# strace is the judge of how scdb shows calls: programs that make calls of all
# kinds run under both, and each call's text must be the same.  What differs by
# intention is in strace-decoding.allowed with its reason; a difference that is
# allowed and does not occur is a failure too.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

scripts=$SCDB_TOP/tests/scripts

cat >"$work/commands" <<END
catch syscall all
commands
continue
end
run
END

# normalise SIDE FILE
normalise()
{
	awk -v side="$1" -v uses="$work/uses" \
		-f "$scripts/strace-decoding.awk" \
		"$scripts/strace-decoding.allowed" "$2" | sort -s -n -k 1,1
}

# fresh: an empty directory to work in, the same for both.
fresh()
{
	rm -rf "$work/dir"
	mkdir "$work/dir"
}

# compare LEAST PROGRAM [ARG...]: it makes at least so many calls.
compare()
{
	least=$1
	shift
	fresh
	strace -f -yy -s 32 -o "$work/strace" "$@" >"$work/out" \
		2>"$work/said" || fail "strace $*: status $?" "$work/said"
	fresh
	scdb -x "$work/commands" -- "$@" >"$work/scdb" 2>&1 ||
		fail "scdb $*: status $?" "$work/scdb"
	normalise strace "$work/strace" >"$work/theirs"
	normalise scdb "$work/scdb" >"$work/ours"
	[ "$(wc -l <"$work/theirs")" -ge "$least" ] ||
		fail "$*: strace told of too few calls" "$work/theirs"
	[ -z "$SCDB_TEST_KEEP" ] || cp "$work/theirs" "$work/ours" \
		"$work/strace" "$work/scdb" "$SCDB_TEST_KEEP"
	diff "$work/theirs" "$work/ours" >"$work/diff" && return
	fail "$*: < is strace's text, > scdb's" "$work/diff"
}

compare 340 ./manycalls "$work/dir"
compare 340 ./morecalls "$work/dir"
compare 340 ./manycalls-32 "$work/dir"
compare 340 ./morecalls-32 "$work/dir"
compare 130 ./oldcalls-32 "$work/dir"

# A difference that is gone must not be allowed any more.
awk 'NR == FNR { used[$1] = 1; next }
     !/^(#|$)/ && !(FNR in used) { print FNR ": " $0 }' \
	"$work/uses" "$scripts/strace-decoding.allowed" >"$work/unused"
[ ! -s "$work/unused" ] ||
	fail "strace-decoding.allowed has what does not occur" "$work/unused"
finish
