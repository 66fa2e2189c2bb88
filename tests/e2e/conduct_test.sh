#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The window as a whole: forms of the wheel, tables, themes by the command palette, overlays, markers and lifelines,
# sizes, and every way out.
#
#   conduct_test.sh PROGRAM
source "$(dirname "$0")/window.sh" "$1"

start_server
small_scenario
open_window small.jiffy.json
settle() { sleep 0.8; }
brightness() { convert "$1" -resize 1x1! -colorspace gray -format '%[fx:int(100*mean)]' info:; }
by_palette() { # WORDS
  press ctrl+k
  sleep 0.4
  xdotool type --delay 30 "$1"
  sleep 0.3
  press Return
  settle
}

key ctrl+Right
wait_for event_is_not 0
settle
at=$(title)
picture rings.png
press ctrl+b
settle
picture bands.png
that 'bands are another picture' differ rings.png bands.png
press ctrl+b
settle
picture again.png
that 'rings again are the same one' test "$(compare -metric AE rings.png again.png null: 2>&1)" -lt 50

press ctrl+t
settle
picture table.png
that 'the wheel is a table' differ rings.png table.png
press ctrl+t
settle
picture again.png
that 'and a wheel again' test "$(compare -metric AE rings.png again.png null: 2>&1)" -lt 50

by_palette 'theme dark'
picture dark.png
that 'the palette makes it dark' test "$(brightness dark.png)" -lt 30
by_palette 'high contrast'
picture contrast.png
that 'or of high contrast' differ dark.png contrast.png
by_palette 'theme light'
picture light.png
that 'or light' test "$(brightness light.png)" -gt 70

press question
settle
picture keys.png
that 'the keys are listed' differ light.png keys.png
press Right
press Escape
settle
that 'and nothing moved behind them' test "$(title)" == "$at"
press F1
that 'the manual comes' wait_for find_dialog Manual
xdotool windowfocus --sync "$dialog" key Escape
that 'and goes' wait_for no_dialog Manual
xdotool windowfocus --sync "$window"

# Markers and lifelines.
picture plain.png
press m
press Right
press Right
press Right
press shift+m
settle
picture markers.png
that 'markers stand in the timeline' differ plain.png markers.png

# Out: text, pictures, traces.
that 'a Chrome trace comes out' through_dialog ctrl+e Export out.trace.json test -s out.trace.json
that 'it is one' grep -q traceEvents out.trace.json
for view in rings bands timeline events inspector code window; do
  for theme in light dark contrast; do
    that "a picture of $view in $theme" "$program" render small.jiffy.json --view "$view" --theme "$theme" --size 900x600 -o "$view-$theme.svg"
  done
  that "$view is in vectors" grep -q '<text' "$view-light.svg"
  that "$view has a theme of its own" test "$(cmp -s "$view-light.svg" "$view-dark.svg"; echo $?)" -eq 1
done

close_window
finish
