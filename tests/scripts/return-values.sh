#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `return` gives floating point and small structures back where the ABI has
# them; text that is not ASCII is shown where the terminal can, and never what
# would act on it.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

$CC -w -g -O0 -o "$work/returns" "$SCDB_TOP/tests/tracees/returns.c" ||
	fail "returns.c can't be compiled"
cat >"$work/in" <<'END'
set confirm off
catch syscall getppid exit
run
up
return 2.5
continue
up
return 3.5f
continue
up
return given
continue
END
"$SCDB" -q --nx "$work/returns" <"$work/in" >"$work/out" 2>&1
grep -q '^2.5 3.5 9.5 77 ' "$work/out" || fail "what was given back" \
	"$work/out"

printf 'start\nprint text\nprint wide\nset print nonsense on\n' >"$work/in"
"$SCDB" -q --nx "$work/returns" <"$work/in" >"$work/out" 2>&1
grep -qF '"héllo € \342\200\256 \302\205 \377"' "$work/out" ||
	fail "text in UTF-8" "$work/out"
grep -qF 'L"hé€\x202e😀"' "$work/out" || fail "wide text" "$work/out"
grep -q '^there is no setting "print nonsense";' "$work/out" ||
	fail "an unknown setting" "$work/out"
LC_ALL=C "$SCDB" -q --nx "$work/returns" <"$work/in" >"$work/out" 2>&1
grep -qF '"h\303\251llo \342\202\254 \342\200\256 \302\205 \377"' \
	"$work/out" || fail "text in ASCII" "$work/out"
finish
