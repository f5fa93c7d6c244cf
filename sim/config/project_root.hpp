#pragma once
#include <string>

namespace nearshore {

/// Where the project's files are, unless NEARSHORE_ROOT says it: for a package that brings them
/// along. To be called before any is read.
void set_project_root(std::string root);

} // namespace nearshore
