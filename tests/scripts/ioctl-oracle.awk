# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -v least=N -v share=THOUSANDTHS -f ioctl-oracle.awk NEWER THEIRS OURS
#
# Compares two logs of ioctls line by line.  Fails where there are fewer than
# LEAST, where a request has another name (but those of NEWER), or where fewer
# than SHARE are equal.  Prints how many were, and each that was not.

# "TCGETS", "SNDCTL_TMR_START or TCSETS", "_IOC(_IOC_READ, 0x45, 0x6, 0x1)"
function request(line)
{
	sub(/^ioctl\(-?[0-9]+, /, "", line)
	if (match(line, /^_IOC\([^)]*\)/))
		return substr(line, 1, RLENGTH)
	match(line, /^[A-Za-z0-9_]+(\([^)]*\))?( or [A-Za-z0-9_]+)*/)
	return substr(line, 1, RLENGTH)
}

FILENAME == ARGV[1] {
	if ($0 != "" && $0 !~ /^#/)
		newer[$1] = 1
	next
}
FILENAME == ARGV[2] { theirs[++count] = $0; next }
{
	name = request($0)
	first = name
	sub(/ .*/, "", first)
	if (name != request(theirs[++line]) && !(first in newer)) {
		print theirs[line] "\n" $0 "\n"
		wrong++
	}
	if ($0 == theirs[line])
		equal++
	else
		different[++differ] = theirs[line] "\n" $0
}
END {
	print line " compared, " equal " equal, " wrong + 0 " other names"
	for (i = 1; i <= differ; i++)
		print different[i] "\n"
	exit wrong || line != count || line < least ||
		equal * 1000 < share * line
}
