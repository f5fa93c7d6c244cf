#pragma once
// How each variable's month is computed from a record. Money is cents in, million USD out; a share
// of nothing is NaN. Every function fills one month, row-major over the variable's dimensions
// (output/variable.cpp).
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <span>
#include <vector>

namespace nearshore::fill {

using Out = std::span<double>;
using Rec = const MonthRecord&;
using Rep = const Reporting&;

void claim_share(Rec, Rep, Out);
void claim_share_recorded(Rec, Rep, Out);
void claim_share_dutiable(Rec, Rep, Out);
void qualifying_share(Rec, Rep, Out);
void claim_share_by_sector(Rec, Rep, Out);
void claim_share_recorded_by_sector(Rec, Rep, Out);
void claim_share_dutiable_by_sector(Rec, Rep, Out);
void qualifying_share_by_sector(Rec, Rep, Out);
void goods_traded(Rec, Rep, Out);
void goods_traded_dutiable(Rec, Rep, Out);
void claim_change(Rec, Rep, Out);
void claim_change_recorded(Rec, Rep, Out);
void trade_value(Rec, Rep, Out);
void duty_collected(Rec, Rep, Out);
void value_added_content(Rec, Rep, Out);
void exports(Rec, Rep, Out);
void regional_value_content(Rec, Rep, Out);
void intermediate_intra_share(Rec, Rep, Out);
void gross_output(Rec, Rep, Out);
void employment(Rec, Rep, Out);
void price_index(Rec, Rep, Out);
void capacity_utilisation(Rec, Rep, Out);
void active_firms(Rec, Rep, Out);
void us_exports(Rec, Rep, Out);
void us_imports(Rec, Rep, Out);
void us_deficit(Rec, Rep, Out);
void us_exports_published(Rec, Rep, Out);
void us_imports_published(Rec, Rep, Out);
void us_deficit_published(Rec, Rep, Out);
void final_spending(Rec, Rep, Out);

// Of record.structure; NaN where the run did not look (run.structure).
void claim_share_by_size(Rec, Rep, Out);
void firms_claiming(Rec, Rep, Out);
void firms_claiming_by_size(Rec, Rep, Out);
void links(Rec, Rep, Out);
void links_broken(Rec, Rep, Out);
void size_tail(Rec, Rep, Out);
void customer_tail(Rec, Rep, Out);

/// Regions other than the home region, in order: the axis `partner`.
std::vector<std::size_t> partners(const Reporting&);

} // namespace nearshore::fill
