#!/usr/bin/env bash
# Shows that what must not compile does not. Each case holds a right line and a wrong one; the right one must compile, so that
# the wrong one is refused for its own sake and not for a missing header.
set -uo pipefail
cd "$(dirname "$0")"
compile() { "${CXX:-g++}" -std=c++20 -fsyntax-only -Werror=unused-result -I ../../src "$@"; }
failed=0
passed=0
for case in *.cpp; do
  # "REFUSED: text" in a case is what the compiler must say of the wrong line.
  reason=$(sed -n 's|^// REFUSED: ||p' "$case")
  if [ -z "$reason" ]; then
    echo "$case: names no reason; begin a line with '// REFUSED: '"
    failed=$((failed + 1))
    continue
  fi
  if ! said=$(compile "$case" 2>&1); then
    echo "$case: the right line does not compile:"
    echo "$said" | head -n 5
    failed=$((failed + 1))
    continue
  fi
  if said=$(compile -DWRONG "$case" 2>&1); then
    echo "$case: the wrong line compiles"
    failed=$((failed + 1))
    continue
  fi
  if ! grep -qE "error: .*($reason)" <<<"$said"; then
    echo "$case: refused for another reason than '$reason':"
    echo "$said" | grep -m 3 "error:"
    failed=$((failed + 1))
    continue
  fi
  passed=$((passed + 1))
done
echo "compile_fail: $passed refused as they must be, $failed not"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
