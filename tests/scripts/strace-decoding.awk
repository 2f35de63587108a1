# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -v side=strace|scdb -v uses=USES -f strace-decoding.awk RULES TRACE
#
# Brings what strace or scdb told of calls to one form, a line a call:
# "THREAD name(value, ...) = result", THREAD counted by first appearance.  For
# scdb a call's text is that of its entry, with what the exit tells anew in its
# place, and without the arguments' names.
#
# RULES has lines of five fields with tabs between.  The second are names of
# calls with commas between, or "*"; the fifth says why.  The first is
#
#	text    what strace says in the third (to the letter) is in scdb's words
#	        the fourth
#	strace, scdb, both
#	        on that side, what matches the third (a regular expression) is
#	        replaced by the fourth ("-": nothing)
#	entry   of the arguments named in the third (commas between), scdb's text
#	        is that of the entry, as strace's
#
# "#" begins a comment line.  The numbers of the lines that were of use are put
# behind what the file USES has.

function rule_add(text,    f, n, i, names)
{
	if (split(text, f, "\t") != 5) {
		print "a rule does not have five fields: " text
		exit 2
	}
	if (f[1] == "entry") {
		n = split(f[2], names, ",")
		for (i = 1; i <= n; i++) {
			at_entry[names[i]] = "," f[3] ","
			entry_rule[names[i]] = FNR
		}
	} else if (f[1] == side || f[1] == "both" ||
		   f[1] == "text" && side == "strace") {
		rules++
		rule_line[rules] = FNR
		rule_literal[rules] = f[1] == "text"
		rule_calls[rules] = "," f[2] ","
		rule_from[rules] = f[3]
		rule_to[rules] = f[4] == "-" ? "" : f[4]
	}
}

function rule_apply(rule, text,    at)
{
	if (!rule_literal[rule]) {
		if (gsub(rule_from[rule], rule_to[rule], text))
			used[rule_line[rule]] = 1
		return text
	}
	at = index(text, rule_from[rule])
	if (!at)
		return text
	used[rule_line[rule]] = 1
	return substr(text, 1, at - 1) rule_to[rule] \
		substr(text, at + length(rule_from[rule]))
}

# An address loses all but its place in its page; the stack's even that.
function place(hex)
{
	if (hex ~ /^0x7ff[b-f]/ && length(hex) == 14 ||
	    hex ~ /^0xff[7-9a-f]/ && hex !~ /^0xfffff/ && length(hex) == 10)
		return "STACK"
	if (hex ~ /^0x(7[ef]|5[56])/ && length(hex) == 14 ||
	    hex ~ /^0x(5[6-9a-f]|e[89a-f]|f[0-7])/ && length(hex) == 10)
		return "ADDR:" substr(hex, length(hex) - 2)
	return hex
}

