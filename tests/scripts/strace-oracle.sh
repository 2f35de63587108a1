# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 600
#
# strace -f is the judge of whole programs: each runs twice under strace and
# once under scdb's `trace`.  A line of scdb's that neither of strace's runs has
# in its place is different; so is one that both have and scdb has not.  What
# may differ stands in docs/strace.md with its reason; all of it must be less
# than one line in two hundred.  SCDB_TEST_KEEP=DIR keeps the logs and a report.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

scripts=$SCDB_TOP/tests/scripts
report=$work/report
: >"$report"
: >"$work/different"

fresh()
{
	rm -rf "$work/dir"
	mkdir "$work/dir"
	mkdir "$work/dir/in" "$work/dir/in/deep"
	for i in 1 2 3 4 5; do
		seq 1 "$i$i$i" >"$work/dir/in/$i"
		ln -s "../$i" "$work/dir/in/deep/$i"
	done
	printf 'all: a b\na:\n\techo a\nb:\n\techo b | cat\n' \
		>"$work/dir/Makefile"
	echo 'set -g automatic-rename off' >"$work/dir/tmux.conf"
	printf 'int main(void) { return 0; }\n' >"$work/dir/small.c"
}

order()
{
	awk -f "$scripts/strace-oracle.awk" "$1" "$1" | sort -s -t '	' -k 1,1
}

# The numbers of NEW's lines that OLD has not in their place: OLD NEW.
only_new()
{
	diff --unchanged-line-format= --old-line-format= \
		--new-line-format='%dn
' "$1" "$2"
}

# compare NAME COMMAND...: in a directory of its own, which is the same for all.
compare()
{
	name=$1
	shift
	for run in one two; do
		fresh
		(cd "$work/dir" && exec timeout 60 strace -f -o "$work/$run" \
			"$@" </dev/null 2>&1 | cat >"$work/out")
	done
	fresh
	(cd "$work/dir" && exec timeout -k 2 60 "$SCDB" -q --nx --batch \
		-o "$work/three" -e 'trace all' -e run -- "$@" \
		</dev/null 2>&1 | cat >"$work/out")
	for run in one two three; do
		order "$work/$run" >"$work/$run.text"
	done
	only_new "$work/one.text" "$work/three.text" >"$work/a"
	only_new "$work/two.text" "$work/three.text" >"$work/b"
	sort "$work/a" "$work/b" | uniq -d | sort -n >"$work/lines"
	# What both of strace's have and scdb has not.
	only_new "$work/three.text" "$work/two.text" >"$work/a"
	only_new "$work/one.text" "$work/two.text" >"$work/b"
	sort "$work/b" "$work/b" "$work/a" | uniq -u | sort -n >"$work/lost"
	all=$(wc -l <"$work/three.text")
	awk -v name="$name" -v lost="$work/lost" -v theirs="$work/two.text" '
		FILENAME == ARGV[1] { want[$1] = 1; next }
		FILENAME == lost { miss[$1] = 1; next }
		FILENAME == theirs { if (FNR in miss) print name "\t<\t" $0
			next }
		FNR in want { print name "\t>\t" $0 }' \
		"$work/lines" "$work/lost" "$work/two.text" \
		"$work/three.text" >"$work/diff"
	cat "$work/diff" >>"$work/different"
	echo "$name $all $(wc -l <"$work/lines") $(wc -l <"$work/lost")" \
		>>"$report"
	[ -z "$SCDB_TEST_KEEP" ] || {
		mkdir -p "$SCDB_TEST_KEEP/$name"
		cp "$work/one" "$work/two" "$work/three" "$work/one.text" \
			"$work/two.text" "$work/three.text" "$work/diff" \
			"$SCDB_TEST_KEEP/$name"
	}
	[ "$all" -gt 20 ] || fail "$name: few calls" "$work/out"
}

