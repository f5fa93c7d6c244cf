#pragma once
// Kernels compiled three times: for every x86-64 processor, and for those with vectors of eight or
// sixteen floats. All do the same operations on every element, so the bits are the same.
//
// And fetching ahead: compilers take a function that only fetches for one without effect, and drop
// its calls, unless it is always inlined.
#define NEARSHORE_FETCHES __attribute__((always_inline)) inline

// NEARSHORE_PLAIN_KERNELS leaves one version, for the processor that the compiler is told: the
// dynamic linker would otherwise choose the same one in every build (bit_identity_test.sh).
#if !defined(NEARSHORE_PLAIN_KERNELS) && defined(__x86_64__) && defined(__GNUC__) &&               \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define NEARSHORE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define NEARSHORE_CLONES
#endif
