# SPDX-License-Identifier: GPL-3.0-or-later
# Everything built goes under $(BUILD), but for the program itself: ./scdb.

BUILD := build
.DEFAULT_GOAL := all
ifeq ($(wildcard config.mak),)
ifeq ($(filter clean distclean dist,$(MAKECMDGOALS)),)
$(error there is no config.mak: run ./configure first)
endif
endif
-include config.mak
# Another configure than the one that wrote it may look for other libraries.
ifeq ($(filter clean distclean dist,$(MAKECMDGOALS)),)
config.mak: configure
	@echo "  CONFIGURE (it has changed)"
	@sh -c "$$(sed -n '1s/^# Written by: //p' config.mak | \
		sed "s/ '--install-deps'//")" >/dev/null
endif

VERSION := $(shell cat VERSION)
PROGRAM := $(if $(filter build,$(BUILD)),scdb,$(BUILD)/scdb)
JOBS := $(shell nproc)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Wundef \
	-Wunused -Wno-format-nonliteral $(if $(WERROR),-Werror)
ALL_CFLAGS := -std=gnu11 $(WARNINGS) $(CFLAGS)
ALL_CPPFLAGS := -D_GNU_SOURCE -DSCDB_VERSION='"$(VERSION)"' -Isrc -I. \
	$(CPPFLAGS)
SAN := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
MAIN_SAN := $(if $(SANITIZERS),$(SAN))

