#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and runs the tests on a Debian 12 machine, with all that they need:
#
#   ./tests/run.sh [PRESET]     release (the default): everything
#                               asan: core, its tests and one end-to-end run under the address and undefined behaviour
#                               sanitizers; tsan, debug: the same part
#
# Ends in the summary of ctest. The exit status is not 0 if one of them failed or the fuzzing found something.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source app/setup.sh
mkdir -p build

preset=${1:-release}
case $preset in
  release) options=(-DJIFFYSCOPE_TESTS=ON -DJIFFYSCOPE_UI=ON) ;;
  debug | asan | tsan) options=(-DJIFFYSCOPE_TESTS=ON -DJIFFYSCOPE_UI=OFF) ;;
  *)
    echo "usage: tests/run.sh [release|debug|asan|tsan]" >&2
    exit 2
    ;;
esac

timed 'packages' install_missing build tests
timed 'configure' configure "$preset" "${options[@]}"
timed 'build' build "$preset"

fuzzing=0
if [[ $preset == release ]]; then
  timed 'fuzzing' ./tests/fuzz/run.sh 40 1 || fuzzing=$?
fi
ctest --preset "$preset" -j "$(nproc)"
exit "$fuzzing"
