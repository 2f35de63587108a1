# SPDX-License-Identifier: GPL-3.0-or-later
#
# The rules for C files; used by tests/lint.sh, which runs it in the
# directory that the paths are relative to, with LC_ALL=C.  With comments=1
# it prints FILE:LINE:COMMENT for each commented line instead.

BEGIN {
	# A file includes its own room and rooms of a lower rank.
	rank["base"] = 1; rank["arch"] = 2
	rank["target"] = rank["syscalls"] = rank["symbols"] = 3
	rank["expr"] = rank["xol"] = 4
	rank["session"] = 5; rank["cmds"] = 6; rank["ui"] = 7
	rank["main"] = 8
	# Headers that belong to one room.
	owner["sys/ptrace.h"] = owner["linux/ptrace.h"] = "target"
	owner["readline/readline.h"] = owner["readline/history.h"] = "ui"
	owner["jansson.h"] = "ui"
	owner["curses.h"] = owner["ncurses.h"] = "ui"
	owner["term.h"] = owner["vterm.h"] = "ui"
	owner["ncursesw/curses.h"] = owner["ncursesw/ncurses.h"] = "ui"
}

function room_of(path,   parts)
{
	sub(/^\.\//, "", path)
	split(path, parts, "/")
	if (path == "src/main.c")
		return "main"
	if (parts[1] == "src")
		return parts[2]
	return parts[1]
}

function breach(what)
{
	print FILENAME ":" FNR ": " what
}

function exists(path,   line, status)
{
	if (!(path in known)) {
		status = (getline line < path)
		close(path)
		known[path] = status >= 0
	}
	return known[path]
}

FNR == 1 {
	room = room_of(FILENAME)
	ours = room in rank
	in_comment = 0
	first_include = ""
	header = FILENAME
	sub(/\.c$/, ".h", header)
	has_header = FILENAME ~ /\.c$/ && ours && exists(header)
	previous = ""
	function_at = 0
}
FNR == 601 && !comments { breach("a file of more than 600 lines") }

# Parts the line into code (strings emptied) and comment.
{
	code = comment = ""
	rest = $0
	line_began_in_comment = in_comment
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at) {
				comment = comment rest
				break
			}
			comment = comment substr(rest, 1, at - 1) " "
			rest = substr(rest, at + 2)
			in_comment = 0
		} else if (match(rest, /\/\*|\/\/|"|'/)) {
			token = substr(rest, RSTART, RLENGTH)
			code = code substr(rest, 1, RSTART - 1)
			rest = substr(rest, RSTART + RLENGTH)
			if (token == "/*") {
				in_comment = 1
				code = code " "
			} else if (token == "//") {
				if (!comments)
					breach("a // comment")
				comment = comment rest
				break
			} else {
				# Past the closing quote, or to the end.
				if (code ~ /#[ \t]*include[ \t]*$/) {
					code = code "\"" rest
					break
				}
				code = code token
				while (match(rest, /["'\\]/)) {
					c = substr(rest, RSTART, 1)
					rest = substr(rest, RSTART + 1)
					if (c == "\\")
						rest = substr(rest, 2)
					else if (c == token)
						break
				}
				code = code token
			}
		} else {
			code = code rest
			break
		}
	}
}

comments {
	if (comment ~ /\//)
		print FILENAME ":" FNR ":" comment
	next
}

{
	wide = $0
	gsub(/[\200-\277]/, "", wide)
	width = 0
	while ((at = index(wide, "\t")) > 0) {
		width += at - 1
		width += 8 - width % 8
		wide = substr(wide, at + 1)
	}
	width += length(wide)
	if (width > 100)
		breach("longer than 100 columns (" width ")")
	else if (width > 80)
		breach("note: longer than 80 columns (" width ")")
}
/[ \t]$/ { breach("space at the end of the line") }
# A continued line may be aligned with spaces, a statement may not.
/^ / && !line_began_in_comment && $0 !~ /^ \*/ && previous ~ /[;{}]$/ {
	breach("indented with spaces")
}
# Those of the tests may be lists of cases.
/^{/ && ours { function_at = FNR }
/^}/ && function_at {
	lines = FNR - function_at - 1
	if (lines > 60)
		breach("a function of " lines " lines, more than 60")
	function_at = 0
}
code ~ /[^ \t]/ {
	previous = code
	sub(/[ \t]+$/, "", previous)
}

code ~ /^[ \t]*#[ \t]*include/ {
	name = code
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	quoted = code ~ /"/
	if (!first_include) {
		first_include = name
		own = header
		sub(/^src\//, "", own)
		# A room's internal.h takes in the headers of the room.
		if (has_header && name != own && name !~ /\/internal\.h$/)
			breach("does not include its own header first")
	}
	included = room_of(name)
	if (quoted && ours) {
		if (!(included in rank))
			breach("includes \"" name "\", which names no room")
		else if (!exists(name) && !exists("src/" name))
			breach("includes \"" name "\", which does not exist")
		else if (included != room && rank[included] >= rank[room])
			breach(room " must not include " included \
			       " (\"" name "\")")
	}
	if (!quoted && ours && (name in owner) && owner[name] != room)
		breach("only " owner[name] " may include <" name ">")
	next
}

# Below ui and main nobody speaks to the terminal or ends the process.
function calls(names)
{
	return code ~ ("(^|[^A-Za-z0-9_.>])(" names ")[ \t]*\\(")
}
ours && room != "ui" && room != "main" {
	log_file = FILENAME == "src/base/log.c"
	if (calls("printf|vprintf|puts|putchar|perror|psignal") ||
	    code ~ /(^|[^A-Za-z0-9_])(stdout|stderr|stdin)([^A-Za-z0-9_]|$)/)
		breach("speaks to the terminal: only ui and main may")
	if (code ~ /(^|[^A-Za-z0-9_])(write|dprintf|vdprintf)[ \t]*\([ \t]*(STDOUT_FILENO|STDERR_FILENO|1|2)[ \t]*,/ && !log_file)
		breach("writes to standard output or error")
}
ours && room != "main" && FILENAME != "src/base/alloc.c" {
	if (calls("exit|_Exit|quick_exit|abort|errx|err"))
		breach("ends the process: only main may")
	# A child between fork and exec has no other way.
	if (calls("_exit") && room != "target")
		breach("_exit outside target, which forks")
}
