#!/usr/bin/env bash
# Two hundred kills (CRASH_KILLS), each resumed to the same bits; CRASH_SEED draws other moments.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"
# shellcheck source=tests/end_to_end/kills.sh
source "$root/tests/end_to_end/kills.sh"
run --version # builds if need be
kills=${CRASH_KILLS:-200}
check "$kills kills, each resumed to the same bits" kill_and_resume "$kills" "${CRASH_SEED:-1}"
exit $((failures > 0))
