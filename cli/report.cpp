// Finished runs as one HTML file to publish and to explore.
#include "output/report/report.hpp"
#include "cli/command.hpp"
#include "output/comparison/compare_files.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace nearshore {

namespace {

/// Effects of the other files against the first, where they can be compared; else says why not.
std::optional<Comparison> compared(ReportRequest& request) {
  try {
    return compare_files(request.files, {});
  } catch (const Error& error) {
    if (error.kind != ErrorKind::input) throw;
    request.no_comparison = error.what();
    return std::nullopt;
  }
}

} // namespace

Command report_command() {
  return {
      "report", "Make one HTML file of finished runs: charts, tables, sources",
      "  nearshore report history.h5 -o report.html\n"
      "  nearshore report history.h5 no_2025_tariffs.h5 usmca_exempt_from_232.h5 -o report.html\n"
      "  nearshore report effect.h5 --title \"What the tariffs of 2025 did\"\n"
      "Each file (a run, an ensemble, a paired ensemble) is a scenario, the first one the base. "
      "The\n"
      "page opens without a network. Effects are shown where files have the same seeds and "
      "months;\n"
      "over several closures and periods: `nearshore compare -o report.html` (docs/report.md).",
      [](OptionSet& options) {
        struct Arguments {
          ReportRequest request;
          std::string output{"report.html"};
        };
        const auto a = std::make_shared<Arguments>();
        options.positional("FILE", a->request.files, "trajectories written by nearshore run");
        options.option("-o,--output", "FILE", a->output, "where the report goes");
        options.option("--title", "TEXT", a->request.title, "title of the page");
        options.option("--targets", "FILE", a->request.targets,
                       "data that the base is compared with");
        return [a] {
          require_report_page();
          auto inputs = a->request.files;
          inputs.push_back(find_input(a->request.targets));
          const auto place = report_place(a->output, std::move(inputs));
          check_place(place);
          std::optional<Comparison> comparison;
          if (a->request.files.size() > 1) comparison = compared(a->request);
          if (comparison) a->request.comparison = &*comparison;
          const auto html = report_html(a->request);
          write_output(place, html);
          if (!a->request.no_comparison.empty())
            std::cerr << "effects are left out: " << a->request.no_comparison << '\n';
          std::cout << fmt::format("written: {} ({:.1f} MB)\n", a->output,
                                   static_cast<double>(html.size()) / 1e6);
          return 0;
        };
      }};
}

} // namespace nearshore
