// Linear attention, first half: the sums over a cell's keys, and their gradient.
//
// A feature of key j is exp(e_j - h_j - top) + epsilon, with top the cell's largest exponent over all heads. A first pass over the keys finds it: 2 R M d FLOPs
// and R d elements read, in the terms of feature_sums.h; 5.2 GFLOP and 20 MB a cell and layer at the published shape, at least 5 us, expect 20 to 30.
// In the backward pass what reaches the maximum goes on, in equal parts, to each key that has it.
#include "feature_slopes.h"
#include "feature_sums.h"

namespace scfm::cuda {

namespace {

template <class T> struct TopsRoom {
    T *projection, *x;
    float *exponents, *halves, *tops;
    int stride, exponent_stride;

    __host__ __device__ TopsRoom(Room& room, int rows, int chunk, int width)
        : projection(room.take<T>(chunk * factor_stride<T>(width))), x(room.take<T>(rows * factor_stride<T>(width))), exponents(room.take<float>(rows * sum_stride(chunk))),
          halves(room.take<float>(rows)), tops(room.take<float>(rows)), stride(factor_stride<T>(width)), exponent_stride(sum_stride(chunk)) {}
    static size_t bytes(int rows, int chunk, int width) {
        Room room(nullptr);
        TopsRoom(room, rows, chunk, width);
        return room.bytes;
    }
};

template <class T> struct TopsOf {
    Features features;
    Places blocks;
    const T* k;
    int64_t stride;
    Cut cut;
    float* tops;
};

/// Each row's largest exponent.
template <class T> __global__ void __launch_bounds__(kThreads) key_tops(TopsOf<T> a) {
    SCFM_SHARED(memory);
    const Features& f = a.features;
    const Place p = a.blocks.each[blockIdx.x];
    const int head = blockIdx.y, rows = a.cut.rows;
    const float scale = scale_of(f);
    Room room(memory);
    const TopsRoom<T> s(room, rows, a.cut.chunk, f.width);
    for (int first = p.first; first < p.last; first += rows) {
        load_vectors(a.k + head * f.width, a.stride, f, p, first, rows, s.x, s.stride, s.halves);
        for_threads(rows, [&](int row) { s.tops[row] = -INFINITY; });
        for (int index = 0; index < a.cut.chunks; index++) {
            const Chunk chunk(f, a.cut, index);
            if (a.cut.chunks > 1 || first == p.first) load_projection(f, chunk, s.projection, s.stride);
            __syncthreads();
            multiply(Factor<T>{s.x, s.stride}, Factor<T, true>{s.projection, s.stride}, s.exponents, s.exponent_stride, rows, chunk.padded(), whole_tiles(f.width), false);
            __syncthreads();
            for_rows(rows, [&](int row) {
                float top = -INFINITY;
                for_lanes(chunk.count, [&](int m) { top = fmaxf(top, scale * s.exponents[row * s.exponent_stride + m]); });
                top = warp_largest(top);
                if (lane() == 0) s.tops[row] = fmaxf(s.tops[row], top);
            });
            __syncthreads();
        }
        for_threads(rows, [&](int row) {
            if (first + row < p.last) a.tops[head * a.blocks.rows + first + row] = s.tops[row];
        });
        __syncthreads();
    }
}

/// A cell's rows, of all its places.
struct CellRows {
    int64_t first, last;

