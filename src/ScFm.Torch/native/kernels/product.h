// Matrix products with their bias, activation and residual done while the result is still in registers.
#pragma once

#include "memory.h"
#include "packing.h"

namespace scfm::SCFM_ISA {

constexpr int64_t kInner = 1024;       ///< depth of a packed panel: 256 KB of the second-level cache
constexpr int64_t kInnerOfFew = 128;   ///< the same for few rows, which gain more from a panel of 32 KB in the first-level cache than they lose by coming back
constexpr int64_t kFew = 256;          ///< rows
constexpr int64_t kRowsAtOnce = 2048;  ///< rows of the left factor that stay in the third-level cache

SCFM_INLINE Vec gelu(Vec x) { return broadcast(0.5f) * x * (broadcast(1) + erf(x * broadcast(0.70710678118654752f))); }

SCFM_INLINE Vec gelu_slope(Vec x) {
    const Vec density = exp(x * x * broadcast(-0.5f)) * broadcast(0.39894228040143268f);
    return fma(x, density, broadcast(0.5f) * (broadcast(1) + erf(x * broadcast(0.70710678118654752f))));
}

/// What happens to a finished vector of the result; `count` of its lanes exist.
SCFM_INLINE void finish(const Product& p, Vec value, int64_t row, int64_t column, int64_t count) {
    const int64_t at = row * p.result_stride + column;
    auto read = [&](const float* from) { return load_up_to(from, count); };
    auto write = [&](float* to, Vec v) { store_up_to(to, v, count); };
    if (p.bias) value = value + read(p.bias + column);
    if (p.gate) {
        const Vec gate = read(p.gate + at);
        value = p.activation == Activation::relu ? where_positive(gate, value) : value * gelu_slope(gate);
    } else if (p.activation != Activation::none) {
        if (p.before) write(p.before + at, value);
        value = p.activation == Activation::relu ? max(value, zero()) : gelu(value);
    }
    if (p.add) value = value + read(p.add + at);
    write(p.result + at, value);
}

template <class E> void rows_times_panel(const Product& p, const typename E::Word* words, int64_t words_stride, int64_t first_row, int64_t last_row, int64_t column) {
    const int64_t columns = least(kPanel, p.columns - column), most = last_row - first_row <= kFew ? kInnerOfFew : kInner;
    auto* panel = reinterpret_cast<typename E::Word*>(scratch(Slot::panel, least(p.inner, most) * kPanel));
    for (int64_t k = 0; k < p.inner; k += most) {
        const int64_t depth = least(most, p.inner - k), depth_words = (depth + E::kPerWord - 1) / E::kPerWord;
        if (p.transposed) pack_transposed<E>(p.right + column * p.right_stride + k, p.right_stride, depth, columns, panel);
        else pack_columns<E>(p.right + k * p.right_stride + column, p.right_stride, depth, columns, panel);
        const bool begins = k == 0 && !p.accumulate, ends = k + depth == p.inner;
        const Left<E> left{words + first_row * words_stride + k / E::kPerWord, words_stride, 1};
        for_tiles(last_row - first_row, columns, [&](int64_t row, auto rows, int64_t, auto vectors) __attribute__((always_inline)) {
            constexpr int R = decltype(rows)::value, N = decltype(vectors)::value;
            Vec sums[R][N];
            float* result = p.result + (first_row + row) * p.result_stride + column;
            for (int r = 0; r < R; r++)
                for (int n = 0; n < N; n++) {
                    const int64_t count = columns - n * kLanes;
                    const float* at = result + r * p.result_stride + n * kLanes;
                    sums[r][n] = begins ? zero() : load_up_to(at, count);
                }
            multiply<E, true>(depth_words, left.from_row(row), panel, kPanel, sums);
            for (int r = 0; r < R; r++)
                for (int n = 0; n < N; n++) {
                    const int64_t count = columns - n * kLanes;
                    if (ends) finish(p, sums[r][n], first_row + row + r, column + n * kLanes, count);
                    else store_up_to(result + r * p.result_stride + n * kLanes, sums[r][n], count);
                }
        });
    }
}

/// The product whose left factor is given as words.
template <class E> void product_of_words(const Product& p, const typename E::Word* words, int64_t words_stride, const Pool& pool) {
    // Few panels are shared out by rows as well, so that every thread has work.
    const int64_t panels = panels_for(p.columns);
    int64_t rows_at_once = kRowsAtOnce;
    while (rows_at_once > 96 && panels * ((p.rows + rows_at_once - 1) / rows_at_once) < 4 * pool.threads()) rows_at_once /= 2;
    const int64_t blocks = (p.rows + rows_at_once - 1) / rows_at_once;
    pool.for_each(blocks * panels, [&](int64_t task) {
        const int64_t row = task / panels * rows_at_once;
        rows_times_panel<E>(p, words, words_stride, row, least(row + rows_at_once, p.rows), task % panels * kPanel);
    });
}

}  // namespace scfm::SCFM_ISA
