#!/usr/bin/env bash
# Writes requirements.lock anew from requirements.txt: every package that is installed, with the hashes of all its files.
# What installs from it: `pip install --require-hashes -r requirements.lock`.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv==0.13.8 # resolves for every system and Python at once
"$tools/bin/uv" pip compile requirements.txt --quiet --universal --generate-hashes --python-version 3.11 \
  --custom-compile-command "bash tests/lock.sh" --output-file requirements.lock "$@"
echo "requirements.lock: $(grep -c '==' requirements.lock) packages"
