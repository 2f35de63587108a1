# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the benchmarks share, to be sourced. Sets top, SCDB, SCDB_BENCHES,
# SCDB_TOOLS and SCDB_TRACEES where the environment does not, and makes the
# folder `work`; it goes at the end, with those named in `also`, and the
# process `pid` is killed.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_BENCHES:=$top/build/bench}"
: "${SCDB_TOOLS:=$top/build/tests/tools}" "${SCDB_TRACEES:=$top/build/tracees}"
unset DEBUGINFOD_URLS
pid='' also=''
work=$(mktemp -d) || exit 1

tidy()
{
	[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null
	# shellcheck disable=SC2086
	rm -rf "$work" $also
}
trap tidy EXIT
trap 'exit 130' INT TERM

# options "NAME..." "$@": sets the variable NAME to what follows --NAME.
options()
{
	names=$1
	shift
	while [ $# -gt 0 ]; do
		case " $names " in
		*" ${1#--} "*) [ $# -gt 1 ] ;;
		*) false ;;
		esac || {
			sed -n '4s/^# *//p' "$0" >&2
			exit 2
		}
		eval "${1#--}=\$2"
		shift 2
	done
}

# The processor that what is confined to one gets.
one_core()
{
	taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/'
}

# median NAME [N]: of what stands Nth behind NAME in the lines of $work/raw.
median()
{
	awk -v name="$1" -v n="${2:-1}" '$1 == name { print $(n + 1) }' \
		"$work/raw" | sort -n |
		awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] + 0 }'
}
