// Memory that kernels work in.
#include "memory.h"

#include <cstdlib>
#include <new>

namespace scfm::SCFM_ISA {

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
        own.room[i] = 0;
        own.memory[i] = allocate(floats);
        own.room[i] = floats;
    }
    return own.memory[i];
}

}  // namespace scfm::SCFM_ISA
