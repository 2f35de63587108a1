#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# limit: 300
# usage: lint.sh [DIRECTORY]
#
# Holds the tree to its rules: who may include whom, who may print or exit,
# the form of sources, that cited paths exist.  Prints FILE:LINE: WHAT for
# each breach and exits with 1 if there is one.  The rules for C files stand
# in tests/lint.awk.

cd "${1:-$(dirname "$0")/..}" || exit 1
rules=$(cd "$OLDPWD" && cd "$(dirname "$0")" && pwd)/lint.awk

# find_files NAME-PATTERN...: below the rooms and the top, build/ left out.
find_files()
{
	first=-name
	expression=
	for pattern; do
		expression="$expression $first $pattern"
		first='-o -name'
	done
	set -f
	# shellcheck disable=SC2086
	find . \( -name .git -o -name build -o -name 'build-*' \) -prune -o \
		-type f \( $expression \) -print | sed 's,^\./,,' | sort
	set +f
}

breaches()
{
	find_files '*.c' '*.h' | tr '\n' '\0' | LC_ALL=C xargs -0 -r awk -f "$rules"
	find_files '*.c' '*.h' '*.inc' '*.sh' '*.exp' '*.awk' '*.py' Makefile \
		configure |
		while read -r file; do
			sed 3q "$file" | grep -q \
				'SPDX-License-Identifier: GPL-3.0-or-later' ||
				echo "$file:1: no SPDX line"
		done
	missing_paths
	foreign_headers
	if command -v shellcheck >/dev/null; then
		check_scripts
	fi
}

# Every path that a document, a script or a comment cites exists, as it
# stands or below src/.  Words in capitals (NAME), globs and places in other
# projects (linux/arch/x86/...) are not paths of this tree.
missing_paths()
{
	{
		find_files '*.md' '*.1' '*.sh' '*.exp' '*.awk' '*.py' Makefile \
			configure | tr '\n' '\0' | xargs -0 -r grep -nHE '/' \
			/dev/null
		find_files '*.c' '*.h' | tr '\n' '\0' | LC_ALL=C xargs -0 -r \
			awk -v comments=1 -f "$rules"
	} | awk -v rooms='src|arch|xol|cmds|ui|tests|docs|base|target|syscalls|symbols|expr|session' '
	{
		where = $0
		sub(/:[0-9]+:.*/, "", where)
		text = substr($0, length(where) + 2)
		line = text
		sub(/:.*/, "", line)
		sub(/^[0-9]+:/, "", text)
		pattern = "(^|[^A-Za-z0-9_./$*}-])(" rooms ")/[A-Za-z0-9_./-]+"
		while (match(text, pattern)) {
			path = substr(text, RSTART, RLENGTH)
			rest = substr(text, RSTART + RLENGTH)
			text = rest
			sub(/^[^A-Za-z]/, "", path)
			sub(/[.-]+$/, "", path)
			if (rest ~ /^[*%$<{]/ || path !~ /\.[a-z0-9]+$/ ||
			    (path ~ /[A-Z][A-Z]/ && path !~ /README/) ||
			    path ~ /^arch\/x86\// ||
			    (where ~ /^tests\/scripts\/lint/))
				continue
			print where ":" line "\t" path
		}
	}' | sort -u | while IFS='	' read -r where path; do
		[ -e "$path" ] || [ -e "src/$path" ] ||
			echo "$where: there is no $path"
	done
}

# A library has one room, whichever it is.
foreign_headers()
{
	find_files '*.c' '*.h' | grep -v '^tests/' | tr '\n' '\0' |
		xargs -0 -r grep -HE '^#[[:space:]]*include[[:space:]]*<' \
			/dev/null | sed -nE 's,^(src/[^/:]*|[^/:]*)[^:]*:.*<((readline|capstone|[Zz]y(dis|core)|elfutils|jansson|json-c|seccomp|[a-z]*curses|libelf|gelf|dwarf|debuginfod)[^>]*)>.*,\3 \1,p' |
		sed -E 's/^(elfutils|libelf|gelf|dwarf|debuginfod)/elfutils/
			s/^[a-z]*curses/curses/; s/^Zycore/Zydis/' | sort -u |
		awk '{ rooms[$1] = rooms[$1] " " $2; count[$1]++ }
		END {
			for (library in count)
				if (count[library] > 1)
					printf "%s: headers in more than one room:%s\n", library, rooms[library]
		}'
}

check_scripts()
{
	{
		find_files '*.sh' configure
		[ ! -e .ci/run ] || echo .ci/run
	} | while read -r file; do
		shell='sh'
		case $(sed 1q "$file") in *bash*) shell=bash ;; esac
		shellcheck -s $shell -S warning -f gcc "$file"
	done
}

found=$(breaches)
[ -n "$found" ] || exit 0
printf '%s\n' "$found"
printf '%s\n' "$found" | grep -qv ': note: longer than 80' && exit 1
exit 0