LIB_SRC := $(sort $(wildcard src/*/*.c arch/*.c cmds/*.c xol/*.c))
UI_SRC := $(sort $(wildcard ui/*.c ui/tui/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
TRACEE_SRC := $(sort $(wildcard tests/tracees/*.c))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%, \
	$(wildcard tests/bench/*.c))

TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/tools/%, \
	$(wildcard tests/tools/*.c))
UNITS := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/unit/%)
SAN_UNITS := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/san/tests/unit/%)
# A line "/* builds: 64 32 static */" in a tracee says which it is built as.
says = $(shell grep -lE '^/\* builds:.* $(1)( .*)?\*/' $(TRACEE_SRC) /dev/null)
TRACEES := $(patsubst tests/tracees/%.c,$(BUILD)/tracees/%, \
	$(filter-out $(filter-out $(call says,64),$(call says,32|static)), \
		$(TRACEE_SRC)) \
	$(patsubst %.c,%-32.c,$(call says,32)) \
	$(patsubst %.c,%-static.c,$(call says,static)))
MAIN := $(if $(wildcard src/main.c),$(PROGRAM))
SAN_MAIN := $(if $(wildcard src/main.c),$(BUILD)/san/scdb)

all: $(BUILD)/libscdb.a $(MAIN)

$(BUILD)/obj/cmds/rule_files.o $(BUILD)/san/obj/cmds/rule_files.o: \
	ALL_CPPFLAGS += -DSCDB_RULES='"$(RULESDIR)"'

# Objects: DIR/obj/SOURCE.o; a change of flags or version builds all anew.
objects = $(patsubst %.c,$(1)/obj/%.o,$(2))
BUILT_BY := Makefile config.mak VERSION
$(call objects,$(BUILD),ui/%.c) $(call objects,$(BUILD)/san,ui/%.c): \
	ALL_CPPFLAGS += $(READLINE_CFLAGS) $(JANSSON_CFLAGS) $(SCREEN_CFLAGS)
$(call objects,$(BUILD),tests/%.c) $(call objects,$(BUILD)/san,tests/%.c): \
	ALL_CPPFLAGS += $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
$(call objects,$(BUILD),src/symbols/%.c) \
$(call objects,$(BUILD)/san,src/symbols/%.c): ALL_CPPFLAGS += $(SYMBOLS_CFLAGS)
$(call objects,$(BUILD),src/session/%.c) \
$(call objects,$(BUILD)/san,src/session/%.c): ALL_CPPFLAGS += $(HASH_CFLAGS)
$(call objects,$(BUILD),arch/%.c) $(call objects,$(BUILD)/san,arch/%.c) \
$(call objects,$(BUILD),tests/tools/displaced.c): \
	ALL_CPPFLAGS += $(CODE_CFLAGS)

define compile
@mkdir -p $(@D)
@echo "  CC      $@"
@$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(1) -MMD -MP -c -o $@ $<
endef

define archive
@echo "  AR      $@"
@rm -f $@
@$(AR) rcs $@ $(filter %.o,$^)
endef

define link
@mkdir -p $(@D)
@echo "  LD      $@"
@$(CC) $(ALL_CFLAGS) $(1) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(2)
endef

$(BUILD)/obj/%.o: %.c $(BUILT_BY)
	$(call compile,$(MAIN_SAN))
$(BUILD)/san/obj/%.o: %.c $(BUILT_BY)
	$(call compile,$(SAN))

$(BUILD)/libscdb.a: $(call objects,$(BUILD),$(LIB_SRC)) $(BUILD)/lib.list
	$(archive)
$(BUILD)/san/libscdb.a: $(call objects,$(BUILD)/san,$(LIB_SRC)) \
		$(BUILD)/lib.list
	$(archive)
# Changes when a source comes or goes, so that the archives lose it too.
$(BUILD)/lib.list: FORCE
	@mkdir -p $(@D)
	@echo '$(LIB_SRC) $(UI_SRC)' | cmp -s - $@ || echo '$(LIB_SRC) $(UI_SRC)' >$@

# The unit tests can see ui/ too, but nothing in libscdb.a can.
$(BUILD)/libui.a: $(call objects,$(BUILD),$(UI_SRC)) $(BUILD)/lib.list
	$(archive)
$(BUILD)/san/libui.a: $(call objects,$(BUILD)/san,$(UI_SRC)) $(BUILD)/lib.list
	$(archive)

LIB_LIBS := $(SYMBOLS_LIBS) $(CODE_LIBS) $(HASH_LIBS) -pthread
UI_LIBS := $(READLINE_LIBS) $(JANSSON_LIBS) $(SCREEN_LIBS) $(LIB_LIBS)
$(PROGRAM): $(BUILD)/obj/src/main.o $(BUILD)/libui.a $(BUILD)/libscdb.a
	$(call link,$(MAIN_SAN),$(UI_LIBS))
$(BUILD)/san/scdb: $(BUILD)/san/obj/src/main.o $(BUILD)/san/libui.a \
		$(BUILD)/san/libscdb.a
	$(call link,$(SAN),$(UI_LIBS))

UNIT_LIBS := -Wl,--as-needed $(UI_LIBS) $(CMOCKA_LIBS) -pthread
$(UNITS): $(BUILD)/%: $(BUILD)/obj/%.o $(BUILD)/libui.a $(BUILD)/libscdb.a
	$(call link,$(MAIN_SAN),$(UNIT_LIBS))
$(SAN_UNITS): $(BUILD)/san/%: $(BUILD)/san/obj/%.o $(BUILD)/san/libui.a \
		$(BUILD)/san/libscdb.a
	$(call link,$(SAN),$(UNIT_LIBS))

define build_tracee
@mkdir -p $(@D) $(BUILD)/obj/tracees
@echo "  TRACEE  $@"
@$(CC) -std=gnu11 -D_GNU_SOURCE -Wall -O1 -g -pthread $(1) -MMD -MP \
	-MT $@ -MF $(BUILD)/obj/tracees/$(@F).d -o $@ $<
endef

$(BUILD)/tracees/%-32: tests/tracees/%.c $(BUILT_BY)
	$(call build_tracee,-m32)
$(BUILD)/tracees/%-static: tests/tracees/%.c $(BUILT_BY)
	$(call build_tracee,-static)
$(BUILD)/tracees/%: tests/tracees/%.c $(BUILT_BY)
	$(build_tracee)

docs: $(BUILD)/tests/tools/reference
	$< >docs/commands.md

lib: $(BUILD)/libscdb.a
units: $(UNITS)
san-units: $(SAN_UNITS)
tracees: $(TRACEES)
benches: $(BENCHES)
tools: $(TOOLS)

# What tests use to judge: tests/tools/NAME.c.
$(patsubst %,$(BUILD)/tests/tools/%,reference symbols lines disasm \
	displaced scatter): \
	$(BUILD)/libscdb.a
$(BUILD)/tests/tools/%: $(BUILD)/obj/tests/tools/%.o
	$(call link,$(MAIN_SAN),$(JANSSON_LIBS) $(LIB_LIBS))

$(BUILD)/bench/%: tests/bench/%.c $(BUILT_BY)
	$(call build_tracee,-O2)

# Tests.  TESTS='transcripts/err-*' runs those only; SCDB_TEST_SEED=N and
# LIMIT=SECONDS change the seed and what a test may take.
SUITES := unit san/unit lint transcripts san/transcripts scripts terminal
LONG_SUITES := $(SUITES) san/scripts san/terminal
SCDB_TEST_SEED ?= 1
TEST_ENV = SCDB='$(abspath $(PROGRAM))' SCDB_TOP='$(CURDIR)' \
	SCDB_TRACEES='$(abspath $(BUILD)/tracees)' \
	SCDB_BENCHES='$(abspath $(BUILD)/bench)' \
	SCDB_TOOLS='$(abspath $(BUILD)/tests/tools)' \
	SCDB_TEST_SEED='$(SCDB_TEST_SEED)' CC='$(CC)'
TEST_BUILDS := all san-units tools tracees units $(SAN_MAIN)
run_suites = $(TEST_ENV) TESTS='$(TESTS)' sh -c "tests/suites.sh \
	'$(abspath $(BUILD))' $(1) | tests/run.sh -j $(JOBS) -t $(2) \
	-o '$(abspath $(BUILD))/test-times'"
sub_make = $(MAKE) --no-print-directory \
	$(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

ifeq ($(strip $(TEST_MISSING)),)
check:
	+@$(sub_make) test-builds
	@$(call run_suites,$(SUITES),$(or $(LIMIT),60))
check-long:
	+@$(sub_make) test-builds
	@SCDB_TEST_LONG=1 $(call run_suites,$(LONG_SUITES),$(or $(LIMIT),1800))
else
check check-long:
	@echo 'make $@ needs: $(TEST_MISSING)'
	@echo 'install the packages, or run ./configure --install-deps'
	@echo '0 passed, 1 failed'
	@false
endif
test-builds: $(TEST_BUILDS)

lint:
	@tests/lint.sh
bench: all tracees benches
	@$(TEST_ENV) tests/bench/run.sh
	@$(TEST_ENV) sh tests/bench/symbols.sh
	@$(TEST_ENV) sh tests/bench/stops.sh
	@$(TEST_ENV) sh tests/bench/breakpoints.sh
	@$(TEST_ENV) sh tests/bench/dump.sh
	@$(TEST_ENV) sh tests/bench/memory.sh
	@$(TEST_ENV) sh tests/bench/many.sh
	@$(TEST_ENV) sh tests/bench/core.sh
	@$(TEST_ENV) sh tests/bench/trace.sh
	@$(TEST_ENV) sh tests/bench/engine.sh
	@$(TEST_ENV) sh tests/bench/tui.sh
demo: all
	@$(TEST_ENV) tests/demo.sh
update-transcripts: all tracees
	@$(TEST_ENV) tests/transcript.sh --update $(or $(FILES), \
		$(wildcard tests/transcripts/*.scdb))

PAGES := $(wildcard docs/scdb.1)
RULES := $(wildcard rules/*)
DOCS := README.md COPYING $(wildcard docs/*.md docs/*.json)
install: all
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(DOCDIR)'
	install -m 755 $(PROGRAM) '$(DESTDIR)$(BINDIR)/scdb'
	install -m 644 $(DOCS) '$(DESTDIR)$(DOCDIR)'
	install -d '$(DESTDIR)$(RULESDIR)'
	install -m 644 $(RULES) '$(DESTDIR)$(RULESDIR)'
ifneq ($(PAGES),)
	install -d '$(DESTDIR)$(MANDIR)/man1'
	install -m 644 $(PAGES) '$(DESTDIR)$(MANDIR)/man1'
endif
uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/scdb' '$(DESTDIR)$(MANDIR)/man1/scdb.1'
	cd '$(DESTDIR)$(DOCDIR)' && rm -f $(notdir $(DOCS))
	cd '$(DESTDIR)$(RULESDIR)' && rm -f $(notdir $(RULES))
	-rmdir '$(DESTDIR)$(DOCDIR)' '$(DESTDIR)$(RULESDIR)'

dist:
	git archive --prefix=scdb-$(VERSION)/ -o scdb-$(VERSION).tar.gz HEAD
clean:
	rm -rf $(BUILD) scdb
distclean: clean
	rm -f config.mak

FORCE:
.PHONY: all lib units san-units tools tracees benches check check-long \
	test-builds lint bench demo docs update-transcripts install uninstall \
	dist clean distclean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*/*/*.d \
	$(BUILD)/san/obj/*/*.d $(BUILD)/san/obj/*/*/*.d)
