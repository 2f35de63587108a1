# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# `snapshot`, `diff` and `restore snapshot` against what the program says that it
# changed, and against cmp of dumps made at the same stops.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"
export TMPDIR=$work

ranges='areas[0].at,+areas[0].pages*4096 areas[1].at,+areas[1].pages*4096
areas[2].at,+areas[2].pages*4096 areas[3].at,+areas[3].pages*4096
areas[5].at,+areas[5].pages*4096'
ranges=$(echo "$ranges" | paste -s -d ' ')
every='anon sparse huge shared none'

for tracee in dumped dumped-32; do
	scdb -e 'catch syscall getppid entry' -e run -e 'snapshot zero addr=$pc' \
		-e continue -e "snapshot one $ranges" -e 'diff one' \
		-e 'echo mark1\n' -e 'snapshot again' \
		-e "dump memory $work/data1 &counter &config+1" \
		-e continue -e 'echo mark2\n' -e 'diff one' -e 'echo mark3\n' \
		-e 'diff again' -e 'echo mark4\n' \
		-e "dump memory $work/data2 &counter &config+1" \
		-e "snapshot two $ranges" -e 'diff -a one two' \
		-e 'echo mark5\n' -e 'diff two one' \
		-e 'echo mark6\n' -e 'info snapshots' -e 'delete snapshot again' \
		-e 'restore snapshot one' -e 'diff one' \
		-e 'restore snapshot one' -e continue \
		-- "./$tracee" "$work" >"$work/said" 2>&1 ||
		fail "$tracee: it failed" "$work/said"
	for n in 1 2 3 4 5 6; do
		sed -n "/^mark$n\$/,/^mark$((n + 1))\$/p" "$work/said" \
			>"$work/part$n"
	done
	sed '/^mark1$/,$d' "$work/said" | grep -q '^0 bytes differ, in 0 places' ||
		fail "$tracee: nothing changed" "$work/said"
	# Address and length of what the program changed, but bytes that it wrote
	# anew with the same value (none here).
	sed -n 's/^changed //p' "$work/said" | sort >"$work/changed"
	sed -n 's/^\(0x[0-9a-f]*\)  \([0-9]*\) bytes: .*/\1 \2/p' \
		"$work/part2" | sort >"$work/found"
	same "$tracee: diff" "$work/changed" "$work/found" "$work/said"
	grep -q '^325 bytes differ, in 5 places' "$work/part2" ||
		fail "$tracee: the sum" "$work/part2"
	grep -q '  8 bytes: 0000000000000000 -> 6e65772070616765' \
		"$work/part2" || fail "$tracee: a new page" "$work/part2"
	# One to two is what one to now was; and the other way round.
	sed 1d "$work/part2" | sed '$d' >"$work/now"
	sed 1d "$work/part4" | sed '$d; /^Snapshot/d; /^[0-9]* bytes written/d' \
		>"$work/two"
	same "$tracee: two snapshots" "$work/now" "$work/two" "$work/said"
	sed 1d "$work/part5" |
		sed '$d; s/: \([0-9a-f.]*\) -> \([0-9a-f.]*\)/: \2 -> \1/' \
		>"$work/back"
	same "$tracee: the other way" "$work/now" "$work/back" "$work/said"
	# Variables by name and type.
	cat >"$work/want" <<'TEXT'
hidden (int): 7 -> 8
counter (int): 41 -> 42
config.level (int): 1 -> 2
config.name (char [16]): "first\000\000\000\000\000\000\000\000\000\000" -> "second\000\000\000\000\000\000\000\000\000"
config.pair[1].b (short): 4 -> 99
TEXT
	grep -oE '(hidden|counter|config[^ ]*) \(.*' "$work/part3" \
		>"$work/variables"
	same "$tracee: variables" "$work/want" "$work/variables" "$work/said"
	grep -q '^again .* dumped' "$work/part6" ||
		fail "$tracee: info snapshots" "$work/part6"
	# As it was then, by what the program itself writes.
	sed '1,/^Restoring/d' "$work/said" >"$work/part7"
	grep -q '^24576 bytes written' "$work/part7" ||
		fail "$tracee: restored" "$work/part7"
	grep -q '^0 bytes written' "$work/part7" ||
		fail "$tracee: restored twice" "$work/part7"
	for name in $every; do
		same "$tracee: $name" "$work/$name.1" "$work/$name.4"
	done
	[ "$(find "$work" -name '.scdb*' | wc -l)" = 0 ] || fail "left behind"
