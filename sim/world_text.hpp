#pragma once
// How the files of a world write values: used by everything that writes such a folder.
#include <string>

namespace nearshore {

/// Million USD with at most three decimals; thousands are exact.
std::string money_text(double millions);

/// A CSV field in quotes, its quotes doubled.
std::string quoted_field(const std::string& text);

/// "domestic" or "processing", by the number of a firm type.
const char* firm_type_name(std::size_t type);

} // namespace nearshore
