#!/usr/bin/env bash
# The Python package: its own tests (pytest), and that it can be installed into a virtual environment without a network.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
cd "$work" || exit 1
"$root/nearshore" python -m pytest -p no:cacheprovider -q -rA --no-header "$root/tests/python" >out 2>&1
status=$?
sed -nE 's/^PASSED [^:]*\/tests\/python\/|^PASSED //p' out | sed 's/^/ok /'
if ((status != 0)); then
  failures=1
  grep -E '^(FAILED|ERROR) ' out | sed 's/^/not ok /'
  tail -n 120 out
fi

# pip builds beside the sources: from a copy, so that nothing is left in the project.
mkdir copy && cp -r "$root/python" "$root/configs" "$root/CMakeLists.txt" copy
mkdir -p copy/build && cp -r "$root/build/python" copy/build
printf '#!/bin/sh\nexit 0\n' >copy/nearshore # what it would build is there
chmod +x copy/nearshore
/usr/bin/python3 -m venv --system-site-packages environment >out 2>err
check "pip installs the package, without a network" environment/bin/pip install --quiet --no-build-isolation --no-index --no-deps ./copy/python >>out 2>>err
rm -rf copy
cat >ask.py <<'P'
import nearshore
print(nearshore.__file__, nearshore._core.project_root())
print(nearshore.duty("MX", "US", "auto_parts", "2025-06", config="configs/scenarios/no_2025_tariffs.toml").total)
P
env -u NEARSHORE_ROOT -u PYTHONPATH environment/bin/python ask.py >out 2>err
status=$?
check "the installed package works" is "$status" 0
check "it is the installed one, with its own configurations" grep -qE "^$work/environment/.* $work/environment/.*/share$" out
exit $((failures > 0))
