#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Init files: the user's own, and .scdbinit where one works, which is read only
# where nobody else can have put it there.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

HOME=$work/home
export HOME
unset XDG_CONFIG_HOME
mkdir -p "$HOME/.config/scdb" "$work/dir/below"
init=$HOME/.config/scdb/init
printf '%s\n' 'echo local was read\n' >"$work/dir/.scdbinit"
cp "$work/dir/.scdbinit" "$work/dir/below"
chmod 644 "$work/dir/.scdbinit" "$work/dir/below/.scdbinit"

# start DIRECTORY OPTION...: a scdb that works there.
start_in()
{
	directory=$1
	shift
	(cd "$directory" && timeout 20 "$SCDB" -q --batch "$@") \
		>"$work/scdb" 2>&1 </dev/null
	status=$?
}

# gives STATUS PATTERN WHAT
gives()
{
	[ "$status" -eq "$1" ] || fail "$3: status $status" "$work/scdb"
	grep -q -e "$2" "$work/scdb" || fail "$3: not said: $2" "$work/scdb"
}

# trusts WHAT, distrusts PATTERN WHAT: in $work/dir.
trusts()
{
	start_in "${2:-$work/dir}"
	gives 0 '^local was read$' "$1"
}

distrusts()
{
	start_in "$work/dir"
	gives 0 "^warning: .scdbinit is not read: $1" "$2"
	! grep -q 'local was read' "$work/scdb" || fail "$2: it was read"
}

distrusts "\`set safe-path $work/dir\` in your own init file would" 'no list'
echo "set safe-path /nonexistent:$work/di:$work/dir/below" >"$init"
distrusts '.set safe-path' 'others are listed'
trusts 'one of three' "$work/dir/below"
echo "set safe-path $work/dir" >"$init"
trusts 'listed'
trusts 'below one that is listed' "$work/dir/below"
# shellcheck disable=SC2088
echo 'set safe-path ~/work' >"$init"
mkdir -p "$HOME/work"
cp "$work/dir/.scdbinit" "$HOME/work"
trusts 'with ~' "$HOME/work"

echo "set safe-path $work" >"$init"
chmod 666 "$work/dir/.scdbinit"
distrusts 'everybody may write it' 'writable for all'
chmod 644 "$work/dir/.scdbinit"
if [ "$(id -u)" -eq 0 ]; then
	chown nobody "$work/dir/.scdbinit"
	distrusts 'it is not yours' "another's file"
	chown root "$work/dir/.scdbinit"
	chown nobody "$work/dir"
	distrusts '.* is not yours' "another's directory"
	chown root "$work/dir"
fi
trusts 'mended'
start_in "$work/dir" --nx
[ ! -s "$work/scdb" ] || fail '--nx reads it' "$work/scdb"

# The user's own file comes first; what is wrong in either names file and line.
printf '%s\n' 'echo own was read\n' >>"$init"
start_in "$work/dir"
printf '%s\n' 'own was read' 'local was read' >"$work/expected"
same 'the order' "$work/expected" "$work/scdb"
printf '\n\nnosuch\n' >"$work/dir/.scdbinit"
start_in "$work/dir"
gives 1 '^.scdbinit:3: undefined command: "nosuch"' 'an error'
printf 'if 1\nnosuch\nend\n' >"$init"
start_in "$work/dir"
gives 1 '^/.*/home/.config/scdb/init:2: undefined command: "nosuch"' 'an error'
XDG_CONFIG_HOME=$work/config
export XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME/scdb"
printf '%s\n' 'echo config was read\n' >"$XDG_CONFIG_HOME/scdb/init"
start_in "$HOME"
gives 0 '^config was read$' XDG_CONFIG_HOME
mkdir "$work/other"
mkdir "$work/other/.scdbinit"
start_in "$work/other"
gives 0 'warning: .scdbinit is not read' 'a directory'

# An alias, or a command, that lets go: the engine auto makes no filters then.
# engine SETUP-LINE...: sets $engine.
engine()
{
	printf '%s\n' "$@" >"$XDG_CONFIG_HOME/scdb/init"
	(cd "$HOME" && timeout 20 "$SCDB" -q --batch -e 'catch syscall getpid' \
		-e 'show engine' /bin/true) >"$work/scdb" 2>&1 </dev/null
	engine=$(sed -n 's/.*auto.*\(ptrace\|seccomp\).*/\1/p' "$work/scdb")
}
engine 'alias harmless = info threads'
[ "$engine" = seccomp ] || fail "harmless: $engine" "$work/scdb"
engine 'alias leave = detach'
[ "$engine" = ptrace ] || fail "an alias: $engine" "$work/scdb"
engine 'define leave' 'detach' 'end'
[ "$engine" = ptrace ] || fail "a command: $engine" "$work/scdb"
finish
