# SPDX-License-Identifier: GPL-3.0-or-later
# What app/run.sh and tests/run.sh share; sourced by them, from the top of the tree. Needs bash.

# say TEXT: a line of our own between those of the tools.
say() { printf '== %s\n' "$*"; }

# timed NAME COMMAND...: runs it and says how long it took.
timed() {
  local name=$1 begin=$SECONDS status=0
  shift
  "$@" || status=$?
  say "$name: $((SECONDS - begin)) s"
  return "$status"
}

# packages LIST...: the names in app/packages.txt of the sections asked for.
packages() {
  local section='' word rest
  while read -r word rest; do
    case $word in
      '' | '#'*) ;;
      '['*) section=${word//[\[\]]/} ;;
      *) for wanted in "$@"; do [[ $wanted != "$section" ]] || echo "$word"; done ;;
    esac
  done <app/packages.txt
}

# install SECTION...: brings in what is missing of Debian's packages.
install_missing() {
  local missing=() name as_root=()
  while read -r name; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
  done < <(packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "these packages are missing, and neither root nor sudo is at hand to install them: ${missing[*]}" >&2
      return 3
    fi
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} packages: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=5 -o Dpkg::Use-Pty=0)
  "${apt[@]}" update >/dev/null && "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# configure PRESET [ARGS...] and build PRESET [TARGETS...]
configure() { cmake --preset "$@" >build/configure.log 2>&1 || { cat build/configure.log >&2; return 1; }; }
build() {
  local preset=$1
  shift
  cmake --build --preset "$preset" ${1:+--target "$@"}
}
