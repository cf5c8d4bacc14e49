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
    static SCFM_INLINE Vec of_row(const float* row, int64_t floats) { return floats >= kLanes ? load(row) : floats > 0 ? load_first(row, floats) : zero(); }
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

SCFM_INLINE void fill(float* to, int64_t floats, float value) {
    for (int64_t i = 0; i < floats; i++) to[i] = value;
}

/// Packs `columns` columns (at most a panel) of an [inner, ...] matrix as [words of inner, kPanel]; what is missing is 0.
template <class E = Float32> SCFM_INLINE void pack_columns(const float* matrix, int64_t stride, int64_t inner, int64_t columns, typename E::Word* panel) {
    for (int64_t k = 0; k < inner; k += E::kPerWord, matrix += E::kPerWord * stride, panel += kPanel)
        for (int n = 0; n < kPanel; n += kLanes) {
            auto row = [&](const float* at) __attribute__((always_inline)) { return Float32::of_row(at + n, columns - n); };
            E::put(panel + n, E::of_rows(row(matrix), E::kPerWord > 1 && k + 1 < inner ? row(matrix + stride) : zero()));
        }
}

/// The same of the transpose of a [..., inner] matrix.
template <class E = Float32> SCFM_INLINE void pack_transposed(const float* matrix, int64_t stride, int64_t inner, int64_t columns, typename E::Word* panel) {
    const int64_t words = (inner + E::kPerWord - 1) / E::kPerWord;
    for (int64_t k = 0; k < words; k += kLanes) {
        const int64_t depth = least(kLanes, words - k);
        for (int n = 0; n < kPanel; n += kLanes) {
            Vec square[kLanes];
            for (int i = 0; i < kLanes; i++)
                square[i] = n + i < columns ? E::of_row(matrix + (n + i) * stride + k * E::kPerWord, inner - k * E::kPerWord) : zero();
            transpose(square);
            for (int i = 0; i < depth; i++) E::put(panel + (k + i) * kPanel + n, square[i]);
        }
    }
}

/// A head's columns of some rows, packed so that vectors are whole.
struct Packing {
    int64_t width, padded;

    explicit Packing(int64_t width) : width(width), padded(vectors_for(width) * kLanes) {}
    int64_t transposed_floats(int64_t rows) const { return panels_for(rows) * kPanel * width; }
    int64_t plain_floats(int64_t rows) const { return rows * padded; }
    template <class E> int64_t words() const { return (width + E::kPerWord - 1) / E::kPerWord; }

    /// Panels of kPanel rows each, [words of width, kPanel].
    template <class E = Float32> void transposed(const float* from, int64_t stride, int64_t rows, typename E::Word* to) const {
        for (int64_t row = 0; row < rows; row += kPanel, to += kPanel * words<E>())
            pack_transposed<E>(from + row * stride, stride, width, least(kPanel, rows - row), to);
    }
    /// [rows, padded], each value times `factor`.
    void plain(const float* from, int64_t stride, int64_t rows, float factor, float* to) const {
        for (int64_t row = 0; row < rows; row++, from += stride, to += padded)
            for (int64_t i = 0; i < padded; i += kLanes)
                store(to + i, broadcast(factor) * (width - i >= kLanes ? load(from + i) : load_first(from + i, width - i)));
    }
    /// [rows, words of width], each value times `factor`.
    template <class E> void words_of(const float* from, int64_t stride, int64_t rows, float factor, typename E::Word* to) const {
        for (int64_t row = 0; row < rows; row++, from += stride, to += words<E>())
            for (int64_t i = 0; i < words<E>(); i += kLanes) {
                const Vec value = E::of_row(from + i * E::kPerWord, width - i * E::kPerWord, factor);
                const int64_t left = words<E>() - i;
                left >= kLanes ? store(reinterpret_cast<float*>(to + i), value) : store_first(reinterpret_cast<float*>(to + i), value, left);
            }
    }
    /// [words of rows, padded].
    template <class E> void rows(const float* from, int64_t stride, int64_t count, typename E::Word* to) const {
        for (int64_t row = 0; row < count; row += E::kPerWord, from += E::kPerWord * stride, to += padded)
            for (int64_t i = 0; i < padded; i += kLanes)
                E::put(to + i, E::of_rows(Float32::of_row(from + i, width - i), E::kPerWord > 1 && row + 1 < count ? Float32::of_row(from + stride + i, width - i) : zero()));
    }
    /// The reverse of plain: [rows, padded] times `factor` to columns of a matrix.
    void unpack(const float* from, int64_t rows, float factor, float* to, int64_t stride) const {
        for (int64_t row = 0; row < rows; row++, from += padded, to += stride)
            for (int64_t i = 0; i < width; i += kLanes) {
                const Vec value = broadcast(factor) * load(from + i);
                if (width - i >= kLanes) store(to + i, value);
                else store_first(to + i, value, width - i);
            }
    }
};

/// A task of the kernels that work within cells: a head of a cell, and a block of its rows.
struct Place {
    int64_t cell, begin, end, head, first, last;

    static int64_t blocks(const Segments& cells, int64_t cell, int64_t size) { return (cells.offsets[cell + 1] - cells.offsets[cell] + size - 1) / size; }
    static int64_t count(const Segments& cells, int64_t heads, int64_t size) {
        int64_t all = 0;
        for (int64_t cell = 0; cell < cells.count; cell++) all += heads * blocks(cells, cell, size);
        return all;
    }
    static Place of(const Segments& cells, int64_t heads, int64_t size, int64_t task) {
        int64_t cell = 0;
        for (; task >= heads * blocks(cells, cell, size); cell++) task -= heads * blocks(cells, cell, size);
        const int64_t here = blocks(cells, cell, size), begin = cells.offsets[cell], end = cells.offsets[cell + 1];
        const int64_t first = begin + task % here * size;
        return {cell, begin, end, task / here, first, least(first + size, end)};
    }
};
constexpr int64_t kWholeCell = int64_t{1} << 40;

/// Memory for one call.
class Memory {
public:
    explicit Memory(int64_t count);
    ~Memory();
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    float* const floats;
};

/// Memory of this thread that is kept for the next use of the same slot.
enum class Slot { panel, head, block, count };
float* scratch(Slot slot, int64_t floats);

}  // namespace scfm::SCFM_ISA
