#pragma once
// The effect of a policy: the difference between two ensembles with the same luck, and how sure it
// is.
#include "output/headlines.hpp"
#include "output/trajectory_writer.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// Of one outcome, over seeds i = 1..n with values b_i and r_i.
struct Effect {
  std::string section, label;
  double baseline, reform; ///< means over seeds
  double effect;           ///< mean of r_i - b_i
  double paired_error;     ///< standard error of that mean: sd(r_i - b_i) / sqrt(n)
  double unpaired_error;   ///< what it would be with other seeds in each: sqrt((var r + var b) / n)

  /// unpaired_error / paired_error; NaN where every seed has the same effect, e.g. none.
  [[nodiscard]] double ratio() const;
};

/// Values by [seed][outcome], the same seeds in both; `names` tells the outcomes (its values do not
/// count). Throws Error (kind input) for fewer than two seeds.
std::vector<Effect> effects_of(const std::vector<Headline>& names,
                               const std::vector<std::vector<double>>& baseline,
                               const std::vector<std::vector<double>>& reform);

/// Fixed-width table with a line that counts how often pairing pays five times. `heading` goes
/// above.
std::string effects_text(const std::vector<Effect>& effects, const std::string& heading);

/// The same for the file: group /effects.
FileTable effects_table(const std::vector<Effect>& effects, const std::string& months);

} // namespace nearshore
