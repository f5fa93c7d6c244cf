#pragma once
// What the balance starts from: the estimated table, published figures, assumptions. All from CSV
// files with sources.
#include "sim/world_table.hpp"

#include <string>
#include <vector>

namespace nearshore::balance {

/// One published total of imports to compare with: members of `partners` and `sectors` together.
struct ImportTarget {
  std::string partner, group;
  RegionId importer;
  Bits partners{0}, sectors{0};
  double value{0}; ///< million USD
};

/// A share of value added in exports: that of `sources` in the exports of `sectors` by `exporters`.
struct Content {
  std::string name;
  Bits exporters{0}, sectors{0}, sources{0};
};

struct ContentTarget {
  Content content;
  std::string table, reference;
  double share{0};     ///< 0.149 for 14.9 %
  double tolerance{0}; ///< as a share
  bool is_target{false};
};

enum class TradeKind : std::uint8_t {
  intra_intermediate,
  import_origin,
  import_intermediate,
  export_value
};
struct TradeTarget {
  TradeKind kind{};
  std::string reporter, partner, reference;
  Bits reporters{0}, partners{0};
  double value{0}, deviation{0}, tolerance{0}; ///< shares, or million USD for export_value
  bool is_target{false};
};

/// How the exporters of (region, sector) divide into types; `share` = 0: no processing producers.
struct ProcessingSplit {
  double share{0};       ///< of the sector's exports, sold by processing producers
  double exported{0};    ///< of the output of processing producers, sold abroad
  double value_added{1}; ///< their value added over output, relative to the sector's mean
  double import_odds{1}; ///< their odds of foreign over home origin, relative to domestic producers
};

struct PublishedTrade {
  std::string partner; ///< empty: the world
  Bits partners{0};
  int year{0};
  double exports{0}, imports{0}; ///< million USD
  std::string reference, confidence;
};

struct Sources {
  std::vector<Region> regions;
  std::vector<Sector> sectors;
  std::vector<Group> sector_groups, region_groups;
  RegionId reporter; ///< whose imports are published (import_partners.csv)

  std::vector<double> gross_output, value_added, relative_sd; ///< [region][sector]
  double sourcing_sd{0}, final_sd{0}; ///< relative, of a cell of 10 billion USD, like relative_sd
  std::vector<double> intermediate, final_use; ///< [destination][sector][origin]
  std::vector<double> use;                     ///< [region][sector][input sector][origin]
  std::vector<ProcessingSplit> processing;     ///< [region][sector]
  std::vector<double> origin_odds; ///< [region][using sector][origin] tilt of goods inputs, 1: none

  struct Basis {
    std::string confidence, text;
    bool operator==(const Basis&) const = default;
  };
  std::vector<Basis> bases;       ///< on which output and value added were estimated
  std::vector<std::size_t> basis; ///< [region][sector] position in `bases`
  std::vector<std::string>
      split_source; ///< [region][sector] code of the processing share's source, or empty

  std::vector<ImportTarget> imports;
  std::vector<ContentTarget> contents;
  std::vector<Content> reported; ///< whose identification is asked for
  std::vector<TradeTarget> trade;
  std::vector<PublishedTrade> published;

  [[nodiscard]] std::size_t R() const { return regions.size(); }
  [[nodiscard]] std::size_t S() const { return sectors.size(); }
  [[nodiscard]] std::size_t at(std::size_t r, std::size_t s) const { return r * S() + s; }
  [[nodiscard]] std::size_t flow(std::size_t d, std::size_t s, std::size_t o) const {
    return (d * S() + s) * R() + o;
  }
};

/// Reads a folder such as configs/data/sources. Throws Error (kind input) with file:line:column;
/// the estimated table must close (its uses by input and origin add up to its intermediate trade).
Sources read_sources(const std::string& folder);

} // namespace nearshore::balance
