#!/usr/bin/env bash
# Lints, then runs the whole suite against the built wheel with the source tree out of the way.
set -euo pipefail
bin=$PWD/.venv-test/bin
scripts/lint.sh
scripts/wheel_tree.sh
export GUM_TEST_MINILM=${GUM_TEST_MINILM:-${XDG_CACHE_HOME:-$HOME/.cache}/gum-desktop/minilm}
export PATH="$bin:$PATH"
cd build/tree
"$bin/coverage" run -m pytest -q -n "${GUM_TEST_WORKERS:-2}" --dist loadfile "$@"
"$bin/coverage" combine --quiet
"$bin/coverage" report --skip-covered --skip-empty --sort=cover | sed -n '1,20p;/^TOTAL/p'
