#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A file that changes while it is read: cut, written over in place, grown again,
# replaced by another; all while symbols, types, variables and lines are asked
# for. Answers may be anything; scdb lives, ends by itself, and in time.
# SCDB_CHANGE_SECONDS says for how long.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

cd "$work" || exit 1
cp "$SCDB_TOP"/tests/tracees/types-cc.cc "$SCDB_TOP"/tests/tracees/types.c . ||
	exit 1
${CXX:-g++} -w -fpermissive -gdwarf-5 -o good types-cc.cc &&
	$CC -w -O2 -gdwarf-4 -o other types.c || exit 1

cat >change.py <<'EOC'
import os, random, sys
random.seed(int(sys.argv[1]))
good, other = open('good', 'rb').read(), open('other', 'rb').read()
# The file is there throughout: what is written is written in place.
fd = os.open('victim', os.O_RDWR)
rounds = 0
print('ready', flush=True)
while os.getppid() == int(sys.argv[2]):
    what = random.randrange(6)
    if what == 0:
        os.ftruncate(fd, random.randrange(len(good)))
    elif what == 1:
        os.pwrite(fd, other, 0)
    elif what == 2:
        at = random.randrange(len(good))
        os.pwrite(fd, random.randbytes(random.randrange(4096)), at)
    elif what == 3:
        with open('new', 'wb') as new:
            new.write(random.choice((good, other)))
        os.rename('new', 'victim')
        os.close(fd)
        fd = os.open('victim', os.O_RDWR)
    # More often than not it is what it was, so that scdb comes far.
    else:
        os.ftruncate(fd, len(good))
        os.pwrite(fd, good, 0)
    rounds += 1
EOC

cat >questions <<'EOC'
info address main
info symbol main
info line main
list main
info scope main
ptype plain
ptype virt
print sizeof(vec)
print main
whatis scoped
info functions main
info types vec
info variables
disassemble main
info files
info line types-cc.cc:30
list types-cc.cc:40
info source
info address plain
ptype ns::derived
EOC

# What was known of it stays known when it is gone, or replaced by none.
cp good victim
for change in 'rm victim' 'echo nothing >new; mv new victim'; do
	printf '%s\n' 'info address main' "shell $change" 'info address main' |
		timeout 20 "$SCDB" -q --nx ./victim >out 2>&1 ||
		fail "$change: status $?" out
	[ "$(grep -c '^Symbol "main" is a function at' out)" -eq 2 ] ||
		fail "$change: the symbols are lost" out
	cp good victim
done

# An old file is mapped, and cut behind scdb's back.
for size in 100 4096 9000; do
	cp good victim
	touch -d '1 hour ago' victim
	{
		printf '%s\n' 'info address main' "shell truncate -s $size victim"
		cat questions
	} | timeout 20 "$SCDB" -q --nx ./victim >out 2>&1 ||
		[ $? -eq 1 ] || fail "cut to $size" out
done
cp good victim

input=/dev/null
start python3 change.py "$SCDB_TEST_SEED" $$ >changing
until_true [ -s changing ] || fail "nothing changes the file"
end=$(($(date +%s) + ${SCDB_CHANGE_SECONDS:-6}))
visits=0 answered=0
while [ "$(date +%s)" -lt $end ]; do
	timeout -k 2 30 "$SCDB" -q --nx ./victim <questions >out 2>&1
	status=$?
	# Not a program at the moment: 1.
	case $status in
	0 | 1) ;;
	*) fail "visit $visits: status $status" out ;;
	esac
	grep -q 'ERROR: \|runtime error' out && fail "visit $visits" out
	grep -q '^Line .* of "' out && answered=$((answered + 1))
	visits=$((visits + 1))
done
kill -0 "$pid" || fail "nothing changed the file any more"
[ $answered -gt 0 ] || fail "of $visits visits none found a program" out
echo "$visits visits, $answered with answers"
finish
