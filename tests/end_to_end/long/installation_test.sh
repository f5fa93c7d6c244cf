#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# An installed program finds its own files, also after its folder was moved; a Debian package has everything it needs.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"

cd "$work" || exit 1
run --version # builds if need be
unset NEARSHORE_ROOT
cmake --install "$root/build" --prefix "$work/first" >log 2>&1
check "it installs" test -x "$work/first/bin/nearshore"
mv first moved
small() { "$1" run --quiet --firms 1000 --end 2024-02 --set run.spin_up=1 -o "$2"; }
check "it runs after its folder was moved" small moved/bin/nearshore moved.h5
check "it reads its own configurations" grep -qF "$work/moved/share/nearshore/configs/history.toml" \
  <(moved/bin/nearshore check configs/history.toml --sources)
"$root/build/nearshore" run --quiet --firms 1000 --end 2024-02 --set run.spin_up=1 -o built.h5
check "with the same result as where it was built" /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" built.h5 moved.h5
check "the manual page is there" grep -q '^.TH NEARSHORE 1' moved/share/man/man1/nearshore.1
check "completion is there" bash -n moved/share/bash-completion/completions/nearshore

cpack -G DEB --config "$root/build/CPackConfig.cmake" -B "$work/package" >log 2>&1
package=$(find package -maxdepth 1 -name 'nearshore_*.deb')
check "a Debian package is made" test -n "$package"
check "it asks for the libraries" grep -q 'Depends: .*libhdf5.*libtbb' <(dpkg-deb --info "$package")
dpkg-deb --extract "$package" unpacked
check "its program runs" small unpacked/usr/bin/nearshore unpacked.h5
exit $((failures > 0))
