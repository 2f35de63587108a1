# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# `find` against gdb's, `strings` against strings(1), `info proc mappings`
# against smaps; and what gdb's `find` has not, against where the program put it.
# shellcheck disable=SC2154,SC1010,SC2016
. "${0%/*}/../helpers.sh"

# at_stop PROGRAM COMMAND...: what the commands say when PROGRAM has stopped
# itself.  Each goes on where the one before failed.
at_stop()
{
	program=$1
	shift
	for command; do
		printf '%s\n' "$command"
	done >"$work/commands"
	{
		printf 'handle SIGSTOP nopass noprint\nhandle SIGSTOP stop\n'
		printf 'set disable-randomization on\nrun\necho ready\\n\n'
		cat "$work/commands"
		echo quit
	} | timeout -k 2 40 "$SCDB" -q --nx "./$program" 2>&1 |
		sed '1,/^ready$/d'
}

# The addresses, and how many they were.
lines()
{
	sed -n 's/^\(0x[0-9a-f]*\)\( <.*\)\{0,1\}$/\1/p;/ found\.$/p
s/^.*\(Search space too small\)/\1/p'
}

# Everything that both have.
searches='&text, +sizeof(text), "needle"
&text, +13, (char)110, (char)101
&text[0], +12, {char[6]}"needle"
&numbers, +sizeof(numbers), 7
/h &numbers, +20, 7
/2 &numbers, +20, 7
/b &numbers, &numbers[2], 7
&numbers, +20, 7, 9
/g &numbers, +20, 0x900000007
&floats, +16, -2.25
&narrow, +4, (float)3.75
big, +big_size, (char)0x55, (char)0xaa
/h big, +big_size, 0x1234
/w1 big, +big_size, 0
big, +big_size, {char[10]}"straddling"
big, +big_size, {char[12]}"at the start"
big, +big_size, {char[10]}"at the end"
hole, +64*4096, (char)0, (char)68
/50 hole, +64*4096, (char)0
/w hole, +64*4096, 0x45440000
hole, +64*4096, "ABC"
hole, +64*4096, {char[3]}"EFG"
hidden, +4096, {char[6]}"hidden"
shared, +8192, "shared text"
past_end, +8192, "in the file"
exec_only, +4096, "only to be run"
private_file, +8192, {char[7]}"in the "
thp, +(4<<20), "in huge pages"
&text, +3, "needle"'

compare()
{
	printf '%s\n' "$searches" | while IFS= read -r search; do
		printf 'python\ntry: gdb.execute("""find %s """)\n' "$search"
		printf 'except gdb.error as e: print(e)\nend\n'
	done >"$work/gdb.cmd"
	timeout -k 2 40 gdb -q -nx -batch -ex 'set disable-randomization on' \
		-ex 'handle SIGSTOP nopass' -ex run -x "$work/gdb.cmd" \
		"./$1" 2>&1 | lines >"$work/gdb.out"
	printf '%s\n' "$searches" | sed 's/^/find /' >"$work/find.cmd"
	at_stop "$1" "source $work/find.cmd" | lines >"$work/scdb.out"
	[ "$(grep -c '^0x' "$work/gdb.out")" -ge 140 ] ||
		fail "$1: gdb found too little" "$work/gdb.out"
	diff "$work/gdb.out" "$work/scdb.out" >"$work/diff" ||
		fail "$1: find is not gdb's" "$work/diff"
}

compare mapped

# offset PROGRAM EXPR: how far behind big that is.
offset()
{
	at_stop "$1" "printf \"%lu %lu\\n\", $2, big" |
		while read -r at base; do echo $((at - base)); done
}

# found PROGRAM ARGS WANT: `find ARGS` finds these offsets from big, and says so.
found()
{
	at_stop "$1" 'printf "base 0x%lx\n", big' "find $2" >"$work/out"
	base=$(sed -n 's/^base //p' "$work/out")
	sed -n 's/ <.*//;s/^passed over \(0x[0-9a-f]*\)-\(0x[0-9a-f]*\), which/skip \1 \2/
s/^0x/at 0x/;/^at /p;/^skip /p;/found/p' "$work/out" |
	while read -r what from to rest; do
		case $what in
		at) echo "$((from - base))" ;;
		skip) echo "$((from - base))+$((to - from)) $rest" ;;
		*) echo "$what $from $to" ;;
		esac
	done >"$work/found"
	printf '%b\n' "$3" >"$work/want"
	diff "$work/want" "$work/found" >"$work/diff" ||
		fail "$1: find $2" "$work/diff" "$work/out"
}

