#!/usr/bin/env bash
# Lints, builds the wheel, installs it, and runs the whole suite against it with the source tree out of the way.
set -euo pipefail
bin=$PWD/.venv-test/bin
scripts/lint.sh
rm -rf build/wheel build/tree
"$bin/pip" wheel --quiet --no-deps --wheel-dir build/wheel .
"$bin/pip" install --quiet --no-deps --force-reinstall build/wheel/gum_desktop-*.whl
export GUM_TEST_MINILM=${GUM_TEST_MINILM:-${XDG_CACHE_HOME:-$HOME/.cache}/gum-desktop/minilm}
[ -e "$GUM_TEST_MINILM" ] || "$bin/python" -m gum_models.embedders.build "$GUM_TEST_MINILM"
mkdir -p build/tree
cp -r tests scenarios scripts docs bench pyproject.toml Makefile README.md CHANGELOG.md requirements.lock build/tree/
[ -d ../shared ] && ln -sfn "$(cd ../shared && pwd)" build/shared
cd build/tree
export PATH="$bin:$PATH"
"$bin/coverage" run -m pytest -q -n "${GUM_TEST_WORKERS:-2}" --dist loadfile "$@"
"$bin/coverage" combine --quiet
"$bin/coverage" report --skip-covered --sort=cover | tail -n 25
