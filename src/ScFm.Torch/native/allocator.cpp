// Memory of CPU tensors: libtorch asks malloc for every result, and glibc by default hands large blocks back to the kernel at once.
// A training step then spends more time in page faults than in arithmetic (measured: a third of the time of a small model).
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>

namespace {
/// Keeps freed blocks for the next step, as PyTorch's own CUDA allocator does. A user's MALLOC_ settings stay as they are.
struct KeepFreedBlocks {
    KeepFreedBlocks() {
        if (std::getenv("MALLOC_MMAP_THRESHOLD_") || std::getenv("MALLOC_ARENA_MAX")) return;
        mallopt(M_MMAP_THRESHOLD, 1 << 30);
        mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
        mallopt(M_TOP_PAD, 64 << 20);
        mallopt(M_ARENA_MAX, 1);  // other arenas end at 64 MB and would fall back to the kernel
    }
} keep_freed_blocks;
}  // namespace
#endif