# serve: a server of files on loopback, as $port.
serve()
{
	fresh
	start python3 -c 'import functools, http.server as h, sys
class Quiet(h.SimpleHTTPRequestHandler):
    def log_message(self, *args): pass
    def date_time_string(self, timestamp=None): return "now"
server = h.HTTPServer(("127.0.0.1", 0),
                      functools.partial(Quiet, directory=sys.argv[1]))
with open(sys.argv[2], "w") as f: print(server.server_port, file=f)
server.serve_forever()' "$SCDB_TOP/docs" "$work/port"
	until_true test -s "$work/port" || fail 'no server'
	port=$(cat "$work/port")
}

compare ls ls -la in
compare sh sh -c 'ls in | sort -r | head -n 2; (exit 3); sleep 0.01 & wait'
compare cp cp -a in out
compare find find in -name '[1-3]' -exec cat '{}' ';'
compare dd dd if=in/5 of=out bs=64 count=20 status=none
compare threads "$SCDB_TRACEES/clones"
compare signals "$SCDB_TRACEES/sigs"
compare program-32 "$SCDB_TRACEES/sigs-32"
if [ -n "$SCDB_TEST_LONG" ]; then
	compare cat cat in/1 in/2 /nowhere
	compare tar tar --mtime=@0 -czf out.tar.gz in
	compare bash bash -c 'for i in 1 2 3; do cat in/$i | wc -l; done'
	compare git git -C "$SCDB_TOP" status --short
	compare python3 "$(python3 -c 'import sys; print(sys.executable)')" \
		-c 'import json, subprocess
print(json.dumps(subprocess.run(["echo", "x"]).returncode))'
	compare perl env PERL_HASH_SEED=0 perl -e \
		'print `echo x`; select(undef, undef, undef, 0.01)'
	compare gcc "$CC" -O1 -o small small.c
	compare make make all
	compare sort sort --parallel=4 -S 1M in/5 in/4
	compare ssh-keygen ssh-keygen -q -t ed25519 -N '' -f key
	compare openssl openssl dgst -sha256 in/5
	compare dns getent hosts nothing.invalid
	compare ps ps -q 1 -o pid,comm
	compare top top -b -n 1 -p 1
	compare sqlite3 sqlite3 db 'pragma journal_mode=memory;
		create table t(a); insert into t values(1); select * from t'
	serve
	compare curl curl -s -m 10 -o out "http://127.0.0.1:$port/strace.md"
	compare gdb gdb -nx -batch -ex 'info files' "$SCDB_TRACEES/lines"
	compare tmux env -u TMUX TERM=xterm tmux -S sock -f tmux.conf \
		new-session -d 'sleep 0.5; echo x'
	compare rust rg -j 1 11 in
	compare grep grep -r 11 in
	compare id id
	compare awk awk 'BEGIN { system("true"); "date" | getline }'
	compare polls "$SCDB_TRACEES/restarts" nanosleep poll select
	compare forks "$SCDB_TRACEES/forks"
	compare programs "$SCDB_TRACEES/execs"
	[ "$(wc -l <"$report")" -ge 30 ] || fail 'few programs' "$report"
fi

awk '{ all += $2; bad += $3 + $4
	printf "%-12s %7d lines, %d differ, %d missing\n", $1, $2, $3, $4 }
	END { printf "%-12s %7d lines, %d differ: %.3f %%\n", "all", all, bad,
		all ? 100 * bad / all : 100 }' "$report" >"$work/summary"
cut -f 4 "$work/different" | sed 's/[( ].*//' | sort | uniq -c | sort -rn \
	>"$work/calls"
[ -z "$SCDB_TEST_KEEP" ] || cp "$work/summary" "$work/different" \
	"$work/calls" "$SCDB_TEST_KEEP"
cat "$work/summary"
awk '{ all += $2; bad += $3 + $4 } END { exit all < 500 || bad * 200 > all }' \
	"$report" || fail "strace and scdb differ" "$work/summary" \
	"$work/calls" "$work/different"
finish
