#include "output/run_attributes.hpp"

#include "output/version.hpp"

namespace nearshore {

std::vector<RunAttribute> run_attributes(const RunDescription& d) {
  std::vector<RunAttribute> out{{"Conventions", "CF-1.8"},
                                {"title", d.title},
                                {"program", "nearshore"},
                                {"program_version", std::string{version()}},
                                {"git_commit", std::string{git_commit()}}};
  if (!d.ensemble) out.push_back({"seed", d.seed});
  out.push_back({"firms", d.firms});
  out.push_back({"reference_month", d.reference.text()});
  out.push_back({"home_region", d.reporting.regions.at(d.reporting.home)});
  out.push_back({"configuration", d.configuration, true});
  out.push_back({"input_data", d.data_sums, true});
  for (const auto& [name, text] : d.more)
    out.push_back({name, text, true});
  return out;
}

} // namespace nearshore
