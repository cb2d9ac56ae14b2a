#!/bin/sh
# Compile the hash locks. They name no registry; every machine asks the one it is configured for.
set -eu
cd "$(dirname "$0")/.."
compile() {
    target=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --custom-compile-command "make locks" --output-file "requirements/$target.txt" \
        "$@" "requirements/$target.in"
}
PATH="$PWD/.venv/bin:$PATH"
compile runtime pyproject.toml --extra postgres
compile dev pyproject.toml --extra postgres
compile nightly
compile installer
compile node
