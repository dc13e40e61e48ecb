#!/usr/bin/env bash
# Runs every check: `bash tests/run.sh`. What follows is passed on to pytest: `bash tests/run.sh -k weights -x`.
# Makes its own environment in .venv-tests, made anew only when the requirements change, and finds a browser.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec </dev/null    # nothing here may wait for an answer
unset DATABASE_URL # tests never touch a newsroom's own database
unset PYTHONDONTWRITEBYTECODE # hundreds of children would each compile every module anew

python=${PYTHON:-python3}
environment=.venv-tests
failed=()

say() { printf '\n== %s\n' "$*"; }

can_install_packages() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_package() {
  DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

fingerprint() {
  "$python" - requirements.txt tests/requirements.txt <<'PYTHON'
import hashlib, pathlib, sys
texts = [sys.version, *(pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])]
print(hashlib.sha256("\n".join(texts).encode()).hexdigest())
PYTHON
}

make_environment() {
  local wanted
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "$python is $("$python" --version 2>&1): Python 3.11 or later is needed (PYTHON=... names another)"; return 1; }
  wanted=$(fingerprint) || return 1
  [ "$(cat $environment/stamp 2>/dev/null)" = "$wanted" ] && return 0
  say "making $environment"
  rm -rf "$environment"
  if ! "$python" -m venv "$environment"; then  # Debian's Python brings venv in a package of its own
    can_install_packages && install_package python3-venv || return 1
    rm -rf "$environment"
    "$python" -m venv "$environment" || return 1
  fi
  # Ten thousand files are installed and few of them used: those are compiled as they are imported.
  $environment/bin/python -m pip install --quiet --no-compile --disable-pip-version-check -r tests/requirements.txt || return 1
  echo "$wanted" >$environment/stamp
}

# Some systems put a script in the place of a browser that only tells where to get one: it has to start.
starts() { [ -n "${1:-}" ] && [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

installed_browser() {
  local name path
  for name in "${CHROMIUM:-}" "${BROWSER_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    path=$(command -v "${name:-none}") && starts "$path" && echo "$path" && return 0
  done
  return 1
}

playwright_browser() {
  $environment/bin/python - <<'PYTHON'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
PYTHON
}

find_browser() {
  BROWSER_PATH=$(installed_browser) && return 0
  BROWSER_PATH=$(playwright_browser) && starts "$BROWSER_PATH" && return 0
  say "fetching a browser"
  if can_install_packages && install_package chromium; then
    BROWSER_PATH=$(installed_browser) && return 0
  fi
  if can_install_packages; then
    $environment/bin/playwright install --with-deps chromium
  else
    $environment/bin/playwright install chromium
  fi
  BROWSER_PATH=$(playwright_browser) && starts "$BROWSER_PATH"
}

# Thousands of small databases are made and thrown away: in memory, where there is room, none waits for a disk.
keep_in_memory() {
  local memory=/dev/shm
  [ -z "${TMPDIR:-}" ] && [ -d $memory ] && [ -w $memory ] || return 0
  [ "$(df -Pk $memory | awk 'NR == 2 { print $4 }')" -ge $((4 * 1024 * 1024)) ] || return 0
  TMPDIR=$(mktemp -d $memory/tests.XXXXXX) || return 0
  chmod 711 "$TMPDIR"  # PostgreSQL runs as somebody else where root runs the tests
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
}

step() {
  local name=$1
  shift
  say "$name"
  "$@" || failed+=("$name")
}

make_environment || { echo "failed: the environment for the tests could not be made"; exit 1; }
find_browser || failed+=("finding a browser (CHROMIUM=... names one)")
export BROWSER_PATH
keep_in_memory

# What reads the code runs beside what runs it, and says at the end what it found; what failed it notes in a file.
check() {
  step "ruff check" $bin/ruff check
  step "ruff format" $bin/ruff format --check
  step "mypy" $bin/mypy
  step "known weaknesses" $bin/python -m tests.supply audit
  step "bill of materials" $bin/python -m tests.supply sbom $environment/sbom.json
  printf '%s\n' "${failed[@]+"${failed[@]}"}" checked >$environment/checks.failed
}

bin=$environment/bin
rm -f $environment/checks.failed
(failed=(); check) >$environment/checks.log 2>&1 &
checking=$!
# The workers of pytest would each compile every module at once: one does so beforehand, while mypy has one processor.
$bin/python -m pytest --collect-only -q >/dev/null 2>&1
# A worker more than there are processors: while one waits for a page, a server or a child, the others compute.
workers=${TEST_WORKERS:-$(("$("$python" -c 'import os; print(os.cpu_count() or 1)')" + 1))}
step "pytest" $bin/python -m pytest -n "$workers" --dist loadfile --no-loadscope-reorder "$@"
wait "$checking"
cat $environment/checks.log
while read -r name; do
  [ "$name" = checked ] && checked=yes || failed+=("$name")
done < <(grep . $environment/checks.failed 2>/dev/null)
[ "${checked:-}" ] || failed+=("the checks of the code, which did not come to their end")

if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
  exit 1
fi
