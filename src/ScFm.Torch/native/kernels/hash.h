// Hashes by which dropout is made again for the gradient instead of being kept. For code of any instruction set: always inline, so that none is linked for another.
#pragma once

#include <cstdint>

#define SCFM_HASH static inline __attribute__((always_inline))

namespace scfm {

/// The finaliser of SplitMix64 (Steele et al. 2014).
SCFM_HASH uint64_t mix(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/// Evenly distributed 32-bit numbers (lowbias32, Wellons 2018) for a line, which is any number, and a place of it; a place is one or a vector of them.
template <class Places> SCFM_HASH Places chances(uint32_t line, Places place) {
    Places x = place * 0x9E3779B9u + line;
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    return x ^ (x >> 16);
}

}  // namespace scfm

#undef SCFM_HASH
