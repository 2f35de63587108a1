/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where every family of commands is listed. */
#include "cmds/tables.h"

const struct command_table *const *command_tables(size_t *count)
{
	static const struct command_table *const tables[] = {
		&commands_run,
		&commands_core,
		&commands_step,
		&commands_threads,
		&commands_signals,
		&commands_syscalls,
		&commands_trace,
		&commands_rules,
		&commands_rule_files,
		&commands_engine,
		&commands_remote,
		&commands_catch,
		&commands_break,
		&commands_rbreak,
		&commands_breakpoints,
		&commands_catch_event,
		&commands_watch,
		&commands_look,
		&commands_values,
		&commands_print_settings,
		&commands_language,
		&commands_types,
		&commands_display,
		&commands_frames,
		&commands_frame_info,
		&commands_code,
		&commands_list,
		&commands_sources,
		&commands_jump,
		&commands_examine,
		&commands_batch,
		&commands_search,
		&commands_strings,
		&commands_proc,
		&commands_dump,
		&commands_restore,
		&commands_snapshot,
		&commands_diff,
		&commands_symbols,
		&commands_declared,
		&commands_modules,
		&commands_xol,
		&commands_debuginfod,
		&commands_control,
		&commands_script,
		&commands_print,
		&commands_save,
		&commands_gcore,
		&commands_tool,
		&commands_tui,
		&commands_tui_info,
		&commands_tui_calls,
	};

	*count = ARRAY_LEN(tables);
	return tables;
}
