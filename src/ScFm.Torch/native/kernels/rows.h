// Going through rows of any width.
#pragma once

#include "simd.h"

namespace scfm::SCFM_ISA {

/// Calls body(offset, read, write) for each vector of a row; the last call reads and writes only the lanes that exist.
template <class Body> SCFM_INLINE void for_vectors(int64_t width, Body&& body) {
    int64_t i = 0;
    for (; i + kLanes <= width; i += kLanes) body(i, [](const float* p) __attribute__((always_inline)) { return load(p); }, [](float* p, Vec v) __attribute__((always_inline)) { store(p, v); });
    if (const int64_t rest = width - i; rest > 0)
        body(i, [=](const float* p) __attribute__((always_inline)) { return load_first(p, rest); }, [=](float* p, Vec v) __attribute__((always_inline)) { store_first(p, v, rest); });
}

}  // namespace scfm::SCFM_ISA
