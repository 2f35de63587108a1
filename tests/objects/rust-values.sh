#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How rust-values.s was made of rust-values.rs (rustc 1.95.0): it stands in the
# tree since the machines that run the tests have no rustc.  Assemblers before
# binutils 2.41 take `.file 1 "folder" "name"` for DWARF 5 alone.
cd "${0%/*}/../.." || exit 1
rustc --edition 2021 --crate-type bin --crate-name rust_values \
	-C panic=abort -C debug-assertions=off -C opt-level=0 \
	-C debuginfo=2 -C symbol-mangling-version=v0 \
	-C relocation-model=pic --remap-path-prefix "$PWD=/scdb" \
	--emit asm=tests/objects/rust-values.s tests/objects/rust-values.rs &&
	sed -E -i 's/^(\t\.file\t[0-9]+ )"([^"]*)" "([^"]*)"/\1"\2\/\3"/' \
		tests/objects/rust-values.s
