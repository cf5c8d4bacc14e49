// CUDA's words as declarations of our own, so that clang compiles the kernels to PTX where there is no CUDA toolkit: a check of the sources, not a way to run them.
//   clang++ -x cuda --cuda-gpu-arch=sm_80 -nocudainc -nocudalib --cuda-device-only -Xclang -target-feature -Xclang +ptx71 -std=c++17 -O2 -DSCFM_DECLARED -S key_sums.cu -o -
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __host__ __attribute__((host))
#define __grid_constant__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(threads) __attribute__((launch_bounds(threads)))
#define SCFM_SHARED(name) extern __attribute__((shared)) __attribute__((aligned(128))) unsigned char name[]

struct dim3 {
    unsigned x, y, z;
    __host__ __device__ dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
/// A coordinate that is read from its register, as clang's own headers do it.
#define SCFM_REGISTER(axis, name) \
    __declspec(property(get = get_##axis)) unsigned axis; \
    static __device__ unsigned get_##axis() { return __nvvm_read_ptx_sreg_##name##_##axis(); }
struct ThreadIdx {
    SCFM_REGISTER(x, tid)
};
struct BlockIdx {
    SCFM_REGISTER(x, ctaid)
    SCFM_REGISTER(y, ctaid)
};
struct BlockDim {
    SCFM_REGISTER(x, ntid)
};
extern const __device__ ThreadIdx threadIdx;
extern const __device__ BlockIdx blockIdx;
extern const __device__ BlockDim blockDim;

__device__ inline void __syncwarp() { __nvvm_bar_warp_sync(0xFFFFFFFFu); }
__device__ inline float __shfl_sync(unsigned mask, float own, int from) { return __nvvm_shfl_sync_idx_f32(mask, own, from, 31); }
__device__ inline float __shfl_xor_sync(unsigned mask, float own, int lanes) { return __nvvm_shfl_sync_bfly_f32(mask, own, lanes, 31); }
__device__ inline bool __any_sync(unsigned mask, bool own) { return __nvvm_vote_any_sync(mask, own); }

__device__ inline int min(int a, int b) { return a < b ? a : b; }
__device__ inline float fmaxf(float a, float b) { return __nvvm_fmax_f(a, b); }
__device__ inline float fmaf(float a, float b, float c) { return __nvvm_fma_rn_f(a, b, c); }
__device__ inline float sqrtf(float x) { return __nvvm_sqrt_rn_f(x); }
__device__ inline float expf(float x) { return __nvvm_ex2_approx_f(x * 1.4426950408889634f); }

struct __nv_bfloat16 {
    uint16_t bits;
};
__device__ inline float __bfloat162float(__nv_bfloat16 x) { return __builtin_bit_cast(float, static_cast<uint32_t>(x.bits) << 16); }
__device__ inline __nv_bfloat16 __float2bfloat16_rn(float x) {
    const auto bits = __builtin_bit_cast(uint32_t, x);
    return {static_cast<uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16)};
}

// The host's side, which is only looked at.
using cudaError_t = int;
using cudaStream_t = void*;
constexpr int cudaSuccess = 0, cudaDevAttrMaxSharedMemoryPerBlockOptin = 0, cudaFuncAttributeMaxDynamicSharedMemorySize = 0;
struct cudaLaunchConfig_t {
    dim3 gridDim, blockDim;
    size_t dynamicSmemBytes;
    cudaStream_t stream;
};
const char* cudaGetErrorString(cudaError_t);
cudaError_t cudaGetDevice(int*);
cudaError_t cudaDeviceGetAttribute(int*, int, int);
cudaError_t cudaFuncSetAttribute(const void*, int, int);
template <class... Parameters, class... Given> cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t*, void (*)(Parameters...), Given&&...) { return cudaSuccess; }

namespace nvcuda::wmma {

struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;
enum layout_t { mem_row_major, mem_col_major };

template <class Use, int M, int N, int K, class T, class Layout = void> struct fragment {
    int x[4];
};
template <> struct fragment<accumulator, 16, 16, 16, float, void> {
    float x[8];
};
using Sums = fragment<accumulator, 16, 16, 16, float>;
template <class Layout> constexpr int kTurned = std::is_same_v<Layout, col_major>;

template <class Layout> __device__ void load_matrix_sync(fragment<matrix_a, 16, 16, 16, __nv_bfloat16, Layout>& to, const __nv_bfloat16* tile, unsigned stride) {
    __mma_bf16_m16n16k16_ld_a(to.x, reinterpret_cast<const int*>(tile), stride, kTurned<Layout>);
}
template <class Layout> __device__ void load_matrix_sync(fragment<matrix_b, 16, 16, 16, __nv_bfloat16, Layout>& to, const __nv_bfloat16* tile, unsigned stride) {
    __mma_bf16_m16n16k16_ld_b(to.x, reinterpret_cast<const int*>(tile), stride, kTurned<Layout>);
}
__device__ inline void load_matrix_sync(Sums& to, const float* tile, unsigned stride, layout_t) { __hmma_m16n16k16_ld_c_f32(to.x, tile, stride, 0); }
__device__ inline void store_matrix_sync(float* tile, const Sums& from, unsigned stride, layout_t) { __hmma_m16n16k16_st_c_f32(tile, const_cast<float*>(from.x), stride, 0); }
__device__ inline void fill_fragment(Sums& to, float value) {
#pragma unroll
    for (float& x : to.x) x = value;
}
template <class Left, class Right>
__device__ void mma_sync(Sums& sums, const fragment<matrix_a, 16, 16, 16, __nv_bfloat16, Left>& a, const fragment<matrix_b, 16, 16, 16, __nv_bfloat16, Right>& b, const Sums& add) {
    constexpr int kLayouts = kTurned<Left> == 0 ? (kTurned<Right> == 0 ? 0 : 1) : (kTurned<Right> == 0 ? 2 : 3);
    __mma_bf16_m16n16k16_mma_f32(sums.x, a.x, b.x, add.x, kLayouts, 0);
}

}  // namespace nvcuda::wmma
