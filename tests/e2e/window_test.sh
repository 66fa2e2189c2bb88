#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real window under Xvfb, used as a person uses it: keys, mouse, file dialogs. Where it stands is read from the
# window's title; what came out is checked on the disk.
#
#   window_test.sh PROGRAM
set -uo pipefail
program=$(realpath "$1")
for tool in Xvfb xdotool; do
  command -v "$tool" >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
done

work=$(mktemp -d)
window_pid='' server_pid=''
clean_up() {
  [[ -n $window_pid ]] && kill "$window_pid" 2>/dev/null
  [[ -n $server_pid ]] && kill "$server_pid" 2>/dev/null
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
key() { xdotool key --clearmodifiers --window "$window" "$@"; }

# Without a display: one line, status 3.
env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$program" >none.txt 2>&1
that 'no display gives status 3' test $? -eq 3
that 'no display is said in one line' test "$(wc -l <none.txt)" -eq 1

mkfifo display
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>display >/dev/null 2>&1 &
server_pid=$!
read -r number <display
export DISPLAY=:$number

# A wheel of two CPUs: timers that fire, one that is cascaded, 2000 ticks.
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
"$program" small.jiffy.json >window.txt 2>&1 &
window_pid=$!
find_window() { window=$(xdotool search --onlyvisible --name 'event [0-9]+ — Jiffyscope' 2>/dev/null | head -1); [[ -n $window ]]; }
if ! wait_for find_window; then
  echo 'FAILED: no window came up'
  cat window.txt
  exit 1
fi
xdotool windowfocus --sync "$window"
that 'it opens at the start' event_is 0
that 'the title names the scenario' grep -q '^End to end' <(title)

# Step forward and back.
key Right Right Right
that 'three steps forward' wait_for event_is_not 0
sleep 0.5
third=$(event)
key Left Left Left
that 'three steps back' wait_for event_is 0
key Right Right Right
that 'and forward again to the same place' wait_for event_is "$third"
key Home
wait_for event_is 0
key ctrl+Right
that 'on to the next fire or cascade' wait_for event_is_not 0
key End
is_at_3000() { [[ $(jiffies) == 3000 ]]; }
that 'the end of the run' wait_for is_at_3000
key Home
that 'and its start' wait_for event_is 0

# Play, and pause.
key space
that 'playing moves on' wait_for event_is_not 0
sleep 1
key space
sleep 0.5
paused=$(event)
sleep 1
that 'a pause stays where it is' event_is "$paused"

# Scrub: the timeline lies at the bottom; show the whole run in it, then press, drag and release.
key 0
sleep 0.3
eval "$(xdotool getwindowgeometry --shell "$window")"
lane=$((HEIGHT - 90)) left=132 right=$((WIDTH - 28))
at() { echo $((left + (right - left) * $1 / 100)); }
xdotool mousemove --window "$window" "$(at 50)" "$lane" mousedown 1
sleep 0.5
half=$(jiffies)
xdotool mousemove --window "$window" "$(at 75)" "$lane"
sleep 0.5
xdotool mouseup 1
three_quarters=$(jiffies)
that 'a click on the middle of the timeline is the middle of the run' test "$((half > 1950 && half < 2050))" -eq 1
that 'dragging goes on from there' test "$((three_quarters > 2450 && three_quarters < 2550))" -eq 1

# Exports through the dialog.
find_dialog() { dialog=$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | head -1); [[ -n $dialog ]]; }
no_dialog() { ! find_dialog "$1"; }
# through_dialog KEY NAME TEXT COMMAND...: opens a file dialog by its key, types into it, accepts, and waits for the
# command to hold. What is typed into a busy program may get lost: then once more.
through_dialog() {
  local keys=$1 name=$2 text=$3 try i
  shift 3
  for try in 1 2 3; do
    key "$keys"
    wait_for find_dialog "$name" || continue
    xdotool windowfocus --sync "$dialog"
    sleep 0.5
    xdotool key --clearmodifiers ctrl+a
    xdotool type --clearmodifiers --delay 60 "$text"
    sleep 0.5
    for i in 1 2 3; do # the first Return may only choose what the completer proposes
      xdotool key --clearmodifiers Return
      sleep 0.7
      no_dialog "$name" && break
    done
    for i in 1 2 3; do # it asks something, or says that there is no such file
      no_dialog "$name" && break
      xdotool windowfocus --sync "$dialog" key --clearmodifiers Escape
      sleep 0.7
    done
    xdotool windowfocus --sync "$window"
    wait_for "$@" && return
  done
  return 1
}
that 'CSV comes out' through_dialog ctrl+e Export out.csv test -s out.csv
"$program" run small.jiffy.json --quiet --export run.csv >/dev/null
that 'the window and `run` export the same' cmp out.csv run.csv
that 'a picture comes out' through_dialog ctrl+e Export out.svg test -s out.svg
that 'its text is text' grep -q '<text' out.svg
that 'nothing is left of unfinished files' test -z "$(find . -name 'out.*' ! -name out.csv ! -name out.svg)"

# A file that is wrong leaves everything as it was.
echo '{"format": "jiffyscope-scenario", "version": 1, "nonsense": 3}' >wrong.jiffy.json
before=$(title)
through_dialog ctrl+o Open wrong.jiffy.json true
sleep 1
that 'a wrong file changes nothing' test "$(title)" == "$before"
cp small.jiffy.json other.jiffy.json
sed -i 's/End to end/Another/' other.jiffy.json
is_another() { [[ $(title) == Another* ]]; }
that 'a good one is opened' through_dialog ctrl+o Open other.jiffy.json is_another

if command -v import >/dev/null; then
  import -window root screen.png
  that 'the screen shows a picture' test "$(identify -format %k screen.png)" -gt 100
  [[ -n ${JIFFYSCOPE_SCREENSHOT:-} ]] && cp screen.png "$JIFFYSCOPE_SCREENSHOT"
fi

key ctrl+q 2>/dev/null # the window may go before its answer
status=0
wait "$window_pid" || status=$?
window_pid=''
that 'it quits with status 0' test "$status" -eq 0
that 'it had nothing to complain of' test ! -s window.txt
[[ -s window.txt ]] && cat window.txt

echo "$((checks - failures)) of $checks checks passed"
((failures == 0))
