// [[lever]], [[relief]], [[observation]] and [[belief]].
#include "sim/config/policy_reader.hpp"

namespace nearshore {
namespace {

const std::vector<std::string> kLevers{"energy_cost", "border_cost", "search_small",
                                       "entry_cost",  "entry_lag",   "capacity",
                                       "demand",      "entrant_home"};

LeverEntry read_lever(const TableView& view, const WorldNames& world) {
  LeverEntry e;
  e.name = view.required_text("name");
  e.where = view.where();
  e.kind = static_cast<LeverKind>(view.choice("kind", kLevers));
  const auto everywhere = all_of(world.regions);
  e.regions = read_set(view, "regions", world.regions, "region", everywhere);
  e.sectors = read_set(view, "sectors", world.sectors, "sector", all_of(world.sectors));
  e.origins = read_set(view, "origins", world.regions, "region", everywhere);
  e.homes = read_set(view, "homes", world.regions, "region", 0);
  const auto refuse = [&](std::string_view key, bool used) {
    if (view.has(key) && !used)
      throw view.error(key, std::string{key} + " has no meaning for a lever of kind " +
                                kLevers[static_cast<std::size_t>(e.kind)]);
  };
  refuse("origins", e.kind == LeverKind::border_cost);
  refuse("homes", e.kind == LeverKind::entrant_home);
  refuse("sectors", e.kind != LeverKind::energy_cost && e.kind != LeverKind::border_cost);
  if (e.kind == LeverKind::entrant_home && e.homes == 0)
    throw view.error("", "a lever of kind entrant_home names no homes", "homes = [ regions ]");
  e.path.push_back({view.date("from"), static_cast<float>(view.number("factor", 0, 100))});
  e.until = view.optional_date("until");
  if (e.until && *e.until <= e.path[0].from)
    throw view.error("until", "until " + e.until->text() + " is not after from", "a later date");
  for (const auto& step : view.tables("steps")) {
    e.path.push_back({step.date("from"), static_cast<float>(step.number("factor", 0, 100))});
    if (e.path.back().from <= e.path[e.path.size() - 2].from)
      throw step.error("from", "step from " + e.path.back().from.text() + " is out of order",
                       "dates that rise");
    step.finish();
  }
  e.assumption = view.boolean("assumption", false);
  e.source = view.required_text("source");
  if (view.has("confidence"))
    e.confidence = kConfidences[view.choice("confidence", kConfidences)];
  else
    (void)view.optional_text("confidence");
  view.finish();
  return e;
}

ReliefEntry read_relief(const TableView& view, const WorldNames& world) {
  static const std::vector<std::string> types{"domestic", "processing"};
  ReliefEntry e;
  e.name = view.required_text("name");
  e.where = view.where();
  e.regions = read_set(view, "regions", world.regions, "region", 0);
  e.types = 0;
  for (const auto t : view.choices("types", types, "firm type"))
    e.types = static_cast<std::uint8_t>(e.types | bit(t));
  e.share_of_exports = static_cast<float>(view.number("share_of_exports", 0, 1, 0));
  e.share_of_all = static_cast<float>(view.number("share_of_all", 0, 1, 0));
  e.limited_members_share = static_cast<float>(view.number("limited_members_share", 0, 1, 1));
  e.from = view.optional_date("from");
  e.until = view.optional_date("until");
  e.source = view.required_text("source");
  e.confidence = kConfidences[view.choice("confidence", kConfidences)];
  if (e.share_of_exports + e.share_of_all > 1.0001F)
    throw view.error("share_of_all",
                     "share_of_exports and share_of_all relieve more than the whole duty",
                     "a sum of at most 1");
  view.finish();
  return e;
}

} // namespace

void read_agenda(const TableView& root, const PolicyNames& names, RegimeData& out) {
  const auto& world = names.world;
  for (const auto& view : root.tables("lever"))
    out.levers.push_back(read_lever(view, world));
  for (const auto& view : root.tables("relief"))
    out.relief.push_back(read_relief(view, world));
  for (const auto& view : root.tables("observation")) {
    ObservationEntry e;
    e.where = view.where();
    (void)view.required_text("name");
    e.importers = read_set(view, "importers", world.regions, "region", 0);
    e.recorded_free = static_cast<float>(view.number("recorded_free", 0, 1));
    e.from = view.optional_date("from");
    e.until = view.optional_date("until");
    e.source = view.required_text("source");
    view.finish();
    out.observation.push_back(e);
  }
  for (const auto& view : root.tables("belief")) {
    BeliefEntry e;
    e.where = view.where();
    (void)view.required_text("name");
    e.authority = AuthorityId{view.choice("authority", names.authorities, "authority")};
    e.expected = static_cast<float>(view.number("expected", 0, 1));
    e.from = view.optional_date("from");
    e.source = view.required_text("source");
    view.finish();
    out.beliefs.push_back(e);
  }
}

} // namespace nearshore
