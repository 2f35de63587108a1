# SPDX-License-Identifier: GPL-3.0-or-later
# The classes of calls are strace's.  A program makes every call; strace
# answers those of one class with one error, all others with another, so that
# none is really made, and its log says which class each is of.

if ! command -v strace >/dev/null; then
	echo 'strace is missing'
	exit 1
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
classes='file network desc process memory signal ipc clock creds pure'

# numbers ABI: those that the oldest strace in use knows.  execve and
# exit_group are really made (the delay takes the place of an error), and the
# calls of the two kinds of probe kill.
numbers()
{
	sed -n 's/^CALL_NUMBER(\([0-9]*\), "\(.*\)")$/\1 \2/p' \
		"src/syscalls/numbers_$1.inc" | awk '
		$1 <= 450 && $2 !~ /^(execve|exit_group|uretprobe|uprobe)$/ {
			print $1 ","
		}'
}

cat >"$work/caller.c" <<'END'
static const short numbers[] = {
#include "numbers.inc"
};

static long call(long nr, long arg)
{
	long ret;

#ifdef __x86_64__
	__asm__ volatile("syscall" : "=a"(ret)
		: "0"(nr), "D"(arg), "S"(arg), "d"(arg)
		: "rcx", "r11", "memory");
#else
	__asm__ volatile("int $0x80" : "=a"(ret)
		: "0"(nr), "b"(arg), "c"(arg), "d"(arg) : "memory");
#endif
	return ret;
}

void _start(void)
{
	/* Unwatched it would do harm: go on only with strace's answers. */
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		long ret = call(numbers[i], -1);

		if (ret != -38 && ret != -54) /* ENOSYS, EXFULL */
			break;
	}
#ifdef __x86_64__
	call(231, 0);
#else
	call(252, 0);
#endif
}
END

# ours ABI: "name class" a line, in the words of signatures.inc.
ours()
{
	tr '\n' ' ' <src/syscalls/signatures.inc | sed 's/CALL/\n&/g' |
	grep -v '^CALL_\(FORKS\|EXECS\|NO_\|RESTART\|MULTIPLEX\|VDSO\)' |
	sed -n 's/^CALL[A-Z_]*(\(ABI_[A-Z0-9]*,\)\{0,1\} *"\([a-z0-9_]*\)", *\([A-Z_| 0]*\),.*/\2 \1 \3/p' |
	awk -v abi="ABI_$1," '
	{
		own = $2 == abi
		if ($2 ~ /^ABI_/ && !own)
			next
		if (own)
			delete classes[$1]
		if (own || !($1 in classes)) {
			classes[$1] = ""
			for (i = 2; i <= NF; i++)
				if (sub(/^CLASS_/, "", $i))
					classes[$1] = classes[$1] " " \
						tolower($i)
		}
	}
	END {
		for (name in classes) {
			n = split(classes[name], list, " ")
			for (i = 1; i <= n; i++)
				print name, list[i]
		}
	}' | sort
}

# compare ABI CC-OPTION
compare()
{
	numbers "$(echo "$1" | tr XI xi)" >"$work/numbers.inc"
	"${CC:-cc}" "$2" -O1 -static -nostdlib -fno-pic -no-pie \
		-fno-stack-protector -I "$work" -o "$work/caller" \
		"$work/caller.c" || return 1
	for class in $classes; do
		strace -o "$work/log" -e trace=all \
			-e 'inject=!exit_group,execve:error=ENOSYS' \
			-e "inject=%$class:error=EXFULL" \
			-e inject=exit_group:delay_enter=1 "$work/caller" \
			2>"$work/said" || {
			cat "$work/said" >&2
			return 1
		}
		sed -n "s/^\([a-z0-9_]*\)(.* -1 EXFULL .*/\1 $class/p" \
			"$work/log"
	done | sort >"$work/theirs"
	sed -n 's/^\([a-z0-9_]*\)(.*(INJECTED).*/\1/p' "$work/log" |
		sort -u >"$work/known"
	if [ "$(grep -c . "$work/known")" -lt 330 ]; then
		echo "strace told of too few calls of $1"
		return 1
	fi
	ours "$1" | awk 'NR == FNR { known[$1]; next } $1 in known' \
		"$work/known" - >"$work/ours"
	diff "$work/theirs" "$work/ours" >"$work/diff" && return 0
	echo "$1: < only strace has it in the class, > only scdb has"
	cat "$work/diff"
	return 1
}

compare X86_64 -m64 || failed=1
compare I386 -m32 || failed=1
exit $failed
