# SPDX-License-Identifier: GPL-3.0-or-later
# `batch` says what its lines say without it, and reads what they want by one
# request; what is read twice at a stop is read once.
# shellcheck disable=SC2154,SC1010,SC2016
. "${0%/*}/../helpers.sh"

# begin FILE: to the program's own stop, with a variable that says where.
begin()
{
	printf 'set disable-randomization on\nhandle SIGSTOP nopass\nrun\n'
	printf 'set $at = (long)big\nset $out = (long)hole\necho ready\\n\n'
}

# A thousand places.
awk 'BEGIN {
	srand(5)
	for (i = 0; i < 1000; i++) {
		at = int(rand() * 3000000)
		kind = i % 5
		if (kind == 0) print "x/2xb $at + " at
		if (kind == 1) print "x/3dw " at " + $at"
		if (kind == 2) print "output *(int *)($at + " at ")"
		if (kind == 3) print "p/x *(char *)($at + " at ")"
		if (kind == 4) print "x/s $at + " at
		if (i % 100 == 0)
			print "x/4xg"
	}
	print "x/2i $pc\np $at + 1\np hidden\noutput numbers\np numbers[2]@2"
	print "set var numbers[1] = 77\np numbers\nx/5dw &numbers"
	print "if 1\nx/2xb $at\nend\nbatch\nx/2xb $at + 1\nend"
}' >"$work/lines"
begin >"$work/plain"
cat "$work/lines" >>"$work/plain"
{
	begin
	echo batch
	cat "$work/lines"
	echo end
} >"$work/batched"
for name in plain batched; do
	echo quit >>"$work/$name"
	timeout -k 2 40 "$SCDB" -q --nx ./mapped <"$work/$name" 2>&1 |
		sed '1,/^ready/d' >"$work/$name.out"
done
[ "$(wc -l <"$work/plain.out")" -gt 700 ] || fail "too little" "$work/plain.out"
grep -q 77 "$work/plain.out" || fail "nothing was changed" "$work/plain.out"
diff "$work/plain.out" "$work/batched.out" >"$work/diff" ||
	fail "batch changes what is said" "$work/diff"

# An error ends it, with its line; nothing of the batch is left.
scdb -e starti -x /dev/stdin ./say >"$work/out" 2>&1 <<'END'
batch
x/xb $sp
nonsense
x/xb $sp
end
END
[ $? = 1 ] || fail "an error in a batch: status" "$work/out"
grep -q ':3: .*nonsense' "$work/out" || fail "an error in a batch" "$work/out"

# What changes between two lines is seen, by scdb's writing or the program's.
scdb -e starti -x /dev/stdin ./say >"$work/out" 2>&1 <<'END'
set $a = $sp - 64
set var *(long *)$a = 1
batch
output *(long *)$a
echo \n
set var *(long *)$a = 2
output *(long *)$a
echo \n
output $pc == *(long *)($sp - 8)
echo \n
end
END
tail -n 3 "$work/out" | head -n 2 | tr '\n' ' ' >"$work/seen"
[ "$(cat "$work/seen")" = '1 2 ' ] || fail "a change is not seen" "$work/out"

# How often it asks the kernel, counted from outside.
if strace -o "$work/try" true 2>/dev/null; then
	# calls NAME SCRIPT: how many calls NAME SCRIPT's lines make.
	cat >"$work/fifo.sh" <<'END'
exec "$SCDB" -q --nx ./mapped <"$1"
END
	for name in plain batched; do
		{
			begin
			printf 'shell echo $PPID >%s; %s\n' "$work/pid" \
				"while [ ! -e $work/go ]; do sleep 0.05; done"
			[ $name = plain ] || echo batch
			awk 'BEGIN { for (i = 0; i < 500; i++)
				print "x/2xg $at + " i * 5000 }'
			[ $name = plain ] || echo end
			echo quit
		} >"$work/script"
		rm -f "$work/pid" "$work/go"
		start env SCDB="$SCDB" sh "$work/fifo.sh" "$work/script" \
			>"$work/out" 2>&1
		until_true test -s "$work/pid"
		: >"$work/attached"
		strace -f -e trace=pread64,process_vm_readv -o \
			"$work/$name.calls" -p "$(cat "$work/pid")" \
			2>"$work/attached" &
		tracer=$!
		started="$started $tracer"
		until_true grep -q ttached "$work/attached"
		: >"$work/go"
		ended $pid
		wait $tracer
	done
	plain=$(grep -c 'pread64(' "$work/plain.calls")
	batched=$(grep -c 'pread64(' "$work/batched.calls")
	[ "$plain" -ge 450 ] && [ "$plain" -le 700 ] ||
		fail "without batch: $plain reads"
	[ "$batched" -le 60 ] || fail "with batch: $batched reads"
	grep -q process_vm_readv "$work/batched.calls" ||
		fail "no request" "$work/batched.calls"
fi
finish
