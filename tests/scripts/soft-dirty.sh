#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `set snapshot-method`: snapshots by soft-dirty bits, which are faked here
# (tests/fakes/soft_dirty.c), are those by page hashes, and read less; where
# somebody else clears the bits all is read.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"
export TMPDIR=$work
"$CC" -shared -fPIC -O1 -D_GNU_SOURCE -o "$work/fake.so" \
	"$SCDB_TOP/tests/fakes/soft_dirty.c" || exit 1
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0

# Without a fake: what the probe says is what is shown, and refused or not.
"$SCDB" --doctor | grep '^soft-dirty bits ' >"$work/row"
scdb -e 'show snapshot-method' -e 'set snapshot-method soft-dirty' \
	>"$work/said" 2>&1
if grep -q '^soft-dirty bits *yes' "$work/row"; then
	grep -q 'by soft-dirty bits' "$work/said" || fail "have" "$work/said"
else
	grep -q 'by page hashes: this kernel has no soft-dirty bits' \
		"$work/said" || fail "have none" "$work/said" "$work/row"
	tail -n 1 "$work/said" | grep -q '^this kernel has no soft-dirty bits' ||
		tail -n 1 "$work/said" |
			grep -q 'this kernel has no soft-dirty bits: ' ||
		fail "not refused" "$work/said"
fi

ranges='areas[0].at,+262144 areas[1].at,+16777216 areas[2].at,+16777216'
ranges="$ranges areas[3].at,+32768 areas[5].at,+4096 &counter,+4"

# take NAME METHOD: three snapshots and what differs, to NAME; the reads' bytes.
take()
{
	cat >"$work/script" <<TEXT
set snapshot-method $2
show snapshot-method
catch syscall getppid entry
run
snapshot one $ranges
snapshot same $ranges
diff one same
continue
snapshot two $ranges
diff -a one two
diff two
set var *(char *)areas[0].at = 1
syscall munmap(areas[1].at, 65536)
syscall mmap(areas[1].at, 65536, 3, 0x32, -1, 0)
syscall madvise(areas[0].at+8192, 8192, 4)
print *(char *)(areas[0].at+8192)
snapshot three $ranges
diff -a two three
diff three
continue
snapshot four $ranges
diff three four
TEXT
	rm -f "$work/counts"
	timeout -k 2 40 env LD_PRELOAD="$work/fake.so" \
		FAKE_COUNTS="$work/counts" \
		"$SCDB" --nx --batch -x "$work/script" -- ./dumped "$work" >"$work/$1" 2>&1 ||
		fail "$1: it failed" "$work/$1"
	read -r clears bytes <"$work/counts"
	# Addresses and ids differ from run to run.
	sed '/^Snapshot/d; /method/d; /^anonymous/d; /^\[/d
		s/0x[0-9a-f]*/ADDR/g' "$work/$1" >"$work/$1.plain"
	grep '^Snapshot' "$work/$1" | sed 's/,.*//' >"$work/$1.taken"
}

take hash hash
[ "$clears" = 0 ] || fail "by hashes: cleared $clears times"
by_hash=$bytes
grep -q 'bytes differ' "$work/hash" || fail "nothing differs" "$work/hash"
for method in soft-dirty auto; do
	take soft $method
	same "$method: diffs" "$work/hash.plain" "$work/soft.plain"
	same "$method: snapshots" "$work/hash.taken" "$work/soft.taken"
	[ "$clears" = 5 ] || fail "$method: cleared $clears times"
	[ $((bytes * 10)) -lt $((by_hash * 7)) ] ||
		fail "$method: $bytes bytes read, by hashes $by_hash"
done
by_bits=$bytes
export FAKE_OTHER=1
take other soft-dirty
same "somebody else: diffs" "$work/hash.plain" "$work/other.plain"
[ "$bytes" -gt $((by_bits + 10000000)) ] ||
	fail "somebody else: $bytes bytes read, else $by_bits"
finish
