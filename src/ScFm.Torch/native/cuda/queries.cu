// Linear attention, second half: what queries take from the sums over keys, and its gradient.
//
// Each row is scaled by its own largest exponent, which cancels; it is known only when all features were seen, so exponentials are summed relative to the
// largest so far. Floors, in the terms of feature_sums.h: 4 R M d FLOPs, R M exponentials, 2 R d elements; at the published shape at least 11 us a cell and
// layer, expect 40 to 60. The gradient is that of rows (feature_slopes.h) and of the sums (feature_sums.h).
#include "feature_slopes.h"
#include "feature_sums.h"

namespace scfm::cuda {

namespace {

template <class T> struct QueriesRoom {
    T *projection, *sums, *x, *features;
    float *exponents, *mixed, *mass, *totals, *halves, *tops, *ties, *denominators;
    int stride, exponent_stride, feature_stride, mixed_stride;

    __host__ __device__ QueriesRoom(Room& room, int rows, int chunk, int width)
        : projection(room.take<T>(chunk * factor_stride<T>(width))), sums(room.take<T>(chunk * factor_stride<T>(width))), x(room.take<T>(rows * factor_stride<T>(width))),
          features(nullptr), exponents(room.take<float>(larger(rows * sum_stride(chunk), total_floats(width)))), mixed(room.take<float>(rows * sum_stride(width))),
          mass(room.take<float>(chunk)), totals(room.take<float>(width + 1)), halves(room.take<float>(rows)), tops(room.take<float>(rows)), ties(room.take<float>(rows)),
          denominators(room.take<float>(rows)), stride(factor_stride<T>(width)), exponent_stride(sum_stride(chunk)),
          feature_stride(sizeof(T) == sizeof(float) ? sum_stride(chunk) : factor_stride<T>(chunk)), mixed_stride(sum_stride(width)) {
        features = sizeof(T) == sizeof(float) ? reinterpret_cast<T*>(exponents) : room.take<T>(rows * feature_stride);
    }
    static size_t bytes(int rows, int chunk, int width) {
        Room room(nullptr);
        QueriesRoom(room, rows, chunk, width);
        return room.bytes;
    }
};

template <class T> struct QueriesOf {
    Features features;
    Places blocks;
    const T* q;
    int64_t stride;
    Cut cut;
    const float *mass, *values;
    T *mixed, *rest;
    float* kept;
};

template <class T> __global__ void __launch_bounds__(kThreads) take_from_sums(QueriesOf<T> a) {
    SCFM_SHARED(memory);
    const Features& f = a.features;
    const Place p = a.blocks.each[blockIdx.x];
    const int head = blockIdx.y, rows = a.cut.rows, padded = whole_tiles(f.width);
    const int64_t sums_of = (static_cast<int64_t>(p.cell) * f.heads + head) * f.count;
    const float scale = scale_of(f);
    Room room(memory);
    const QueriesRoom<T> s(room, rows, a.cut.chunk, f.width);

    total_sums(a.values + sums_of * f.width, a.mass + sums_of, f, s.exponents, s.totals);
    for (int first = p.first; first < p.last; first += rows) {
        load_vectors(a.q + head * f.width, a.stride, f, p, first, rows, s.x, s.stride, s.halves);
        for (int index = 0; index < a.cut.chunks; index++) {
            const Chunk chunk(f, a.cut, index);
            if (a.cut.chunks > 1 || first == p.first) {
                load_projection(f, chunk, s.projection, s.stride);
                load_factor(a.values + (sums_of + chunk.first) * f.width, f.width, chunk.count, f.width, s.sums, s.stride);
                for_threads(chunk.padded(), [&](int m) { s.mass[m] = m < chunk.count ? a.mass[sums_of + chunk.first + m] : 0; });
            }
            __syncthreads();
            multiply(Factor<T>{s.x, s.stride}, Factor<T, true>{s.projection, s.stride}, s.exponents, s.exponent_stride, rows, chunk.padded(), padded, false);
            __syncthreads();
            for_rows(rows, [&](int row) {
                float* exponents = s.exponents + row * s.exponent_stride;
                const float before = index > 0 ? s.tops[row] : -INFINITY;
                float top = before, ties = 0, total = 0;
                for_lanes(chunk.count, [&](int m) {
                    exponents[m] *= scale;
                    top = fmaxf(top, exponents[m]);
                });
                top = warp_largest(top);
                for_lanes(chunk.count, [&](int m) { ties += exponents[m] == top ? 1 : 0; });
                ties = warp_sum(ties);
                const float shift = s.halves[row] + top, rescale = expf(before - top);
                for_lanes(chunk.padded(), [&](int m) {
                    const T feature = narrow<T>(m < chunk.count ? expf(exponents[m] - shift) : 0);
                    s.features[row * s.feature_stride + m] = feature;
                    total = fmaf(widen(feature), s.mass[m], total);
                });
                total = warp_sum(total);
                if (index > 0) for_lanes(padded, [&](int i) { s.mixed[row * s.mixed_stride + i] *= rescale; });
                if (lane() == 0) {
                    s.tops[row] = top;
                    s.ties[row] = before == top ? s.ties[row] + ties : ties;
                    s.denominators[row] = index > 0 ? fmaf(s.denominators[row], rescale, total) : total;
                }
            });
            __syncthreads();
            multiply(Factor<T>{s.features, s.feature_stride}, Factor<T>{s.sums, s.stride}, s.mixed, s.mixed_stride, rows, padded, chunk.padded(), index > 0);
            __syncthreads();
        }
        for_rows(rows, [&](int row) {
            if (first + row >= p.last) return;
            const int64_t at = static_cast<int64_t>(first) + row, kept = head * a.blocks.rows + at, apart = f.heads * a.blocks.rows;
            const float denominator = fmaf(f.epsilon, s.totals[f.width], s.denominators[row]), inverse = 1 / denominator;
            for_lanes(f.width, [&](int i) {
                const int64_t to = (at * f.heads + head) * f.width + i;
                const float mixed = fmaf(f.epsilon, s.totals[i], s.mixed[row * s.mixed_stride + i]) * inverse;
                a.mixed[to] = narrow<T>(mixed);
                if (a.rest) a.rest[to] = narrow<T>(mixed - widen(a.mixed[to]));
            });
            if (lane() == 0) a.kept[kept] = s.tops[row], a.kept[kept + apart] = denominator, a.kept[kept + 2 * apart] = s.ties[row];
        });
        __syncthreads();
    }
}

}  // namespace

void queries(const Queries& q, Stream stream) {
    const Features& f = q.features;
    expect_width(f);
    with_element(q.element, [&](auto zero) {
        using T = decltype(zero);
        const Cut cut = cut_for(f.count, [&](int rows, int chunk) { return QueriesRoom<T>::bytes(rows, chunk, f.width); });
        launch(take_from_sums<T>, dim3(q.blocks.count, f.heads), kThreads, QueriesRoom<T>::bytes(cut.rows, cut.chunk, f.width), stream,
            QueriesOf<T>{f, q.blocks, static_cast<const T*>(q.q), q.stride, cut, q.mass, q.values, static_cast<T*>(q.mixed), static_cast<T*>(q.rest), q.kept});
    });
}

void queries_gradient(const Queries& q, const QueriesGradient& g, Stream stream) {
    const Features& f = q.features;
    with_element(q.element, [&](auto zero) {
        using T = decltype(zero);
        const RowsOf<T> rows{static_cast<const T*>(q.q), static_cast<const T*>(g.mixed_gradient), q.stride, static_cast<int64_t>(f.heads) * f.width, nullptr, static_cast<const T*>(q.mixed), static_cast<const T*>(q.rest), q.kept};
        slopes_of_features<T, true>({f, q.blocks, rows, {}, q.mass, q.values, static_cast<T*>(g.q), nullptr, nullptr}, stream);
        sum_features<T, true>(f, g.slabs, rows, g.partial, g.mass, g.values, stream);
    });
}

}  // namespace scfm::cuda
