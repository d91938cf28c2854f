#!/usr/bin/env bash
# Lints, then runs the whole suite against the built wheel with the source tree out of the way.
# COVERAGE=1 also says which lines were run; tracing costs a third more time, and before Python 3.12 threads that start
# at the same moment can fail under it.
set -euo pipefail
bin=$PWD/.venv-test/bin
scripts/lint.sh
scripts/wheel_tree.sh
export GUM_TEST_MINILM=${GUM_TEST_MINILM:-${XDG_CACHE_HOME:-$HOME/.cache}/gum-desktop/minilm}
export PATH="$bin:$PATH"
cd build/tree
suite=(-m pytest -q -n "${GUM_TEST_WORKERS:-2}" --dist loadfile "$@")
if [ -z "${COVERAGE:-}" ]; then exec "$bin/python" "${suite[@]}"; fi
"$bin/coverage" run "${suite[@]}"
"$bin/coverage" combine --quiet
"$bin/coverage" report --skip-covered --skip-empty --sort=cover | sed -n '1,20p;/^TOTAL/p'
