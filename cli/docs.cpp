// Pages of docs/ that are made from the code's own tables.
#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/settings.hpp"

#include <iostream>
#include <map>
#include <memory>

namespace nearshore {

Command docs_command() {
  return {"docs", "Print a page of docs/ made from the code's own tables",
          "  nearshore docs parameters > docs/parameters.md\n"
          "  nearshore docs output > docs/output.md\n"
          "  nearshore docs man | man -l -\n"
          "  source <(nearshore docs completion)",
          [](OptionSet& options) {
            const auto page = std::make_shared<std::string>();
            options.positional("PAGE", *page,
                               "parameters, output, man (the manual page) or completion (of bash)",
                               false);
            return [page] {
              const std::map<std::string, std::string (*)()> pages{
                  {"completion", bash_completion},
                  {"man", manual_page},
                  {"output", output_documentation},
                  {"parameters", parameters_page},
              };
              const auto found = pages.find(*page);
              if (found == pages.end()) {
                std::vector<std::string> names;
                for (const auto& [name, make] : pages)
                  names.push_back(name);
                throw Error(ErrorKind::input,
                            page->empty() ? "which page?" : "unknown page '" + *page + "'", "docs",
                            join(names), nearest(*page, std::span<const std::string>(names)));
              }
              std::cout << found->second();
              return 0;
            };
          }};
}

} // namespace nearshore
