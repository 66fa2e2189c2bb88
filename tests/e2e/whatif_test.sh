#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What if: add a timer, move it, delete it, fork; take all of it back and make it again.
#
#   whatif_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"
start_server

cat >small.jiffy.json <<'SCENARIO'
{
  "format": "jiffyscope-scenario", "version": 1,
  "title": "What if",
  "opening": "jiffies=1020",
  "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
  "items": [{"name": "near", "slack": 0}, {"name": "far", "slack": 0}],
  "actions": [
    {"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "near", "expires": "+100"},
    {"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "far", "expires": "+700"}
  ],
  "until": "+1000"
}
SCENARIO

jiffies_is() { [[ $(jiffies) == "$1" ]]; }
end_is_at() { key End; wait_for jiffies_is "$1"; }
# in_dialog KEY NAME [TEXT]: opens a dialog by its key, types, accepts.
in_dialog() {
  key "$1"
  wait_for find_dialog "$2" || return 1
  xdotool windowfocus --sync "$dialog"
  sleep 0.3
  if [[ -n ${3:-} ]]; then
    xdotool key ctrl+a
    xdotool type --delay 60 "$3"
    sleep 0.3
  fi
  xdotool key Return
  wait_for no_dialog "$2" || return 1
  xdotool windowfocus --sync "$window"
}

open_window small.jiffy.json
that 'it opens where the scenario says' wait_for jiffies_is 1020
before=$(event)

# A new timer, by keys alone. It is selected, so that F2 and Del are about it.
that 'a timer is added' in_dialog Insert 'What if there were one more timer\?' '+300'
that 'the playhead stands behind the call' wait_for event_is_not "$before"
that 'and at the same jiffy' jiffies_is 1020
added=$(event)
that 'it is moved' in_dialog F2 'What if timer1 expired at another time\?' '1.5s'
that 'behind that call' wait_for event_is_not "$added"
moved=$(event)
key Delete
that 'it is deleted' wait_for event_is_not "$moved"
deleted=$(event)

# All of it back, and again.
key ctrl+z
that 'the deletion is undone' wait_for event_is "$moved"
key ctrl+z
that 'the move is undone' wait_for event_is "$added"
key ctrl+z
that 'the timer is undone' wait_for event_is "$before"
that 'the jiffy has stayed' jiffies_is 1020
key ctrl+shift+z ctrl+shift+z ctrl+shift+z
that 'and all of it done again' wait_for event_is "$deleted"

# A fork, and another fate for a timer that was there.
that 'a branch is forked' in_dialog ctrl+shift+n 'Fork here' 'mine'
that 'a fork changes nothing' event_is "$deleted"
that 'the run still ends where it did' end_is_at 2000
key ctrl+z
that 'undoing elsewhere leaves the playhead' jiffies_is 2000

# With everything taken back there is nothing to save, and nothing is asked.
key ctrl+z ctrl+z ctrl+z
sleep 0.5

close_window
finish
