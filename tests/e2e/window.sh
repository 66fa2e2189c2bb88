#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real window under Xvfb, for the tests beside this file, which source it with the program's path:
#
#   source window.sh PROGRAM
#
# Used as a person uses it: keys, mouse, file dialogs. Where it stands is read from the window's title; what came out is
# checked on the disk. Everything happens in a folder of its own, with a home of its own, under $work.
set -uo pipefail
program=$(realpath "$1")
for tool in Xvfb xdotool import compare; do
  command -v "$tool" >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
done

work=$(mktemp -d)
window_pid='' server_pid=''
# A server that is still ending may take the socket of one that follows it with the same number: so it is waited for.
stop() {
  [[ -n $1 ]] || return 0
  kill "$1" 2>/dev/null
  wait "$1" 2>/dev/null
  true
}
clean_up() {
  stop "$window_pid"
  stop "$server_pid"
  rm -rf "$work"
}
trap clean_up EXIT
cd "$work" || exit 1
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work/runtime LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb
mkdir -m 700 "$XDG_RUNTIME_DIR"

checks=0 failures=0
that() { # NAME COMMAND...
  local name=$1
  shift
  checks=$((checks + 1))
  "$@" && return
  failures=$((failures + 1))
  printf 'FAILED: %s\n  title: %s\n' "$name" "$(title)"
}
wait_for() { # COMMAND...: up to 20 s
  local i
  for ((i = 0; i < 200; ++i)); do
    "$@" && return
    sleep 0.1
  done
  return 1
}
title() { [[ -n ${window:-} ]] && xdotool getwindowname "$window" 2>/dev/null; }
event() { title | sed -n 's/.* event \([0-9]*\) .*/\1/p'; }
jiffies() { title | sed -n 's/.* jiffies \([0-9]*\) .*/\1/p'; }
event_is() { [[ $(event) == "$1" ]]; }
event_is_not() { [[ $(event) != "$1" ]]; }
# press: by the keyboard itself, to whatever has the focus; key: to the program's window. Keys that are sent as events to a
# window, past the keyboard, carry no time, and Qt then takes a later press of the same key for a repetition and loses it.
press() { xdotool key "$@"; }
key() { xdotool windowfocus --sync "$window" key "$@"; }

# small_scenario: a wheel of two CPUs with timers that fire and one that is cascaded, 2000 ticks; small.jiffy.json.
small_scenario() {
  cat >small.jiffy.json <<'SCENARIO'
{
  "format": "jiffyscope-scenario", "version": 1,
  "title": "End to end",
  "opening": "start",
  "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000, "timers": "wheel-3.9"},
  "items": [
    {"name": "near", "slack": 0, "on": [{"do": "rearm", "by": "+40"}]},
    {"name": "far", "slack": 0}
  ],
  "actions": [
    {"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "near", "expires": "+10"},
    {"at": "+0", "cpu": 1, "do": "mod_timer", "timer": "far", "expires": "+700"}
  ],
  "until": "+2000"
}
SCENARIO
}
# picture FILE, differ FILE FILE: of the screen; the tests that need them are skipped without ImageMagick.
picture() { import -window root "$1"; }
differ() { [[ $(printf %.0f "$(compare -metric AE "$1" "$2" null: 2>&1)") -gt 200 ]]; }
# start_server [WIDTHxHEIGHT]: one that stays as it is when a client goes; by itself it begins anew when the last one does,
# and who connects just then is refused.
start_server() {
  local try
  for try in 1 2 3; do
    mkfifo "display$try"
    Xvfb -displayfd 3 -screen 0 "${1:-1440x900}x24" -nolisten tcp -noreset 3>"display$try" >/dev/null 2>&1 &
    server_pid=$!
    read -r number <"display$try"
    export DISPLAY=:$number
    xdotool getdisplaygeometry >/dev/null 2>&1 && return
    stop "$server_pid"
  done
  echo 'FAILED: no display'
  exit 1
}
# open_window ARGUMENT...: starts the program and waits for its window, which then has the keyboard.
find_window() { window=$(xdotool search --onlyvisible --name 'event [0-9]+ — Jiffyscope' 2>/dev/null | head -1); [[ -n $window ]]; }
open_window() {
  "$program" "$@" >window.txt 2>&1 &
  window_pid=$!
  if ! wait_for find_window; then
    echo 'FAILED: no window came up'
    cat window.txt
    exit 1
  fi
  xdotool windowfocus --sync "$window"
}
# close_window: by its key; a question about unsaved work is answered with Discard.
close_window() {
  local status=0
  key ctrl+q 2>/dev/null # the window may go before its answer
  wait "$window_pid" || status=$?
  window_pid=''
  that 'it quits with status 0' test "$status" -eq 0
  that 'it had nothing to complain of' test ! -s window.txt
  [[ -s window.txt ]] && cat window.txt
  true
}
find_dialog() { dialog=$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | head -1); [[ -n $dialog ]]; }
no_dialog() { ! find_dialog "$1"; }
# leave_dialogs NAME: by Escape, as often as there is one, and a question over it.
leave_dialogs() {
  local i
  for i in 1 2 3; do
    no_dialog "$1" && return
    xdotool windowfocus --sync "$dialog" key Escape
    sleep 0.7
  done
}
# through_dialog KEY NAME TEXT COMMAND...: opens a file dialog by its key, types into it, accepts, and waits for the
# command to hold. What is typed into a busy program may get lost: then once more.
through_dialog() {
  local keys=$1 name=$2 text=$3 try i
  shift 3
  for try in 1 2 3; do
    leave_dialogs "$name"
    key "$keys"
    wait_for find_dialog "$name" || continue
    xdotool windowfocus --sync "$dialog"
    sleep 0.5
    xdotool key ctrl+a
    xdotool type --delay 60 "$text"
    sleep 0.5
    for i in 1 2 3; do # the first Return may only choose what the completer proposes
      xdotool key Return
      sleep 0.7
      no_dialog "$name" && break
    done
    leave_dialogs "$name" # it asks something, or says that there is no such file
    xdotool windowfocus --sync "$window"
    wait_for "$@" && return
  done
  return 1
}
# finish: the last line of a test.
finish() {
  echo "$((checks - failures)) of $checks checks passed"
  ((failures == 0))
}
