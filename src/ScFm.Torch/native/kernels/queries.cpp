// Linear attention, second half: what queries take from the sums over keys, and its gradient.
#include "random_features.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kQueryRows = 4 * kFeatureRows;  ///< queries of a task
constexpr int64_t kSlab = 2048;                   ///< queries of a task whose gradient is summed; fixed, as for keys

/// A head's sums over keys: [count, padded] values and [stride] masses, 0 behind the last.
struct HeadSums {
    float *values, *mass;

    HeadSums(const Queries& q, const FeatureMap& map, const Place& p, float* room) : values(room), mass(room + map.pack.plain_floats(q.features.count)) {
        const int64_t at = (p.cell * q.features.heads + p.head) * q.features.count;
        map.pack.plain(q.values + at * q.features.width, q.features.width, q.features.count, 1, values);
        fill(mass, map.stride, 0);
        for (int64_t m = 0; m < q.features.count; m++) mass[m] = q.mass[at + m];
    }
    static int64_t floats(const FeatureMap& map) { return map.pack.plain_floats(map.f.count) + map.stride; }
};

}  // namespace

void queries(const Queries& q, const Pool& pool) {
    const Features& f = q.features;
    const Memory projection(FeatureMap::room(f));
    const FeatureMap map(f, projection.floats);
    const int64_t padded = map.pack.padded, mixed_stride = f.heads * f.width;
    pool.for_each(Place::count(q.cells, f.heads, kQueryRows), [&](int64_t task) {
        const Place p = Place::of(q.cells, f.heads, kQueryRows, task);
        const HeadSums sums(q, map, p, scratch(Slot::head, HeadSums::floats(map)));
        float* rows = scratch(Slot::block, 2 * kFeatureRows * padded + kFeatureRows * map.stride + kFeatureRows);
        float *result = rows + kFeatureRows * padded, *features = result + kFeatureRows * padded, *tops = features + kFeatureRows * map.stride;
        for (int64_t first = p.first; first < p.last; first += kFeatureRows) {
            const int64_t here = least(kFeatureRows, p.last - first);
            map.pack.plain(q.q + first * q.stride + p.head * f.width, q.stride, here, 1, rows);
            map.exponents(rows, here, features, tops);
            for (int64_t r = 0; r < here; r++) {
                const Vec shift = broadcast(map.half_square(rows + r * padded) + tops[r]);
                Vec total = zero();
                for (int64_t m = 0; m < map.stride; m += kLanes) {
                    const Vec feature = exp(load(features + r * map.stride + m) - shift) + broadcast(f.epsilon);
                    store(features + r * map.stride + m, feature);
                    total = fma(feature, load(sums.mass + m), total);
                }
                tops[r] = sum(total);
            }
            fill(result, here * padded, 0);
            add_product(here, padded, f.count, {features, map.stride, 1}, sums.values, padded, result, padded);
            for (int64_t r = 0; r < here; r++)
                map.pack.unpack(result + r * padded, 1, 1 / tops[r], q.mixed + (first + r) * mixed_stride + p.head * f.width, mixed_stride);
        }
    });
}

