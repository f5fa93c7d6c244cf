#pragma once
namespace nearshore {

/// Memory bandwidth, bytes a second, of a[i] = b[i] + s * c[i] on so many threads: the triad of
/// McCalpin's STREAM (1995), counted as it counts (24 bytes an element), the best of some passes
/// over arrays that no cache holds.
double triad_bandwidth(int threads);

} // namespace nearshore
