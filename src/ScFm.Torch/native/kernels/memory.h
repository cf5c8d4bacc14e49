// Memory that kernels work in.
#pragma once

#include "simd.h"

namespace scfm::SCFM_ISA {

/// Memory for one call.
class Memory {
public:
    explicit Memory(int64_t count);
    ~Memory();
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    float* const floats;
};

/// Memory of this thread that is kept for the next use of the same slot.
enum class Slot { panel, head, block, count };
float* scratch(Slot slot, int64_t floats);

SCFM_INLINE void fill(float* to, int64_t floats, float value) {
    for (int64_t i = 0; i < floats; i++) to[i] = value;
}

}  // namespace scfm::SCFM_ISA
