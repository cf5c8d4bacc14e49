// Memory of CPU tensors. libtorch asks malloc for every result, and glibc hands large blocks back to the kernel at once: a training step then spends more time
// in page faults than in arithmetic (measured: a third of the time of a small model). Kept in malloc's one heap instead, blocks of many sizes leave holes.
// Here a large block is a mapping of its own, in huge pages where the kernel has them, and is kept for the next tensor of about its size, as PyTorch's own
// CUDA allocator does; but little more is held than the tensors needed together at some time.
// From libtorch 2 on, whose allocator has another interface, malloc keeps them as well as it can.
#include "abi.h"
#include "memory_use.h"

#include <c10/core/Allocator.h>

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#if TORCH_VERSION_MAJOR < 2 && defined(__linux__)
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <map>
#include <mutex>
#include <new>
#include <unordered_map>

namespace {

constexpr size_t kLarge = size_t{1} << 20;    ///< smaller blocks are malloc's
constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kSlack = size_t{16} << 20;  ///< kept beyond the most that was needed together
constexpr size_t kPage = size_t{4} << 10;

class KeepingAllocator final : public c10::Allocator {
public:
    at::DataPtr allocate(size_t bytes) const override {
        void* block = bytes < kLarge ? small(bytes) : large(bytes);
        return {block, block, &give_back, at::Device(at::kCPU)};
    }
    at::DeleterFnPtr raw_deleter() const override { return &give_back; }

    static scfm::MemoryUse use() {
        Held& all = held();
        const std::lock_guard<std::mutex> guard(all.mutex);
        return {static_cast<int64_t>(all.used), static_cast<int64_t>(all.peak)};
    }
    static void reset_peak() {
        Held& all = held();
        const std::lock_guard<std::mutex> guard(all.mutex);
        all.peak = all.used;
    }
    static void release() {
        Held& all = held();
        const std::lock_guard<std::mutex> guard(all.mutex);
        all.shrink(0);
    }

private:
    static void* small(size_t bytes) {
        if (bytes == 0) return nullptr;
        void* block = nullptr;
        if (posix_memalign(&block, 64, bytes) != 0) fail(bytes);
        return block;
    }

    static void* large(size_t bytes) {
        const size_t unit = bytes >= 2 * kHugePage ? kHugePage : kPage, size = (bytes + unit - 1) / unit * unit;
        Held& all = held();
        const std::lock_guard<std::mutex> guard(all.mutex);
        auto found = all.kept.lower_bound(size);
        if (found != all.kept.end() && found->first <= size + size / 4) {
            void* block = found->second;
            all.use(block, found->first);
            all.kept_bytes -= found->first;
            all.kept.erase(found);
            return block;
        }
        const size_t limit = all.most_used + kSlack;
        all.shrink(limit > all.used + size ? limit - all.used - size : 0);
        void* block = map(size);
        if (!block) {
            all.shrink(0);
            block = map(size);
        }
        if (!block) fail(bytes);
        all.use(block, size);
        return block;
    }

    /// A mapping of that size, from an address on that huge pages begin at.
    static void* map(size_t size) {
        const size_t room = size + (size >= kHugePage ? kHugePage : 0);
        void* raw = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (raw == MAP_FAILED) return nullptr;
        if (room == size) return raw;
        auto* begin = static_cast<char*>(raw);
        auto* block = reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(raw) + kHugePage - 1) / kHugePage * kHugePage);
        if (block > begin) munmap(begin, block - begin);
        if (block + size < begin + room) munmap(block + size, begin + room - block - size);
        madvise(block, size, MADV_HUGEPAGE);
        return block;
    }

    [[noreturn]] static void fail(size_t bytes) { TORCH_CHECK(false, "The CPU can't allocate memory: you tried to allocate ", bytes, " bytes"); }

    static void give_back(void* block) {
        if (reinterpret_cast<uintptr_t>(block) % kPage != 0) return std::free(block);  // no large block begins there
        Held& all = held();
        std::unique_lock<std::mutex> guard(all.mutex);
        const auto known = all.sizes.find(block);
        if (known == all.sizes.end()) {
            guard.unlock();
            return std::free(block);
        }
        all.used -= known->second;
        all.kept.emplace(known->second, block);
        all.kept_bytes += known->second;
        all.sizes.erase(known);
    }

    struct Held {
        std::mutex mutex;
        std::unordered_map<void*, size_t> sizes;  ///< of blocks in use
        std::multimap<size_t, void*> kept;        ///< free blocks
        size_t used = 0, most_used = 0, kept_bytes = 0;
        size_t peak = 0;  ///< as most_used, but of the time since it was last asked to begin anew

        void use(void* block, size_t size) {
            sizes.emplace(block, size);
            used += size;
            if (used > most_used) most_used = used;
            if (used > peak) peak = used;
        }
        /// Returns free blocks to the kernel, the largest first, until no more than `bytes` are kept.
        void shrink(size_t bytes) {
            while (kept_bytes > bytes) {
                const auto last = std::prev(kept.end());
                munmap(last->second, last->first);
                kept_bytes -= last->first;
                kept.erase(last);
            }
        }
    };

    static Held& held() {
        static Held* const all = new Held;  // tensors may outlive static objects
        return *all;
    }
};

struct Installation {
    Installation() {
        static KeepingAllocator allocator;
        c10::SetCPUAllocator(&allocator, 1);
    }
} installation;

}  // namespace

namespace scfm {
bool cpu_memory(MemoryUse& use) {
    use = KeepingAllocator::use();
    return true;
}
void reset_cpu_peak() { KeepingAllocator::reset_peak(); }
void release_cpu_memory() { KeepingAllocator::release(); }
}  // namespace scfm
#else
namespace scfm {
bool cpu_memory(MemoryUse&) { return false; }
void reset_cpu_peak() {}
void release_cpu_memory() {}
}  // namespace scfm
#endif

#ifdef __GLIBC__
namespace {
/// Keeps malloc's freed blocks in its one heap: small tensors, what kernels work in, and where the allocator above is absent all tensors.
/// A user's MALLOC_ settings stay as they are.
struct KeepFreedBlocks {
    KeepFreedBlocks() {
        if (std::getenv("MALLOC_MMAP_THRESHOLD_") || std::getenv("MALLOC_ARENA_MAX")) return;
        mallopt(M_MMAP_THRESHOLD, 1 << 30);
        mallopt(M_TRIM_THRESHOLD, -1);
        mallopt(M_TOP_PAD, 16 << 20);
        mallopt(M_ARENA_MAX, 1);  // other arenas end at 64 MB and would fall back to the kernel
    }
} keep_freed_blocks;
}  // namespace
#endif
