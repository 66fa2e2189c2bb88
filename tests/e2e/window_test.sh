#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first things that one does: step, play, scrub, export, open.
#
#   window_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"

# Without a display: one line, status 3.
env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$program" >none.txt 2>&1
that 'no display gives status 3' test $? -eq 3
that 'no display is said in one line' test "$(wc -l <none.txt)" -eq 1

start_server

small_scenario
open_window small.jiffy.json
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
that 'CSV comes out' through_dialog ctrl+e Export out.csv test -s out.csv
"$program" run small.jiffy.json --quiet --export run.csv >/dev/null
that 'the window and `run` export the same' cmp out.csv run.csv
that 'a picture comes out' through_dialog ctrl+e Export out.svg test -s out.svg
that 'its text is text' grep -q '<text' out.svg
for timers in '' '--timers wheel-6.1'; do
    "$program" render :three-ways --view window $timers -o "meant$timers.svg" 2>/dev/null
done
that 'what is meant to be compared is' grep -q 'Sorted list' meant.svg
that 'who names one algorithm sees that one' eval '! grep -q "Sorted list" "meant--timers wheel-6.1.svg"'
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

close_window
finish
