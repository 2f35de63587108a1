/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/tables.h: the tables of the families, each at the end of its file.
 */
#ifndef SCDB_CMDS_TABLES_H
#define SCDB_CMDS_TABLES_H

#include "cmds/command.h"

extern const struct command_table commands_run;      /* cmds/run.c */
extern const struct command_table commands_core;     /* cmds/core.c */
extern const struct command_table commands_step;     /* cmds/step.c */
extern const struct command_table commands_threads;  /* cmds/threads.c */
extern const struct command_table commands_signals;  /* cmds/signals.c */
extern const struct command_table commands_syscalls; /* cmds/syscalls.c */
extern const struct command_table commands_trace;    /* cmds/trace.c */
extern const struct command_table commands_rules;    /* cmds/rules.c */
/* cmds/rule_files.c */
extern const struct command_table commands_rule_files;
extern const struct command_table commands_engine;   /* cmds/engine.c */
extern const struct command_table commands_remote;   /* cmds/remote.c */
extern const struct command_table commands_catch;    /* cmds/catch.c */
extern const struct command_table commands_break;    /* cmds/break.c */
extern const struct command_table commands_rbreak;   /* cmds/rbreak.c */
extern const struct command_table commands_breakpoints; /* cmds/breakpoints.c */
/* cmds/catch_event.c */
extern const struct command_table commands_catch_event;
extern const struct command_table commands_watch;     /* cmds/watch.c */
extern const struct command_table commands_look;     /* cmds/look.c */
extern const struct command_table commands_values;   /* cmds/print.c */
/* cmds/language.c */
extern const struct command_table commands_language;
/* cmds/print_settings.c */
extern const struct command_table commands_print_settings;
extern const struct command_table commands_types;    /* cmds/types.c */
extern const struct command_table commands_display;  /* cmds/display.c */
extern const struct command_table commands_frames;   /* cmds/frames.c */
extern const struct command_table commands_jump;     /* cmds/jump.c */
extern const struct command_table commands_frame_info; /* cmds/frame_info.c */
extern const struct command_table commands_declared; /* cmds/declared.c */
extern const struct command_table commands_code;     /* cmds/code.c */
extern const struct command_table commands_list;     /* cmds/list.c */
extern const struct command_table commands_sources;  /* cmds/sources.c */
extern const struct command_table commands_examine;  /* cmds/examine.c */
extern const struct command_table commands_batch;    /* cmds/batch.c */
extern const struct command_table commands_search;  /* cmds/search.c */
extern const struct command_table commands_strings; /* cmds/strings.c */
extern const struct command_table commands_proc;     /* cmds/proc.c */
extern const struct command_table commands_restore;  /* cmds/restore.c */
extern const struct command_table commands_snapshot; /* cmds/snapshot.c */
extern const struct command_table commands_diff;     /* cmds/diff.c */
/* cmds/dump.c */
extern const struct command_table commands_dump;
extern const struct command_table commands_symbols;  /* cmds/symbols.c */
extern const struct command_table commands_modules;  /* cmds/modules.c */
extern const struct command_table commands_xol;      /* cmds/xol.c */
extern const struct command_table commands_debuginfod; /* cmds/debuginfod.c */
extern const struct command_table commands_control;  /* cmds/control.c */
extern const struct command_table commands_script;   /* cmds/script.c */
extern const struct command_table commands_print;    /* cmds/printf.c */
extern const struct command_table commands_save;     /* cmds/save.c */
extern const struct command_table commands_gcore;    /* cmds/gcore.c */
extern const struct command_table commands_tool;     /* cmds/tool.c */
extern const struct command_table commands_with;     /* cmds/with.c */
extern const struct command_table commands_tui;      /* cmds/tui.c */
extern const struct command_table commands_tui_info; /* cmds/tui_info.c */
extern const struct command_table commands_tui_calls; /* cmds/tui_calls.c */
extern const struct command_table commands_tui_layouts; /* there */
extern const struct command_table commands_tui_lines; /* cmds/tui_lines.c */

#endif
