#pragma once
// A question about one shipment, in words, and its answer: the stack of duties that it pays.
#include "policy/explain.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// As people ask: names of regions and sectors, a month such as "2025-06".
struct ShipmentQuestion {
  std::string from, to, sector, month;
  std::optional<double> us_content;  ///< importer's own content, share of value
  std::optional<double> mfn_rate;    ///< ordinary duty of one good, ad valorem
  std::optional<double> entry_value; ///< USD a customs entry
  std::vector<std::string> lists;    ///< product lists that the good is on
  bool claim{false};                 ///< origin is claimed under the agreement of both
};

/// The same, understood.
struct Shipment {
  RegionId importer, origin;
  SectorId sector;
  Month month;
  double own_content{0};
  std::vector<std::pair<Good, double>> goods; ///< with weights
  std::optional<std::size_t> agreement;       ///< claimed
  bool average{true};                         ///< over the classes of the lane
};

struct ShipmentDuty {
  std::vector<StackLine> lines;
  std::vector<double> rates;        ///< [line], of the whole value
  std::vector<double> by_authority; ///< [authority]
  double total{0};
};

/// Throws Error (input) that names the option of `nearshore duty`.
Shipment understand(const Regime& regime, const ShipmentQuestion& asked);
/// Throws Error (invariant) where the parts do not sum to the total.
ShipmentDuty duty_on(const Regime& regime, const Shipment& shipment);

/// Whether a measure has anything to do with the shipment's sector.
bool relevant(const StackLine& line);
/// Why a measure takes what it takes: reasons, with their shares where goods or days differ.
std::string why(const StackLine& line, const Shipment& shipment,
                const std::vector<std::string>& regions);
/// What is shipped, e.g. "a good with an ordinary duty of 2.5 %, on autos".
std::string good_in_words(const Shipment& shipment, const ShipmentQuestion& asked);
/// "2.5 %"
std::string percent_text(double share);

} // namespace nearshore
