// The innermost loop of every matrix product here: a tile of accumulators that stays in registers.
#pragma once

#include "kernels.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

constexpr float kNever = -1e30f;  ///< less than any score; finite, so that differences of two of them are numbers

/// The factors of a product as single numbers. A word is what one lane of a vector takes at a time.
struct Float32 {
    using Word = float;
    static constexpr int64_t kPerWord = 1;
    static SCFM_INLINE Vec words(const Word* p) { return load(p); }
    static SCFM_INLINE Vec same(Word x) { return broadcast(x); }
    static SCFM_INLINE Vec add_products(Vec a, Vec b, Vec sum) { return fma(a, b, sum); }
    /// Words of a row of floats; those behind the last are 0.
    static SCFM_INLINE Vec of_row(const float* row, int64_t floats) { return load_up_to(row, floats); }
    static SCFM_INLINE Vec of_row(const float* row, int64_t floats, float factor) { return of_row(row, floats) * broadcast(factor); }
    /// Words that hold a column's successive rows; `second` is the row behind, of which Float32 has no need.
    static SCFM_INLINE Vec of_rows(Vec first, Vec) { return first; }
    static SCFM_INLINE void put(Word* p, Vec words) { store(p, words); }
    /// Two vectors of floats as words at a place of a line that is counted in floats.
    static SCFM_INLINE void put_pair(float* line, int64_t place, Vec a, Vec b) { store(line + place, a), store(line + place + kLanes, b); }
};

/// A left factor: word (row, k) at data[row * row_stride + k * inner_stride].
template <class E> struct Left {
    const typename E::Word* data;
    int64_t row_stride;
    int64_t inner_stride;

    Left from_row(int64_t row) const { return {data + row * row_stride, row_stride, inner_stride}; }
};

/// sums[R][N] += left[R x inner words] * right[inner words x N vectors], the right factor's rows `right_stride` apart.
/// `Ahead` asks for the left factor's next R rows meanwhile: rows are too short for the processor to foresee (6 to 10% of a large product).
template <class E = Float32, bool Ahead = false, int R, int N>
SCFM_INLINE void multiply(int64_t inner, Left<E> left, const typename E::Word* right, int64_t right_stride, Vec (&sums)[R][N]) {
    const typename E::Word* a = left.data;
    for (int64_t k = 0; k < inner; k++) {
        if (Ahead && k % kLanes == 0)
            for (int r = 0; r < R; r++) __builtin_prefetch(a + (r + R) * left.row_stride);
        Vec b[N];
#pragma GCC unroll 4
        for (int n = 0; n < N; n++) b[n] = E::words(right + n * kLanes);
#pragma GCC unroll 6
        for (int r = 0; r < R; r++) {
            const Vec x = E::same(a[r * left.row_stride]);
#pragma GCC unroll 4
            for (int n = 0; n < N; n++) sums[r][n] = E::add_products(x, b[n], sums[r][n]);
        }
        a += left.inner_stride;
        right += right_stride;
    }
}

template <int I> struct Number { static constexpr int value = I; };

/// Calls body(Number<count>), so that a count known at run time becomes one known to the compiler.
template <class Body> SCFM_INLINE void with_rows(int64_t count, Body&& body) {
    switch (count) {
        case 1: return body(Number<1>());
        case 2: return body(Number<2>());
        case 3: return body(Number<3>());
        case 4: return body(Number<4>());
        case 5: return body(Number<5>());
        default: return body(Number<6>());
    }
}
template <class Body> SCFM_INLINE void with_vectors(int64_t count, Body&& body) {
    switch (count) {
        case 1: return body(Number<1>());
#if defined(__AVX512F__)
        case 2: return body(Number<2>());
        case 3: return body(Number<3>());
        default: return body(Number<4>());
#else
        default: return body(Number<2>());
#endif
    }
}

/// Goes through all tiles of rows x columns: body(first row, Number<rows>, first panel column, Number<vectors>).
template <class Body> SCFM_INLINE void for_tiles(int64_t rows, int64_t columns, Body&& body) {
    for (int64_t column = 0; column < columns; column += kPanel) {
        with_vectors(vectors_for(least(kPanel, columns - column)), [&](auto vectors) __attribute__((always_inline)) {
            int64_t row = 0;
            for (; row + kRows <= rows; row += kRows) body(row, Number<kRows>(), column, vectors);
            if (row < rows) with_rows(rows - row, [&](auto rest) __attribute__((always_inline)) { body(row, rest, column, vectors); });
        });
    }
}

/// result[rows x columns] += left[rows x inner] * right[inner x columns]; the columns of right and result are whole vectors.
template <class E = Float32>
SCFM_INLINE void add_product(int64_t rows, int64_t columns, int64_t inner, Left<E> left, const typename E::Word* right, int64_t right_stride, float* result, int64_t result_stride) {
    for_tiles(rows, columns, [&](int64_t row, auto rows_here, int64_t column, auto vectors) __attribute__((always_inline)) {
        constexpr int R = decltype(rows_here)::value, N = decltype(vectors)::value;
        Vec sums[R][N];
        float* at = result + row * result_stride + column;
        for (int r = 0; r < R; r++)
            for (int n = 0; n < N; n++) sums[r][n] = load(at + r * result_stride + n * kLanes);
        multiply<E>(inner, left.from_row(row), right + column, right_stride, sums);
        for (int r = 0; r < R; r++)
            for (int n = 0; n < N; n++) store(at + r * result_stride + n * kLanes, sums[r][n]);
    });
}

}  // namespace scfm::SCFM_ISA
