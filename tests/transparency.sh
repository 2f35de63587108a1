#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: transparency.sh [--times N] [--jobs N] [--only NAME[,NAME...]]
#                        [--without FLAG[,FLAG...]] [--sample K/N] [WRAPPER...]
#
# Runs each program of transparency.list natively, and N times (1) under
# WRAPPER, and compares output, errors and exit status. WRAPPER is a command
# that gets a program and its arguments: "strace -f -o /dev/null", or
# "scdb --batch -q --nx -e run --"; what it prints itself is not looked at.
# Without one the list itself is checked: that programs do the same each time.
# --without leaves out lines with one of these flags, --sample every line but
# the Kth of each N. --jobs runs so many at once, to disturb their timing.
# Prints "ok NAME" or "FAIL NAME: WHY" and the difference; exits with 1 if one
# failed, 2 on a usage error. Each run may take $LIMIT (30) seconds.

top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
: "${SCDB_TRACEES:=$top/build/tracees}"
: "${LIMIT:=30}"
list=$top/tests/transparency.list
times=1 jobs=1 only='' without='' sample=1/1

while [ $# -gt 0 ]; do
	case $1 in
	--times) times=$2 ;;
	--jobs) jobs=$2 ;;
	--only) only=$2 ;;
	--without) without=$2 ;;
	--sample) sample=$2 ;;
	--) shift; break ;;
	-*) sed -n '4,5s/^# *//p' "$0" >&2; exit 2 ;;
	*) break ;;
	esac
	[ $# -ge 2 ] || exit 2
	shift 2
done

work=$(mktemp -d "${TMPDIR:-/tmp}/scdb-same.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$SCDB_TRACEES" || exit 2

# Whether one word of the comma list $1 is in the comma list $2.
share()
{
	case ,$2, in
	,,) return 1 ;;
	esac
	for word in $(echo "$1" | tr , ' '); do
		case ,$2, in
		*",$word,"*) return 0 ;;
		esac
	done
	return 1
}

# Runs COMMAND $3 with stdin $2, under "$4..." if given; result in dir $1.
run_one()
{
	out=$1 in=$2 command=$3
	shift 3
	mkdir -p "$out/tmp"
	: >"$out/stdout"
	: >"$out/stderr"
	echo "none" >"$out/status"
	[ "$in" = - ] && : >"$out/stdin" || printf %s "$in" |
		tr _ '\n' >"$out/stdin"
	eval "set -- \"\$@\" sh -c '
		out=\$0
		\"\$@\" <\"\$out/stdin\" >\"\$out/stdout\" 2>\"\$out/stderr\"
		echo \$? >\"\$out/status\"' \"\$out\" $command"
	TMPDIR=$out/tmp HOME=$out/tmp timeout -k 2 "$LIMIT" "$@" \
		>"$out/log" 2>&1 </dev/null
	echo $? >"$out/wrapper"
	rmdir "$out/tmp" 2>/dev/null || echo "left in TMPDIR:" \
		"$(ls -A "$out/tmp")" >>"$out/stdout"
	# A daemon may write a moment later.
	sed -i "s,$out,DIR,g" "$out/stdout" "$out/stderr"
}

check_one()
{
	name=$1 in=$2 command=$3
	shift 3
	dir=$work/$name
	run_one "$dir/native" "$in" "$command"
	try=1
	while [ "$try" -le "$times" ]; do
		run_one "$dir/wrapped" "$in" "$command" "$@"
		for what in status stdout stderr; do
			cmp -s "$dir/native/$what" "$dir/wrapped/$what" &&
				continue
			echo "FAIL $name: another $what (run $try)"
			diff "$dir/native/$what" "$dir/wrapped/$what" |
				head -n 10 | cat -v
			head -n 5 "$dir/wrapped/log" | cat -v
			echo "$name" >>"$work/failed"
			rm -rf "$dir"
			return
		done
		rm -rf "$dir/wrapped"
		try=$((try + 1))
	done
	rm -rf "$dir"
	echo "ok $name"
}

line=0 running=0
: >"$work/failed"
while read -r name flags in command; do
	case $name in
	''|'#'*) continue ;;
	esac
	line=$((line + 1))
	[ -n "$only" ] && ! share "$name" "$only" && continue
	share "$flags" "$without" && continue
	[ $((line % ${sample#*/})) -eq $((${sample%/*} % ${sample#*/})) ] ||
		continue
	check_one "$name" "$in" "$command" "$@" >"$work/out.$line" &
	running=$((running + 1))
	if [ "$running" -ge "$jobs" ]; then
		wait
		running=0
		cat "$work"/out.*
		rm -f "$work"/out.*
	fi
done <"$list"
wait
cat "$work"/out.* 2>/dev/null
[ ! -s "$work/failed" ]
