# SPDX-License-Identifier: GPL-3.0-or-later
#
# Names out of a program, its files and its symbols: whatever they hold, no
# control character and no new line of theirs is shown, by any command, as text
# or as JSON, nor written to a trace.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cd "$work" || exit 1
evil=$(printf 'e\033]0;x\007\nBROKEN\r\377\302\2332J\342\200\256')
# No assembler takes a new line in a name, as it stands in the symbol table.
mkdir "$evil" && objcopy --redefine-sym "evil_variable=$evil" \
	"$SCDB_TRACEES/named" "$evil/$evil" || fail 'a copy'

# harmless FILE WHAT: nothing in it that drives a terminal, or begins a line.
harmless()
{
	python3 - "$1" <<-\PYTHON >"$work/odd" || fail "$2" "$work/odd"
		import re, sys
		bad = re.compile("[^\t\n -~\xa0-\U0010ffff]"
		                 "|[\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
		                 "|^BROKEN", re.M)
		lines = open(sys.argv[1], "rb").read().decode("utf-8")
		found = [m.start() for m in bad.finditer(lines)]
		for at in found[:5]:
		    print(repr(lines[max(at - 90, 0):at + 30]))
		sys.exit(bool(found))
	PYTHON
}

# shows COMMAND...: each one's output has such a name, and is harmless; as JSON
# too.
shows()
{
	printf '%s\n' 'set color off' 'set pagination off' \
		'set trace-paths on' "$prepare" >commands
	for command; do
		printf '%s\n' "shell echo '<<$command>>'" "$command" >>commands
	done
	for locale in C.UTF-8 C; do
		LC_ALL=$locale EVIL=$evil timeout 40 "$SCDB" -q --nx \
			"$program" "$evil" <commands >said 2>&1
		harmless said "$what in $locale"
	done
	awk '/^<<.*>>$/ { command = substr($0, 3, length($0) - 4); next }
		/BROKEN|<unprintable>/ { print command }' said >shown
	for command; do
		grep -qxF -- "$command" shown ||
			fail "$command: it shows no name" said
	done
	EVIL=$evil timeout 40 "$SCDB" -q --nx --json "$program" "$evil" \
		<commands >said 2>&1
	harmless said "$what as JSON"
}

program=$evil/$evil what="a program's names"
prepare="trace all
trace all to $work/log
set trace-format json
trace all to $work/json
handle SIGTRAP nopass
run"
shows 'info threads' 'info inferiors' 'info fds' 'info proc' \
	'info proc mappings' 'info files' backtrace \
	'backtrace full' 'info frame' 'frame 1' 'frame 0' 'print evil_data' \
	'print evil_data.pointer' 'x/s &evil_data' 'info source' \
	'info sources' list 'info symbol $pc' 'x/i $pc' \
	'info line *$pc' 'print $pc' 'print &evil_variable' \
	'disassemble' 'disassemble /s' 'info functions evil' \
	'rbreak evil' \
	'info breakpoints' 'show env' 'info auxv' \
	'thread apply all bt' stepi finish
for file in log json; do
	harmless "$file" "the trace's $file"
	for call in memfd_create openat mmap unlink setxattr bind listen \
		setsockopt prctl execve; do
		grep "$call" "$file" | grep -q BROKEN ||
			fail "the trace's $file: no name in $call" "$file"
	done
done

# What debug information calls things.
cat >debug.cc <<'SOURCE'
enum evil_enum { evil_one, evil_two };
namespace evil_space {
struct evil_base { int evil_number; };
template <class T> struct evil_type : evil_base { T evil_member; };
}
typedef evil_space::evil_type<int> evil_typedef;
evil_typedef evil_variable;
int evil_function(evil_typedef *evil_parameter, evil_enum evil_argument)
{
	static int evil_static = 5;
	__asm__ volatile("int3");
	return evil_parameter->evil_number + evil_static + evil_argument;
}
int main() { return evil_function(&evil_variable, evil_two) & 0; }
SOURCE
g++ -g -O0 -S -o debug.s debug.cc &&
	sed -i '/^[[:space:]]*\.section[[:space:]]*\.debug_str,/,$ {
		s/\(\.string[[:space:]]*"[^"]*evil_[a-z]*\)/\1\\nBROKEN\\033[31m\\377/
	}' debug.s && g++ -o debug debug.s || fail 'hostile debug information'
program=./debug what='debug information'
prepare='set print pretty on
handle SIGTRAP nopass
run'
shows backtrace 'backtrace full' 'info args' 'info locals' 'info frame' \
	'info scope 12' 'info types unprintable' \
	'info functions unprintable' 'info variables unprintable' finish
finish
