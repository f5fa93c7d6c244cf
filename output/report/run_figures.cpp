#include "output/report/run_figures.hpp"

#include "output/report/reduce.hpp"

#include <algorithm>
#include <limits>

namespace nearshore {
namespace {

class Collector {
public:
  Collector(const RunView& r, const ReportScope& s) : run(r), scope(s) {}

  RunFigures collect() {
    claims();
    claims_by_sector();
    production();
    causes();
    flows();
    duties();
    content();
    for (const char* basis : {"", "_published_basis"})
      deficits(basis);
    return std::move(out);
  }

private:
  const RunView& run;
  const ReportScope& scope;
  RunFigures out;

  void claims() {
    for (const char* name :
         {"claim_share", "claim_share_recorded", "claim_share_dutiable", "qualifying_share"}) {
      const auto array = run.read(name);
      for (const auto& x : scope.exporters)
        out.spread[name + ("/" + x)] = cell(array, {{"exporter", x}, {"importer", scope.home}});
    }
    const auto intra = run.read("intermediate_intra_share");
    for (const auto& bloc : intra.labels[intra.axis("bloc")])
      out.spread["intermediate_intra_share/" + bloc] = cell(intra, {{"bloc", bloc}});
  }

  void claims_by_sector() {
    for (const char* name : {"claim_share_by_sector", "claim_share_recorded_by_sector",
                             "claim_share_dutiable_by_sector", "goods_traded"}) {
      const auto array = run.read(name);
      for (const auto& x : scope.exporters)
        for (const auto& s : scope.goods)
          out.spread[name + ("/" + x) + "/" + s] =
              cell(array, {{"exporter", x}, {"importer", scope.home}, {"sector", s}});
    }
  }

  void production() {
    auto regions = scope.exporters;
    regions.push_back(scope.home);
    for (const char* name : {"gross_output", "employment"}) {
      const auto array = run.read(name);
      for (const auto& r : regions)
        for (const auto& s : scope.goods)
          out.spread[name + ("/" + r) + "/" + s] = cell(array, {{"region", r}, {"sector", s}});
    }
  }

  void causes() {
    for (const char* name : {"claim_change", "claim_change_recorded"}) {
      const auto array = run.read(name);
      for (const auto& x : scope.exporters)
        for (const auto& cause : array.labels[array.axis("cause")])
          out.mean[name + ("/" + x) + "/" + cause] =
              cell(array, {{"exporter", x}, {"importer", scope.home}, {"cause", cause}});
    }
  }

  /// One series for each pair of labels of a reduced array [a][b][month].
  void pairs(const std::string& name, const std::vector<double>& values,
             const std::vector<std::string>& a, const std::vector<std::string>& b, bool same_too) {
    const auto months = run.months().size();
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < b.size(); ++j) {
        if (!same_too && a[i] == b[j]) continue;
        const auto* first = values.data() + (i * b.size() + j) * months;
        out.mean[name + "/" + a[i] + "/" + b[j]] = {first, first + months};
      }
  }

  /// Intermediate goods between regions, home sales left out.
  void flows() {
    const auto array = run.read("trade_value");
    pairs("flows",
          reduce(array, {"origin", "destination", "time"},
                 {{"use", {"intermediate"}}, {"sector", {scope.goods.begin(), scope.goods.end()}}}),
          array.labels[array.axis("origin")], array.labels[array.axis("destination")], false);
  }

  void duties() {
    const auto array = run.read("duty_collected");
    pairs("duty", reduce(array, {"authority", "origin", "time"}, {{"destination", {scope.home}}}),
          array.labels[array.axis("authority")], array.labels[array.axis("origin")], true);
    const auto trade = run.read("goods_traded");
    auto values = reduce(trade, {"exporter", "time"}, {{"importer", {scope.home}}});
    const auto& exporters = trade.labels[trade.axis("exporter")];
    const auto months = run.months().size();
    for (std::size_t i = 0; i < exporters.size(); ++i)
      out.mean["imports/" + exporters[i]] = {values.data() + i * months,
                                             values.data() + (i + 1) * months};
  }

  [[nodiscard]] std::vector<std::string> members(const std::string& name) const {
    const auto at = scope.region_groups.find(name);
    return at == scope.region_groups.end() ? std::vector<std::string>{name} : at->second;
  }

  /// Share of the source's value added in gross exports; of groups, weighted by exports.
  void content() {
    const auto share = run.read("value_added_content"), exports = run.read("exports");
    const auto& sectors = share.labels[share.axis("export_sector")];
    for (const auto& exporter : scope.content_exporters)
      for (const auto& sector : sectors)
        for (const auto& source : scope.content_sources) {
          auto series = weighted(share, exports, exporter, sector, source);
          const auto name = "content/" + exporter + "/" + sector + "/" + source;
          const bool compared =
              source == scope.home &&
              std::find(scope.content_sectors.begin(), scope.content_sectors.end(), sector) !=
                  scope.content_sectors.end();
          (compared ? out.spread : out.mean)[name] = std::move(series);
        }
  }

  [[nodiscard]] std::vector<double> weighted(const LabelledArray& share,
                                             const LabelledArray& exports,
                                             const std::string& exporter, const std::string& sector,
                                             const std::string& source) const {
    const auto months = run.months().size();
    std::vector<double> above(months, 0), below(months, 0);
    for (const auto& x : members(exporter)) {
      const auto weight = cell(exports, {{"exporter", x}, {"export_sector", sector}});
      for (std::size_t m = 0; m < months; ++m)
        below[m] += weight[m];
      for (const auto& s : members(source)) {
        const auto part = cell(share, {{"exporter", x}, {"export_sector", sector}, {"source", s}});
        for (std::size_t m = 0; m < months; ++m)
          if (weight[m] > 0) above[m] += weight[m] * part[m];
      }
    }
    for (std::size_t m = 0; m < months; ++m)
      above[m] = below[m] > 0 ? above[m] / below[m] : std::numeric_limits<double>::quiet_NaN();
    return above;
  }

  /// Ratios of whole calendar years; a year that the run does not hold whole is left out.
  void deficits(const std::string& basis) {
    const auto exports = run.read("us_exports" + basis), imports = run.read("us_imports" + basis);
    for (const auto& partner : exports.labels[exports.axis("partner")]) {
      const auto sold = cell(exports, {{"partner", partner}});
      const auto bought = cell(imports, {{"partner", partner}});
      for (std::size_t m = 0; m + 12 <= run.months().size(); ++m) {
        if (run.months()[m].month() != 1) continue;
        double x = 0, i = 0;
        for (std::size_t k = m; k < m + 12; ++k)
          x += sold[k], i += bought[k];
        out.spread["us_deficit_over_exports" + basis + "/" +
                   std::to_string(run.months()[m].year()) + "/" + partner] = {
            x > 0 ? (i - x) / x : std::numeric_limits<double>::quiet_NaN()};
      }
    }
  }
};

} // namespace

RunFigures run_figures(const RunView& run, const ReportScope& scope) {
  return Collector{run, scope}.collect();
}

} // namespace nearshore
