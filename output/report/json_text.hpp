#pragma once
// JSON that is short and may stand inside an HTML <script> element.
#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace nearshore {

/// Rounded to four significant digits, which is more than a chart can show; NaN and infinities are
/// null.
nlohmann::json short_number(double value);
nlohmann::json short_numbers(std::span<const double> values);

/// The text of `value` with <, >, & and the line ends U+2028 and U+2029 as \u escapes: no text in
/// it can end the script, begin a comment or break a line of it.
std::string script_json(const nlohmann::json& value);

} // namespace nearshore
