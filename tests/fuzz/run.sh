#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Feeds the readers with mutated files, and what they accept to the model:
#
#   ./tests/fuzz/run.sh [SECONDS [SEED]]     60 by default, shared by all targets, one a core at a time; a SEED makes
#                                            runs alike, without it each goes its own way
#
# Prints the number of executions of each; a finding is kept in build/fuzz/findings and fails the run. Findings become
# named tests beside the reader's own, and files in corpus/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source app/setup.sh

seconds=${1:-60} seed=${2:-0} # libFuzzer takes 0 for "any"
if [[ ! $seconds =~ ^[1-9][0-9]*$ || ! $seed =~ ^[0-9]+$ ]]; then
  echo "usage: tests/fuzz/run.sh [SECONDS [SEED]]" >&2
  exit 2
fi
targets=(scenario ops trace jsonl)
jobs=$(nproc)
((jobs <= ${#targets[@]})) || jobs=${#targets[@]}
each=$((seconds * jobs / ${#targets[@]}))
((each > 0)) || each=1

build_targets() {
  cmake -S tests/fuzz -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 >build/fuzz.log 2>&1 &&
    ninja -C build/fuzz >>build/fuzz.log 2>&1 || { cat build/fuzz.log >&2; return 1; }
}

# fuzz TARGET: new inputs go to build/fuzz/corpus, so that the next run goes on where this one ends.
fuzz() {
  local target=$1 log=build/fuzz/$1.log
  mkdir -p "build/fuzz/corpus/$target" build/fuzz/findings
  if build/fuzz/fuzz_"$target" -max_total_time="$each" -seed="$seed" -timeout=25 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -verbosity=0 -dict="tests/fuzz/$target.dict" -artifact_prefix="build/fuzz/findings/$target-" \
    "build/fuzz/corpus/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
    say "$target: $(grep -oP 'number_of_executed_units:\s*\K\d+' "$log") executions, no finding"
  else
    grep -vE '^stat::|^INFO' "$log" | tail -60
    say "$target: a finding, see build/fuzz/findings"
    return 1
  fi
}
export -f fuzz say
export each seed

mkdir -p build
timed 'build' build_targets
timed 'fuzzing' xargs -P "$jobs" -I{} bash -c 'fuzz {}' < <(printf '%s\n' "${targets[@]}")
