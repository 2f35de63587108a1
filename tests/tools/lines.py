# SPDX-License-Identifier: GPL-3.0-or-later
# For gdb: what it makes of FILE:LINE, for lines-oracle.sh.
import os

import gdb


def places(name, count):
    for line in range(1, count + 1):
        try:
            found = gdb.decode_line("%s:%d" % (name, line))[1] or []
        except gdb.error:
            continue
        for sal in found:
            if sal.pc:
                print("place %s %d %x" % (name, line, sal.pc))


for item in os.environ["LINES_FILES"].split():
    file_name, lines = item.rsplit(":", 1)
    places(file_name, int(lines))
