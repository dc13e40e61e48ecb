#!/usr/bin/env bash
# Runs every soak, which the suite leaves out because it takes minutes or hours: `bash tests/soak.sh`.
# What follows is passed on to pytest, so that `bash tests/soak.sh -k crash` runs some of them. Whatever the end, the
# summary is printed and written to docs/RELIABILITY.md: the date, the machine, and how each soak ended.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec </dev/null
unset DATABASE_URL

python=${PYTHON:-.venv-tests/bin/python}
results=$(mktemp -d)
trap 'rm -rf "$results"; exit 1' INT TERM

# Each in a run of its own: one that is killed or hangs takes no other along.
mapfile -t soaks < <("$python" -m pytest -m soak --collect-only -q --no-header -p no:cacheprovider "$@" 2>/dev/null |
  grep '::' | sed 's/\[.*//' | sort -u)
[ ${#soaks[@]} -gt 0 ] || { echo "no soak fits"; exit 1; }

failed=0
for soak in "${soaks[@]}"; do
  printf '\n== %s\n' "$soak"
  began=$(date +%s)
  nice -n 15 timeout "${SOAK_SECONDS:-7200}" "$python" -m pytest -m soak -q --no-header -p no:cacheprovider "$soak"
  status=$?
  [ $status -eq 0 ] || failed=1
  printf '%s\t%s\t%s\n' "$soak" "$status" "$(($(date +%s) - began))" >>"$results/ended"
done

"$python" -m tests.soaked "$results/ended"
rm -rf "$results"
exit $failed
