#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Jiffyscope on a Debian 12 machine, with all that it needs, and starts it:
#
#   ./app/run.sh [ARGS...]      ARGS as the program takes them: jiffyscope --help
#
# Without a display and without ARGS it does the main job in the terminal, on the default scenario.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source app/setup.sh
mkdir -p build

timed 'packages' install_missing build
timed 'configure' configure release -DJIFFYSCOPE_TESTS=OFF
timed 'build' build release jiffyscope

program=build/release/app/jiffyscope
if (($#)) || [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
  exec "$program" "$@"
fi
say 'no display: the default scenario in the terminal instead of a window'
exec "$program" run :busy --opening --export build/busy-timeline.svg
