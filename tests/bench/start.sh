#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal 7: from the start of the program to its first painted window, beside kernelshark's in the same run, in turn.
# Usage: tests/bench/start.sh [BUILD] [ROUNDS], BUILD being build/release. Needs Xvfb and BUILD/tests/bench/first_paint;
# installs nothing. Where there is no kernelshark, only our own time is told.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build/release} rounds=${2:-9}
for need in Xvfb; do
  command -v "$need" >/dev/null || { echo "start.sh: $need is missing" >&2; exit 77; }
done

work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/home"
# -ac: the programs below may be another user's.
Xvfb -displayfd 3 -screen 0 1600x1000x24 -fbdir "$work" -nolisten tcp -ac 3>"$work/number" 2>/dev/null &
server=$!
for _ in $(seq 100); do
  [[ -s $work/number && -e $work/Xvfb_screen0 ]] && break
  sleep 0.1
done
export DISPLAY=:$(<"$work/number") HOME=$work/home XDG_RUNTIME_DIR=$work/home QT_QPA_PLATFORM=xcb
unset XDG_CONFIG_HOME
chmod 700 "$work/home"
# As root, kernelshark first asks whether that is meant: there is nothing to measure then.
as=()
if ((EUID == 0)); then
  chown -R nobody "$work/home"
  chmod 755 "$work"
  chmod 644 "$work/Xvfb_screen0"
  as=(setpriv --reuid=nobody --clear-groups)
fi

first_paint() { "${as[@]}" "$build/tests/bench/first_paint" "$work/Xvfb_screen0" "$@" 2>/dev/null; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

ours=() theirs=()
first_paint "$build/app/jiffyscope" >/dev/null || { echo 'start.sh: jiffyscope painted nothing' >&2; exit 1; }
! command -v kernelshark >/dev/null || first_paint kernelshark >/dev/null || { echo 'start.sh: kernelshark painted nothing' >&2; exit 1; }
for ((i = 0; i < rounds; ++i)); do
  ours+=("$(first_paint "$build/app/jiffyscope")")
  ! command -v kernelshark >/dev/null || theirs+=("$(first_paint kernelshark)")
done
a=$(printf '%s\n' "${ours[@]}" | median)
echo "jiffyscope: $a ms (${ours[*]})"
if ((${#theirs[@]})); then
  b=$(printf '%s\n' "${theirs[@]}" | median)
  echo "kernelshark: $b ms (${theirs[*]})"
  awk -v a="$a" -v b="$b" 'BEGIN { printf "goal 7  start to the first painted window  %.2f of kernelshark  (goal: at most 0.90)\n", a / b }'
else
  echo "kernelshark is not installed: nothing to compare with"
fi
