// Softmax attention within cells, without the matrix of scores: keys pass in blocks, and what was summed so far is rescaled when a larger score appears.
// Sources: Milakov and Gimelshein 2018 (online softmax); Dao et al. 2022 (FlashAttention), algorithms 1 and 4.
#include "kernels.h"
#include "tile.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kQueries = 96;  ///< queries of a task
constexpr int64_t kGradientKeys = 256;
constexpr int64_t kKeys = 512;    ///< keys of a block; its scores for a tile of queries stay in the first-level cache

/// What is known of a block of queries after some of the keys: the largest score, and the sums of exponentials and of weighted values relative to it.
struct Running {
    float top[kQueries], total[kQueries];
    float* sums;  ///< [kQueries, padded]
};

/// Takes a block of keys, from `first` on, into account for R queries from `row` on; the queries are scaled for base 2.
template <int R>
SCFM_INLINE void attend(const Packing& pack, Running& running, int64_t row, const float* queries, const float* keys, const float* values, int64_t count) {
    alignas(64) float scores[R * kKeys];
    Vec tops[R];
    for (int r = 0; r < R; r++) tops[r] = broadcast(kNever);
    for (int64_t column = 0; column < count; column += kPanel) {
        Vec products[R][kPanelVectors];
        for (auto& line : products)
            for (Vec& v : line) v = zero();
        multiply(pack.width, Left{queries, pack.padded, 1}.from_row(row), keys + column * pack.width, kPanel, products);
        for (int n = 0; n < kPanelVectors; n++) {
            const int64_t left = count - column - n * kLanes;
            for (int r = 0; r < R; r++) {
                if (left < kLanes) products[r][n] = keep_first(products[r][n], left > 0 ? left : 0, broadcast(kNever));
                tops[r] = max(tops[r], products[r][n]);
                store(scores + r * kKeys + column + n * kLanes, products[r][n]);
            }
        }
    }
    float* sums = running.sums + row * pack.padded;
    for (int r = 0; r < R; r++) {
        const float higher = std::fmax(running.top[row + r], largest(tops[r]));
        float* line = scores + r * kKeys;
        Vec sum_a = zero(), sum_b = zero();
        for (int64_t i = 0; i < count; i += 2 * kLanes) {
            const Vec a = exp2(load(line + i) - broadcast(higher));
            const Vec b = i + kLanes < count ? exp2(load(line + i + kLanes) - broadcast(higher)) : zero();
            store(line + i, a);
            store(line + i + kLanes, b);
            sum_a = sum_a + a;
            sum_b = sum_b + b;
        }
        const float rescale = exp2f(running.top[row + r] - higher);
        running.total[row + r] = running.total[row + r] * rescale + sum(sum_a + sum_b);
        running.top[row + r] = higher;
        for (int64_t i = 0; i < pack.padded; i += kLanes) store(sums + r * pack.padded + i, load(sums + r * pack.padded + i) * broadcast(rescale));
    }
    add_product(R, pack.padded, count, {scores, kKeys, 1}, values, pack.padded, sums, pack.padded);
}

}  // namespace

void attention(const Attention& a, const Pool& pool) {
    const Packing pack(a.width);
    const int64_t rows = a.cells.offsets[a.cells.count], mixed_stride = a.heads * a.width;
    // Keys and values of all heads; a cell's panels begin a panel later than its rows would, so that its last one has room.
    const int64_t keys_floats = (rows + a.cells.count * kPanel) * a.width, values_floats = pack.plain_floats(rows);
    const Memory memory(a.heads * (keys_floats + values_floats));
    auto keys = [&](const Place& p) { return memory.floats + p.head * keys_floats + (p.begin + p.cell * kPanel) * a.width; };
    auto values = [&](const Place& p) { return memory.floats + a.heads * keys_floats + p.head * values_floats + p.begin * pack.padded; };
    pool.for_each(Place::count(a.cells, a.heads, kWholeCell), [&](int64_t task) {
        const Place p = Place::of(a.cells, a.heads, kWholeCell, task);
        const int64_t from = p.begin * a.stride + p.head * a.width;
        pack.transposed(a.k + from, a.stride, p.end - p.begin, keys(p));
        pack.plain(a.v + from, a.stride, p.end - p.begin, 1, values(p));
    });
    pool.for_each(Place::count(a.cells, a.heads, kQueries), [&](int64_t task) {
        const Place p = Place::of(a.cells, a.heads, kQueries, task);
        const int64_t here = p.last - p.first, count = p.end - p.begin;
        float* queries = scratch(Slot::block, 2 * kQueries * pack.padded);
        pack.plain(a.q + p.first * a.stride + p.head * a.width, a.stride, here, a.scale * kLog2E, queries);
        Running running;
        running.sums = queries + kQueries * pack.padded;
        fill(running.top, here, kNever);
        fill(running.total, here, 0);
        fill(running.sums, here * pack.padded, 0);
        for (int64_t key = 0; key < count; key += kKeys)
            for (int64_t row = 0; row < here; row += kRows)
                with_rows(least(kRows, here - row), [&](auto rows_here) __attribute__((always_inline)) {
                    attend<decltype(rows_here)::value>(pack, running, row, queries, keys(p) + key * a.width, values(p) + key * pack.padded, least(kKeys, count - key));
                });
        for (int64_t row = 0; row < here; row++) {
            pack.unpack(running.sums + row * pack.padded, 1, 1 / running.total[row], a.mixed + (p.first + row) * mixed_stride + p.head * a.width, mixed_stride);
            a.log_sums[p.head * rows + p.first + row] = running.top[row] + log2f(running.total[row]);
        }
    });
}

