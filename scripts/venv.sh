#!/usr/bin/env bash
# Makes a virtual environment and installs a lock file into it, by hash.
set -euo pipefail
python=${1:?usage: venv.sh PYTHON FOLDER LOCK} folder=$2 lock=$3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "gum-desktop needs Python 3.11 or newer; $python is $("$python" -V). Name another: make PYTHON=python3.12" >&2
    exit 1
}
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
echo "Installing the packages of $lock into $folder (a minute or two)."
"$folder/bin/pip" install --quiet --only-binary :all: --require-hashes -r "$lock"
