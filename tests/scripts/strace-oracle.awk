# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -f strace-oracle.awk LOG LOG
#
# A log of `strace -f -o` or of scdb's `trace`, given twice: the first time ids
# are learnt.  Out comes a line an event, "THREAD TAB text": lines that were
# broken off are whole, threads are named by who made them ("1.2": the second
# that the first made), and what no two runs have in common stands for itself:
# addresses (but for their place in a page), ids, times, inodes.

# The second name of a thread is its maker's and a number.
function born(maker, id)
{
	if (id in label)
		return
	if (!(maker in label))
		label[maker] = ++roots
	label[id] = label[maker] "." ++children[maker]
}

function place(hex)
{
	if (hex ~ /^0x7ff[c-f]/ && length(hex) == 14 ||
	    hex ~ /^0xff[7-9a-f]/ && hex !~ /^0xfffff/ && length(hex) == 10)
		return "STACK"
	if (hex ~ /^0x(7[ef]|5[56])/ && length(hex) == 14 ||
	    hex ~ /^0x(5[6-9a-f]|e[89a-f]|f[0-7])/ && length(hex) == 10)
		return "ADDR:" substr(hex, length(hex) - 2)
	return hex
}

# Every word of digits that is a thread's id.
function words(text,    out, word)
{
	out = ""
	while (match(text, /0x[0-9a-f]+|[0-9]+/)) {
		word = substr(text, RSTART, RLENGTH)
		out = out substr(text, 1, RSTART - 1)
		if (word ~ /^0x/)
			out = out place(word)
		else if (word in label)
			out = out "T" label[word]
		else
			out = out word
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

# What is read from where times, addresses and random bytes are.
function read_there(id, text,    fd)
{
	if (text ~ /^open(at)?\(.*"\/(proc|sys|dev\/u?random).* = [0-9]+$/) {
		fd = text
		sub(/.* = /, "", fd)
		there[id, fd] = 1
		return text
	}
	fd = text
	if (!sub(/^(read|pread64|getdents64|close)\(/, "", fd))
		return text
	sub(/[^0-9].*/, "", fd)
	if (text ~ /^close/)
		delete there[id, fd]
	else if ((id, fd) in there)
		sub(/, .*/, ", ...", text)
	return text
}

function told(id, text)
{
	text = read_there(id, text)
	# A wait until some time: what is left of it; a port of the kernel's.
	if (text ~ /^(poll|epoll_wait)\(/)
		sub(/, [0-9]+\) = /, ", MS) = ", text)
	if (text ~ /^getsockname\(/)
		sub(/sin_port=htons\([0-9]+\)/, "sin_port=PORT", text)
	if (text ~ /^write\(1, "top - /)
		gsub(/[0-9]+/, "N", text)
	gsub(/f_(bfree|bavail|ffree)=[0-9]+/, "f_free", text)
	gsub(/tv_(sec|nsec|usec)=[0-9]+/, "tv_N", text)
	gsub(/(si_utime|si_stime|tms_[a-z]+)=[0-9]+( \/\* [0-9.]+ s \*\/)?/,
	     "ticks", text)
	gsub(/ \/\* [0-9-]+T[0-9:.+-]+ \*\//, "", text)
	gsub(/\/\* [0-9]+ vars \*\//, "/* N vars */", text)
	gsub(/(pipe|socket|anon_inode|mnt):\[[0-9]+\]/, "INODE", text)
	if (text ~ /^getrandom/)
		gsub(/\\x[0-9a-f][0-9a-f]/, "X", text)
	if (text ~ /^(times|time|clock_gettime|getrusage|sysinfo)\(/)
		gsub(/[0-9]+/, "N", text)
	if (text ~ /^(getppid|getpgrp|semget)\(/)
		sub(/= [0-9]+$/, "= ID", text)
	if (text ~ /^semctl\(/)
		sub(/\([0-9]+/, "(ID", text)
	# What compilers, and askers of name servers, make up.
	gsub(/\/tmp\/cc[A-Za-z0-9]+/, "/tmp/ccNAME", text)
	if (text ~ /^(sendto|recvfrom)\(.*nothing/)
		sub(/"([^"\\]|\\.)*/, "\"QUESTION", text)
	if (text ~ /^execve/)
		sub(/\], 0x[0-9a-f]+/, "], ENV", text)
	if (text ~ /^(brk|rt_sigreturn)\(/)
		gsub(/0x[0-9a-f]+/, "BRK", text)
	print label[id] "\t" words(text)
}

FNR == NR {
	if (!($1 in label) && !roots)
		label[$1] = ++roots
	if ($0 ~ /^[0-9]+ +(<\.\.\. )?(clone|clone3|fork|vfork)[ (].* = [0-9]+$/)
		born($1, $NF)
	next
}

{
	id = $1
	text = substr($0, length(id) + 1)
	sub(/^ +/, "", text)
	if (!(id in label))
		label[id] = ++roots
}

text ~ / <unfinished \.\.\.>$/ && text !~ /^<\.\.\. / {
	sub(/ <unfinished \.\.\.>$/, "", text)
	begun[id] = text
	next
}

text ~ /^<\.\.\. [a-zA-Z0-9_]+ resumed>/ {
	sub(/^<\.\.\. [a-zA-Z0-9_]+ resumed>/, "", text)
	text = begun[id] text
	delete begun[id]
}

{
	# The column of results depends on the ids' lengths.
	sub(/\) += /, ") = ", text)
	told(id, text)
}
