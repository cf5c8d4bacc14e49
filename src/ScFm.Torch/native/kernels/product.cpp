// Products of floats, and the transpose that the gradients of weights need.
#include "product.h"

namespace scfm::SCFM_ISA {

void product(const Product& p, const Pool& pool) { product_of_words<Float32>(p, p.left, p.left_stride, pool); }

void transpose(const float* from, int64_t stride, int64_t rows, int64_t columns, float* to, const Pool& pool) {
    pool.for_each((columns + kPanel - 1) / kPanel, [&](int64_t task) {
        const int64_t first = task * kPanel, last = least(first + kPanel, columns);
        for (int64_t row = 0; row < rows; row += kLanes) {
            const int64_t height = least(kLanes, rows - row);
            for (int64_t column = first; column < last; column += kLanes) {
                const int64_t width = least(kLanes, last - column);
                Vec square[kLanes];
                for (int i = 0; i < kLanes; i++) {
                    const float* at = from + (row + i) * stride + column;
                    square[i] = i >= height ? zero() : load_up_to(at, width);
                }
                transpose(square);
                for (int i = 0; i < width; i++) store_up_to(to + (column + i) * rows + row, square[i], height);
            }
        }
    });
}

}  // namespace scfm::SCFM_ISA
