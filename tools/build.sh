#!/usr/bin/env bash
# Configures a preset when needed and builds the targets named: tools/build.sh release throughline
# With --configure-only nothing is compiled: clang-tidy needs only the compile commands.
# One line of progress on a terminal; elsewhere only what the compiler has to say, and the last line.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
mkdir -p build
# Also where the presets have changed since: what a cache holds, a preset does not change by itself.
configured="build/$preset/CMakePresets.configured.json"
if [ ! -e "build/$preset/build.ninja" ] || ! cmp -s CMakePresets.json "$configured"; then
  echo "build: configuring $preset"
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 ||
    { tail -n 20 "build/$preset.configure.log" >&2; echo "build: configuring failed; see build/$preset.configure.log" >&2; exit 5; }
  cp CMakePresets.json "$configured"
fi
# Whoever named something anew may have to part from others of a group.
[ ! -d "build/$preset/unity" ] || tools/unity_groups.py "build/$preset/unity"
[ "${1:-}" != --configure-only ] || set -- build.ninja
if [ -t 1 ]; then
  ninja -C "build/$preset" "$@"
else
  started=$SECONDS
  ninja --quiet -C "build/$preset" "$@"
  echo "build: $preset is up to date ($((SECONDS - started)) s)"
fi
