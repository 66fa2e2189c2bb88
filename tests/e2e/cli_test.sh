#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line from outside: exit statuses, messages, files that come and do not come.
#
#   cli_test.sh PROGRAM SOURCE_DIR
set -uo pipefail
program=$(realpath "$1")
source_dir=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

checks=0 failures=0

# run ARGS...: the program, with what it said in $out and $err and its exit status in $status.
run() {
  status=0
  timeout 120 "$program" "$@" >out.txt 2>err.txt </dev/null || status=$?
  out=$(<out.txt) err=$(<err.txt)
}
fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n  status %s\n  stdout: %s\n  stderr: %s\n' "$1" "$status" "${out:0:600}" "${err:0:600}"
}
# expect NAME STATUS [TEXT_IN_STDOUT [TEXT_IN_STDERR]]: about the last run. Nothing crashes, whatever is asked.
expect() {
  checks=$((checks + 1))
  [[ $status == "$2" ]] || { fail "$1: expected status $2"; return; }
  [[ -z ${3:-} || $out == *"$3"* ]] || { fail "$1: expected on stdout: $3"; return; }
  [[ -z ${4:-} || $err == *"$4"* ]] || { fail "$1: expected on stderr: $4"; return; }
  (($2 == 0)) || [[ -n $err ]] || fail "$1: it failed without a word"
}
# that NAME COMMAND...: a condition.
that() {
  local name=$1
  shift
  checks=$((checks + 1))
  "$@" || fail "$name"
}

# --- usage -----------------------------------------------------------------------------------------------------------
run --version; expect 'version' 0 'jiffyscope '
run --help; expect 'help' 0 'usage:'
run run; expect 'no file' 2 '' 'jiffyscope: run: FILE is missing'
run run --frobnicate x; expect 'unknown option' 2 '' 'there is no option "--frobnicate"'
run run x --until soon; expect 'bad position' 2 '' '"soon" is not a position'
run run x --quiet --quiet; expect 'twice' 2 '' '--quiet stands twice'
run run x y; expect 'two files' 2 '' 'one is enough'
run run x --until; expect 'value missing' 2 '' '--until needs a value'
run run x --timers sundial; expect 'unknown timers' 2 '' 'is no timer algorithm'
run run x --hz 0; expect 'bad hz' 2 '' 'is not a number of ticks a second'
run render :busy --view rings; expect 'render without -o' 2 '' '-o OUT is missing'
run list; expect 'list what' 2 '' 'say what'
run list timers; expect 'list timers' 0 'wheel-3.9'
run list exporters; expect 'list exporters' 0 '.jsonl'
that 'usage errors are one line and a hint' [ "$("$program" run 2>&1 | wc -l)" = 2 ]

# --- files that cannot be read ------------------------------------------------------------------------------------------
run run "$work/none.ops"; expect 'missing file' 1 '' "$work/none.ops: error: cannot read it: No such file or directory"
run run "$work"; expect 'directory' 1 '' 'Is a directory'
run run :no-such; expect 'unknown built-in' 1 '' ':no-such: error: there is no built-in scenario of this name'
: >empty.jiffy.json
run run empty.jiffy.json; expect 'empty file' 1 '' 'the file is empty'
printf ' \n\n' >blank.txt
run run blank.txt; expect 'blank file' 1 '' 'blanks'
head -c 100000 /dev/urandom >binary.jiffy.json
run run binary.jiffy.json; expect 'binary file' 1 '' 'error: '
head -c 3000000 /dev/zero >zero.ops
run run zero.ops; expect 'zeros' 1 '' 'binary data'
run run /dev/zero; expect 'an endless device' 1 '' 'binary data'
echo 'Dear diary, today I saw a wheel.' >letter.txt
run run letter.txt; expect 'some text' 1 '' 'this is no scenario'
if ((EUID != 0)); then
  echo 'machine bits=32 small=0 cpus=1 hz=250 jiffies=0' >secret.ops
  chmod 000 secret.ops
  run run secret.ops; expect 'no permission' 1 '' 'Permission denied'
fi
echo 'machine bits=32 small=0 cpus=1 hz=250 jiffies=0' >run
run run ./run; expect 'a file named as a command' 0 'ticks: 0'
run run -- run; expect 'behind --' 0 'ticks: 0'

