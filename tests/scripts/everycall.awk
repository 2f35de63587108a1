# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -v share=PERCENT -f everycall.awk NEWER THEIRS OURS
#
# Compares two logs of the same calls line by line.  Fails where they tell of
# different calls, where ours lacks a name that theirs has, or where fewer than
# PERCENT of the lines are equal that have no word of NEWER in them.  Prints
# how many were equal, and each line that was not, theirs before ours.

function name_of(line)
{
	return substr(line, 1, index(line, "(") - 1)
}

function is_newer(line,    i)
{
	for (i = 1; i <= words; i++)
		if (index(line, word[i]))
			return 1
	return 0
}

FILENAME == ARGV[1] {
	if ($0 != "" && $0 !~ /^#/)
		word[++words] = $1
	next
}
FILENAME == ARGV[2] { theirs[++count] = $0; next }
{
	name = name_of($0)
	other = name_of(theirs[++line])
	if (other ~ /^syscall_0x/)
		next
	if (name != other && name !~ /^(ipc|socketcall)$/) {
		print "theirs: " theirs[line] "\nours:   " $0
		wrong++
		next
	}
	if (is_newer($0))
		next
	compared++
	if ($0 == theirs[line])
		equal++
	else
		different[++differ] = theirs[line] "\n" $0
}
END {
	if (line != count) {
		print count " lines in theirs, " line " in ours"
		wrong++
	}
	print compared " compared, " equal " equal"
	for (i = 1; i <= differ; i++)
		print different[i] "\n"
	exit wrong || !compared || equal * 100 < share * compared
}
