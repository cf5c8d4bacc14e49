// The innermost loop of every matrix product here: a tile of accumulators that stays in registers.
#pragma once

#include "kernels.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

constexpr float kNever = -std::numeric_limits<float>::infinity();

/// A left factor: element (row, k) at data[row * row_stride + k * inner_stride].
struct Left {
    const float* data;
    int64_t row_stride;
    int64_t inner_stride;

    Left from_row(int64_t row) const { return {data + row * row_stride, row_stride, inner_stride}; }
};

/// sums[R][N] += left[R x inner] * right[inner x N vectors], the right factor's rows `right_stride` apart.
template <int R, int N>
SCFM_INLINE void multiply(int64_t inner, Left left, const float* right, int64_t right_stride, Vec (&sums)[R][N]) {
    const float* a = left.data;
    for (int64_t k = 0; k < inner; k++) {
        Vec b[N];
#pragma GCC unroll 4
        for (int n = 0; n < N; n++) b[n] = load(right + n * kLanes);
#pragma GCC unroll 6
        for (int r = 0; r < R; r++) {
            const Vec x = broadcast(a[r * left.row_stride]);
#pragma GCC unroll 4
            for (int n = 0; n < N; n++) sums[r][n] = fma(x, b[n], sums[r][n]);
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
SCFM_INLINE void add_product(int64_t rows, int64_t columns, int64_t inner, Left left, const float* right, int64_t right_stride, float* result, int64_t result_stride) {
    for_tiles(rows, columns, [&](int64_t row, auto rows_here, int64_t column, auto vectors) __attribute__((always_inline)) {
        constexpr int R = decltype(rows_here)::value, N = decltype(vectors)::value;
        Vec sums[R][N];
        float* at = result + row * result_stride + column;
        for (int r = 0; r < R; r++)
            for (int n = 0; n < N; n++) sums[r][n] = load(at + r * result_stride + n * kLanes);
        multiply(inner, left.from_row(row), right + column, right_stride, sums);
        for (int r = 0; r < R; r++)
            for (int n = 0; n < N; n++) store(at + r * result_stride + n * kLanes, sums[r][n]);
    });
}

SCFM_INLINE void fill(float* to, int64_t floats, float value) {
    for (int64_t i = 0; i < floats; i++) to[i] = value;
}

/// Packs `columns` columns (at most a panel) of a [inner, ...] matrix, or of the transpose of a [..., inner] one, as [inner, kPanel]; the rest of a row is 0.
void pack_columns(const float* matrix, int64_t stride, int64_t inner, int64_t columns, float* panel);
void pack_transposed(const float* matrix, int64_t stride, int64_t inner, int64_t columns, float* panel);

/// A head's columns of some rows, packed so that vectors are whole.
struct Packing {
    int64_t width, padded;

    explicit Packing(int64_t width) : width(width), padded(vectors_for(width) * kLanes) {}
    int64_t transposed_floats(int64_t rows) const { return panels_for(rows) * kPanel * width; }
    int64_t plain_floats(int64_t rows) const { return rows * padded; }

    /// Panels of kPanel rows each, [width, kPanel].
    void transposed(const float* from, int64_t stride, int64_t rows, float* to) const {
        for (int64_t row = 0; row < rows; row += kPanel, to += kPanel * width)
            pack_transposed(from + row * stride, stride, width, least(kPanel, rows - row), to);
    }
    /// [rows, padded], each value times `factor`.
    void plain(const float* from, int64_t stride, int64_t rows, float factor, float* to) const {
        for (int64_t row = 0; row < rows; row++, from += stride, to += padded)
            for (int64_t i = 0; i < padded; i += kLanes)
                store(to + i, broadcast(factor) * (width - i >= kLanes ? load(from + i) : load_first(from + i, width - i)));
    }
    /// The reverse: [rows, padded] times `factor` to columns of a matrix.
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
enum class Slot { panel, head, block, sums, count };
float* scratch(Slot slot, int64_t floats);

}  // namespace scfm::SCFM_ISA
