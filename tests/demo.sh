#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `make demo`: the main job of scdb on real programs, as a first lesson.
# Ends with status 0 only where each program behaved as the lesson says.
set -u

SCDB=${SCDB:-./scdb}
work=$(mktemp -d) || exit 1
sleeper=
trap 'rm -rf "$work"; [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null' EXIT
failed=0

say() {
	printf '\n%s\n' "$*"
}

# Shows the commands of FILE as they would be typed, then runs them.
lesson() {
	file=$1
	shift
	printf '\n    $ scdb'
	printf ' %s' "$@"
	printf '\n'
	sed 's/^/    (scdb) /' "$file"
	printf '\n'
	"$SCDB" -q --nx --batch -x "$file" "$@" >"$work/out" 2>&1 </dev/null
	status=$?
	sed 's/^/      | /' "$work/out"
	[ "$status" = 0 ] || failed=1
}

# The lesson's point: the program itself must have said, or done, this.
expect() {
	if grep -q -e "$1" "$work/out"; then
		return
	fi
	say "THE DEMO FAILED: nothing above says \"$1\""
	failed=1
}

cat <<'EOF'
scdb stops a program at its system calls, shows what each one means, and lets
you decide what becomes of it.
EOF

say "1. A call that fails because you say so"
cat <<'EOF'

cat opens a file. We stop it at that very openat, at its entry (the arrow
points into the kernel), and skip the call: the kernel never sees it, and cat
is told EACCES. What follows is cat's own complaint. Nothing was changed on
the disk, and no permission was needed to test this.
EOF
cat >"$work/1" <<'EOF'
catch syscall openat entry if pathname == "/etc/hosts"
run
info syscall
skip -EACCES
continue
EOF
lesson "$work/1" -- cat /etc/hosts
expect 'cat: /etc/hosts: Permission denied'

say "2. A call that runs, and whose answer is changed"
cat <<'EOF'

id -u asks the kernel who it is. We let the call run and stop at its exit (the
arrow points back), where its true result is known; then we fake another one.
The last line before the exit is id's: it believes us.
EOF
cat >"$work/2" <<'EOF'
catch syscall geteuid exit
run
fake 4711
continue
EOF
lesson "$work/2" -- id -u
expect '^4711$'

say "3. A process that runs already"
cat <<'EOF'

A sleep was started in the background. We attach to it, read the call that it
is in, and let it go. It sleeps on and ends by itself, as if nothing had been.
EOF
sleep 2.5 &
sleeper=$!
sleep 0.5
cat >"$work/3" <<'EOF'
info syscall
detach
EOF
lesson "$work/3" -p "$sleeper"
expect 'clock_nanosleep'
wait "$sleeper"
status=$?
sleeper=
say "sleep ended with status $status."
[ "$status" = 0 ] || failed=1

say "4. Step by step"
cat <<'EOF'

sysstep (ss) goes from one stop to the next: entry, exit, entry ... Here are
the first calls of true, and the log of what was seen.
EOF
cat >"$work/4" <<'EOF'
starti
sysuntil openat
ss
ss
info syscalls 4
kill
EOF
lesson "$work/4" -- true
expect 'openat'

if [ "$failed" != 0 ]; then
	say "The demo failed."
	exit 1
fi
say "That is the main job. Now try:  scdb cat /etc/hosts   and  help"