    __device__ CellRows(const Places& places, int cell) {
        const int begin = places.begins[cell], end = places.begins[cell + 1];
        first = begin < end ? places.each[begin].first : 0;
        last = begin < end ? places.each[end - 1].last : 0;
    }
};

struct MaximumOf {
    Places blocks;
    int heads;
    const float* tops;
    float* maximum;
};

/// Of each cell, over its heads.
__global__ void __launch_bounds__(kThreads) cell_maximum(MaximumOf a) {
    SCFM_SHARED(memory);
    float* of_warp = reinterpret_cast<float*>(memory);
    const CellRows cell(a.blocks, blockIdx.x);
    float top = -INFINITY;
    for (int head = 0; head < a.heads; head++)
        for (int64_t row = cell.first + threadIdx.x; row < cell.last; row += blockDim.x) top = fmaxf(top, a.tops[head * a.blocks.rows + row]);
    top = warp_largest(top);
    if (lane() == 0) of_warp[warp()] = top;
    __syncthreads();
    if (warp() == 0) {
        top = warp_largest(lane() < warps() ? of_warp[lane()] : -INFINITY);
        if (lane() == 0) a.maximum[blockIdx.x] = top;
    }
}

template <class T> struct MaximumGradientOf {
    Features features;
    Places blocks;
    const T* k;
    int64_t stride;
    const float *tops, *maximum, *block_totals;
    T* k_gradient;
};

/// body(head, row), by a warp, for each key of a cell whose largest exponent is the cell's.
template <class T, class Body> __device__ void for_ties(const MaximumGradientOf<T>& a, const CellRows& cell, Body&& body) {
    for (int head = 0; head < a.features.heads; head++)
        for (int64_t begin = cell.first + warp() * kWarp; begin < cell.last; begin += blockDim.x) {
            const int64_t row = begin + lane();
            const bool tied = row < cell.last && a.tops[head * a.blocks.rows + row] == a.maximum[blockIdx.x];
            if (!__any_sync(0xFFFFFFFFu, tied)) continue;
            for (int other = 0; other < kWarp; other++)
                if (__shfl_sync(0xFFFFFFFFu, tied ? 1.0f : 0.0f, other) != 0) body(head, begin + other);
        }
}

/// What reaches a cell's maximum, given to the keys that have it: to that one of a key's features whose exponent is largest.
template <class T> __global__ void __launch_bounds__(kThreads) maximum_gradient(MaximumGradientOf<T> a) {
    SCFM_SHARED(memory);
    float* of_warp = reinterpret_cast<float*>(memory);
    const Features& f = a.features;
    const CellRows cell(a.blocks, blockIdx.x);
    const float scale = scale_of(f);
    float ties = 0, slope = 0;
    for_ties(a, cell, [&](int, int64_t) { ties++; });
    if (lane() == 0) of_warp[warp()] = ties;
    __syncthreads();
    ties = 0;
    for (int w = 0; w < warps(); w++) ties += of_warp[w];
    for (int block = a.blocks.begins[blockIdx.x]; block < a.blocks.begins[blockIdx.x + 1]; block++)
        for (int head = 0; head < f.heads; head++) slope -= a.block_totals[static_cast<int64_t>(block) * f.heads + head];
    const float share = slope / ties;
    for_ties(a, cell, [&](int head, int64_t row) {
        const T* x = a.k + row * a.stride + head * f.width;
        float best = -INFINITY, place = 0;  // a float holds the number of any feature
        for_lanes(f.count, [&](int m) {
            float exponent = 0;
            for (int i = 0; i < f.width; i++) exponent = fmaf(widen(x[i]), widen(narrow<T>(f.projection[static_cast<int64_t>(m) * f.width + i])), exponent);
            if (exponent > best) best = exponent, place = static_cast<float>(m);
        });
        const float top = warp_largest(best);
        const int feature = static_cast<int>(warp_largest(best == top ? place : -1.0f));
        T* to = a.k_gradient + row * a.stride + head * f.width;
        if (feature >= 0)
            for_lanes(f.width, [&](int i) { to[i] = narrow<T>(fmaf(share * scale, widen(narrow<T>(f.projection[static_cast<int64_t>(feature) * f.width + i])), widen(to[i]))); });
    });
}

constexpr size_t kWarpFloats = kThreads / kWarp * sizeof(float);

template <class T> RowsOf<T> rows_of(const KeySums& k) { return {static_cast<const T*>(k.k), static_cast<const T*>(k.v), k.stride, k.stride, k.maximum, nullptr, nullptr, nullptr}; }

}  // namespace

int64_t partial_floats(const Features& f, const Places& slabs) { return static_cast<int64_t>(slabs.count) * f.heads * f.count * (f.width + 1); }

int64_t key_gradient_floats(const Features& f, const Places& blocks) { return static_cast<int64_t>(blocks.count) * f.heads; }

void key_sums(const KeySums& k, Stream stream) {
    const Features& f = k.features;
    expect_width(f);
    with_element(k.element, [&](auto zero) {
        using T = decltype(zero);
        const Cut cut = cut_for(f.count, [&](int rows, int chunk) { return TopsRoom<T>::bytes(rows, chunk, f.width); });
        launch(key_tops<T>, dim3(k.slabs.count, f.heads), kThreads, TopsRoom<T>::bytes(cut.rows, cut.chunk, f.width), stream,
            TopsOf<T>{f, k.slabs, static_cast<const T*>(k.k), k.stride, cut, k.tops});
        launch(cell_maximum, dim3(k.slabs.cells), kThreads, kWarpFloats, stream, MaximumOf{k.slabs, f.heads, k.tops, k.maximum});
        sum_features<T, false>(f, k.slabs, rows_of<T>(k), k.partial, k.mass, k.values, stream);
    });
}

void key_sums_gradient(const KeySums& k, const KeySumsGradient& g, Stream stream) {
    const Features& f = k.features;
    with_element(k.element, [&](auto zero) {
        using T = decltype(zero);
        slopes_of_features<T, false>({f, g.blocks, rows_of<T>(k), {}, g.mass, g.values, static_cast<T*>(g.k), static_cast<T*>(g.v), g.room}, stream);
        launch(maximum_gradient<T>, dim3(g.blocks.cells), kThreads, kWarpFloats, stream,
            MaximumGradientOf<T>{f, g.blocks, static_cast<const T*>(k.k), k.stride, k.tops, k.maximum, g.room, static_cast<T*>(g.k)});
    });
}

}  // namespace scfm::cuda
