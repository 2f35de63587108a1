# SPDX-License-Identifier: GPL-3.0-or-later
# The tables of numbers are those of this machine's kernel headers, as far as
# both go; and gen-numbers.sh writes them as they are from a kernel's table.

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# The newest number of Linux 6.18: headers may know more, never less odd.
newest=469

# ours ABI: "number name" a line
ours()
{
	sed -n 's/^CALL_NUMBER(\([0-9]*\), "\([a-z0-9_]*\)")$/\1 \2/p' \
		"src/syscalls/numbers_$1.inc" | sort
}

# headers FILE: the same of the machine
headers()
{
	echo "#include <asm/$1>" | "${CC:-cc}" -E -dM - | sed -n \
		-e 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/\2 \1/p' \
		-e 's/^#define __NR_\([a-z0-9_]*\) (__X32_SYSCALL_BIT + \([0-9]*\))$/\2 \1/p' |
		sort
}

# compare ABI FILE LEAST
compare()
{
	ours "$1" >"$work/ours"
	headers "$2" >"$work/theirs"
	if [ "$(grep -c . "$work/theirs")" -lt "$3" ]; then
		echo "$1: too few numbers in <asm/$2>"
		failed=1
	fi
	# Missing here, but for calls that came later.
	comm -13 "$work/ours" "$work/theirs" | awk -v abi="$1" \
		-v newest=$newest '
		$1 <= newest || $1 >= 512 { print abi ": not here: " $0; n++ }
		END { exit n > 0 }' || failed=1
	# Called otherwise there.
	awk -v abi="$1" '
		NR == FNR { theirs[$1] = $2; next }
		$1 in theirs && theirs[$1] != $2 {
			print abi ": " $0 ", in the headers " theirs[$1]
			n++
		}
		END { exit n > 0 }' "$work/theirs" "$work/ours" || failed=1
}

compare x86_64 unistd_64.h 350
compare x32 unistd_x32.h 350
compare i386 unistd_32.h 400

# A table in the kernel's form gives the file back, byte by byte.
for abi in x86_64 x32 i386; do
	case $abi in
	x86_64) word=64 ;;
	*) word=$abi ;;
	esac
	{
		echo '# <number> <abi> <name> <entry point>'
		ours $abi | sort -rn | awk -v word=$word '{
			form = NR % 2 || word == "i386" ? word : "common"
			print $1 "\t" form "\t" $2 "\t\tsys_" $2
		}'
		printf '999\tother\tnot_ours\tsys_not_ours\n'
	} >"$work/tbl"
	sh src/syscalls/gen/gen-numbers.sh $abi "$work/tbl" >"$work/inc" ||
		failed=1
	cmp "$work/inc" src/syscalls/numbers_$abi.inc || failed=1
done

# refused WHAT LINE...: the generator takes no table with these lines.
refused()
{
	what=$1
	shift
	printf '%s\n' "$@" >"$work/tbl"
	if sh src/syscalls/gen/gen-numbers.sh i386 "$work/tbl" \
		>/dev/null 2>&1; then
		echo "gen-numbers.sh takes $what"
		failed=1
	fi
}
refused 'nothing' '# nothing'
refused 'a number twice' '1 i386 a sys_a' '1 i386 b sys_b'
refused 'an odd name' '1 i386 a"b sys_a'
exit $failed
