// Batch norm in training, with the ReLU and the dropout behind it: each column over the rows, a panel of columns at a time, which stays in the cache from its first pass to its last.
// Source: Ioffe and Szegedy 2015, algorithm 1 and its gradient.
#include "dropout.h"

namespace scfm::SCFM_ISA {

namespace {

/// A panel of columns of row-major matrices of one width.
struct Columns {
    int64_t first, width;

    SCFM_INLINE int64_t left(int n) const { return width - first - n * kLanes; }
    SCFM_INLINE Vec read(const float* matrix, int64_t row, int n) const { return load_up_to(matrix + row * width + first + n * kLanes, left(n)); }
    SCFM_INLINE void write(float* matrix, int64_t row, int n, Vec v) const { store_up_to(matrix + row * width + first + n * kLanes, v, left(n)); }
};

template <class Body> SCFM_INLINE void for_panel(int64_t rows, Body&& body) {
    for (int64_t row = 0; row < rows; row++)
        for (int n = 0; n < kPanelVectors; n++) body(row, n);
}

}  // namespace

void batch_norm(const BatchNorm& b, const Pool& pool) {
    const Vec share = broadcast(1 / static_cast<float>(b.rows)), momentum = broadcast(b.momentum);
    const KeptOf kept(b.dropout);
    const Vec unbiased = broadcast(static_cast<float>(b.rows) / static_cast<float>(b.rows - 1));
    pool.for_each(panels_for(b.width), [&](int64_t task) {
        const Columns c{task * kPanel, b.width};
        Vec mean[kPanelVectors], square[kPanelVectors], slope[kPanelVectors], offset[kPanelVectors];
        for (int n = 0; n < kPanelVectors; n++) mean[n] = square[n] = zero();
        for_panel(b.rows, [&](int64_t row, int n) __attribute__((always_inline)) { mean[n] = mean[n] + c.read(b.x, row, n); });
        for (Vec& m : mean) m = m * share;
        for_panel(b.rows, [&](int64_t row, int n) __attribute__((always_inline)) {
            const Vec centred = c.read(b.x, row, n) - mean[n];
            square[n] = fma(centred, centred, square[n]);
        });
        for (int n = 0; n < kPanelVectors; n++) {
            const Vec variance = square[n] * share, inverse = broadcast(1) / sqrt(variance + broadcast(b.epsilon));
            slope[n] = inverse * c.read(b.weight, 0, n);
            offset[n] = c.read(b.bias, 0, n);
            c.write(b.mean, 0, n, mean[n]);
            c.write(b.inverse, 0, n, inverse);
            auto move = [&](float* running, Vec now) { c.write(running, 0, n, fma(momentum, now - c.read(running, 0, n), c.read(running, 0, n))); };
            move(b.running_mean, mean[n]);
            move(b.running_variance, variance * unbiased);
        }
        for_panel(b.rows, [&](int64_t row, int n) __attribute__((always_inline)) {
            const Vec value = fma(c.read(b.x, row, n) - mean[n], slope[n], offset[n]);
            c.write(b.normed, row, n, kept(b.relu ? max(zero(), value) : value, kept.line(row), c.first + n * kLanes));  // in this order NaN stays
        });
    });
}

void batch_norm_gradient(const BatchNormGradient& b, const Pool& pool) {
    const Vec share = broadcast(1 / static_cast<float>(b.rows));
    const KeptOf kept(b.dropout);
    pool.for_each(panels_for(b.width), [&](int64_t task) {
        const Columns c{task * kPanel, b.width};
        Vec mean[kPanelVectors], inverse[kPanelVectors], weight[kPanelVectors], bias[kPanelVectors], sum[kPanelVectors], product[kPanelVectors];
        for (int n = 0; n < kPanelVectors; n++) {
            mean[n] = c.read(b.mean, 0, n), inverse[n] = c.read(b.inverse, 0, n);
            weight[n] = c.read(b.weight, 0, n), bias[n] = c.read(b.bias, 0, n);
            sum[n] = product[n] = zero();
        }
        auto normal = [&](int64_t row, int n) __attribute__((always_inline)) { return (c.read(b.x, row, n) - mean[n]) * inverse[n]; };
        auto given = [&](int64_t row, int n, Vec x) __attribute__((always_inline)) {
            const Vec g = kept(c.read(b.normed_gradient, row, n), kept.line(row), c.first + n * kLanes);
            return b.relu ? where_positive(fma(x, weight[n], bias[n]), g) : g;
        };
        for_panel(b.rows, [&](int64_t row, int n) __attribute__((always_inline)) {
            const Vec x = normal(row, n), g = given(row, n, x);
            sum[n] = sum[n] + g;
            product[n] = fma(g, x, product[n]);
        });
        for (int n = 0; n < kPanelVectors; n++) {
            c.write(b.bias_gradient, 0, n, sum[n]);
            c.write(b.weight_gradient, 0, n, product[n]);
            sum[n] = sum[n] * share, product[n] = product[n] * share;
        }
        for_panel(b.rows, [&](int64_t row, int n) __attribute__((always_inline)) {
            const Vec x = normal(row, n), g = given(row, n, x);
            c.write(b.x_gradient, row, n, (g - sum[n] - x * product[n]) * (weight[n] * inverse[n]));
        });
    });
}

}  // namespace scfm::SCFM_ISA
