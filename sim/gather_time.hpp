#pragma once
// What the machine takes to look up one of many firms: the months of a large population are bound
// by such looks, and how much slower they are than those of a small one is a matter of its caches.
#include <cstddef>

namespace nearshore {

/// Seconds a look, of `threads` threads of each of `copies` processes' worth of tables with so many
/// firms, all at once; the fastest of some passes.
double gather_seconds(std::size_t firms, int copies, int threads);

} // namespace nearshore
