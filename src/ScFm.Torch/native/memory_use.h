// How much of the processor's memory tensors take: what allocator.cpp counts and device.cpp tells.
#pragma once

#include <cstdint>

namespace scfm {

/// Bytes of large blocks that tensors hold now, and the most they held together since the last reset.
struct MemoryUse {
    int64_t used, peak;
};

/// False where the allocator is libtorch's own, which does not count.
bool cpu_memory(MemoryUse& use);
void reset_cpu_peak();
/// Gives free blocks that were kept for the next tensors back to the kernel.
void release_cpu_memory();

}  // namespace scfm
