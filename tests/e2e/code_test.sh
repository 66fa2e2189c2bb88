#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Code in step: lines forward and back, into, over and out of functions, breakpoints forwards and backwards, find.
#
#   code_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"

start_server
small_scenario
"$program" run small.jiffy.json --all >events.txt
open_window small.jiffy.json

# Lines: as many back as forward end at the start, and the picture changes with each.
key ctrl+Right
wait_for event_is_not 0
at=$(title)
picture before.png
for i in 1 2 3 4 5 6 7 8; do key F11; done
sleep 0.7
picture after.png
that 'eight lines on, another picture' differ before.png after.png
for i in 1 2 3 4 5 6 7 8; do press ctrl+shift+F11; done
sleep 0.7
that 'eight lines back is where it began' test "$(title)" == "$at"
key F10
sleep 0.3
over=$(event)
that 'over goes on' test "$over" != ''
press shift+F11
sleep 0.3
that 'out goes on' test "$(event)" -ge "$over"

# A breakpoint on the selected timer: forwards to each of its events, and back.
key Home
wait_for event_is 0
key Right Right Right Right Right
sleep 0.5
key alt+1 Up Return # `near`
sleep 0.2
key F9
sleep 0.2
key F5
sleep 0.5
first=$(event)
key F5
sleep 0.5
second=$(event)
that 'on to the next place' test "$second" -gt "$first"
press ctrl+shift+F5
sleep 0.5
that 'and back to the one before' event_is "$first"

# Find: the first event that says "far", then the next.
key Home
wait_for event_is 0
key ctrl+f
sleep 0.5
xdotool type --delay 40 far
sleep 0.3
xdotool key Return
sleep 0.7
found=$(event)
that 'find goes to an event' test "${found:-0}" -gt 0
xdotool key F3
sleep 0.5
that 'and to the next one' test "$(event)" -gt "$found"
xdotool key Escape

close_window
finish
