#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 1500
# Backtraces of real programs, stopped at random moments, against gdb's: the
# same pcs and the same functions, all the way out.  Those that left by a tail
# call are left out: gdb finds none on ways through functions whose code is in
# two parts (tests/scripts/tail-calls.sh is about them).  20 stops of the first
# four programs; with SCDB_TEST_LONG 200, in a few minutes, of Rust's too.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

samples=20
[ -z "$SCDB_TEST_LONG" ] || samples=200

# A C++ program that is deep in virtual calls, the heap and streams; and one in
# C that keeps the compiler busy.
cat >"$work/cxx.cc" <<'END'
#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>
struct shape { virtual ~shape() {} virtual double area(int d) const = 0; };
template<typename T> struct box : shape {
	T v;
	box(T x) : v(x) {}
	double area(int d) const override
	{
		if (d > 0)
			return area(d - 1) + 1;
		std::ostringstream o;
		o << v;
		return o.str().size();
	}
};
int main()
{
	std::map<std::string, std::vector<int>> m;
	std::function<double(int)> f = [&](int i) {
		box<int> b(i);
		box<double> c(i * 1.5);
		return b.area(i % 20) + c.area(i % 7);
	};
	for (int i = 0;; i++) {
		auto &v = m[std::to_string(i % 1000)];
		v.push_back((int)f(i));
		std::sort(v.begin(), v.end(),
		          [](int a, int b) { return a > b; });
		if (v.size() > 100)
			v.clear();
		std::cout << i << std::endl;
	}
}
END
"${CXX:-g++}" -O2 -o "$work/cxx" "$work/cxx.cc" || fail "g++"
seq 600 | while read -r n; do
	echo "int f$n(int *a, int n) { int s = $n; for (int i = 0; i < n; i++)
	switch (a[i] % 7) { case 0: s += a[i] * $n; break;
	case 1: s ^= i; break; case 2: s -= a[s & 3]; } return s; }"
done >"$work/busy.c"
sql='with recursive c(x) as (select 1 union all select x + 1 from c
limit 90000000) select count(*), sum(x), group_concat(x % 7) from c
where x % 3 order by x;'
python='import json, re
def f(n): return sorted(range(n)) if n < 50 else f(n - 10)
while 1:
    json.dumps(json.loads(json.dumps({"a": f(300)})))
    re.match("(a|b)*c", "abab" * 20)'
# Rust's compiler is no requirement of the tests: with it the long form has one
# program more.
programs=4
# rustup's looks for it below HOME, which is another one in a test.
home=$(getent passwd "$(id -u)" | cut -d: -f6)
[ -n "$RUSTUP_HOME" ] || ! [ -d "$home/.rustup" ] ||
	export RUSTUP_HOME="$home/.rustup"
[ -z "$SCDB_TEST_LONG" ] || ! rustc --version >/dev/null 2>&1 || {
	cat >"$work/rs.rs" <<'END'
use std::collections::BTreeMap;
trait Shape { fn area(&self, d: u32) -> f64; }
struct Hold<T>(T);
impl<T: std::fmt::Display> Shape for Hold<T> {
	fn area(&self, d: u32) -> f64 {
		if d > 0 { return self.area(d - 1) + 1.0; }
		format!("{:>12}", self.0).len() as f64
	}
}
fn main() {
	let mut m: BTreeMap<String, Vec<u64>> = BTreeMap::new();
	let mut i = 0u32;
	loop {
		let all: Vec<Box<dyn Shape>> =
			vec![Box::new(Hold(i)), Box::new(Hold(i as f64 * 1.5))];
		let sum: f64 = all.iter().map(|s| s.area(i % 20)).sum();
		let v = m.entry((i % 1000).to_string()).or_default();
		v.push(sum as u64 ^ i as u64);
		v.sort_by(|a, b| b.cmp(a));
		if v.len() > 100 { v.clear(); }
		println!("{} {:?}", i, v.iter().max());
		i += 1;
	}
}
END
	rustc -O -o "$work/rust" "$work/rs.rs" || fail "rustc"
	programs=5
}
cc1=$("$CC" -print-prog-name=cc1)

# begin NUMBER: one of the programs, in $pid.
begin()
{
	case $(($1 % programs)) in
	0) "$cc1" -quiet -O2 "$work/busy.c" -o /dev/null & ;;
	1) python3 -c "$python" & ;;
	2) sqlite3 :memory: "$sql" & ;;
	3) "$work/cxx" & ;;
	4) "$work/rust" & ;;
	esac
	pid=$!
} >/dev/null 2>&1

