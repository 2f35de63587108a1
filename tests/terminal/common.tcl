# SPDX-License-Identifier: GPL-3.0-or-later
# What the terminal tests share: `source [file dirname [info script]]/common.tcl`

set top [expr {[info exists env(SCDB_TOP)] ? $env(SCDB_TOP) : [pwd]}]
if {![info exists env(SCDB)]} { set env(SCDB) $top/scdb }
if {![info exists env(SCDB_TRACEES)]} { set env(SCDB_TRACEES) $top/build/tracees }
set env(TERM) xterm
set env(NO_COLOR) 1
set env(LC_ALL) C.UTF-8
set env(INPUTRC) /dev/null
set timeout 20
set stty_init "rows 24 columns 200"
set prompt "\\(scdb\\) "

proc fail {why} {
	global expect_out
	puts "\nFAILED: $why"
	exit 1
}

# The answer to what was sent must match PATTERN (a regular expression).
proc want {pattern} {
	global expect_out
	expect {
		-re $pattern {}
		timeout { fail "no \"$pattern\"" }
		eof { fail "ended before \"$pattern\"" }
	}
}

# Sends LINE at a prompt, wants PATTERN, then the next prompt.
proc command {line pattern} {
	send -- "$line\r"
	want $pattern
	want "\\(scdb\\) "
}

# The program under scdb ends with this status.
proc ends_with {status} {
	expect {
		eof {}
		timeout { fail "it does not end" }
	}
	set got [lindex [wait] 3]
	if {$got != $status} { fail "status $got instead of $status" }
}

# What /proc says of process PID; "" when it is gone.
proc state_of {pid} {
	if {[catch {open /proc/$pid/status} file]} { return "" }
	set text [read $file]
	close $file
	regexp {State:\t(.)} $text all state
	return $state
}

# Waits until PID is in one of STATES, such as {S} or {T t}.
proc want_state {pid states} {
	for {set i 0} {$i < 1000} {incr i} {
		if {[state_of $pid] in $states} return
		after 10
	}
	fail "process $pid is in state [state_of $pid], not $states"
}

# The processor time that PID has used, in ticks of 10 ms.
proc ticks_of {pid} {
	if {[catch {open /proc/$pid/stat} file]} { fail "no process $pid" }
	set fields [lrange [regsub {^.*\) } [read $file] {}] 0 end]
	close $file
	return [expr {[lindex $fields 11] + [lindex $fields 12]}]
}

# Waits until PID, which is to be in a loop, has computed for a while.
proc want_busy {pid} {
	set before [ticks_of $pid]
	for {set i 0} {$i < 1000} {incr i} {
		if {[ticks_of $pid] >= $before + 5} return
		after 20
	}
	fail "process $pid does not compute"
}

# Waits until the terminal NAME passes Ctrl-C and Ctrl-Z on as keys.
proc want_keys {name} {
	for {set i 0} {$i < 500} {incr i} {
		if {[regexp -- {\s-isig\M} [exec stty -a < $name]]} return
		after 20
	}
	fail "$name still makes signals of keys"
}

# The one child of process PID, once there is one.
proc child_of {pid} {
	for {set i 0} {$i < 1000} {incr i} {
		if {![catch {exec pgrep -P $pid} child]} { return $child }
		after 10
	}
	fail "process $pid has no child"
}

# A directory of our own for the history.
proc own_state {} {
	global env
	set dir [exec mktemp -d]
	set env(XDG_STATE_HOME) $dir/state
	set env(XDG_CONFIG_HOME) $dir/config
	return $dir
}
