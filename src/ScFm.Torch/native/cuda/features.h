// Random features of the softmax kernel, a tile of rows at a time, so that they never leave shared memory.
// Source: Choromanski et al. 2021 (Performer), Lemma 1.
//
// Beside bfloat16 rows the projection is rounded to bfloat16, too, as autocast rounds it for a plain product. Its directions are random: rounded ones serve as well.
#pragma once

#include "launch.h"
#include "tile.h"

namespace scfm::cuda {

constexpr int kThreads = 512;
constexpr int kMostWidth = 128;  ///< of a head

/// How a block takes its work: so many rows at a time, and so many features.
struct Cut {
    int rows, chunk, chunks;
};

/// The largest cut whose shared memory, bytes(rows, chunk), a block may have: all features at once where that is possible, since then they are loaded once a block.
template <class Bytes> Cut cut_for(int features, Bytes&& bytes) {
    const size_t limit = shared_limit() < kMostShared ? shared_limit() : kMostShared;
    const int all = whole_tiles(features);
    for (const int rows : {64, 32})
        if (bytes(rows, all) <= limit) return {rows, all, 1};
    for (const int rows : {64, 32, 16})
        for (int chunk = all; chunk >= (rows > kTile ? 8 * kTile : kTile); chunk -= kTile)
            if (bytes(rows, chunk) <= limit) return {rows, chunk, (features + chunk - 1) / chunk};
    throw std::runtime_error("linear attention: a block of this card has too little shared memory, " + std::to_string(limit) + " bytes");
}

inline void expect_width(const Features& f) {
    if (f.width < 1 || f.width > kMostWidth) throw std::runtime_error("linear attention: heads of width 1 to " + std::to_string(kMostWidth) + " are expected; found " + std::to_string(f.width));
}

/// The features that a block works on: those of a chunk.
struct Chunk {
    int first, count;

    __device__ Chunk(const Features& f, const Cut& cut, int index) : first(index * cut.chunk), count(min(cut.chunk, f.count - first)) {}
    __device__ int padded() const { return whole_tiles(count); }
};

__device__ inline float scale_of(const Features& f) { return 1 / sqrtf(sqrtf(static_cast<float>(f.width))); }

/// The projection of a chunk. Exponents are scaled behind the product, so that a projection of bfloat16 numbers is multiplied as it is.
template <class T> __device__ void load_projection(const Features& f, const Chunk& chunk, T* to, int stride) {
    load_factor(f.projection + static_cast<int64_t>(chunk.first) * f.width, f.width, chunk.count, f.width, to, stride);
}

/// Vectors of a head, as a factor of whole tiles, and of each half its squared length times scale^2.
template <class T>
__device__ void load_vectors(const T* x, int64_t stride, const Features& f, const Place& p, int first, int rows, T* to, int to_stride, float* halves) {
    for_rows(rows, [&](int row) {
        const int64_t from = (static_cast<int64_t>(first) + row) * stride;
        float squares = 0;
        for_lanes(whole_tiles(f.width), [&](int column) {
            const T value = first + row < p.last && column < f.width ? x[from + column] : narrow<T>(0.0f);
            to[row * to_stride + column] = value;
            squares = fmaf(widen(value), widen(value), squares);
        });
        squares = warp_sum(squares);
        if (lane() == 0) halves[row] = squares * (0.5f * scale_of(f) * scale_of(f));
    });
}

__host__ __device__ constexpr int larger(int a, int b) { return a > b ? a : b; }
/// Floats of room for total_sums.
__host__ __device__ constexpr int total_floats(int width) { return kThreads / kWarp * (width + 1); }

/// Sums over the features of a head's sums [count, width] and masses [count]: totals [width + 1], the last the mass's.
__device__ inline void total_sums(const float* values, const float* mass, const Features& f, float* room, float* totals) {
    float own[kMostWidth / kWarp] = {}, own_mass = 0;
    for (int m = warp(); m < f.count; m += warps()) {
#pragma unroll
        for (int j = 0; j < kMostWidth / kWarp; j++)
            if (const int column = j * kWarp + lane(); column < f.width) own[j] += values[static_cast<int64_t>(m) * f.width + column];
        own_mass += mass[m];
    }
    const int width = f.width + 1;
#pragma unroll
    for (int j = 0; j < kMostWidth / kWarp; j++)
        if (const int column = j * kWarp + lane(); column < f.width) room[warp() * width + column] = own[j];
    if (lane() == 0) room[warp() * width + f.width] = own_mass;
    __syncthreads();
    for_threads(width, [&](int column) {
        float total = 0;
        for (int w = 0; w < warps(); w++) total += room[w * width + column];
        totals[column] = total;
    });
    __syncthreads();
}

/// The rows that gradients and sums are made of: keys and values, or queries and what their gradient asks of the sums over keys, which is
/// numerator / denominator's two derivatives.
template <class T> struct RowsOf {
    const T *x, *y;         ///< keys and values, or queries and the gradient of what they took
    int64_t stride, y_stride;
    const float* maximum;   ///< of keys, [cells]
    const T *mixed, *rest;  ///< what queries took, and what rounding took of that, or null
    const float* kept;      ///< of queries, [3, heads, rows]
};

/// A tile of them in shared memory.
template <class T> struct RowTile {
    T *x, *y;       ///< factors; y is divided by the denominator
    float* shift;   ///< what is subtracted of a row's exponents
    float* weight;  ///< what a row adds to a mass per feature; 0 where there is no row
    int stride;

    __host__ __device__ RowTile(Room& room, int rows, int width)
        : x(room.take<T>(rows * factor_stride<T>(width))), y(room.take<T>(rows * factor_stride<T>(width))), shift(room.take<float>(rows)), weight(room.take<float>(rows)),
          stride(factor_stride<T>(width)) {}

    template <bool kQueries> __device__ void load(const RowsOf<T>& from, const Features& f, const Place& p, int64_t all_rows, int head, int first, int rows) const {
        load_vectors(from.x + head * f.width, from.stride, f, p, first, rows, x, stride, shift);
        for_rows(rows, [&](int row) {
            const bool there = first + row < p.last;
            const int64_t at = static_cast<int64_t>(first) + row, begin = at * from.y_stride + head * f.width;
            const float inverse = kQueries && there ? 1 / from.kept[(f.heads + head) * all_rows + at] : 1;
            float taken = 0;
            for_lanes(whole_tiles(f.width), [&](int column) {
                const bool in = there && column < f.width;
                const T value = narrow<T>(in ? widen(from.y[begin + column]) * inverse : 0);
                // of the rounded gradient, so that what both derivatives have in common cancels
                if (kQueries && in) taken = fmaf(widen(value), widen(from.mixed[begin + column]) + (from.rest ? widen(from.rest[begin + column]) : 0), taken);
                y[row * stride + column] = value;
            });
            taken = warp_sum(taken);
            __syncwarp();
            if (lane() == 0) {
                weight[row] = !there ? 0 : kQueries ? -taken : 1;
                shift[row] += !there ? 0 : kQueries ? from.kept[head * all_rows + at] : from.maximum[p.cell];
            }
        });
    }
};

}  // namespace scfm::cuda
