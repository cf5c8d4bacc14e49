// What a kernel's source needs of CUDA, or of what stands in for it: the same sources run on the CPU, thread by thread, for tests (see emulated/).
#pragma once

#if defined(SCFM_EMULATED)
#include "emulated/device.h"
#elif defined(SCFM_DECLARED)
#include "declared/device.h"  // clang, without a CUDA toolkit
#else
#include <cuda_bf16.h>
#include <cuda_runtime.h>
#include <mma.h>

/// The block's shared memory, as large as the launch asks for.
#define SCFM_SHARED(name) extern __shared__ __align__(128) unsigned char name[]
#endif

namespace scfm::cuda {

using BFloat16 = __nv_bfloat16;

constexpr int kWarp = 32;

__device__ inline int lane() { return threadIdx.x % kWarp; }
__device__ inline int warp() { return threadIdx.x / kWarp; }
__device__ inline int warps() { return blockDim.x / kWarp; }

__device__ inline float widen(float x) { return x; }
__device__ inline float widen(BFloat16 x) { return __bfloat162float(x); }
template <class T> __device__ T narrow(float x);
template <> __device__ inline float narrow<float>(float x) { return x; }
template <> __device__ inline BFloat16 narrow<BFloat16>(float x) { return __float2bfloat16_rn(x); }

/// What all lanes of a warp hold, summed; each gets the same.
__device__ inline float warp_sum(float x) {
    for (int far = kWarp / 2; far > 0; far /= 2) x += __shfl_xor_sync(0xFFFFFFFFu, x, far);
    return x;
}
__device__ inline float warp_largest(float x) {
    for (int far = kWarp / 2; far > 0; far /= 2) x = fmaxf(x, __shfl_xor_sync(0xFFFFFFFFu, x, far));
    return x;
}

}  // namespace scfm::cuda
