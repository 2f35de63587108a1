# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# configure: its options, what it writes, and that it names what is missing.

top=$PWD
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree" "$work/bin"
cp configure VERSION Makefile "$work/tree"
cd "$work/tree" || exit 1
failed=0
unset CC CFLAGS CPPFLAGS LDFLAGS

complain()
{
	printf '%s; it said:\n' "$*"
	cat "$work/said"
	failed=1
}

# refuses WHAT ARG...: exit status 1, WHAT is said, nothing is written.
refuses()
{
	what=$1
	shift
	./configure "$@" >"$work/said" 2>&1 && complain "took $*"
	grep -qFe "$what" "$work/said" || complain "no word of: $what"
	[ ! -e config.mak ] || complain "wrote config.mak for $*"
}

# has LINE: config.mak has it.
has()
{
	grep -qxFe "$1" config.mak ||
		{ echo "config.mak lacks: $1"; cat config.mak; failed=1; }
}

refuses "unknown option '--bogus'" --bogus
refuses "unknown option '--enable-wishes'" --enable-wishes
refuses "unknown option 'FOO=1'" FOO=1
refuses "--bindir needs a directory" --bindir
refuses "'here' is not an absolute directory" --prefix=here
refuses "a C compiler that works" CC=/no/such/compiler
refuses "package gcc" CFLAGS=-fno-such-flag

make >"$work/said" 2>&1 && complain "make without config.mak went well"
grep -q 'run ./configure' "$work/said" || complain "no word of ./configure"

./configure --prefix "$work/a b" --mandir=/m --enable-werror --libdir=/l \
	CFLAGS="-O1 -DSCDB_X='\"#\$y\"'" >"$work/said" 2>&1 ||
	complain "failed"
has "# Written by: ./configure '--prefix' '$work/a b' '--mandir=/m'\
 '--enable-werror' '--libdir=/l' 'CFLAGS=-O1 -DSCDB_X='\\''\"#\$y\"'\\'''"
has "BINDIR = $work/a b/bin"
has "MANDIR = /m"
has "WERROR = yes"
has "CFLAGS = -O1 -DSCDB_X='\"\\#\$\$y\"'"
has "TEST_MISSING = "
# shellcheck disable=SC2012
[ "$(ls | tr '\n' ' ')" = "Makefile VERSION config.mak configure " ] ||
	complain "it wrote more than config.mak: $(ls)"
make -pn nothing 2>&1 | grep -qx '\.DEFAULT_GOAL := all' ||
	complain "make alone is not make all"

# With nothing but the shell's own tools all packages are named at once.
for tool in sh sed grep cat cut tr sort paste mktemp dirname basename rm cp \
	id uname env; do
	ln -s "$(command -v $tool)" "$work/bin/$tool"
done
rm config.mak
PATH=$work/bin refuses "or run ./configure --install-deps"
for package in gcc libc6-dev make binutils pkg-config libreadline-dev libjansson-dev \
	libncurses-dev libvterm-dev \
	libelf-dev libdw-dev liblzma-dev libiberty-dev libzydis-dev \
	libcmocka-dev gcc-multilib libc6-dev-i386 strace gdb expect tmux dwz; do
	grep -qe "[ (]${package}[ )]" "$work/said" || complain "no $package"
done
PATH=$work/bin refuses "no apt-get here; install these" --install-deps
grep -q 'binutils curl dwz elfutils expect .*gcc .* libreadline-dev .* tmux' "$work/said" ||
	complain "the packages are not named"

# What only the tests need does not stop the build, and fails make check.
# The compiler keeps its PATH: it may be a link to ccache.
printf '#!/bin/sh\nPATH=%s exec gcc "$@"\n' "'$PATH'" >"$work/bin/gcc"
chmod +x "$work/bin/gcc"
for tool in as ld ar make pkg-config nproc strace gdb tmux; do
	ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
PATH=$work/bin ./configure >"$work/said" 2>&1 ||
	complain "fails without expect"
grep -q 'expect (package expect)' "$work/said" || complain "no expect"
make check >"$work/said" 2>&1 && complain "check passes without expect"
grep -q 'make check needs:.*expect (package expect)' "$work/said" ||
	complain "check does not name expect"
rm config.mak
ln -s /bin/true "$work/bin/apt-get"
ln -s /bin/true "$work/bin/sudo"
PATH=$work/bin refuses "still missing" --install-deps

# README's command is the one that .ci/run runs.
cd "$top" || exit 1
for file in README.md .ci/run; do
	grep -qF './configure --install-deps && make check' $file ||
		{ echo "$file has another command"; failed=1; }
done
exit $failed
