// Matrices laid out anew, so that the innermost loops read whole vectors one after another.
#pragma once

#include "tile.h"

namespace scfm::SCFM_ISA {

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
                store(to + i, broadcast(factor) * load_up_to(from + i, width - i));
    }
    /// [rows, words of width], each value times `factor`.
    template <class E> void words_of(const float* from, int64_t stride, int64_t rows, float factor, typename E::Word* to) const {
        for (int64_t row = 0; row < rows; row++, from += stride, to += words<E>())
            for (int64_t i = 0; i < words<E>(); i += kLanes) {
                const Vec value = E::of_row(from + i * E::kPerWord, width - i * E::kPerWord, factor);
                store_up_to(reinterpret_cast<float*>(to + i), value, words<E>() - i);
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
            for (int64_t i = 0; i < width; i += kLanes) store_up_to(to + i, broadcast(factor) * load(from + i), width - i);
    }
};

}  // namespace scfm::SCFM_ISA
