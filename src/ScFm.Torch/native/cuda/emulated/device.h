// CUDA's words for code that runs on the CPU, thread by thread: a block's threads are fibers that take turns at barriers and warp-wide calls.
// For tests of the kernels where there is no card. Shared memory begins as NaN, and a thread that leaves before a barrier, or waits where others do not, is an error.
// Only what the kernels use is here.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <type_traits>

#define __global__
#define __device__
#define __host__
#define __grid_constant__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define SCFM_SHARED(name) unsigned char* const name = scfm::cuda::emulated::shared_memory()

struct dim3 {
    unsigned x, y, z;
    dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
extern dim3 threadIdx, blockIdx, blockDim, gridDim;

using std::max;
using std::min;

namespace scfm::cuda::emulated {

unsigned char* shared_memory();
/// Shared memory that a block may have; a test sets another to stand for another card.
size_t shared_limit();
void set_shared_limit(size_t bytes);
/// True to let each block's threads take their turns from the last to the first: a result that changes with it lacks a barrier.
void set_backwards(bool backwards);

void run(dim3 blocks, int threads, size_t shared, const std::function<void()>& kernel);

void wait_for_block();
void wait_for_warp();
/// Memory that a warp's lanes share: two tiles of floats.
float* warp_tiles();
/// The same of 32 numbers, by turns one of two: who is a call ahead writes where none reads any more.
float* warp_numbers();

/// What lane `from` gives.
inline float exchange(float own, int from) {
    float* all = warp_numbers();
    all[threadIdx.x % 32] = own;
    wait_for_warp();
    return all[from];
}

}  // namespace scfm::cuda::emulated

inline void __syncthreads() { scfm::cuda::emulated::wait_for_block(); }
inline void __syncwarp() { scfm::cuda::emulated::wait_for_warp(); }
inline float __shfl_sync(unsigned, float own, int from) { return scfm::cuda::emulated::exchange(own, from); }
inline float __shfl_xor_sync(unsigned, float own, int mask) { return scfm::cuda::emulated::exchange(own, static_cast<int>(threadIdx.x % 32) ^ mask); }
inline bool __any_sync(unsigned, bool own) {
    bool any = false;
    for (int lane = 0; lane < 32; lane++) any |= scfm::cuda::emulated::exchange(own ? 1.0f : 0.0f, lane) != 0;
    return any;
}

struct __nv_bfloat16 {
    uint16_t bits = 0x7FFF;  // NaN, until it is written
};
inline float __bfloat162float(__nv_bfloat16 x) {
    const uint32_t bits = static_cast<uint32_t>(x.bits) << 16;
    float wide;
    std::memcpy(&wide, &bits, sizeof wide);
    return wide;
}
/// To the nearest, ties to even.
inline __nv_bfloat16 __float2bfloat16_rn(float x) {
    uint32_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    __nv_bfloat16 result;
    result.bits = std::isnan(x) ? 0x7FFF : static_cast<uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    return result;
}

#include "wmma.h"