void attention_gradient(const Attention& a, const AttentionGradient& g, const Pool& pool) {
    const Packing pack(a.width);
    const int64_t rows = a.cells.offsets[a.cells.count], mixed_stride = a.heads * a.width;
    pool.for_each(Place::count(a.cells, a.heads, kWholeCell), [&](int64_t task) {
        const Place p = Place::of(a.cells, a.heads, kWholeCell, task);
        const int64_t count = p.end - p.begin, plain = pack.plain_floats(count), panels = pack.transposed_floats(count);
        float* keys = scratch(Slot::head, 2 * panels + 3 * plain);  // as panels; then values as panels, plain keys, and two sums of gradients
        float *values = keys + panels, *plain_keys = values + panels, *key_sums = plain_keys + plain, *value_sums = key_sums + plain;
        const int64_t from = p.begin * a.stride + p.head * a.width;
        pack.transposed(a.k + from, a.stride, count, keys);
        pack.transposed(a.v + from, a.stride, count, values);
        pack.plain(a.k + from, a.stride, count, 1, plain_keys);
        fill(key_sums, 2 * plain, 0);

        const int64_t tile = kQueries * pack.padded;
        float* queries = scratch(Slot::block, 3 * tile + 2 * kQueries * kGradientKeys + 2 * kQueries);
        float *incoming = queries + tile, *query_sums = incoming + tile, *weights = query_sums + tile;
        float *slopes = weights + kQueries * kGradientKeys, *means = slopes + kQueries * kGradientKeys;
        for (int64_t row = p.begin; row < p.end; row += kQueries) {
            const int64_t here = least(kQueries, p.end - row), at = row * mixed_stride + p.head * a.width;
            const float* log_sums = a.log_sums + p.head * rows + row;
            pack.plain(a.q + row * a.stride + p.head * a.width, a.stride, here, a.scale * kLog2E, queries);
            pack.plain(g.mixed_gradient + at, mixed_stride, here, 1, incoming);
            for (int64_t r = 0; r < here; r++) {
                means[r] = 0;
                for (int64_t i = 0; i < a.width; i++) means[r] += g.mixed_gradient[at + r * mixed_stride + i] * a.mixed[at + r * mixed_stride + i];
            }
            fill(query_sums, here * pack.padded, 0);
            for (int64_t first = 0; first < count; first += kGradientKeys) {
                const int64_t keys_here = least(kGradientKeys, count - first);
                for_tiles(here, keys_here, [&](int64_t r0, auto rows_here, int64_t column, auto) __attribute__((always_inline)) {
                    constexpr int R = decltype(rows_here)::value;
                    const int64_t panel = (first + column) * a.width;
                    Vec weight[R][kPanelVectors], slope[R][kPanelVectors];
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) weight[r][n] = broadcast(-log_sums[r0 + r]);
                    multiply(a.width, Left{queries, pack.padded, 1}.from_row(r0), keys + panel, kPanel, weight);
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) {
                            const int64_t left = keys_here - column - n * kLanes;
                            Vec w = exp2(weight[r][n]);
                            if (left < kLanes) w = keep_first(w, left > 0 ? left : 0, zero());
                            store(weights + (r0 + r) * kGradientKeys + column + n * kLanes, w);
                        }
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) slope[r][n] = broadcast(-means[r0 + r]);
                    multiply(a.width, Left{incoming, pack.padded, 1}.from_row(r0), values + panel, kPanel, slope);
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) {
                            const int64_t to = (r0 + r) * kGradientKeys + column + n * kLanes;
                            store(slopes + to, load(weights + to) * slope[r][n]);
                        }
                });
                add_product(here, pack.padded, keys_here, {slopes, kGradientKeys, 1}, plain_keys + first * pack.padded, pack.padded, query_sums, pack.padded);
                add_product(keys_here, pack.padded, here, {weights, 1, kGradientKeys}, incoming, pack.padded, value_sums + first * pack.padded, pack.padded);
                add_product(keys_here, pack.padded, here, {slopes, 1, kGradientKeys}, queries, pack.padded, key_sums + first * pack.padded, pack.padded);
            }
            pack.unpack(query_sums, here, a.scale, g.q + row * a.stride + p.head * a.width, a.stride);
        }
        pack.unpack(key_sums, count, 1 / kLog2E, g.k + from, a.stride);  // the queries carry the scale and log2 e
        pack.unpack(value_sums, count, 1, g.v + from, a.stride);
    });
}

}  // namespace scfm::SCFM_ISA
