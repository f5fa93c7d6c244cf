#pragma once
// Every column of the population, in one visit: what a checkpoint writes and reads. A member added
// to Population and not named here does not compile.
#include "agents/population.hpp"

namespace nearshore {

/// Calls index(name, column) for the columns that say how many inputs, links and desks firms have.
template <class Index, class Firms> void visit_indices(Firms& firms, Index&& index) {
  index("first_seller", firms.first_seller);
  index("first_input", firms.first_input);
  index("first_link", firms.first_link);
  index("first_desk", firms.first_desk);
}

/// Calls visit(name, column) for all others that hold state; their lengths follow from the indices
/// (Population::allocate).
template <class Visit, class Firms> void visit_columns(Firms& firms, Visit&& visit) {
  auto& [R, S,
#define FIRM(type, name, unit, pass) name,
#define INPUT(type, name, unit, pass) name,
#define LINK(type, name, unit, pass) name,
#define MARKET(type, name, unit, pass) name,
#define BOOK(type, name, unit, pass) name,
#define DESK(type, name, unit, pass) name,
#include "agents/firm_columns.def"
         card, next_card, content, next_content,
         // Given by the world and the agreements, and the indices above.
         content_row, first_input, first_link, first_desk, first_seller, books, book_of_market] =
      firms;
#define FIRM(type, name, unit, pass) visit(#name, name);
#define INPUT(type, name, unit, pass) visit(#name, name);
#define LINK(type, name, unit, pass) visit(#name, name);
#define MARKET(type, name, unit, pass) visit(#name, name);
#define BOOK(type, name, unit, pass) visit(#name, name);
#define DESK(type, name, unit, pass) visit(#name, name);
#include "agents/firm_columns.def"
  visit("card", card);
  visit("next_card", next_card);
  visit("content", content);
  visit("next_content", next_content);
}

} // namespace nearshore
