#!/usr/bin/env bash
# Builds the wheel, installs it, and lays the tests out in build/tree, away from the source tree.
set -euo pipefail
bin=$PWD/.venv-test/bin
rm -rf build/wheel build/tree
"$bin/pip" wheel --quiet --no-deps --wheel-dir build/wheel .
"$bin/pip" install --quiet --no-deps --force-reinstall build/wheel/gum_desktop-*.whl
minilm=${XDG_CACHE_HOME:-$HOME/.cache}/gum-desktop/minilm
[ -e "$minilm" ] || "$bin/python" -m gum_models.embedders.build "$minilm" ||
    echo "The embedder could not be made; the tests that need it are skipped."
mkdir -p build/tree
cp -r tests scenarios scripts docs bench pyproject.toml Makefile README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md build/tree/
[ -d ../shared ] && ln -sfn "$(cd ../shared && pwd)" build/shared
exit 0
