#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two CPUs at one instant: step to the place, let the other one go first, go back, choose again, compare both futures.
#
#   machine_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"
start_server 1280x800

# CPU 1's handler burns a jiffy and re-arms its timer; when it ends, CPU 0 deletes the timer.
cat >both.jiffy.json <<'SCENARIO'
{
  "format": "jiffyscope-scenario", "version": 1,
  "title": "Both at once",
  "opening": "jiffies=1010",
  "machine": {"cpus": 2, "bits": 32, "hz": 1000, "jiffies": 1000, "interrupts": true},
  "items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "1 jiffy"}, {"do": "rearm", "by": "+20"}]}],
  "actions": [
    {"at": "+0", "cpu": 1, "do": "add_timer", "timer": "A", "expires": "1010"},
    {"at": "+11", "cpu": 0, "do": "del_timer", "timer": "A"}
  ],
  "until": "+100"
}
SCENARIO

export_log() { # NAME: the leading run's events
  through_dialog ctrl+e Export "$1" test -s "$1"
}
chosen() { grep -ci "chosen" "$1"; }

open_window both.jiffy.json
that 'it opens where the scenario says' test "$(jiffies)" = 1010
that 'its log is written' export_log usual.csv

# Step on until another CPU could go: Ctrl+J does nothing elsewhere.
before=''
for ((i = 0; i < 60; ++i)); do
  before=$(event)
  at=$(jiffies)
  if [[ $at -ge 1011 ]]; then
    key ctrl+j
    sleep 0.4
    [[ $(event) != "$before" ]] && break
  fi
  key Right
  wait_for event_is_not "$before"
done
after=$(event)
that 'a place was found where both could go' test "$after" != "$before"
that 'at the same jiffy' test "$(jiffies)" = "$at"
that 'the other order is written' export_log other.csv
that 'it says who was chosen' test "$(chosen other.csv)" -eq 1
that 'the first said nothing of a choice' test "$(chosen usual.csv)" -eq 0
that 'both are the same up to there' cmp -s <(head -n "$before" usual.csv) <(head -n "$before" other.csv)
that 'and not behind it' test "$(cmp -s usual.csv other.csv; echo $?)" = 1

# Back to the place by undo: the first future is there as it was.
key ctrl+z
that 'undo leads back to the place' wait_for event_is "$before"
that 'its log is written again' export_log again.csv
that 'it is the first one' cmp -s usual.csv again.csv

# The other once more, by choosing it anew.
sleep 0.4
key ctrl+j
that 'the other order leads' wait_for event_is "$after"
that 'its log is written, too' export_log third.csv
that 'it is as it was' cmp -s other.csv third.csv

# Saved, the document runs to the same log from the command line.
key ctrl+s
that 'the choice is saved' wait_for grep -q '"choices"' both.jiffy.json
"$program" run both.jiffy.json --quiet --export from_file.csv >/dev/null
that 'it runs to the same events' cmp -s other.csv from_file.csv

close_window
finish
