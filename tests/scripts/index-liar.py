# SPDX-License-Identifier: GPL-3.0-or-later
# usage: index-liar.py FILE...
#
# Of each FILE, a program with .gdb_index or .debug_names, several with an index
# that lies, as liar.FILE.HOW: full hash tables that have no end, offsets beyond
# the section, units that are others, sizes that overflow, and a cut one.
import os
import random
import struct
import sys


def section(data):
    at, = struct.unpack_from('<Q', data, 40)
    size, count, names = struct.unpack_from('<HHH', data, 58)
    heads = [struct.unpack_from('<IIQQQQ', data, at + i * size)
             for i in range(count)]
    for name, _, _, _, offset, length in heads:
        text = data[heads[names][4] + name:]
        if text[:text.index(0)] in (b'.gdb_index', b'.debug_names'):
            return offset, length
    raise SystemExit('no index')


def words(index, start, end, value):
    for at in range(start, end - 3, 4):
        struct.pack_into('<I', index, at, value(at))


def lies(index):
    size = len(index)
    chance = random.Random(1)

    def changed(how):
        copy = bytearray(index)
        how(copy)
        return bytes(copy)

    if struct.unpack_from('<I', index)[0] in (7, 8, 9):
        units, _, _, slots, pool = struct.unpack_from('<5I', index, 4)
        yield 'full', changed(lambda c: words(c, slots, pool, lambda at: 1))
        yield 'far', changed(lambda c: words(
            c, slots, pool, lambda at: 0xfffffff0 + at % 8))
        yield 'wrapped', changed(lambda c: words(
            c, 4, 24, lambda at: 0xffffffff - at))
        # All say that they are in the units in the wrong order.
        def other_unit(c):
            for at in range(pool, size - 8, 4):
                word, = struct.unpack_from('<I', c, at)
                if word >> 28 in (2, 3, 10, 11) and word & 0xffff < 3:
                    struct.pack_into('<I', c, at, (word ^ 1) & 0x7fffffff)
        yield 'others', changed(other_unit)
    else:
        yield 'full', changed(lambda c: words(c, 52, size, lambda at: 1))
        yield 'far', changed(lambda c: words(
            c, 52 + 64, size, lambda at: 0xfffffff0))
        yield 'wrapped', changed(lambda c: words(
            c, 8, 36, lambda at: 0xffffffff))
        yield 'long', changed(lambda c: words(
            c, 0, 4, lambda at: 0xfffffff0))
    yield 'cut', bytes(index[:size // 2]) + bytes(size - size // 2)
    for i in range(4):
        def noise(c):
            for _ in range(size // 20):
                c[chance.randrange(size)] = chance.randrange(256)
        yield 'noise%d' % i, changed(noise)


for name in sys.argv[1:]:
    data = open(name, 'rb').read()
    offset, length = section(data)
    for how, index in lies(bytearray(data[offset:offset + length])):
        assert len(index) == length
        assert index != data[offset:offset + length], how
        with open('liar.%s.%s' % (name, how), 'wb') as out:
            out.write(data[:offset] + index + data[offset + length:])
        os.chmod('liar.%s.%s' % (name, how), 0o755)