done

# What is unmapped meanwhile, and bad words.
scdb -e 'catch syscall getppid entry' -e run -e 'snapshot x areas[0].at,+8192' \
	-e 'syscall munmap(areas[0].at+4096, 4096)' -e 'diff x' \
	-e 'restore snapshot x' -- ./dumped "$work" >"$work/said" 2>&1
grep -q "4096 bytes: can't be read any more" "$work/said" ||
	fail "unmapped" "$work/said"
grep -q '4096 could not be written' "$work/said" ||
	fail "unmapped, and put back" "$work/said"

# refused PATTERN COMMAND
refused()
{
	scdb -e 'catch syscall getppid entry' -e run -e 'snapshot x $sp,+8' \
		-e "$2" -- ./dumped "$work" >"$work/said" 2>&1 &&
		fail "$2: status 0" "$work/said"
	tail -n 1 "$work/said" | grep -q -e "$1" || fail "$2" "$work/said"
}
refused 'no snapshot "y": `info snapshots` lists' 'diff y'
refused 'no snapshot "y"' 'diff x y'
refused 'no snapshot "y"' 'delete snapshot y'
refused 'letters, digits' 'snapshot a/b'
refused 'is not a range' 'snapshot y 5'
refused 'no mapping is such' 'snapshot y size>1T'
TMPDIR=/no/such refused 'snapshots in /no/such' 'snapshot x'

# A full disk: nothing of it stays, and the one before is whole.
(
	ulimit -f 4000
	scdb -e 'catch syscall getppid entry' -e run \
		-e 'snapshot x &counter,+4' -e 'snapshot y' -- ./dumped "$work"
) >"$work/said" 2>&1
tail -n 1 "$work/said" | grep -q "can't write the file of snapshots" ||
	fail "a full disk" "$work/said"

# Variables of the frames that stand, by frame; a core has the same ones.
cat >"$work/local.c" <<'C'
#include <string.h>
#include <unistd.h>
struct pair { int a; short b; char name[8]; };
static void change(struct pair *p, int *n, int depth)
{
	volatile int mine = depth;

	if (depth) {
		change(p, n, depth - 1);
		return;
	}
	getppid();
	p->b = 99;
	strcpy(p->name, "new");
	*n += 5;
	mine = 42;
	getppid();
}
int main(void)
{
	struct pair pairs[3] = { { 1, 2, "old" }, { 3, 4, "older" } };
	int count = 1;

	change(&pairs[1], &count, 2);
	return count + pairs[1].b;
}
C
$CC -g -O0 -o "$work/local" "$work/local.c" || fail 'the program'
cat >"$work/want" <<'TEXT'
count of #4 main (int): 1 -> 6
mine of #1 change (volatile int): 0 -> 42
pairs[1].b of #4 main (short): 4 -> 99
pairs[1].name of #4 main (char [8]): "older\000\000" -> "new\000r\000\000"
TEXT
scdb -e 'catch syscall getppid entry' -e run -e 'snapshot one' -e continue \
	-e 'diff one' -e "gcore $work/core" -e kill -e 'echo core\n' \
	-e "core-file $work/core" -e 'diff one' -- "$work/local" \
	>"$work/said" 2>&1
for part in '1,/^core$/' '/^core$/,$'; do
	sed -n "${part}p" "$work/said" | grep -oE '[^ ]+ of #.*' | sort \
		>"$work/found"
	same "local variables, $part" "$work/want" "$work/found" "$work/said"
done
finish
