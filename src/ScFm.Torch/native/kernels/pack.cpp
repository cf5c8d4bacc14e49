// Packing: the right factor of a product, laid out in the order in which tiles read it.
#include "tile.h"

#include <cstdlib>
#include <new>

namespace scfm::SCFM_ISA {

void pack_columns(const float* matrix, int64_t stride, int64_t inner, int64_t columns, float* panel) {
    for (int64_t k = 0; k < inner; k++, matrix += stride, panel += kPanel) {
        for (int n = 0; n < kPanel; n += kLanes) {
            const int64_t left = columns - n;
            store(panel + n, left >= kLanes ? load(matrix + n) : left > 0 ? load_first(matrix + n, left) : zero());
        }
    }
}

void pack_transposed(const float* matrix, int64_t stride, int64_t inner, int64_t columns, float* panel) {
    for (int64_t k = 0; k < inner; k += kLanes) {
        const int64_t depth = least(kLanes, inner - k);
        for (int n = 0; n < kPanel; n += kLanes) {
            Vec square[kLanes];
            for (int i = 0; i < kLanes; i++) {
                const float* row = matrix + (n + i) * stride + k;
                square[i] = n + i >= columns ? zero() : depth == kLanes ? load(row) : load_first(row, depth);
            }
            transpose(square);
            for (int i = 0; i < depth; i++) store(panel + (k + i) * kPanel + n, square[i]);
        }
    }
}

namespace {

float* allocate(int64_t floats) {
    const size_t bytes = (static_cast<size_t>(floats) * sizeof(float) + 63) & ~size_t{63};
    if (auto* memory = static_cast<float*>(std::aligned_alloc(64, bytes))) return memory;
    throw std::bad_alloc();
}

struct Scratch {
    float* memory[static_cast<int>(Slot::count)] = {};
    int64_t room[static_cast<int>(Slot::count)] = {};

    ~Scratch() {
        for (float* block : memory) std::free(block);
    }
};

}  // namespace

Memory::Memory(int64_t count) : floats(allocate(count)) {}
Memory::~Memory() { std::free(floats); }

float* scratch(Slot slot, int64_t floats) {
    static thread_local Scratch own;
    const int i = static_cast<int>(slot);
    if (own.room[i] < floats) {
        std::free(own.memory[i]);
        own.memory[i] = nullptr;
        own.memory[i] = allocate(floats);
        own.room[i] = floats;
    }
    return own.memory[i];
}

}  // namespace scfm::SCFM_ISA
