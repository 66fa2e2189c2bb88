#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Reads the tree: dependencies point one way (app -> ui -> core; resources know nobody), every source names its licence,
# nothing is left to be done later.
#
#   structure_test.sh SOURCE_DIR
set -uo pipefail
cd "$1" || exit 1
failures=0

# complain TITLE LINES: nothing if there are no lines.
complain() {
  [[ -n $2 ]] || return 0
  failures=$((failures + 1))
  printf '%s:\n%s\n' "$1" "$2"
}
# includes FOLDER PATTERN: #include lines under FOLDER whose target matches.
includes() {
  grep -rnE --include='*.h' --include='*.cpp' --include='*.in' "^ *# *include +[<\"]($2)" "$1"
}

complain 'core may include nothing of Qt, ui, app, resources or tests' "$(includes core 'Q[A-Z][A-Za-z]*[/>]|Qt|q[a-z]+\.h|ui/|app/|resources/|tests/')"
complain 'ui may include nothing of app, resources or tests' "$(includes ui 'app/|resources/|tests/')"
complain 'app may include nothing of tests' "$(includes app 'tests/')"
complain 'resources may include only their own' "$(includes resources 'core/|ui/|app/|tests/')"
complain 'qcustomplot.h and json.hpp belong into one source each' "$(
  for header in qcustomplot.h nlohmann/json.hpp; do
    files=$(grep -rlE --include='*.cpp' --include='*.h' "^ *# *include +[<\"]$header" core ui app)
    (($(wc -w <<<"$files") < 2)) || echo "$files"
  done)"
complain 'headers need #pragma once' "$(find core ui app tests resources -name '*.h' -exec grep -L '^#pragma once' {} +)"

sources=$(find CMakeLists.txt core ui app tests resources .ci \( -name '*.h' -o -name '*.cpp' -o -name '*.sh' -o -name '*.in' \
  -o -name CMakeLists.txt -o -path '.ci/run' \) -type f)
complain 'the licence (SPDX-License-Identifier) is missing at the top' "$(
  for f in $sources; do head -n 3 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$f"; done)"
complain 'nothing is left to be done later' "$(grep -rnE --include='*.h' --include='*.cpp' '\b(TO''DO|FIX''ME|X''XX)\b' core ui app tests)"

((failures == 0)) && echo "$(wc -w <<<"$sources") sources read"
((failures == 0))
