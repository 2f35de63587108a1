#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 150
#
# Hardware breakpoints, stops where several things coincide, notes about others,
# dprintf with commands, events of the dynamic linker: typed at the prompts of
# gdb and scdb, they say the same.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
unset DEBUGINFOD_URLS
cd "$work" || exit 1

cat >classes.cc <<'EOC'
template <class T> struct box {
	T held;
	__attribute__((noinline)) T swap(T t)
	{
		T before = held;

		held = t;
		return before;
	}
};

static __attribute__((noinline)) int local(const char *text, int (*f)(char))
{
	return text[0] + (f ? f('a') : 0);
}

int main()
{
	box<int> a = { 1 };
	box<double> b = { 1.5 };

	return a.swap(2) + (int)b.swap(2.5) + local("", nullptr) - 2;
}
EOC
cp "$SCDB_TOP/tests/objects/places.c" program.c
cp "$SCDB_TOP/tests/objects/plug.c" plug.c
often="-DCALLS=3 -DLOADS=2 -DCALLS_PLUGGED=2"
# shellcheck disable=SC2086
$CC -g -O0 $often -o slow program.c -ldl || exit 1
# shellcheck disable=SC2086
$CC -g -O1 -fno-ipa-cp $often -o fast program.c -ldl || exit 1
$CC -g -O0 -shared -fPIC -o plug.so plug.c || exit 1
${CXX:-g++} -g -O0 -o classes classes.cc || exit 1

# What differs by style: the stop's line, prompts, the paths of libraries.
alike()
{
	sed -E -e 's/^(\(gdb\) |>)+//' \
		-e 's/^\[[0-9.]+\] [0-9]+ "[^"]*" (Hardware|Stopped)/\1/' \
		-e 's/^(\[[0-9.]+\] [0-9]+ "[^"]*" )?(temporary )?breakpoint ([0-9.]+), /STOP \3 /' \
		-e 's/^(Temporary b|B)reakpoint ([0-9]+)(\.[0-9]+)?, /STOP \2\3 /' \
		-e '/^    at 0x/d' -e '/^\[Thread debugging/d' \
		-e '/^Using host libthread_db/d' -e '/^$/d' -e 's/ +$//' \
		-e '/^\[Inferior 1 .* exited/d' -e '/^\[1\] .* exited/d' \
		-e '/^warning: Temporarily disabling breakpoints for/d' \
		-e '/^(Reading symbols|Starting program|Continuing)/d' \
		-e 's/0x7fffff[0-9a-f]+/0x7f/' -e 's/=x@entry=/=/' \
		-e '/^No breakpoint number/d' \
		-e 's/^(  Inferior .*loaded ).*\//\1/' "$1" >"$1.alike"
}

# compare NAME PROGRAM: the commands NAME.cmds, typed.
compare()
{
	env="env -i PATH=$PATH HOME=$work LC_ALL=C.UTF-8"
	printf '%s\n' 'set width 0' 'set debuginfod enabled off' \
		'unset environment LINES' 'unset environment COLUMNS' \
		'set startup-with-shell off' 'set confirm off' \
		'set breakpoint pending on' | cat - "$1.cmds" >"$1.gdb.in"
	printf '%s\n' 'set disable-randomization on' \
		'set breakpoint pending on' | cat - "$1.cmds" >"$1.scdb.in"
	$env timeout 60 gdb -nx -q --args "$work/$2" "$work/plug.so" \
		<"$1.gdb.in" >"$1.gdb" 2>&1
	$env timeout 40 "$SCDB" -q --nx --args "$work/$2" "$work/plug.so" \
		<"$1.scdb.in" >"$1.scdb" 2>&1
	alike "$1.gdb"
	alike "$1.scdb"
	grep -Eq '^(STOP|Stopped)' "$1.gdb.alike" ||
		fail "$1: gdb never stopped" "$1.gdb"
	same "$1: not as gdb" "$1.gdb.alike" "$1.scdb.alike"
}

cat >hardware.cmds <<'END'
hbreak plugged
info breakpoints
run
next
continue
info breakpoints
thbreak plug.c:6
continue
disable 1
info breakpoints
continue
END
compare hardware slow

# gdb can't set these before there is a process.
cat >inlined.cmds <<'END'
tbreak main
run
hbreak twice
hbreak work if n == 2
info breakpoints
continue
continue
disable 2.2
info breakpoints
continue
END
compare inlined fast

cat >coincide.cmds <<'END'
tbreak work
run
watch counter
break 25
tbreak 26
info breakpoints
next
next
info breakpoints
continue
continue
delete 3
hbreak 26
hbreak 23
continue
stepi
stepi
next
next
info breakpoints
END
compare coincide slow

cat >notes.cmds <<'END'
break work
break work
disable 2
tbreak work
run
break work thread 1
dprintf work,"n %d\n",n
dprintf 25,"r %d\n",r
commands
print r
end
info breakpoints
delete 1-4
info breakpoints
continue
END
compare notes slow

cat >events.cmds <<'END'
set stop-on-solib-events 1
run
continue
continue
continue
continue
continue
set stop-on-solib-events 0
continue
END
compare events slow
grep -c '^  Inferior loaded plug.so$' events.scdb.alike | grep -qx 1 ||
	fail 'events: the library is not told' events.scdb

# Of all instances of a template, where its arguments are not said.
cat >classes.cmds <<'END'
break box::swap
break box<int>::swap
tbreak local
break main
break swop::box
info breakpoints
run
continue
continue
info breakpoints
continue
END
compare classes classes

# A function called at a breakpoint: the next hits are hits.
cat >called.cmds <<'END'
break work
break 25
run
print first(1)
continue
print second(2)
continue
print second(2)
stepi
print first(1)
continue
info breakpoints
continue
continue
END
compare called slow

# What is saved comes back whole: the same list, and the same when saved again.
cat >set.cmds <<'END'
break work thread 1 if n == 2
ignore $bpnum 3
hbreak work if n == 1
disable $bpnum
tbreak first
commands
print 1
if 1
print 2
end
end
watch counter thread 1 if counter > 1
rwatch values[0]
enable count 3 $bpnum
awatch values[1]
tcatch fork
catch syscall write
enable once $bpnum
catch load plug
catch signal SIGUSR1
dprintf 25,"r %d\n",r
condition $bpnum r > 1
watch -l counter
enable delete $bpnum
set breakpoint pending on
break plugged
thbreak plug.c:4
break nosuch if zork == 1
set breakpoint pending auto
commands
silent
print r
end
tcatch syscall openat entry if flags == 0
break twice
disable $bpnum.1
tbreak *work+4
END
for round in set again; do
	next=again
	[ $round = set ] || next=once-more
	{
		printf '%s\n' 'set disable-randomization on' starti \
			'tbreak main' continue "source $round.cmds" \
			'show breakpoint pending' 'info breakpoints' \
			"save breakpoints $next.cmds"
	} >"$round.in"
	scdb -x "$round.in" ./fast plug.so >"$round.out" 2>&1 ||
		fail "saved: scdb failed" "$round.out"
	sed -n '/^pending is/,/^Saved/{/^Saved/!p}' "$round.out" >"$round.list"
done
same 'saved: other breakpoints' set.list again.list
same 'saved: not the same text' again.cmds once-more.cmds
[ "$(wc -l <again.list)" -gt 35 ] || fail 'saved: too few' again.list
grep -q '^pending is auto' again.list || fail 'saved: a setting changed' again.list

finish