void queries_gradient(const Queries& q, const QueriesGradient& g, const Pool& pool) {
    const Features& f = q.features;
    const Memory projection(FeatureMap::room(f));
    const FeatureMap map(f, projection.floats);
    const int64_t padded = map.pack.padded, mixed_stride = f.heads * f.width, tasks = Place::count(q.cells, f.heads, kSlab);
    const int64_t floats = map.pack.plain_floats(f.count) + map.stride;
    const Memory partial(tasks * floats);  // each task's gradients of values and masses
    pool.for_each(tasks, [&](int64_t task) {
        const Place p = Place::of(q.cells, f.heads, kSlab, task);
        const int64_t at = (p.cell * f.heads + p.head) * f.count;
        float* room = scratch(Slot::head, HeadSums::floats(map) + map.pack.transposed_floats(f.count) + map.pack.plain_floats(f.count));
        const HeadSums sums(q, map, p, room);
        float *panels = room + HeadSums::floats(map), *projection_rows = panels + map.pack.transposed_floats(f.count);
        map.pack.transposed(q.values + at * f.width, f.width, f.count, panels);
        map.pack.plain(f.projection, f.width, f.count, map.scale, projection_rows);
        float *value_slopes = partial.floats + task * floats, *mass_slopes = value_slopes + map.pack.plain_floats(f.count);
        fill(value_slopes, floats, 0);

        float* rows = scratch(Slot::block, 3 * kFeatureRows * padded + 2 * kFeatureRows * map.stride + 2 * kFeatureRows);
        float *incoming = rows + kFeatureRows * padded, *result = incoming + kFeatureRows * padded, *features = result + kFeatureRows * padded;
        float *slopes = features + kFeatureRows * map.stride, *tops = slopes + kFeatureRows * map.stride, *rest = tops + kFeatureRows;
        for (int64_t first = p.first; first < p.last; first += kFeatureRows) {
            const int64_t here = least(kFeatureRows, p.last - first), from = first * q.stride + p.head * f.width;
            const int64_t mixed = first * mixed_stride + p.head * f.width;
            map.pack.plain(q.q + from, q.stride, here, 1, rows);
            map.pack.plain(g.mixed_gradient + mixed, mixed_stride, here, 1, incoming);
            map.exponents(rows, here, features, tops);
            // numerator / denominator: the gradients of both, the first in place of the incoming one
            for (int64_t r = 0; r < here; r++) {
                const Vec shift = broadcast(map.half_square(rows + r * padded) + tops[r]);
                Vec total = zero();
                for (int64_t m = 0; m < map.stride; m += kLanes) {
                    const Vec e = exp(load(features + r * map.stride + m) - shift);
                    store(slopes + r * map.stride + m, e);
                    total = fma(e + broadcast(f.epsilon), load(sums.mass + m), total);
                }
                const float inverse = 1 / sum(total);
                float dot = 0;
                for (int64_t i = 0; i < f.width; i++) dot += g.mixed_gradient[mixed + r * mixed_stride + i] * q.mixed[mixed + r * mixed_stride + i];
                rest[r] = -dot * inverse;
                for (int64_t i = 0; i < padded; i += kLanes) store(incoming + r * padded + i, load(incoming + r * padded + i) * broadcast(inverse));
            }
            for_tiles(here, f.count, [&](int64_t row, auto rows_here, int64_t m, auto vectors) __attribute__((always_inline)) {
                constexpr int R = decltype(rows_here)::value, N = decltype(vectors)::value;
                Vec products[R][N];
                for (int r = 0; r < R; r++)
                    for (int n = 0; n < N; n++) products[r][n] = broadcast(rest[row + r]) * load(sums.mass + m + n * kLanes);
                multiply(f.width, Left<Float32>{incoming, padded, 1}.from_row(row), panels + m * f.width, kPanel, products);
                for (int r = 0; r < R; r++)
                    for (int n = 0; n < N; n++) {
                        const int64_t to = (row + r) * map.stride + m + n * kLanes;
                        store(slopes + to, load(slopes + to) * products[r][n]);
                    }
            });
            for (int64_t r = 0; r < here; r++) {
                const float* exponents = features + r * map.stride;
                Vec total = zero(), tied = zero();
                for (int64_t m = 0; m < map.stride; m += kLanes) {
                    total = total + load(slopes + r * map.stride + m);
                    tied = tied + where_equal(load(exponents + m), broadcast(tops[r]), broadcast(1));
                }
                const float whole = sum(total);
                const Vec share = broadcast(whole / sum(tied));  // what reaches the row's maximum, in equal parts to those that are it
                const Vec shift = broadcast(map.half_square(rows + r * padded) + tops[r]);
                for (int64_t m = 0; m < map.stride; m += kLanes) {
                    const Vec e = load(exponents + m);
                    store(slopes + r * map.stride + m, load(slopes + r * map.stride + m) - where_equal(e, broadcast(tops[r]), share));
                    const Vec feature = exp(e - shift) + broadcast(f.epsilon);
                    store(features + r * map.stride + m, feature);
                    store(mass_slopes + m, fma(feature, broadcast(rest[r]), load(mass_slopes + m)));
                }
                for (int64_t i = 0; i < padded; i += kLanes)
                    store(result + r * padded + i, load(rows + r * padded + i) * broadcast(-whole * map.scale * map.scale));
            }
            add_product(here, padded, f.count, {slopes, map.stride, 1}, projection_rows, padded, result, padded);
            map.pack.unpack(result, here, 1, g.q + from, q.stride);
            add_product(f.count, padded, here, {features, 1, map.stride}, incoming, padded, value_slopes, padded);
        }
    });
    fill(g.mass, q.cells.count * f.heads * f.count, 0);
    fill(g.values, q.cells.count * f.heads * f.count * f.width, 0);
    for (int64_t task = 0; task < tasks; task++) {
        const Place p = Place::of(q.cells, f.heads, kSlab, task);
        const int64_t at = (p.cell * f.heads + p.head) * f.count;
        const float *values = partial.floats + task * floats, *mass = values + map.pack.plain_floats(f.count);
        for (int64_t m = 0; m < f.count; m++) {
            g.mass[at + m] += mass[m];
            for (int64_t i = 0; i < f.width; i++) g.values[(at + m) * f.width + i] += values[m * padded + i];
        }
    }
}

}  // namespace scfm::SCFM_ISA
