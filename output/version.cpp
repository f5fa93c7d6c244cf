#include "output/version.hpp"

namespace nearshore {
std::string_view version() { return "0.1.0"; }
} // namespace nearshore
