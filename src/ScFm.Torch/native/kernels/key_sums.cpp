// Linear attention, first half: the sums over a cell's keys, and their gradient.
//
// A feature of key j is exp(e_j - h_j - top) + epsilon, with top the cell's largest exponent over all heads. It is known only in the end, so exponentials
// are summed relative to the largest so far, and the epsilons apart: sum (E + epsilon) v = sum E v + epsilon sum v.
#include "random_features.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kSlab = 2048;  ///< rows whose sums are made by one task; fixed, so that sums do not depend on the number of threads

/// Sums over a slab: [count, padded] values, [count] masses, [padded] plain values, and the largest exponent.
struct Slab {
    int64_t stride, padded;
    float* memory;

    float* values() const { return memory; }
    float* mass() const { return memory + stride * padded; }
    float* plain() const { return mass() + stride; }
    float& top() const { return plain()[padded]; }
    static int64_t floats(const FeatureMap& map) { return map.stride * map.pack.padded + map.stride + map.pack.padded + kLanes; }
};

void sum_slab(const KeySums& k, const FeatureMap& map, const Place& p, const Slab& slab) {
    const int64_t padded = map.pack.padded, column = p.head * k.features.width;
    fill(slab.memory, Slab::floats(map), 0);
    slab.top() = kNever;
    float* rows = scratch(Slot::block, 2 * kFeatureRows * padded + kFeatureRows * map.stride + 2 * kFeatureRows);
    float *values = rows + kFeatureRows * padded, *features = values + kFeatureRows * padded, *tops = features + kFeatureRows * map.stride, *halves = tops + kFeatureRows;
    for (int64_t first = p.first; first < p.last; first += kFeatureRows) {
        const int64_t here = least(kFeatureRows, p.last - first);
        map.pack.plain(k.k + first * k.stride + column, k.stride, here, 1, rows);
        map.pack.plain(k.v + first * k.stride + column, k.stride, here, 1, values);
        map.exponents(rows, here, features, tops);
        float top = slab.top();
        for (int64_t r = 0; r < here; r++) {
            if (k.tops) k.tops[p.head * k.cells.offsets[k.cells.count] + first + r] = tops[r];
            halves[r] = map.half_square(rows + r * padded);
            top = std::fmax(top, tops[r]);
            for (int64_t i = 0; i < padded; i += kLanes) store(slab.plain() + i, load(slab.plain() + i) + load(values + r * padded + i));
        }
        if (top > slab.top()) {
            const Vec rescale = broadcast(expf(slab.top() - top));
            for (int64_t i = 0; i < map.stride * (padded + 1); i += kLanes) store(slab.memory + i, load(slab.memory + i) * rescale);
            slab.top() = top;
        }
        for (int64_t m = 0; m < map.stride; m += kLanes) {
            Vec mass = load(slab.mass() + m);
            for (int64_t r = 0; r < here; r++) {
                const Vec e = exp(load(features + r * map.stride + m) - broadcast(halves[r] + top));
                store(features + r * map.stride + m, e);
                mass = mass + e;
            }
            store(slab.mass() + m, mass);
        }
        add_product(k.features.count, padded, here, {features, 1, map.stride}, values, padded, slab.values(), padded);
    }
}

}  // namespace

void key_sums(const KeySums& k, const Pool& pool) {
    const Features& f = k.features;
    const Memory projection(FeatureMap::room(f));
    const FeatureMap map(f, projection.floats);
    const int64_t tasks = Place::count(k.cells, f.heads, kSlab), floats = Slab::floats(map);
    const Memory slabs(tasks * floats);
    auto slab_of = [&](int64_t task) { return Slab{map.stride, map.pack.padded, slabs.floats + task * floats}; };
    pool.for_each(tasks, [&](int64_t task) { sum_slab(k, map, Place::of(k.cells, f.heads, kSlab, task), slab_of(task)); });

    for (int64_t cell = 0; cell < k.cells.count; cell++) k.maximum[cell] = kNever;
    for (int64_t task = 0; task < tasks; task++) {
        float& top = k.maximum[Place::of(k.cells, f.heads, kSlab, task).cell];
        top = std::fmax(top, slab_of(task).top());
    }
    fill(k.mass, k.cells.count * f.heads * f.count, 0);
    fill(k.values, k.cells.count * f.heads * f.count * f.width, 0);
    for (int64_t task = 0; task < tasks; task++) {
        const Place p = Place::of(k.cells, f.heads, kSlab, task);
        const Slab slab = slab_of(task);
        const float rescale = expf(slab.top() - k.maximum[p.cell]), constant = f.epsilon * static_cast<float>(p.last - p.first);
        const int64_t at = (p.cell * f.heads + p.head) * f.count;
        for (int64_t m = 0; m < f.count; m++) {
            k.mass[at + m] += slab.mass()[m] * rescale + constant;
            float* values = k.values + (at + m) * f.width;
            for (int64_t i = 0; i < f.width; i++) values[i] += slab.values()[m * map.pack.padded + i] * rescale + f.epsilon * slab.plain()[i];
        }
    }
}