for program in mapped mapped-32; do
	found $program '/s big, +big_size, "STRADDLING"' 'Pattern not found.'
	found $program '/si2 big, +big_size, "STRADDLING"' \
		'262139\n524283\n2 patterns found.'
	found $program 'big, +big_size, x"73 74 ?? 61 6? ?4"' "$(
		i=1; while [ $i -lt 12 ]; do
			echo $((i * 262144 - 5)); i=$((i + 1)); done)
11 patterns found."
	found $program '/sa4096 big, +big_size, "at the "' \
		'0\n1 pattern found.'
	found $program '/fw &narrow, +4, 3.75' \
		"$(offset $program '&narrow')\n1 pattern found."
	found $program '/s big + big_size - 10, big + big_size - 1, "at the end"' \
		'3145718\n1 pattern found.'
	found $program '/s mappings perm=--- , "hidden by"' "$(offset \
		$program hidden)\n1 pattern found."
	# A page of the file that is not there, in the middle.
	found $program 'past_end, +3*4096, "nowhere"' "$(offset $program \
		'past_end+8192')+4096 is behind the end of its file, or can't be read there
Pattern not found."
done

# strings(1) of what gdb wrote; the offsets are from the area's beginning.
gdb -q -nx -batch -ex 'set disable-randomization on' \
	-ex 'handle SIGSTOP nopass' -ex run \
	-ex "dump binary memory $work/dumped big big+big_size" ./mapped \
	>"$work/gdb.out" 2>&1
for least in 4 7; do
	strings -a -t d -n $least "$work/dumped" |
		sed 's/^ *\([0-9]*\) /\1 /' >"$work/want"
	at_stop mapped 'printf "base 0x%lx\n", big' \
		"strings -n $least big,+big_size" >"$work/out"
	base=$(sed -n 's/^base //p' "$work/out")
	tab=$(printf '\t')
	sed -n "s/^\\(0x[0-9a-f]*\\)$tab\"\\(.*\\)\"\$/\\1 \\2/p" \
		"$work/out" | awk -v base="$base" '
		function hex(s,  n, i) {
			for (i = 3; i <= length(s); i++)
				n = n * 16 + index("0123456789abcdef",
					substr(s, i, 1)) - 1
			return n
		}
		{
			at = $1
			sub(/^[^ ]* /, "")
			gsub(/\\\\/, "\001")
			gsub(/\\t/, "\t")
			gsub(/\\"/, "\"")
			gsub(/\001/, "\\")
			printf "%d %s\n", hex(at) - hex(base), $0
		}' >"$work/found"
	[ "$(wc -l <"$work/want")" -gt 100 ] || [ $least = 7 ] ||
		fail "strings(1) found too little" "$work/want"
	diff "$work/want" "$work/found" >"$work/diff" ||
		fail "strings -n $least is not strings(1)" "$work/diff"
done

# What the program unmapped since, and its end.
at_stop mapped 'signal 0' 'find /s big, +3*4096, "at the start"' \
	'find /s2 big + 4096, +4096, "x"' kill 'find 0, +1, 1' >"$work/out"
grep -q '^1 pattern found' "$work/out" || fail "after munmap" "$work/out"
grep -q 'which is not mapped' "$work/out" || fail "after munmap" "$work/out"

# The kernel's own numbers.
at_stop mapped 'info proc mappings' 'shell cat /proc/$(pgrep -P $PPID -x mapped)/smaps' \
	>"$work/out"
sed -n 's/^ *0x\([0-9a-f]*\)  *0x\([0-9a-f]*\)  *[^ ]*  *[^ ]*  *\([-rwxps]*\)  *\([0-9]*\)K  *\([0-9]*\)K  *\([0-9]*\)K  *\([0-9]*\)K  *\([^ ]*\)  .*$/\1-\2 \3 \4 \5 \6 \7/p' \
	"$work/out" >"$work/found"
awk '
function put() { if (at) print at, rss, dirty, swap, huge }
/^[0-9a-f]+-[0-9a-f]+ / {
	put(); sub(/^0+/, ""); sub(/-0+/, "-")
	at = $1 " " $2; rss = dirty = swap = huge = 0
}
$1 == "Rss:" { rss += $2 }
$1 ~ /^(Shared|Private)_Dirty:$/ { dirty += $2 }
$1 == "Swap:" { swap = $2 }
$1 ~ /^(AnonHugePages|ShmemPmdMapped|FilePmdMapped):$/ { huge += $2 }
END { put() }' "$work/out" >"$work/want"
[ "$(wc -l <"$work/want")" -gt 15 ] || fail "no smaps" "$work/out"
grep -v ' 0 0 0$' "$work/want" >/dev/null || fail "nothing is resident"
diff "$work/want" "$work/found" >"$work/diff" ||
	fail "info proc mappings is not smaps" "$work/diff" "$work/out"
finish