# --- vectors -----------------------------------------------------------------------------------------------------------
cat >bad.ops <<'EOF'
machine bits=32 small=0 cpus=1 hz=250 jiffies=0
timer 1 slack=0
jump 0 1 +5
EOF
run run bad.ops; expect 'unknown operation' 1 '' 'bad.ops:3:'
that 'a caret under it' grep -q '^ *^$' err.txt
sed 's/^jump.*/add 7 1 +5/' bad.ops >cpu.ops
run run cpu.ops; expect 'number out of range' 1 '' 'cpu.ops:3:'
sed 's/^jump.*/add 0 1 +99999999999999999999999/' bad.ops >far.ops
run run far.ops; expect 'number too large' 1 '' 'far.ops:3:'
vector=$source_dir/tests/vectors/wheel-3.9/b01-mixed-64.ops
run run "$vector" --quiet --export v.log; expect 'vector' 0 'fired: '
that 'its log, byte for byte' cmp -s v.log "${vector%.ops}.log"
run check "$vector"; expect 'check' 0 'no faults'

# --- comparing ----------------------------------------------------------------------------------------------------------
{
  printf '{"format":"jiffyscope-scenario","version":1,"title":"t","machine":{"hz":1000,"jiffies":"1000"},"items":['
  printf '{"name":"a","slack":0},{"name":"b","slack":0}],"generate":{"seed":1,"populations":[{"name":"t","count":100,"slack":0,'
  printf '"do":"add_timer","delay":{"sequence":[536,1]}}]},"actions":[{"at":"+0","do":"add_timer","timer":"a","expires":"1010"},'
  printf '{"at":"+0","do":"add_timer","timer":"b","expires":"6000"}],"until":"+5500"}'
} >hundred.jiffy.json
run compare; expect 'compare without a file' 2 '' 'compare: FILE is missing'
run compare hundred.jiffy.json --timers wheel-6.1; expect 'one algorithm' 2 '' 'one algorithm is no comparison'
run compare hundred.jiffy.json --timers wheel-6.1,sundial; expect 'compare with no such timers' 2 '' '"sundial" is no timer algorithm'
run compare hundred.jiffy.json --timers wheel-6.1,wheel-6.1; expect 'compare with itself' 2 '' 'stands twice'
run compare hundred.jiffy.json --until event=5; expect 'compare until an event' 2 '' 'takes an instant here'
run compare hundred.jiffy.json --export a.jsonl; expect 'compare to a log' 2 '' 'is exported as .csv or .accounts.csv'
run compare :tgtd; expect 'compare tgtd' 1 '' 'tgtd has no timer algorithm'
run compare a.jsonl; expect 'compare a file that is missing' 1
run compare hundred.jiffy.json --until jiffies=1600 --export x.csv --export x.accounts.csv
expect 'compare' 0 'exported: x.accounts.csv'
row() { sed -n "s/^$1  *//p" out.txt | tr -s ' ' ; }
that 'three algorithms' [ "$(row account)" = 'sorted-list wheel-3.9 wheel-6.1' ]
that 'moves' [ "$(row 'timers moved')" = '0 100 0' ]
that 'latest' [ "$(row 'latest handler')" = '0 0 64' ]
that 'wake-ups' [ "$(row 'wake-ups if idle')" = '66 66 2' ]
that 'most work' [ "$(row 'most work in one tick')" = '1 101 64' ]
that 'who did it' grep -q '^most work of wheel-3.9: 100 moves and 1 handler at jiffies 1536$' out.txt
that 'who was late' grep -q '^latest of wheel-6.1: t.1 at jiffies 1600, 64 late$' out.txt
that 'ticks: one line each' [ "$(sed -n 's/^536,1536,//p' x.csv)" = '1,0,0,0,0,1,100,0,0,0,0,0,0,0,' ]
that 'ticks: as many columns in all lines' [ "$(tr -cd ',\n' <x.csv | sort -u | wc -l)" = 1 ]
that 'accounts' grep -q '^timers moved,wheel-3.9,100,,,$' x.accounts.csv
that 'accounts: the cause' grep -qE '^most work in one tick,wheel-3.9,101,[0-9]+,1536,t.1$' x.accounts.csv
run compare hundred.jiffy.json --timers wheel-3.9,wheel-3.9-small --until start
expect 'compare two at the start' 0 'wheel-3.9-small'
that 'nothing has happened there' [ "$(row 'latest handler')" = '- -' ]
run compare hundred.jiffy.json --export no/such/x.csv; expect 'comparison into no folder' 3 '' 'cannot write'

