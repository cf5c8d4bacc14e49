// Matrices in shared memory and their products, which all threads of a block make together.
//
// Factors are float32 and multiplied by plain fused multiply-adds, or bfloat16 and multiplied by tensor cores; sums are float32 in both.
// All sizes are whole tiles of 16; what lies behind a matrix's last row or column is 0.
#pragma once

#include "device.h"

#include <cstddef>
#include <type_traits>
#include <cstdint>

namespace scfm::cuda {

constexpr int kTile = 16;

__host__ __device__ constexpr int whole_tiles(int n) { return (n + kTile - 1) / kTile * kTile; }

/// Distance of two rows of factors, so that neighbouring rows begin in other banks (and wmma's alignment holds).
template <class T> __host__ __device__ constexpr int factor_stride(int columns) { return whole_tiles(columns) + (sizeof(T) == sizeof(float) ? 1 : 8); }
/// The same of sums.
__host__ __device__ constexpr int sum_stride(int columns) { return whole_tiles(columns) + 4; }

/// Hands out shared memory; from a null begin it only counts.
struct Room {
    unsigned char* begin;
    size_t bytes = 0;

    __host__ __device__ explicit Room(unsigned char* memory) : begin(memory) {}
    template <class T> __host__ __device__ T* take(int count) {
        constexpr size_t kAlign = 128;
        T* here = reinterpret_cast<T*>(begin + bytes);
        bytes += (static_cast<size_t>(count) * sizeof(T) + kAlign - 1) / kAlign * kAlign;
        return here;
    }
};

/// A factor in shared memory: [rows, columns], or the transposed of what is stored.
template <class T, bool kTransposed = false> struct Factor {
    const T* first;
    int stride;

    __device__ T at(int row, int column) const { return kTransposed ? first[column * stride + row] : first[row * stride + column]; }
    __device__ const T* tile(int row, int column) const { return kTransposed ? first + column * stride + row : first + row * stride + column; }
};

constexpr int kSide = 4;  ///< a thread makes 4 x 4 sums of a product of float32

/// A thread's sums += left * right: rows from `row`, columns from `column`, which lie `across` apart from each other, so that neighbours read neighbours.
template <bool kLeft, bool kRight>
__device__ __forceinline__ void add_products(Factor<float, kLeft> left, Factor<float, kRight> right, float (&own)[kSide][kSide], int row, int column, int across, int inner) {
    for (int k = 0; k < inner; k++) {
        float a[kSide], b[kSide];
#pragma unroll
        for (int i = 0; i < kSide; i++) a[i] = left.at(row + i, k), b[i] = right.at(k, column + i * across);
#pragma unroll
        for (int i = 0; i < kSide; i++)
#pragma unroll
            for (int j = 0; j < kSide; j++) own[i][j] = fmaf(a[i], b[j], own[i][j]);
    }
}

/// Sums of products, [size, size], that a block's threads keep in their registers, 4 x 4 at a time, for as many products as are added.
template <int kMostSize, int kThreads> struct KeptProducts {
    static constexpr int kParts = kMostSize / kSide * (kMostSize / kSide) / kThreads;

    float own[kParts][kSide][kSide] = {};

    /// += left * right; the size of whole tiles.
    template <bool kLeft, bool kRight> __device__ __forceinline__ void add(Factor<float, kLeft> left, Factor<float, kRight> right, int padded, int inner) {
        each(padded, [&](auto& sums, int row, int column, int across) { add_products(left, right, sums, row, column, across, inner); });
    }

    /// to [size, size] of the card's memory.
    __device__ __forceinline__ void write(float* to, int size) {
        each(whole_tiles(size), [&](const auto& sums, int row, int column, int across) {
#pragma unroll
            for (int i = 0; i < kSide; i++)
#pragma unroll
                for (int j = 0; j < kSide; j++)
                    if (row + i < size && column + j * across < size) to[(row + i) * size + column + j * across] = sums[i][j];
        });
    }

private:
    /// body(sums, row, column, distance of two columns) for each of the thread's parts.
    template <class Body> __device__ __forceinline__ void each(int padded, Body&& body) {
        const int across = padded / kSide;
#pragma unroll
        for (int part = 0; part < kParts; part++) {
            const int task = threadIdx.x + part * kThreads;
            if (task < across * across) body(own[part], task / across * kSide, task % across, across);
        }
    }
};

/// sums [rows, columns] = left * right, or += where they accumulate. Other threads see it after a barrier.
template <bool kLeft, bool kRight>
__device__ void multiply(Factor<float, kLeft> left, Factor<float, kRight> right, float* sums, int stride, int rows, int columns, int inner, bool accumulate) {
    const int across = columns / kSide;
    for (int task = threadIdx.x; task < rows / kSide * across; task += blockDim.x) {
        const int row = task / across * kSide, column = task % across;
        float own[kSide][kSide];
#pragma unroll
        for (int i = 0; i < kSide; i++)
#pragma unroll
            for (int j = 0; j < kSide; j++) own[i][j] = accumulate ? sums[(row + i) * stride + column + j * across] : 0;
        add_products(left, right, own, row, column, across, inner);
#pragma unroll
        for (int i = 0; i < kSide; i++)
#pragma unroll
            for (int j = 0; j < kSide; j++) sums[(row + i) * stride + column + j * across] = own[i][j];
    }
}

/// A warp's part of a product: one tile down, kAcross tiles across, so that a tile of the left factor is read once for all of them.
template <int kAcross, bool kLeft, bool kRight>
__device__ void multiply_tiles(Factor<BFloat16, kLeft> left, Factor<BFloat16, kRight> right, float* sums, int stride, int row, int column, int inner, bool accumulate) {
    namespace wmma = nvcuda::wmma;
    using Rows = wmma::row_major;
    using Columns = wmma::col_major;
    wmma::fragment<wmma::matrix_a, kTile, kTile, kTile, BFloat16, std::conditional_t<kLeft, Columns, Rows>> a;
    wmma::fragment<wmma::matrix_b, kTile, kTile, kTile, BFloat16, std::conditional_t<kRight, Columns, Rows>> b;
    wmma::fragment<wmma::accumulator, kTile, kTile, kTile, float> own[kAcross];
#pragma unroll
    for (int j = 0; j < kAcross; j++) {
        if (accumulate) wmma::load_matrix_sync(own[j], sums + row * stride + column + j * kTile, stride, wmma::mem_row_major);
        else wmma::fill_fragment(own[j], 0.0f);
    }
    for (int k = 0; k < inner; k += kTile) {
        wmma::load_matrix_sync(a, left.tile(row, k), left.stride);
#pragma unroll
        for (int j = 0; j < kAcross; j++) {
            wmma::load_matrix_sync(b, right.tile(k, column + j * kTile), right.stride);
            wmma::mma_sync(own[j], a, b, own[j]);
        }
    }
#pragma unroll
    for (int j = 0; j < kAcross; j++) wmma::store_matrix_sync(sums + row * stride + column + j * kTile, own[j], stride, wmma::mem_row_major);
}

template <bool kLeft, bool kRight>
__device__ void multiply(Factor<BFloat16, kLeft> left, Factor<BFloat16, kRight> right, float* sums, int stride, int rows, int columns, int inner, bool accumulate) {
    constexpr int kAcross = 2;
    const int across = (columns / kTile + kAcross - 1) / kAcross, tasks = rows / kTile * across;
    for (int task = warp(); task < tasks; task += warps()) {
        const int row = task / across * kTile, column = task % across * kAcross * kTile;
        if (column + kTile < columns) multiply_tiles<kAcross>(left, right, sums, stride, row, column, inner, accumulate);
        else multiply_tiles<1>(left, right, sums, stride, row, column, inner, accumulate);
    }
}

/// body(row) for every row of a tile, each by one warp.
template <class Body> __device__ void for_rows(int rows, Body&& body) {
    for (int row = warp(); row < rows; row += warps()) body(row);
}
/// body(column) for every column, by the lanes of a warp.
template <class Body> __device__ void for_lanes(int columns, Body&& body) {
    for (int column = lane(); column < columns; column += kWarp) body(column);
}
/// body(i) for 0 up to count, by the threads of a block.
template <class Body> __device__ void for_threads(int count, Body&& body) {
    for (int i = threadIdx.x; i < count; i += blockDim.x) body(i);
}

/// A matrix [rows, columns] of the card's memory as a factor in shared memory, of whole tiles.
template <class T, class From>
__device__ void load_factor(const From* from, int64_t from_stride, int rows, int columns, T* to, int stride) {
    for_rows(whole_tiles(rows), [&](int row) {
        for_lanes(whole_tiles(columns), [&](int column) {
            to[row * stride + column] = narrow<T>(row < rows && column < columns ? widen(from[row * from_stride + column]) : 0);
        });
    });
}

}  // namespace scfm::cuda
