#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Live on this machine: the window starts the process, shows it, and outlives it; the process never outlives the window.
#
#   live_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"
start_server
settle() { sleep 0.7; }

child() { pgrep -P "$window_pid" -f jiffyscope-selfpipe | head -1; }
has_child() { [[ -n $(child) ]]; }
no_child() { ! has_child; }
is_gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; }
title_says() { [[ $(title) == *"$1"* ]]; }
event_above() { [[ $(event) -gt $1 ]]; }
# ask SECONDS: asks for it by the keys, with what is open. live SECONDS: until its process is there, as a busy machine may
# lose a key.
ask() {
  local try
  for try in 1 2 3; do
    leave_dialogs 'Live on this machine'
    xdotool windowfocus --sync "$window"
    press ctrl+shift+l
    wait_for find_dialog 'Live on this machine' && break
  done
  xdotool windowfocus --sync "$dialog"
  sleep 0.4
  press alt+f ctrl+a
  xdotool type --delay 40 "$1"
  sleep 0.2
  press Return
  wait_for no_dialog 'Live on this machine' || return 1
  xdotool windowfocus --sync "$window"
}
live() {
  local try i
  for try in 1 2 3; do
    ask "$1" || continue
    for ((i = 0; i < 60; ++i)); do
      has_child && return
      sleep 0.05
    done
  done
  return 1
}
events_of() { sed -n 's/^events: //p' <<<"$("$program" run "$1" --quiet)"; }

# From its start to its end: two processes, a recording that grows, the figures.
open_window :tgtd
that 'the workload is performed' live 4
that 'by a process of its own' wait_for has_child
pid=$(child)
that 'which is not the window' test "$pid" != "$window_pid"
ps -o pid,ppid,comm -p "$window_pid,$pid"
that 'the window shows it' wait_for title_says 'live on this machine'
early=$(event)
that 'as it happens' wait_for event_above "${early:-0}"
that 'it ends when its time is over' wait_for is_gone "$pid"
settle
last=$(event)
key Left
that 'one can step back in the recording' wait_for event_is_not "$last"
key Home
that 'to its start' wait_for event_is 0
key End
that 'and to its end' wait_for event_is "$last"
that 'it can be exported' through_dialog ctrl+e Export live.jsonl test -s live.jsonl
that 'what was exported is what was in sight' test "$(events_of live.jsonl)" = "$last"
that 'and names the process' grep -q "\"site\":\"measured\".*\"value\":$pid,\"before\":1" live.jsonl
"$program" run live.jsonl --quiet | grep -E '^(recorded live|alarm, |signal to|read to|work, |the model)'
that 'the figures are those of real alarms' test "$("$program" run live.jsonl --quiet | grep -c '^alarm, due to signal: 1[0-9] times')" = 1

# Killed in the middle.
that 'it is performed again' live 60
that 'by another process' wait_for has_child
pid=$(child)
that 'and recorded' wait_for event_above 60
picture before.png
kill -9 "$pid"
that 'the killed process is gone' wait_for is_gone "$pid"
settle
picture after.png
that 'the window says so' differ before.png after.png
kept=$(event)
key Left
that 'what was recorded is kept' wait_for event_is_not "$kept"

# Held: it seems to hang; Stop works all the same.
that 'once more' live 60
wait_for has_child
pid=$(child)
wait_for event_above 60
kill -STOP "$pid"
settle
picture before.png
sleep 3.2
picture after.png
that 'the window says that it hangs' differ before.png after.png
press alt+s
that 'Stop ends it all the same' wait_for is_gone "$pid"
settle
kept=$(event)
key Left
that 'and what was recorded is kept, too' wait_for event_is_not "$kept"

# Closed with the window.
that 'and again' live 60
wait_for has_child
pid=$(child)
close_window
that 'the process ends with the window' is_gone "$pid"

# The window is killed: no orphan.
open_window :tgtd
that 'it is performed for a window' live 60
wait_for has_child
pid=$(child)
kill -9 "$window_pid"
wait "$window_pid" 2>/dev/null
window_pid=''
sleep 2
that 'that is killed: its process goes with it' is_gone "$pid"

# Not there, and not a program.
mkdir bin
cp "$program" bin/jiffyscope
for what in missing plain; do
  [[ $what == plain ]] && echo 'no program' >bin/jiffyscope-selfpipe
  program=$work/bin/jiffyscope open_window :tgtd
  settle
  picture before.png
  at=$(event)
  that "one that is $what is asked for" ask 5
  settle
  picture after.png
  that "the window says that it is $what" differ before.png after.png
  that 'and stays as it was' event_is "$at"
  no_child || that 'nothing runs' false
  close_window
done

finish
