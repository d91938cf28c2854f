#!/usr/bin/env bash
# Builds a portable CPU wheel of llama-cpp-python once and keeps it in the user's cache; prints the wheel's path.
# Portable: no -march=native.  Half the compile time: the unshipped llama-common library is left out.
set -euo pipefail
python=${1:?usage: llama_wheel.sh PYTHON}
version=0.3.36
sha256=832db069
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gum-desktop/wheels
mkdir -p "$cache"
kept=$(find "$cache" -name "llama_cpp_python-$version-*.whl"  | head -n 1)
if [ -n "$kept" ]; then echo "$kept"; exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "Building llama-cpp-python $version once; this takes 5 to 8 minutes on two cores." >&2
"$python" -m pip download -q --no-deps --no-binary llama-cpp-python -d "$work" "llama-cpp-python==$version" >&2
archive=$(find "$work" -name 'llama_cpp_python-*.tar.gz')
echo "$(sha256sum "$archive" | cut -c1-8)" | grep -qx "$sha256" || { echo "The downloaded llama-cpp-python has another sha256 than the pinned one." >&2; exit 1; }
tar xzf "$archive" -C "$work"
sed -i 's/set(LLAMA_BUILD_COMMON ON CACHE/set(LLAMA_BUILD_COMMON OFF CACHE/' "$work/llama_cpp_python-$version/CMakeLists.txt"
CMAKE_BUILD_PARALLEL_LEVEL=$(nproc) CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAMA_OPENSSL=OFF" \
    "$python" -m pip wheel -q --no-deps --no-cache-dir "$work/llama_cpp_python-$version" -w "$work/out" >&2
mv "$work"/out/*.whl "$cache/"
find "$cache" -name "llama_cpp_python-$version-*.whl"
