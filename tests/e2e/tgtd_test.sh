#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tgtd's work scheduler in the real window: it opens at its moment, steps forward and back on its own ladder, takes work
# by hand, and goes out as a picture and a table.
#
#   tgtd_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"
start_server
settle() { sleep 0.7; }

title_says() { [[ $(title) == *"$1"* ]]; }
# in_dialog KEY NAME: opens a dialog by its key and accepts what it proposes.
in_dialog() {
  press "$1"
  wait_for find_dialog "$2" || return 1
  xdotool windowfocus --sync "$dialog"
  sleep 0.4
  xdotool key Return
  wait_for no_dialog "$2" || return 1
  xdotool windowfocus --sync "$window"
}

open_window :tgtd
that 'it opens at its moment, in seconds' wait_for title_says '4.75'
opened=$(event)

# Forward and back are one another's mirror, in the picture too.
key Right
that 'a step forward' wait_for event_is_not "$opened"
first=$(event)
sleep 1.5
picture first.png
key Right
that 'another' wait_for event_is_not "$first"
key Left
that 'and back' wait_for event_is "$first"
sleep 1.5
picture back.png
that 'gives the same picture' test "$(printf %.0f "$(compare -metric AE first.png back.png null: 2>&1)")" -lt 200

# A coarser rung goes farther.
press shift+Right
that 'a coarser step' wait_for event_is_not "$first"
key Home
that 'to the start' wait_for event_is 0
key ctrl+Right
that 'to the next of interest' wait_for event_is_not 0
key End
that 'to the end' wait_for title_says '16.0'
last=$(event)
key Home
wait_for event_is 0
press space
that 'it plays' wait_for event_is_not 0
press space
settle
played=$(event)
that 'and stops' event_is "$played"

# What if: work by hand is an event of a branch, and can be taken back.
key Home
wait_for event_is 0
key Right
wait_for event_is_not 0
before=$(event)
that 'work is added by hand' in_dialog Insert 'Add work'
that 'behind the playhead' wait_for event_is_not "$before"
key End
that 'and the run is another' wait_for event_is_not "$last"
key ctrl+z
key End
that 'taken back, it is the old one' wait_for event_is "$last"

close_window

# The same work on the other schedulers.
for name in :tgtd-before :tgtd-today; do
  open_window "$name"
  here=$(event)
  key Right
  that "$name steps" wait_for event_is_not "$here"
  close_window
done
finish