void key_sums_gradient(const KeySums& k, const KeySumsGradient& g, const Pool& pool) {
    const Features& f = k.features;
    const Memory projection(FeatureMap::room(f));
    const FeatureMap map(f, projection.floats);
    const int64_t padded = map.pack.padded, tasks = Place::count(k.cells, f.heads, kSlab);
    constexpr int64_t kTies = 8;
    struct Top {
        double slope;  ///< gradient that reaches the maximum
        int64_t ties, rows[kTies], features[kTies];
    };
    const Memory tops(tasks * static_cast<int64_t>(sizeof(Top) / sizeof(float) + 1));
    Top* top_of = reinterpret_cast<Top*>(tops.floats);
    pool.for_each(tasks, [&](int64_t task) {
        const Place p = Place::of(k.cells, f.heads, kSlab, task);
        const int64_t column = p.head * f.width, at = (p.cell * f.heads + p.head) * f.count;
        Top& top = top_of[task];
        top = {};
        // the gradient of the summed values, as the right factor of both products with it
        float* slopes_panels = scratch(Slot::head, map.pack.transposed_floats(f.count) + 2 * map.pack.plain_floats(f.count));
        float *slopes_rows = slopes_panels + map.pack.transposed_floats(f.count), *projection_rows = slopes_rows + map.pack.plain_floats(f.count);
        map.pack.transposed(g.values + at * f.width, f.width, f.count, slopes_panels);
        map.pack.plain(g.values + at * f.width, f.width, f.count, 1, slopes_rows);
        map.pack.plain(f.projection, f.width, f.count, map.scale, projection_rows);
        float* rows = scratch(Slot::block, 3 * kFeatureRows * padded + 2 * kFeatureRows * map.stride + 2 * kFeatureRows);
        float *values = rows + kFeatureRows * padded, *result = values + kFeatureRows * padded, *features = result + kFeatureRows * padded;
        float *slopes = features + kFeatureRows * map.stride, *row_tops = slopes + kFeatureRows * map.stride, *totals = row_tops + kFeatureRows;
        for (int64_t first = p.first; first < p.last; first += kFeatureRows) {
            const int64_t here = least(kFeatureRows, p.last - first), from = first * k.stride + column;
            map.pack.plain(k.k + from, k.stride, here, 1, rows);
            map.pack.plain(k.v + from, k.stride, here, 1, values);
            map.exponents(rows, here, features, row_tops);
            for (int64_t r = 0; r < here; r++) {
                if (row_tops[r] == k.maximum[p.cell])
                    for (int64_t m = 0; m < f.count && top.ties < kTies; m++)
                        if (features[r * map.stride + m] == k.maximum[p.cell]) {
                            top.rows[top.ties] = first + r;
                            top.features[top.ties++] = m;
                        }
            }
            // slopes = values x (summed values' gradient)^T + mass gradient
            for_tiles(here, f.count, [&](int64_t row, auto rows_here, int64_t m, auto vectors) __attribute__((always_inline)) {
                constexpr int R = decltype(rows_here)::value, N = decltype(vectors)::value;
                Vec sums[R][N];
                for (int n = 0; n < N; n++) {
                    const int64_t left = f.count - m - n * kLanes;
                    for (int r = 0; r < R; r++) sums[r][n] = load_up_to(g.mass + at + m + n * kLanes, left);
                }
                multiply(f.width, Left<Float32>{values, padded, 1}.from_row(row), slopes_panels + m * f.width, kPanel, sums);
                for (int r = 0; r < R; r++)
                    for (int n = 0; n < N; n++) store(slopes + (row + r) * map.stride + m + n * kLanes, sums[r][n]);
            });
            for (int64_t r = 0; r < here; r++) {
                const Vec shift = broadcast(map.half_square(rows + r * padded) + k.maximum[p.cell]);
                Vec total = zero();
                for (int64_t m = 0; m < map.stride; m += kLanes) {
                    const Vec e = exp(load(features + r * map.stride + m) - shift);
                    const Vec slope = load(slopes + r * map.stride + m) * e;
                    store(features + r * map.stride + m, e + broadcast(f.epsilon));
                    store(slopes + r * map.stride + m, slope);
                    total = total + slope;
                }
                totals[r] = sum(total);
                top.slope -= totals[r];
            }
            fill(result, here * padded, 0);
            add_product(here, padded, f.count, {features, map.stride, 1}, slopes_rows, padded, result, padded);
            map.pack.unpack(result, here, 1, g.v + from, k.stride);
            for (int64_t r = 0; r < here; r++)
                for (int64_t i = 0; i < padded; i += kLanes)
                    store(result + r * padded + i, load(rows + r * padded + i) * broadcast(-totals[r] * map.scale * map.scale));
            add_product(here, padded, f.count, {slopes, map.stride, 1}, projection_rows, padded, result, padded);
            map.pack.unpack(result, here, 1, g.k + from, k.stride);
        }
    });
    // the maximum of a cell: its gradient goes to the exponents that are equal to it, in equal parts
    for (int64_t cell = 0; cell < k.cells.count; cell++) {
        double slope = 0;
        int64_t ties = 0;
        auto each = [&](auto&& visit) {
            for (int64_t task = 0; task < tasks; task++) {
                const Place p = Place::of(k.cells, f.heads, kSlab, task);
                if (p.cell == cell) visit(p, top_of[task]);
            }
        };
        each([&](const Place&, const Top& top) { slope += top.slope, ties += top.ties; });
        each([&](const Place& p, const Top& top) {
            for (int64_t t = 0; t < top.ties; t++)
                for (int64_t i = 0; i < f.width; i++)
                    g.k[top.rows[t] * k.stride + p.head * f.width + i] += static_cast<float>(slope / ties) * map.scale * f.projection[top.features[t] * f.width + i];
        });
    }
}

}  // namespace scfm::SCFM_ISA
