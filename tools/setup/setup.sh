#!/usr/bin/env bash
# Installs what is missing, and only that: Debian's packages; from npm libduckdb, the pages' packages and, where the machine's own
# is too old, Node.js. Safe to run again; then it takes a second.
#
#   tools/setup/setup.sh build    what ./demo needs
#   tools/setup/setup.sh test     that, and what ./test needs
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { printf 'set-up: %s\n' "$1" >&2; exit 5; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "packages are missing and this user is neither root nor has sudo. Ask for: $missing"
  fi
}

wanted() {
  cat tools/setup/packages-build.txt
  [ "$1" = test ] && cat tools/setup/packages-test.txt
  # Where npm came with another Node.js than Debian's, Debian's own would be in conflict with it.
  command -v npm >/dev/null || echo npm
}

install_packages() {
  missing=$(comm -23 <(wanted "$1" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u) | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  echo "set-up: installing $(wc -w <<<"$missing") Debian packages"
  as_root apt-get update -qq || fail "apt-get update failed. Is a Debian mirror reachable?"
  # shellcheck disable=SC2086  # A list of words is meant.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >build/setup.log 2>&1 ||
    { tail -n 5 build/setup.log >&2; fail "apt-get install failed; the whole of it is in build/setup.log"; }
}

install_duckdb() {
  local stamp=node_modules/.throughline-lock
  [ -e "$stamp" ] && cmp -s package-lock.json "$stamp" && return 0
  echo "set-up: fetching libduckdb from npm"
  npm ci --ignore-scripts --no-audit --no-fund --silent >build/npm.log 2>&1 ||
    { tail -n 5 build/npm.log >&2; fail "npm ci failed; the whole of it is in build/npm.log"; }
  cp package-lock.json "$stamp"
}

# The provider against which the tests sign in.
install_test_provider() {
  local folder=tests/contract/oidc
  local stamp=$folder/node_modules/.throughline-lock
  [ -e "$stamp" ] && cmp -s "$folder/package-lock.json" "$stamp" && return 0
  echo "set-up: fetching the tests' OpenID Connect provider from npm"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --silent) >build/npm-oidc.log 2>&1 ||
    { tail -n 5 build/npm-oidc.log >&2; fail "npm ci failed; the whole of it is in build/npm-oidc.log"; }
  cp "$folder/package-lock.json" "$stamp"
}

[ -e /etc/debian_version ] || fail "this is made for Debian 12; on another system install what tools/setup/packages-build.txt names"
case "${1:-}" in build | test) ;; *) fail "say 'build' or 'test'" ;; esac
mkdir -p build
install_packages "$1"
install_duckdb
tools/build_web.sh --fetch
[ "$1" != test ] || install_test_provider
