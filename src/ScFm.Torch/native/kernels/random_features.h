// Random features of the softmax kernel, a block of rows at a time, so that they never leave the cache.
// Source: Choromanski et al. 2021 (Performer), Lemma 1.
#pragma once

#include "memory.h"
#include "packing.h"
#include "places.h"

namespace scfm::SCFM_ISA {

constexpr int64_t kFeatureRows = 96;  ///< rows of a block: with 266 features, 100 KB

/// Features of blocks of rows, [rows, stride]; the columns behind the last feature are 0.
struct FeatureMap {
    Features f;
    Packing pack;
    int64_t stride;    ///< features, rounded up to whole vectors
    float scale;       ///< width^-1/4
    const float* panels;  ///< the projection times scale, transposed, in panels

    /// `room` has transposed_floats(count) floats.
    FeatureMap(const Features& features, float* room)
        : f(features), pack(features.width), stride(vectors_for(features.count) * kLanes), scale(std::pow(static_cast<float>(features.width), -0.25f)), panels(room) {
        pack.transposed(f.projection, f.width, f.count, room);
        for (int64_t i = 0; i < pack.transposed_floats(f.count); i++) room[i] *= scale;
    }
    static int64_t room(const Features& features) { return Packing(features.width).transposed_floats(features.count); }

    /// Exponents x p^T of some rows, packed [rows, padded]; behind the last feature they are kNever. `tops` gets each row's largest.
    void exponents(const float* rows, int64_t count, float* to, float* tops) const {
        for (int64_t row = 0; row < count; row += kRows)
            with_rows(least(kRows, count - row), [&](auto rows_here) __attribute__((always_inline)) {
                constexpr int R = decltype(rows_here)::value;
                Vec largest_here[R];
                for (Vec& v : largest_here) v = broadcast(kNever);
                for (int64_t column = 0; column < f.count; column += kPanel)
                    with_vectors(vectors_for(least(kPanel, f.count - column)), [&](auto vectors) __attribute__((always_inline)) {
                        constexpr int N = decltype(vectors)::value;
                        Vec sums[R][N];
                        for (auto& line : sums)
                            for (Vec& v : line) v = zero();
                        multiply(f.width, Left<Float32>{rows, pack.padded, 1}.from_row(row), panels + column * f.width, kPanel, sums);
                        for (int n = 0; n < N; n++) {
                            const int64_t left = f.count - column - n * kLanes;
                            for (int r = 0; r < R; r++) {
                                if (left < kLanes) sums[r][n] = keep_first(sums[r][n], left, broadcast(kNever));
                                largest_here[r] = max(largest_here[r], sums[r][n]);
                                store(to + (row + r) * stride + column + n * kLanes, sums[r][n]);
                            }
                        }
                    });
                for (int r = 0; r < R; r++) tops[row + r] = largest(largest_here[r]);
            });
    }

    /// Half the squared length of a packed row, times scale^2.
    float half_square(const float* row) const {
        Vec squares = zero();
        for (int64_t i = 0; i < pack.padded; i += kLanes) squares = fma(load(row + i), load(row + i), squares);
        return sum(squares) * (0.5f * scale * scale);
    }
};

}  // namespace scfm::SCFM_ISA
