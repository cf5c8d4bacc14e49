// Sums over rows of their features times a vector of each, and times a weight of each: of keys their sums, of queries the gradient of those.
//
// A block sums a slab of rows, for one head and one chunk of features; a second kernel adds the slabs in their order.
// Floors, for R rows in all heads together, M features, heads of width d: 4 R M d FLOPs on tensor cores (bf16; 990 TFLOP/s on an H200) and R M exponentials;
// memory 2 R d elements read (4.8 TB/s), once for each chunk through the L2. The published shape, 19,264 genes, 8 heads of 64, 266 features, bf16:
// 10.5 GFLOP, 41 million exponentials and 39 MB a cell and layer, at least 11 us. The exponents go through shared memory, which costs more than that:
// about 6 x their 4 bytes, so expect 40 to 60 us.
#pragma once

#include "features.h"

namespace scfm::cuda {

template <class T> struct SumsRoom {
    T *projection, *features;
    float *exponents, *values, *mass, *plain;
    RowTile<T> rows;
    int exponent_stride, feature_stride, value_stride;

    __host__ __device__ SumsRoom(Room& room, int tile_rows, int chunk, int width)
        : projection(room.take<T>(chunk * factor_stride<T>(width))), features(nullptr), exponents(room.take<float>(tile_rows * sum_stride(chunk))),
          values(room.take<float>(chunk * sum_stride(width))), mass(room.take<float>(chunk)), plain(room.take<float>(width + 1)), rows(room, tile_rows, width),
          exponent_stride(sum_stride(chunk)), feature_stride(sizeof(T) == sizeof(float) ? sum_stride(chunk) : factor_stride<T>(chunk)), value_stride(sum_stride(width)) {
        // float32 features take the place of their exponents
        features = sizeof(T) == sizeof(float) ? reinterpret_cast<T*>(exponents) : room.take<T>(tile_rows * feature_stride);
    }
    static size_t bytes(int tile_rows, int chunk, int width) {
        Room room(nullptr);
        SumsRoom(room, tile_rows, chunk, width);
        return room.bytes;
    }
};

template <class T> struct SumsOf {
    Features features;
    Places slabs;
    RowsOf<T> rows;
    Cut cut;
    float* partial;  ///< [slabs, heads, count * (width + 1)]: values, then masses
};

template <class T, bool kQueries> __global__ void __launch_bounds__(kThreads) feature_sums(SumsOf<T> a) {
    SCFM_SHARED(memory);
    const Features& f = a.features;
    const Place p = a.slabs.each[blockIdx.x];
    const int head = blockIdx.y / a.cut.chunks;
    const Chunk chunk(f, a.cut, blockIdx.y % a.cut.chunks);
    const int padded = whole_tiles(f.width);
    const float scale = scale_of(f);
    Room room(memory);
    const SumsRoom<T> s(room, a.cut.rows, a.cut.chunk, f.width);

    load_projection(f, chunk, s.projection, s.rows.stride);
    for_threads(chunk.padded() * s.value_stride, [&](int i) { s.values[i] = 0; });
    for_threads(chunk.padded(), [&](int m) { s.mass[m] = 0; });
    for_threads(f.width + 1, [&](int i) { s.plain[i] = 0; });
    for (int first = p.first; first < p.last; first += a.cut.rows) {
        s.rows.template load<kQueries>(a.rows, f, p, a.slabs.rows, head, first, a.cut.rows);
        __syncthreads();
        multiply(Factor<T>{s.rows.x, s.rows.stride}, Factor<T, true>{s.projection, s.rows.stride}, s.exponents, s.exponent_stride, a.cut.rows, chunk.padded(), padded, false);
        __syncthreads();
        for_rows(a.cut.rows, [&](int row) {
            for_lanes(chunk.padded(), [&](int m) {
                const bool in = first + row < p.last && m < chunk.count;
                s.features[row * s.feature_stride + m] = narrow<T>(in ? expf(scale * s.exponents[row * s.exponent_stride + m] - s.rows.shift[row]) : 0);
            });
        });
        __syncthreads();
        for_threads(chunk.count, [&](int m) {
            float total = s.mass[m];
            for (int row = 0; row < a.cut.rows; row++) total = fmaf(widen(s.features[row * s.feature_stride + m]), s.rows.weight[row], total);
            s.mass[m] = total;
        });
        for_threads(f.width + 1, [&](int i) {
            float total = s.plain[i];
            for (int row = 0; row < a.cut.rows; row++) total += i < f.width ? widen(s.rows.y[row * s.rows.stride + i]) : s.rows.weight[row];
            s.plain[i] = total;
        });
        multiply(Factor<T, true>{s.features, s.feature_stride}, Factor<T>{s.rows.y, s.rows.stride}, s.values, s.value_stride, chunk.padded(), padded, a.cut.rows, true);
        __syncthreads();
    }
    // every feature carries epsilon, whose part of the sums is the plain sum of the vectors
    float* to = a.partial + (static_cast<int64_t>(blockIdx.x) * f.heads + head) * f.count * (f.width + 1);
    for_rows(chunk.count, [&](int m) {
        for_lanes(f.width, [&](int i) { to[static_cast<int64_t>(chunk.first + m) * f.width + i] = fmaf(f.epsilon, s.plain[i], s.values[m * s.value_stride + i]); });
    });
    for_threads(chunk.count, [&](int m) { to[static_cast<int64_t>(f.count) * f.width + chunk.first + m] = fmaf(f.epsilon, s.plain[f.width], s.mass[m]); });
}

struct JoinedSums {
    Features features;
    Places slabs;
    const float* partial;
    float *mass, *values;
};

/// Adds the slabs of each cell, for one head a block. The kernels are templates or static, so that each source has its own.
static __global__ void __launch_bounds__(kThreads) join_sums(JoinedSums a) {
    const int64_t values = static_cast<int64_t>(a.features.count) * a.features.width, floats = values + a.features.count;
    const int cell = blockIdx.x, head = blockIdx.y;
    const int64_t own = static_cast<int64_t>(cell) * a.features.heads + head;
    for (int64_t i = threadIdx.x; i < floats; i += blockDim.x) {
        float total = 0;
        for (int slab = a.slabs.begins[cell]; slab < a.slabs.begins[cell + 1]; slab++)
            total += a.partial[(static_cast<int64_t>(slab) * a.features.heads + head) * floats + i];
        if (i < values) a.values[own * values + i] = total;
        else a.mass[own * a.features.count + i - values] = total;
    }
}

/// Both kernels.
template <class T, bool kQueries>
void sum_features(const Features& f, const Places& slabs, const RowsOf<T>& rows, float* partial, float* mass, float* values, Stream stream) {
    expect_width(f);
    const Cut cut = cut_for(f.count, [&](int tile_rows, int chunk) { return SumsRoom<T>::bytes(tile_rows, chunk, f.width); });
    launch(feature_sums<T, kQueries>, dim3(slabs.count, f.heads * cut.chunks), kThreads, SumsRoom<T>::bytes(cut.rows, cut.chunk, f.width), stream, SumsOf<T>{f, slabs, rows, cut, partial});
    launch(join_sums, dim3(slabs.cells, f.heads), kThreads, 0, stream, JoinedSums{f, slabs, partial, mass, values});
}

}  // namespace scfm::cuda
