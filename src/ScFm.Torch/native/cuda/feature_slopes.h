// The gradient of rows through their features: of keys and values, or of queries.
//
// Floors, in the terms of feature_sums.h: 6 R M d FLOPs for queries and 8 R M d for keys and values, R M exponentials, and memory of 3 R d (5 R d) elements.
// The published shape in bf16: 16 and 21 GFLOP a cell and layer, at least 16 and 21 us; through shared memory expect 80 to 120 us.
#pragma once

#include "features.h"

namespace scfm::cuda {

template <class T, bool kQueries> struct SlopesRoom {
    T *projection, *sums, *features, *slopes;
    float *exponents, *products, *mass, *totals, *centre, *row_totals, *x_gradient, *y_gradient;
    RowTile<T> rows;
    int exponent_stride, feature_stride, gradient_stride;

    __host__ __device__ SlopesRoom(Room& room, int tile_rows, int chunk, int width)
        : projection(room.take<T>(chunk * factor_stride<T>(width))), sums(room.take<T>(chunk * factor_stride<T>(width))), features(nullptr), slopes(nullptr),
          exponents(room.take<float>(larger(tile_rows * sum_stride(chunk), total_floats(width)))), products(room.take<float>(tile_rows * sum_stride(chunk))), mass(room.take<float>(chunk)),
          totals(room.take<float>(width + 1)), centre(room.take<float>(width)), row_totals(room.take<float>(tile_rows)), x_gradient(room.take<float>(tile_rows * sum_stride(width))),
          y_gradient(kQueries ? nullptr : room.take<float>(tile_rows * sum_stride(width))), rows(room, tile_rows, width), exponent_stride(sum_stride(chunk)),
          feature_stride(sizeof(T) == sizeof(float) ? sum_stride(chunk) : factor_stride<T>(chunk)), gradient_stride(sum_stride(width)) {
        constexpr bool kInPlace = sizeof(T) == sizeof(float);
        if (!kQueries) features = kInPlace ? reinterpret_cast<T*>(exponents) : room.take<T>(tile_rows * feature_stride);
        slopes = kInPlace ? reinterpret_cast<T*>(products) : room.take<T>(tile_rows * feature_stride);
    }
    static size_t bytes(int tile_rows, int chunk, int width) {
        Room room(nullptr);
        SlopesRoom(room, tile_rows, chunk, width);
        return room.bytes;
    }
};

template <class T> struct SlopesOf {
    Features features;
    Places blocks;
    RowsOf<T> rows;
    Cut cut;
    const float *mass, *values;   ///< the sums over keys that queries took from, or the gradient of them
    T *x_gradient, *y_gradient;   ///< of the strides of x and y
    float* block_totals;          ///< of keys, what reaches their cell's maximum from a block and a head, [blocks, heads]
};

template <class T, bool kQueries> __global__ void __launch_bounds__(kThreads) feature_slopes(SlopesOf<T> a) {
    SCFM_SHARED(memory);
    const Features& f = a.features;
    const Place p = a.blocks.each[blockIdx.x];
    const int head = blockIdx.y, rows = a.cut.rows, padded = whole_tiles(f.width);
    const int64_t sums_of = (static_cast<int64_t>(p.cell) * f.heads + head) * f.count;
    const float scale = scale_of(f);
    Room room(memory);
    const SlopesRoom<T, kQueries> s(room, rows, a.cut.chunk, f.width);

    total_sums(a.values + sums_of * f.width, a.mass + sums_of, f, s.exponents, s.totals);
    // Queries take from sums that differ little from the mean value times their mass: bfloat16 is left to hold that difference.
    for_threads(f.width, [&](int i) { s.centre[i] = kQueries ? s.totals[i] / s.totals[f.width] : 0; });
    __syncthreads();
    float block_total = 0;
    for (int first = p.first; first < p.last; first += rows) {
        s.rows.template load<kQueries>(a.rows, f, p, a.blocks.rows, head, first, rows);
        for_threads(rows, [&](int row) { s.row_totals[row] = 0; });
        for (int index = 0; index < a.cut.chunks; index++) {
            const Chunk chunk(f, a.cut, index);
            if (a.cut.chunks > 1 || first == p.first) {
                load_projection(f, chunk, s.projection, s.rows.stride);
                for_rows(chunk.padded(), [&](int m) {
                    const int64_t at = sums_of + chunk.first + m;
                    const float mass = m < chunk.count ? a.mass[at] : 0;
                    for_lanes(padded, [&](int i) { s.sums[m * s.rows.stride + i] = narrow<T>(m < chunk.count && i < f.width ? fmaf(-mass, s.centre[i], a.values[at * f.width + i]) : 0); });
                    if (lane() == 0) s.mass[m] = mass;
                });
            }
            __syncthreads();
            multiply(Factor<T>{s.rows.x, s.rows.stride}, Factor<T, true>{s.projection, s.rows.stride}, s.exponents, s.exponent_stride, rows, chunk.padded(), padded, false);
            multiply(Factor<T>{s.rows.y, s.rows.stride}, Factor<T, true>{s.sums, s.rows.stride}, s.products, s.exponent_stride, rows, chunk.padded(), padded, false);
            __syncthreads();
            for_rows(rows, [&](int row) {
                const bool there = first + row < p.last;
                float weight = s.rows.weight[row], top = 0, share = 0, total = 0;
                if (kQueries && there) {
                    const int64_t at = head * a.blocks.rows + first + row, apart = f.heads * a.blocks.rows;
                    top = a.rows.kept[at];
                    // all slopes of a query sum to what epsilon's part takes away; the sum itself would be rounding for the most part
                    float taken = 0;
                    for_lanes(f.width, [&](int i) { taken = fmaf(widen(s.rows.y[row * s.rows.stride + i]), s.totals[i], taken); });
                    taken = warp_sum(taken);
                    total = -f.epsilon * fmaf(weight, s.totals[f.width], taken);
                    weight += taken / s.totals[f.width];  // beside the centred sums
                    share = total / a.rows.kept[at + 2 * apart];
                }
                float summed = 0;
                for_lanes(chunk.padded(), [&](int m) {
                    const float exponent = scale * s.exponents[row * s.exponent_stride + m];
                    const bool in = there && m < chunk.count;
                    const float feature = in ? expf(exponent - s.rows.shift[row]) : 0;
                    float slope = feature * fmaf(weight, s.mass[m], s.products[row * s.exponent_stride + m]);
                    summed += slope;
                    if (kQueries && in && exponent == top) slope -= share;
                    if (!kQueries) s.features[row * s.feature_stride + m] = narrow<T>(feature);
                    s.slopes[row * s.feature_stride + m] = narrow<T>(slope);
                });
                summed = warp_sum(summed);
                if (lane() == 0) s.row_totals[row] = kQueries ? total : s.row_totals[row] + summed;
            });
            __syncthreads();
            multiply(Factor<T>{s.slopes, s.feature_stride}, Factor<T>{s.projection, s.rows.stride}, s.x_gradient, s.gradient_stride, rows, padded, chunk.padded(), index > 0);
            if (!kQueries) multiply(Factor<T>{s.features, s.feature_stride}, Factor<T>{s.sums, s.rows.stride}, s.y_gradient, s.gradient_stride, rows, padded, chunk.padded(), index > 0);
            __syncthreads();
        }
        for_rows(rows, [&](int row) {
            if (first + row >= p.last) return;
            const int64_t at = static_cast<int64_t>(first) + row;
            for_lanes(f.width, [&](int i) {
                const float x = widen(s.rows.x[row * s.rows.stride + i]);
                a.x_gradient[at * a.rows.stride + head * f.width + i] = narrow<T>(fmaf(-s.row_totals[row] * scale * scale, x, scale * s.x_gradient[row * s.gradient_stride + i]));
                if (!kQueries) a.y_gradient[at * a.rows.y_stride + head * f.width + i] = narrow<T>(fmaf(f.epsilon, s.totals[i], s.y_gradient[row * s.gradient_stride + i]));
            });
        });
        if (!kQueries && threadIdx.x == 0)
            for (int row = 0; row < rows && first + row < p.last; row++) block_total += s.row_totals[row];
        __syncthreads();
    }
    if (!kQueries && threadIdx.x == 0) a.block_totals[static_cast<int64_t>(blockIdx.x) * f.heads + head] = block_total;
}

template <class T, bool kQueries> void slopes_of_features(SlopesOf<T> slopes, Stream stream) {
    const Features& f = slopes.features;
    expect_width(f);
    slopes.cut = cut_for(f.count, [&](int rows, int chunk) { return SlopesRoom<T, kQueries>::bytes(rows, chunk, f.width); });
    launch(feature_slopes<T, kQueries>, dim3(slopes.blocks.count, f.heads), kThreads, SlopesRoom<T, kQueries>::bytes(slopes.cut.rows, slopes.cut.chunk, f.width), stream, slopes);
}

}  // namespace scfm::cuda