run compare :deferrable
that 'deferrable timers wake no idle CPU' [ "$(row 'wake-ups if idle' | cut -d' ' -f1)" -gt "$(row 'wake-ups if idle' | cut -d' ' -f3)" ]
run compare :three-far-250; that 'nothing was late' [ "$(row 'latest handler')" = '0 0' ]
run run :three-far-250; expect 'all ran early' 0 'worst lateness: 0'
run run :cascade --timers wheel-6.1; expect 'words about another algorithm' 0 'watch: (written for wheel-3.9) A leaves tv2'
that 'no slack on 6.1' [ "$(grep -c 'Defined.*slack=' out.txt)" = 0 ]
run run :three-ways --timers wheel-6.1 --quiet; expect 'totals of 6.1' 0 'most work at: jiffies 1600: handlers 64'
that 'no cascades of a wheel that has none' [ "$(grep -cE '^(empty )?cascades: |^moves: |^comparisons: ' out.txt)" = 0 ]
run run :cascade; expect 'words about its own' 0 'watch: A leaves tv2'
run run :idle-cpu --timers wheel-6.1; expect 'pinned on 6.1' 0 'by mod_timer (pinned)'
run render :cascade --view rings --timers wheel-6.1,wheel-3.9 -o x.png; expect 'columns of the rings' 2 '' 'are for --view compare'
run render :cascade --view compare --timers wheel-6.1,sundial -o x.png; expect 'a column of nothing' 2 '' '"sundial" is no timer algorithm'

# --- narration ----------------------------------------------------------------------------------------------------------
run run "$vector"; expect 'narration' 0 'more events; --all tells them too)'
that 'a thousand lines and the totals' [ "$(grep -cE '^ +[0-9]+ +[0-9-]+  [A-Z]' out.txt)" = 1000 ]
run run "$vector" --all
that 'all lines' [ "$(grep -cE '^ +[0-9]+ +[0-9-]+  [A-Z]' out.txt)" = "$(sed -n 's/^events: //p' out.txt)" ]
run run "$vector" --quiet
that 'quiet: name: value, nothing else' [ "$(grep -vcE '^[a-z -]+: ' out.txt)" = 0 ]
run run "$vector" --until event=5
expect 'until' 0 'events: 5'
that 'a reader that goes away' bash -c "'$program' run '$vector' --all 2>err.txt | head -n 1 >out.txt; [[ \${PIPESTATUS[0]} == 0 && ! -s err.txt ]]"
status=0
"$program" run "$vector" --all >/dev/full 2>err.txt || status=$?
out='' err=$(<err.txt)
expect 'standard output on a full disk' 3 '' 'No space left on device'

# --- exports -----------------------------------------------------------------------------------------------------------
run run "$vector" --quiet --export a.jsonl --export a.csv
expect 'exports' 0 'exported: a.csv'
that 'no part files' [ "$(ls -- *.part 2>/dev/null | wc -l)" = 0 ]
run run a.jsonl --quiet --export b.jsonl --export b.csv --export b.log
expect 'an exported log opens' 0 'fired: '
grep -v '^exported: ' out.txt >again.txt
that 'jsonl -> jsonl' cmp -s a.jsonl b.jsonl
that 'jsonl -> csv' cmp -s a.csv b.csv
"$program" run "$vector" --quiet | grep -v '^worst lateness of' >first.txt
that 'the same totals' cmp -s first.txt <(grep -v '^worst lateness of' again.txt)
run run :chain --quiet --export x.trace.json --export y.logical.trace.json
expect 'Chrome traces' 0 'exported: y.logical.trace.json'
that 'two axes of time' [ "$(grep -c '"time":"true' x.trace.json) $(grep -c '"time":"logical' y.logical.trace.json)" = '1 1' ]
that 'the same events' [ "$(grep -c '"ph":"[Xi]"' x.trace.json)" = "$(grep -c '"ph":"[Xi]"' y.logical.trace.json)" ]
head -c 5000 a.jsonl >cut.jsonl
run run cut.jsonl; expect 'truncated log' 1 '' 'cut.jsonl:'
sed 's/^{"event":7,/{"event":"seven",/' a.jsonl >odd.jsonl
run run odd.jsonl; expect 'wrong type in a log' 1 '' ':10: error: expected a whole number'
run run "$vector" --export a.xyz; expect 'unknown suffix' 2 '' 'tells no format'
run run "$vector" --export no/such/folder/a.csv; expect 'no such folder' 3 '' 'cannot write "no/such/folder/a.csv": No such file or directory'
mkdir folder.csv
run run "$vector" --export folder.csv; expect 'a folder of that name' 3 '' 'Is a directory'
ln -s /dev/full full.csv
run run "$vector" --quiet --export full.csv --export c.csv
expect 'one of two exports fails' 3
that 'the other one is there' [ -s c.csv ]
if ((EUID != 0)); then
  mkdir closed && chmod 555 closed
  run run "$vector" --export closed/a.csv; expect 'closed folder' 3 '' 'Permission denied'
fi

