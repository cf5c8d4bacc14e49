// Softmax attention within cells, without the matrix of scores: keys pass in blocks, and what was summed so far is rescaled when a larger score appears.
// Sources: Milakov and Gimelshein 2018 (online softmax); Dao et al. 2022 (FlashAttention), algorithms 1 and 4.
#pragma once

#include "memory.h"
#include "packing.h"
#include "places.h"

namespace scfm::SCFM_ISA {

constexpr int64_t kQueries = 96;  ///< queries of a task
constexpr int64_t kKeys = 512;    ///< keys of a block; its scores for a tile of queries stay in the first-level cache

/// What is known of a block of queries after some of the keys: the largest score, and the sums of exponentials and of weighted values relative to it.
struct Running {
    float top[kQueries], total[kQueries];
    float* sums;  ///< [kQueries, padded]
};

/// Takes a block of keys into account for R queries from `row` on, [queries, words] and scaled for base 2.
template <class E, int R>
SCFM_INLINE void attend(const Packing& pack, Running& running, int64_t row, const typename E::Word* queries, const typename E::Word* keys, const typename E::Word* values, int64_t count) {
    using Word = typename E::Word;
    alignas(64) float scores[R * kKeys];
    const int64_t words = pack.words<E>();
    Vec tops[R];
    for (int r = 0; r < R; r++) tops[r] = broadcast(kNever);
    for (int64_t column = 0; column < count; column += kPanel) {
        Vec products[R][kPanelVectors];
        for (auto& line : products)
            for (Vec& v : line) v = zero();
        multiply<E>(words, Left<E>{queries, words, 1}.from_row(row), keys + column * words, kPanel, products);
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
            E::put_pair(line, i, a, b);
            sum_a = sum_a + a;
            sum_b = sum_b + b;
        }
        const float rescale = exp2f(running.top[row + r] - higher);
        running.total[row + r] = running.total[row + r] * rescale + sum(sum_a + sum_b);
        running.top[row + r] = higher;
        for (int64_t i = 0; i < pack.padded; i += kLanes) store(sums + r * pack.padded + i, load(sums + r * pack.padded + i) * broadcast(rescale));
    }
    add_product<E>(R, pack.padded, (count + E::kPerWord - 1) / E::kPerWord, {reinterpret_cast<const Word*>(scores), kKeys, 1}, values, pack.padded, sums, pack.padded);
}

template <class E> void attention_of(const Attention& a, const Pool& pool) {
    using Word = typename E::Word;
    const Packing pack(a.width);
    const int64_t rows = a.cells.offsets[a.cells.count], mixed_stride = a.heads * a.width;
    // Keys and values of all heads; a cell's panels begin a panel later than its rows would, and its values a row, so that its last one has room.
    const int64_t words = pack.words<E>(), keys_room = (rows + a.cells.count * kPanel) * words, values_room = (rows + a.cells.count) * pack.padded;
    const Memory memory(a.heads * (keys_room + values_room));
    Word* all = reinterpret_cast<Word*>(memory.floats);
    auto keys = [&](const Place& p) { return all + p.head * keys_room + (p.begin + p.cell * kPanel) * words; };
    auto values = [&](const Place& p) { return all + a.heads * keys_room + p.head * values_room + (p.begin + p.cell) * pack.padded; };
    pool.for_each(Place::count(a.cells, a.heads, kWholeCell), [&](int64_t task) {
        const Place p = Place::of(a.cells, a.heads, kWholeCell, task);
        const int64_t from = p.begin * a.stride + p.head * a.width;
        pack.transposed<E>(a.k + from, a.stride, p.end - p.begin, keys(p));
        pack.rows<E>(a.v + from, a.stride, p.end - p.begin, values(p));
    });
    pool.for_each(Place::count(a.cells, a.heads, kQueries), [&](int64_t task) {
        const Place p = Place::of(a.cells, a.heads, kQueries, task);
        const int64_t here = p.last - p.first, count = p.end - p.begin;
        float* room = scratch(Slot::block, 2 * kQueries * pack.padded);
        Word* queries = reinterpret_cast<Word*>(room);
        pack.words_of<E>(a.q + p.first * a.stride + p.head * a.width, a.stride, here, a.scale * kLog2E, queries);
        Running running;
        running.sums = room + kQueries * pack.padded;
        fill(running.top, here, kNever);
        fill(running.total, here, 0);
        fill(running.sums, here * pack.padded, 0);
        for (int64_t key = 0; key < count; key += kKeys)
            for (int64_t row = 0; row < here; row += kRows)
                with_rows(least(kRows, here - row), [&](auto rows_here) __attribute__((always_inline)) {
                    attend<E, decltype(rows_here)::value>(pack, running, row, queries, keys(p) + key * words, values(p) + key / E::kPerWord * pack.padded, least(kKeys, count - key));
                });
        for (int64_t row = 0; row < here; row++) {
            pack.unpack(running.sums + row * pack.padded, 1, 1 / running.total[row], a.mixed + (p.first + row) * mixed_stride + p.head * a.width, mixed_stride);
            a.log_sums[p.head * rows + p.first + row] = running.top[row] + log2f(running.total[row]);
        }
    });
}

}  // namespace scfm::SCFM_ISA
