#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# engine: ptrace
#
# Every combination of skip, skip -s, emulate, fake, arg and nr on one call,
# in every order, checked against what the program itself saw: results, data,
# where the file stands afterwards (did the call run?), and registers.  Sets of
# up to three decisions at the entry, each with and without a fake at the exit.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

# The model: prints what is said to scdb and what the program must say.  A
# decision is a letter; a case is a string of them.
cat >"$work/model.awk" <<'EOF'
function say(text) { print text >commands }
function want(text) { print text >expected }

# The text that the program sees when it is told that N bytes were read.
function text_of(n) {
	return substr(memory, 1, n)
}

function store(text) {
	memory = text substr(memory, length(text) + 1)
}

# False where scdb would refuse the decision.
function decide(letter) {
	if (letter == "F" && skipped)
		return 0
	if (letter == "S") {
		say("skip 3"); skipped = faked = 1; value = 3; shown = 0
	} else if (letter == "T") {
		say("skip -s 1"); skipped = faked = 1; value = 1; shown = 1
	} else if (letter == "E") {
		say("emulate 2 buf=\"XY\"")
		skipped = faked = 1; value = 2
		if (!moved)
			store("XY")
	} else if (letter == "F") {
		say("fake 5"); faked = 1; value = 5
	} else if (letter == "C") {
		say("arg count 2"); count = 2
	} else if (letter == "B") {
		say("arg 1 \"zzzz\""); moved = 1
	} else if (letter == "N") {
		say("nr pread64"); pread = 1
	} else if (letter == "X") {
		say("sysfinish"); say("fake -EIO"); faked = shown = 2
	}
	return 1
}

function valid(what) {
	return what !~ /[STE].*F/ && what !~ /X./
}

function one_case(what,   i, result, text) {
	skipped = faked = shown = count = moved = pread = 0
	count = 4
	memory = "........"
	for (i = 1; i <= length(what); i++)
		decide(substr(what, i, 1))
	if (shown == 1)
		say("continue") # from the stop of skip -s
	say("continue")
	result = value
	if (!skipped) {
		text = substr("abcdefgh", pread ? 1 : 3, count)
		if (!moved)
			store(text)
		if (!faked)
			result = count
	}
	actions = actions " lseek - 2 0 read - 4 lseek - 0 1"
	want("lseek = 2")
	if (faked == 2)
		want("read = -5 EIO")
	else
		want(sprintf("read = %d \"%s\"", result, text_of(result)))
	want("lseek = " (skipped || pread ? 2 : 2 + count))
}

BEGIN {
	letters = "STEFCBN"
	say("catch syscall read entry if count == 4")
	say(go)
	for (a = 1; a <= 7; a++)
		for (b = 0; b <= 7; b++)
			for (c = 0; c <= 7; c++)
				for (x = 0; x <= 1; x++) {
					if (!b && c || a == b || a == c ||
					    b && b == c)
						continue
					what = substr(letters, a, 1) \
						(b ? substr(letters, b, 1) : "") \
						(c ? substr(letters, c, 1) : "") \
						(x ? "X" : "")
					if (valid(what))
						one_case(what)
				}
	print actions
}
EOF

printf abcdefgh >"$work/file"

# model COMMANDS EXPECTED GO: prints the actions.
model()
{
	awk -v commands="$1" -v expected="$2" -v go="$3" \
		-f "$work/model.awk"
}

# judge WHAT OUTPUT STATUS: scdb's own lines are left out.
judge()
{
	grep -E '^(lseek =|read =|open =|bad |REG)' "$2" >"$work/saw"
	same "$1: the program saw something else" "$work/expected" \
		"$work/saw" "$work/scdb"
	[ "$3" -eq 0 ] || fail "$1: exit status $3" "$work/scdb"
}

# launched PROGRAM [ACTION...]
launched()
{
	actions=$(model "$work/commands" "$work/expected" run) || exit 1
	sed -i '1i open = 3' "$work/expected"
	# shellcheck disable=SC2086
	scdb -x "$work/commands" -- "$@" open "$work/file" $actions \
		>"$work/out" 2>"$work/scdb"
	[ $? -eq 0 ] || fail "launched $*: scdb failed" "$work/scdb"
	sed -n 's/.* exited with status //p' "$work/out" >"$work/status"
	judge "launched $*" "$work/out" "$(cat "$work/status")"
}

# attached PROGRAM [ACTION...]
attached()
{
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	actions=$(model "$work/commands" "$work/expected" continue) || exit 1
	sed -i '1i open = 3' "$work/expected"
	sed -i "2i shell echo >'$work/fifo'" "$work/commands"
	# shellcheck disable=SC2086
	input=$work/fifo
	start "$@" open "$work/file" ready line $actions >"$work/out"
	says "$work/out" '^ready' || fail "attached $*: it is not ready"
	scdb -x "$work/commands" -p $pid >"$work/scdb" 2>&1 ||
		fail "attached $*: scdb failed" "$work/scdb"
	ended $pid
	judge "attached $*" "$work/out" $status
}

for program in ./say ./say-32 ./say-static './say-32 via vdso'; do
	# shellcheck disable=SC2086
	launched $program
	# shellcheck disable=SC2086
	attached $program
done
finish