# A full disk: a tmpfs of 64 kB in a mount namespace of our own.
full_disk() {
  cat >full.sh <<'EOF'
mount -t tmpfs -o size=64k tmpfs "$1/disk" || exit 77
printf old >"$1/disk/a.csv"
"$2" run "$3" --quiet --export "$1/disk/a.csv" >"$1/out.txt" 2>"$1/err.txt"
status=$?
[[ $(<"$1/disk/a.csv") == old ]] || status=99
[[ $(ls "$1/disk") == a.csv ]] || status=98
exit $status
EOF
  mkdir -p disk
  unshare --mount --map-root-user bash full.sh "$work" "$program" "$vector" 2>/dev/null ||
    { status=$?; [[ $status == 1 && ! -s err.txt ]] && status=77; return 0; }
  status=0
}
: >err.txt
full_disk
out=$(<out.txt) err=$(<err.txt)
if [[ $status == 77 ]]; then
  echo 'skipped: the full disk (no mount namespaces here)'
else
  expect 'full disk' 3 '' 'No space left on device'
fi

# --- scenarios and traces that are too much -----------------------------------------------------------------------------
printf '{"format": "jiffyscope-scenario", "version": 1, "title": ' >cut.jiffy.json
run run cut.jiffy.json; expect 'truncated scenario' 1 '' 'cut.jiffy.json:1:'
{ head -c 200000 /dev/zero | tr '\0' '['; } >deep.json
run run deep.json; expect 'nothing but brackets' 1 '' 'error: '
{ printf '{"format":"jiffyscope-scenario","version":1,"items":'; head -c 1000000 /dev/zero | tr '\0' '['; } >deep.jiffy.json
run run deep.jiffy.json; expect 'a million brackets' 1 '' 'deep.jiffy.json:1:'
{ printf '{"title":"'; head -c 70000000 /dev/zero | tr '\0' 'x'; printf '"}'; } >huge.jiffy.json
run run huge.jiffy.json; expect 'a scenario of 70 MB' 1 '' 'larger than 64 MiB'
rm huge.jiffy.json
cat >billion.jiffy.json <<'EOF'
{
  "format": "jiffyscope-scenario", "version": 1, "title": "a billion timers",
  "generate": {"populations": [{"name": "bg", "count": 1000000000, "delay": [1, 1000000]}]}
}
EOF
run run billion.jiffy.json; expect 'a billion timers' 1 '' '1,000,000,000 timers would take about 200 GB'
{
  echo '# tracer: nop'
  head -c 5000000 /dev/zero | tr '\0' 'x'
} >longline.txt
run run longline.txt; expect 'a trace of one endless line' 1 '' 'longline.txt'

# --- the built-in scenarios are tests ------------------------------------------------------------------------------------
for name in $("$program" list scenarios | cut -d ' ' -f 1); do
  run run "$name" --quiet
  expect "$name keeps what it promises" 0 ': '
done
run run :busy --opening; expect 'the opening of the default scenario' 0 'cascade'
sed 's/"total": "cascades", "is": 3/"total": "cascades", "is": 4/' "$source_dir/resources/scenarios/cascade.jiffy.json" >wrong.jiffy.json
run run wrong.jiffy.json --quiet --export wrong.csv
expect 'a broken expectation' 1 'cascades: 3' 'wrong.jiffy.json:20:'
run run wrong.jiffy.json --until end; expect 'until the end, expectations count' 1 '' 'wrong.jiffy.json:20:'
run run wrong.jiffy.json --until jiffies=1100; expect 'cut short, they do not' 0 'expectations: not judged'
that 'its exports are there all the same' [ -s wrong.csv ]

# --- live on this machine ---------------------------------------------------------------------------------------------
run run --live :tgtd --for 1s --quiet --export live.jsonl --export live.csv
expect 'a workload is performed' 0 'alarm, due to signal: ' 'performs the workload'
figures=$(grep '^alarm, ' <<<"$out")
run run live.jsonl --quiet; expect 'its recording says the same' 0 "$figures"
that 'as a table, too' [ "$(wc -l <live.csv)" -gt 50 ]
for scheme in timerfd signalfd; do
  run run --live :tgtd --for 600ms --interval 50ms --scheme $scheme; expect "it is performed by $scheme" 0 "$scheme every 0.05s"
done
run run --live :busy; expect 'a wheel cannot be performed' 1 '' 'only a workload of tgtd'
run run --live :tgtd --for 0s; expect 'no time at all' 2 '' 'is no time from'
run run --live :tgtd --scheme sundial; expect 'unknown scheme' 2 '' 'is no scheme'
run run --interval 20ms :tgtd; expect 'an interval of nothing' 2 '' '--interval is for --live'
mkdir alone && cp "$program" alone/jiffyscope
"$work/alone/jiffyscope" run --live :tgtd >out.txt 2>err.txt
status=$? out=$(<out.txt) err=$(<err.txt)
expect 'the other program is missing' 3 '' 'No such file or directory'

echo "$checks checks, $failures failed"
((failures == 0))
