#!/usr/bin/env bash
# Format, lint, types and import rules, on the source tree.
set -euo pipefail
bin=.venv-test/bin
"$bin/ruff" format --check .
"$bin/ruff" check .
PYTHONPATH=.:observers:models:tui "$bin/mypy"
PYTHONPATH=.:observers:models:tui "$bin/lint-imports"
