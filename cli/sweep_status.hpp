#pragma once
// Commands below `sweep` that look at what there is.
#include "cli/command.hpp"

namespace nearshore {

Command sweep_status_command();
Command sweep_merge_command();
Command sweep_sensitivity_command();

} // namespace nearshore
