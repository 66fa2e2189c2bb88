#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Jiffyscope on a Debian 12 machine, with all that it needs, and starts it:
#
#   ./app/run.sh [ARGS...]      ARGS as the program takes them: jiffyscope --help
#
# Without a display the scenario that the window would show (the default one, or ARGS) is told in the terminal: the tick of
# its opening and the next two, its totals; the timeline goes to build/timeline.svg.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source app/setup.sh
mkdir -p build

timed 'packages' install_missing build
timed 'configure' configure release -DJIFFYSCOPE_TESTS=OFF
timed 'build' build release jiffyscope

program=build/release/app/jiffyscope
if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then
  exec "$program" "$@"
fi
case ${1:-} in
  run | render | check | list | -*) exec "$program" "$@" ;; # these need no display
esac
say "no display: ${1:-the default scenario} in the terminal instead of a window"
exec "$program" run "${@:-:busy}" --opening --export build/timeline.svg
