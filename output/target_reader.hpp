#pragma once
// Reading of figures as data: what files of targets and of experiments have in common.
#include "output/validation.hpp"
#include "sim/config/document.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore {

/// Names of several labels of an axis: [axis][name].
using Groups = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

/// The table [groups.AXIS] of a file: name = list of labels.
Groups read_groups(const TableView& root);
/// One month or two, both included; nothing where the key is absent.
std::optional<std::pair<Month, Month>> read_window(const TableView& t, const char* key);
/// A table { axis = label, list, "*" }, groups expanded; "!label" after "*" leaves it out.
Selection read_selection(const TableView& t, const char* key, const Groups& groups);
/// A table { origin, sectors, except, mfn_status }.
std::optional<ClaimsSeries> read_claims_series(const TableView& t, const char* key,
                                               const Groups& groups);
/// The claims that a file names (`claims_data`), with those of `over` in their place.
ClaimsTable read_claims_data(const TableView& root, const ClaimsTable* over);
/// The keys that say what is looked at in a run: says, variable, select, statistic, months, ...
Target read_statistic(const TableView& t, const Groups& groups);
/// All keys of a target; keys of the caller's own are its to ask for. With `kind` the table need
/// not say it.
Target read_target(const TableView& t, const Groups& groups, const ClaimsTable& claims,
                   std::optional<TargetKind> kind = {});

/// The share of the series over a window, weighted by value; nothing where a month lacks data.
std::optional<double> share_of(const ClaimsTable& table, const ClaimsSeries& series,
                               std::pair<Month, Month> window);

} // namespace nearshore