# The number of an inode, as it is counted by its first appearance.
function inodes(text,    out, len)
{
	out = ""
	while (match(text, /(:\[|\/#|->)[0-9]+/)) {
		len = RLENGTH
		out = out substr(text, 1, RSTART - 1)
		text = substr(text, RSTART)
		match(text, /[0-9]+/)
		key = substr(text, RSTART, RLENGTH)
		if (!(key in inode))
			inode[key] = ++inode_count
		out = out substr(text, 1, RSTART - 1) "INODE" inode[key]
		text = substr(text, len + 1)
	}
	return out text
}

function places(text,    out)
{
	out = ""
	while (match(text, /0x[0-9a-f]+/)) {
		out = out substr(text, 1, RSTART - 1) \
			place(substr(text, RSTART, RLENGTH))
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

# told THREAD, NAME, ARGS, RESULT
function told(thread, name, args, result,    text, i)
{
	text = inodes(places(args ") = " result))
	for (i = 1; i <= rules; i++)
		if (rule_calls[i] == ",*," ||
		    index(rule_calls[i], "," name ","))
			text = rule_apply(i, text)
	print thread " " name "(" text
}

function thread_of(id)
{
	if (!(id in threads))
		threads[id] = ++thread_count
	return threads[id]
}

# ---- strace ----

function strace_call(id, text,    name, at, from)
{
	name = substr(text, 1, index(text, "(") - 1)
	text = substr(text, length(name) + 2)
	# The last ") = ", with blanks before the "=".
	at = 0
	from = 1
	while (match(substr(text, from), /\) += /)) {
		at = from + RSTART - 1
		skip = RLENGTH
		from = at + RLENGTH
	}
	if (!at) {
		print "strace told: " text
		return
	}
	told(thread_of(id), name, substr(text, 1, at - 1),
	     strace_result(substr(text, at + skip)))
}

function strace_result(text)
{
	if (text ~ /^-1 E[A-Z0-9]+ \(/)
		return "-" substr(text, 4, index(text, " (") - 4)
	if (text ~ /^\? E[A-Z_]+ \(/)
		return substr(text, 1, index(text, " (") - 1)
	return text
}

function strace_line(    id, text)
{
	id = $1
	text = substr($0, length(id) + 1)
	sub(/^ +/, "", text)
	if (text ~ /^(---|\+\+\+) /)
		return
	if (text ~ / <unfinished \.\.\.>$/) {
		sub(/ <unfinished \.\.\.>$/, "", text)
		unfinished[id] = text
		return
	}
	if (text ~ /^<\.\.\. [a-z0-9_]+ resumed>/) {
		sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", text)
		text = unfinished[id] text
	}
	# The program's own start: scdb begins behind it.
	if (!begun && text ~ /^execve\(/) {
		begun = 1
		return
	}
	strace_call(id, text)
}

# ---- scdb ----

# The length of TEXT up to END, which stands outside quotes and brackets.
function span(text, end,    i, c, depth, quoted)
{
	depth = 0
	quoted = 0
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (!depth && c == end) {
			return i - 1
		} else if (c == "\"") {
			quoted = 1
		} else if (c ~ /[\[{(]/) {
			depth++
		} else if (c ~ /[\]})]/) {
			depth--
		}
	}
	return i - 1
}

# Splits "a=1, b=2" to arg_name, arg_value; returns how many.
function split_args(text,    n, len, arg, at)
{
	n = 0
	while (text != "") {
		len = span(text, ",")
		arg = substr(text, 1, len)
		text = substr(text, len + 3)
		at = index(arg, "=")
		n++
		if (arg !~ /^[a-z][a-z0-9_]*=/)
			at = 0
		arg_name[n] = at ? substr(arg, 1, at - 1) : ""
		arg_value[n] = substr(arg, at + 1)
	}
	return n
}

function scdb_entry(id, name, args,    n, i)
{
	n = split_args(args)
	entry_name[id] = name
	entry_count[id] = n
	for (i = 1; i <= n; i++) {
		entry_arg[id, i] = arg_name[i]
		entry_value[id, i] = arg_value[i]
	}
}

function scdb_args(id, name,    n, i, text)
{
	text = ""
	n = entry_count[id]
	for (i = 1; i <= n; i++)
		text = text (i > 1 ? ", " : "") entry_value[id, i]
	return text
}

function scdb_exit(id, name, args, result,    n, i, j, count)
{
	if (entry_name[id] != name) {
		print "scdb told " name "'s exit, and " entry_name[id] \
			"'s entry"
		return
	}
	n = split_args(args)
	count = entry_count[id]
	for (i = 1; i <= n; i++) {
		if (arg_name[i] == "")
			continue
		if (index(at_entry[name], "," arg_name[i] ",")) {
			used[entry_rule[name]] = 1
			continue
		}
		for (j = 1; j <= count; j++)
			if (entry_arg[id, j] == arg_name[i])
				entry_value[id, j] = arg_value[i]
	}
	told(thread_of(id), name, scdb_args(id, name), result)
	entry_name[id] = ""
}

function scdb_line(    text, id, name, len, args)
{
	if ($0 !~ /^\[[0-9.]+\] [0-9]+ "/)
		return
	id = $2
	text = substr($0, length($1) + length($2) + 4)
	# The name of the program, which may have anything in it.
	text = substr(text, span("\"" text, " ") + 1)
	arrow = substr(text, 1, index(text, " ") - 1)
	if (arrow != "→" && arrow != "←")
		return
	text = substr(text, length(arrow) + 2)
	name = substr(text, 1, index(text, "(") - 1)
	text = substr(text, length(name) + 2)
	len = span(text, ")")
	args = substr(text, 1, len)
	text = substr(text, len + 2)
	if (arrow == "→") {
		scdb_entry(id, name, args)
		if (name ~ /^exit(_group)?$/)
			told(thread_of(id), name, scdb_args(id, name), "?")
	} else {
		sub(/^ = /, "", text)
		sub(/ +[0-9]+\.[0-9]+ s( +\[[a-z0-9_]+\])?$/, "", text)
		scdb_exit(id, name, args, text)
	}
}

FILENAME == ARGV[1] {
	if ($0 != "" && $0 !~ /^#/)
		rule_add($0)
	next
}
side == "strace" { strace_line() }
side == "scdb" { scdb_line() }
END {
	for (line in used)
		print line >>uses
}