# One line a frame, "PID PC NAME", of what scdb's JSON has.
frames_of()
{
	sed 's/{"level":/\n&/g' | sed -n \
's/^{"level".*"kind":"\([a-z]*\)","pc":"0x\([0-9a-f]*\)"\(,"function":"\([^"]*\)"\)\?.*/\1 \2 \4/p' |
	awk -v pid="$1" '$1 != "tail" && ++count <= 60 {
		name = substr($0, length($1) + length($2) + 3)
		if ($1 == "signal")
			name = "<signal>"
		if (name == "")
			name = "??"
		sub(/\(.*/, "", name)
		gsub(/ /, "_", name)
		print pid, $2, name
	}'
}

cat >"$work/oracle.py" <<'END'
import gdb, os, re
for what in ("pagination off", "confirm off", "backtrace past-main on",
             "debuginfod enabled off", "print entry-values no"):
    gdb.execute("set " + what)
# The C++ library's own short name.
LONG = "std::basic_ostream<char, std::char_traits<char> >"
# With no unwind tables gdb takes any word on the stack for a caller.
def is_code(pid, pc):
    for line in open("/proc/%s/maps" % pid):
        start, end = line.split()[0].split("-")
        if int(start, 16) <= pc < int(end, 16):
            return "x" in line.split()[1]
    return False
def name_of(frame):
    if frame.type() == gdb.SIGTRAMP_FRAME:
        return "<signal>"
    name = (frame.name() or "??").replace(LONG, "std::ostream")
    # gdb takes Rust's names for C++'s: it leaves their hash.
    name = re.sub("::h[0-9a-f]{16}$", "", name)
    return name.split("(")[0].replace(" ", "_")
# Right after an attach, and only then, gdb takes what is inlined as entered when
# its first instruction is yet to come.
def not_entered(frame):
    def key(block):
        return (block.start, block.end, str(block.function))
    if frame.type() != gdb.INLINE_FRAME:
        return False
    own = frame.block()
    while own.function is None:
        own = own.superblock
    before = gdb.block_for_pc(frame.pc() - 1)
    while before is not None:
        if key(before) == key(own):
            return False
        before = before.superblock
    return True
with open(os.environ["OUT"], "w") as out:
    for pid in os.environ["PIDS"].split():
        gdb.execute("attach " + pid, to_string=True)
        frame = gdb.newest_frame()
        while not_entered(frame):
            frame = frame.older()
        level = 0
        while frame is not None and level < 60 and \
                is_code(pid, frame.pc()):
            if frame.type() != gdb.TAILCALL_FRAME:
                out.write("%s %x %s\n" % (pid, frame.pc(), name_of(frame)))
                level += 1
            frame = frame.older()
        gdb.execute("detach", to_string=True)
END

# batch COUNT: so many programs at once, each stopped a while after it began.
batch()
{
	pids=
	while [ "$1" -gt 0 ]; do
		random 1000
		begin "$number"
		started="$started $pid"
		pids="$pids $pid"
		sleep "0.$((random / 3 + 100))"
		kill -STOP "$pid"
		number=$((number + 1))
		set -- $(($1 - 1))
	done
	for pid in $pids; do
		scdb --json -p "$pid" -e 'set backtrace-past-main on' \
			-e 'backtrace 90' 2>&1 |
			grep -a '"type":"backtrace"' | frames_of "$pid"
	done >"$work/scdb"
	OUT="$work/gdb" PIDS="$pids" timeout 100 gdb -nx -batch \
		-x "$work/oracle.py" >"$work/log" 2>&1
	for pid in $pids; do
		grep "^$pid " "$work/gdb" >"$work/expected" ||
			fail "gdb has no frame of $pid" "$work/log"
		grep "^$pid " "$work/scdb" | cmp -s - "$work/expected" || {
			grep "^$pid " "$work/scdb" |
				diff "$work/expected" - >"$work/difference"
			fail "the frames of $pid" "$work/difference"
		}
		kill -KILL "$pid"
		wait "$pid" 2>/dev/null
	done
	# Their numbers may soon be others'.
	started=
}

number=0
while [ $number -lt $samples ]; do
	batch 4
done
echo "$samples stops of $programs programs"
finish
