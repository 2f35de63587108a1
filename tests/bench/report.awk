# SPDX-License-Identifier: GPL-3.0-or-later
#
# One table of tests/bench/run.sh from lines "PROGRAM HOW TOOL NS", which are
# sorted by tool and NS; `program`, `how` and `tools` say which, and in what
# order. Then the aims, each a ratio of two medians.

function describe(tool)
{
	if (tool == "native")
		return "nobody traces it"
	if (tool == "bare-sleep")
		return "bare loop, sleeping"
	if (tool == "bare-poll")
		return "bare loop, polling"
	if (tool == "scdb")
		return "scdb, launched"
	if (tool == "scdb-p")
		return "scdb, attached"
	if (tool == "strace")
		return "strace -f"
	if (tool == "strace-none")
		return "strace -f, prints none"
	return "gdb catch syscall"
}

function aim(what, over, under, limit, at_least,    ratio, reached, bound)
{
	if (!(over in median) || !(under in median) || !median[under])
		return
	if (!("bare-poll" in median))
		return
	ratio = median[over] / median[under]
	reached = at_least ? ratio >= limit : ratio <= limit
	bound = at_least ? "at least" : "at most"
	# On one processor strace, too, is spared the way to the other, and the
	# bare loop itself is less than twice as fast: a figure, no aim.
	if (how == "one-core" && at_least) {
		printf "       %-30s %6.2f  (bare loop: %.2f)\n", what, ratio,
			median[over] / median["bare-poll"]
		return
	}
	printf "  aim: %-30s %6.2f  %-8s %-5s %s\n", what, ratio, bound,
		limit, reached ? "reached" : "missed"
}

$1 == program && $2 == how && $4 != "failed" {
	value[$3, ++count[$3]] = $4
}

END {
	for (tool in count) {
		n = count[tool]
		half = int((n + 1) / 2)
		median[tool] = value[tool, half]
		if (n % 2 == 0)
			median[tool] = (median[tool] + value[tool, half + 1]) / 2
	}
	where = "as the scheduler likes"
	if (how == "one-core")
		where = "all on one processor"
	printf "\n%s, %s\n", program, where
	printf "  %-24s %9s %11s %8s   %s\n", "", "us/call", "calls/s",
		"x bare", "from .. to (us)"
	n = split(tools, order, " ")
	for (i = 1; i <= n; i++) {
		tool = order[i]
		if (!(tool in median)) {
			printf "  %-24s not measured\n", describe(tool)
			continue
		}
		m = median[tool]
		ratio = note = ""
		if (median["bare-poll"])
			ratio = sprintf("%.2f", m / median["bare-poll"])
		if (program == "getppid" && tool != "native" && m < 2000)
			note = "  (it can't have stopped)"
		printf "  %-24s %9.2f %11.0f %8s   %.2f .. %.2f%s\n",
			describe(tool), m / 1000, m ? 1e9 / m : 0, ratio,
			value[tool, 1] / 1000, value[tool, count[tool]] / 1000,
			note
		if (note)
			delete median[tool]
	}
	aim("scdb / bare polling", "scdb", "bare-poll", 1.15, 0)
	aim("scdb attached / bare polling", "scdb-p", "bare-poll", 1.15, 0)
	aim("strace / scdb", "strace", "scdb", 3, 1)
	aim("strace / scdb attached", "strace", "scdb-p", 3, 1)
	aim("gdb / scdb", "gdb", "scdb", 4.5, 1)
	aim("gdb / scdb attached", "gdb", "scdb-p", 4.5, 1)
}
