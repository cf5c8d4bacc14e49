// Attention of floats, and its gradient.
#include "attention.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kGradientKeys = 256;  ///< keys of a block; its weights and their gradient stay in the second-level cache

}  // namespace

void attention(const Attention& a, const Pool& pool) { attention_of<Float32>(a, pool); }

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
                    multiply(a.width, Left<Float32>{queries, pack.padded, 1}.from_row(r0), keys + panel, kPanel, weight);
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) {
                            const int64_t left = keys_here - column - n * kLanes;
                            Vec w = exp2(weight[r][n]);
                            if (left < kLanes) w = keep_first(w, left > 0 ? left : 0, zero());
                            store(weights + (r0 + r) * kGradientKeys + column + n * kLanes, w);
                        }
                    for (int r = 0; r < R; r++)
                        for (int n = 0; n < kPanelVectors; n++) slope[r][n] = broadcast(-means[r0 + r]);
                    multiply(a.width, Left<Float32>{incoming, pack.padded, 1}.from_row(r0), values + panel, kPanel, slope);
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
