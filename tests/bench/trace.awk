# SPDX-License-Identifier: GPL-3.0-or-later
#
# One table of tests/bench/trace.sh, from lines "TOOL LINES" and then "TOOL CLOCK
# KB PROCESSORS"; `tools` says in what order. BUSY: what all processors did
# meanwhile, in hundredths of a second. AIM: times strace's speed.

# The middle one of what TOOL has in column FIELD.
function median(tool, field,    n, i, k, sorted, t)
{
	n = count[tool]
	for (i = 1; i <= n; i++) {
		t = value[tool, i, field]
		for (k = i; k > 1 && sorted[k - 1] > t; k--)
			sorted[k] = sorted[k - 1]
		sorted[k] = t
	}
	return sorted[int((n + 1) / 2)] + 0
}

NF == 2 {
	lines[$1] = $2
}

NF == 4 {
	n = ++count[$1]
	for (i = 2; i <= 4; i++)
		value[$1, n, i] = $i
	clock += $2
	own += $4
}

END {
	printf "  %-7s %9s %7s %12s %7s %8s %8s\n", "", "clock, ms", "speed",
		"processors'", "cost", "KB", "lines"
	for (i = 1; i <= split(tools, order, " "); i++) {
		tool = order[i]
		ms = median(tool, 2) / 1000
		cpu = median(tool, 4) / 1000
		printf "  %-7s %9.0f %7.2f %12.0f %7.2f %8d %8s\n", tool, ms,
			median("strace", 2) / 1000 / ms, cpu,
			cpu / (median("strace", 4) / 1000), median(tool, 3),
			lines[tool]
	}
	speed = median("strace", 2) / median("scdb", 2)
	printf "  aim: %s times strace's speed: %.2f, %s", aim, speed,
		(speed >= aim ? "reached" : "missed")
	others = (busy / 100 - own / 1e6) / (cpus * clock / 1e6)
	printf " (others had %.0f %% of the processors)\n",
		(others > 0 ? others * 100 : 0)
}
