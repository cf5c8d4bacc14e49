// Layer norm of rows, with the residual that comes before it; and sums over rows.
#include "kernels.h"
#include "memory.h"
#include "rows.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kBlock = 32;   ///< rows of a task
constexpr int64_t kSlab = 1024;  ///< rows whose sums are made by one task; fixed, so that sums do not depend on the number of threads

}  // namespace

void norm(const Norm& n, const Pool& pool) {
    const float share = 1.0f / static_cast<float>(n.width);
    pool.for_each((n.rows + kBlock - 1) / kBlock, [&](int64_t task) {
        for (int64_t row = task * kBlock, last = least(row + kBlock, n.rows); row < last; row++) {
            const float* x = n.x + row * n.width;
            float* normed = n.normed + row * n.width;
            Vec total = zero();
            if (n.add) {
                const float* add = n.add + row * n.width;
                float* sums = n.sum ? n.sum + row * n.width : normed;
                for_vectors(n.width, [&](int64_t i, auto read, auto write) __attribute__((always_inline)) {
                    const Vec v = read(x + i) + read(add + i);
                    total = total + v;
                    write(sums + i, v);
                });
                x = sums;
            } else {
                for_vectors(n.width, [&](int64_t i, auto read, auto) __attribute__((always_inline)) { total = total + read(x + i); });
            }
            const float mean = sum(total) * share;
            Vec squares = zero();
            const int64_t whole = n.width / kLanes * kLanes;
            for (int64_t i = 0; i < whole; i += kLanes) {
                const Vec v = load(x + i) - broadcast(mean);
                squares = fma(v, v, squares);
            }
            if (whole < n.width) {
                const Vec v = keep_first(load_first(x + whole, n.width - whole) - broadcast(mean), n.width - whole, zero());
                squares = fma(v, v, squares);
            }
            const float inverse = 1 / std::sqrt(sum(squares) * share + n.epsilon);
            for_vectors(n.width, [&](int64_t i, auto read, auto write) __attribute__((always_inline)) {
                write(normed + i, fma((read(x + i) - broadcast(mean)) * broadcast(inverse), read(n.weight + i), read(n.bias + i)));
            });
            if (n.mean) n.mean[row] = mean, n.inverse[row] = inverse;
        }
    });
}

void norm_gradient(const NormGradient& n, const Pool& pool) {
    const int64_t slabs = (n.rows + kSlab - 1) / kSlab;
    const float share = 1.0f / static_cast<float>(n.width);
    const Memory partial(slabs * 2 * n.width);
    pool.for_each(slabs, [&](int64_t slab) {
        float *weights = partial.floats + slab * 2 * n.width, *biases = weights + n.width;
        fill(weights, 2 * n.width, 0);
        for (int64_t row = slab * kSlab, last = least(row + kSlab, n.rows); row < last; row++) {
            const float *x = n.x + row * n.width, *g = n.normed_gradient + row * n.width;
            const Vec mean = broadcast(n.mean[row]), inverse = broadcast(n.inverse[row]);
            Vec slopes = zero(), products = zero();
            for_vectors(n.width, [&](int64_t i, auto read, auto write) __attribute__((always_inline)) {
                const Vec hat = (read(x + i) - mean) * inverse, given = read(g + i), slope = given * read(n.weight + i);
                slopes = slopes + slope;
                products = fma(slope, hat, products);
                write(weights + i, fma(given, hat, read(weights + i)));
                write(biases + i, read(biases + i) + given);
            });
            const Vec mean_slope = broadcast(sum(slopes) * share), mean_product = broadcast(sum(products) * share);
            float* to = n.x_gradient + row * n.width;
            for_vectors(n.width, [&](int64_t i, auto read, auto write) __attribute__((always_inline)) {
                const Vec hat = (read(x + i) - mean) * inverse;
                Vec slope = (read(g + i) * read(n.weight + i) - mean_slope - hat * mean_product) * inverse;
                if (n.sum_gradient) slope = slope + read(n.sum_gradient + row * n.width + i);
                write(to + i, slope);
            });
        }
    });
    fill(n.weight_gradient, n.width, 0);
    fill(n.bias_gradient, n.width, 0);
    for (int64_t slab = 0; slab < slabs; slab++)
        for (int64_t i = 0; i < n.width; i++) {
            n.weight_gradient[i] += partial.floats[slab * 2 * n.width + i];
            n.bias_gradient[i] += partial.floats[(slab * 2 + 1) * n.width + i];
        }
}

void column_sums(const float* matrix, int64_t stride, int64_t rows, int64_t columns, float* sums, const Pool& pool) {
    const int64_t slabs = (rows + kSlab - 1) / kSlab;
    const Memory partial(slabs * columns);
    pool.for_each(slabs, [&](int64_t slab) {
        float* own = partial.floats + slab * columns;
        fill(own, columns, 0);
        for (int64_t row = slab * kSlab, last = least(row + kSlab, rows); row < last; row++)
            for_vectors(columns, [&](int64_t i, auto read, auto write) __attribute__((always_inline)) { write(own + i, read(own + i) + read(matrix + row * stride + i)); });
    });
    fill(sums, columns, 0);
    for (int64_t slab = 0; slab < slabs; slab++)
        for (int64_t i = 0; i < columns; i++) sums[i] += partial.floats[slab * columns + i];
}

}  // namespace scfm::SCFM_ISA
