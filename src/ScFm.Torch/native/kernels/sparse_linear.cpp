// Dense layers of rows that are zero for the most part, such as counts: what is zero is passed over, in the forward pass and in the weights' gradient.
// Sums go in the order of the plain products, to which a zero adds nothing, so that the results are theirs to the last bit.
#include "memory.h"
#include "packing.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int kWide = 8;                   ///< vectors of the result at a time; each waits for its last addition, so that fewer would leave the processor idle
constexpr int64_t kColumns = kWide * kLanes;
constexpr int64_t kDepth = 64;             ///< inputs of a block; their weights are 32 KB of the first-level cache
constexpr int64_t kLeastRows = 32;         ///< of a task; packed weights should serve some

int64_t panels_of(int64_t out) { return (out + kColumns - 1) / kColumns; }

/// Where each row's numbers of each block of inputs begin.
class Blocks {
public:
    Blocks(const SparseRows& x, const Pool& pool) : count((x.columns + kDepth - 1) / kDepth), x_(x), memory_(x.rows.count * (count + 1)) {
        pool.for_each((x.rows.count + kLeastRows - 1) / kLeastRows, [&](int64_t task) {
            for (int64_t row = task * kLeastRows, last = least(row + kLeastRows, x.rows.count); row < last; row++) find(row);
        });
    }
    int64_t begin(int64_t row, int64_t block) const { return x_.rows.offsets[row] + starts(row)[block]; }

    const int64_t count;

private:
    int32_t* starts(int64_t row) const { return reinterpret_cast<int32_t*>(memory_.floats) + row * (count + 1); }

    void find(int64_t row) {
        int32_t* start = starts(row);
        for (int64_t block = 0; block <= count; block++) start[block] = 0;
        const int32_t* column = x_.column + x_.rows.offsets[row];
        const auto numbers = static_cast<int32_t>(x_.rows.offsets[row + 1] - x_.rows.offsets[row]);
        for (int32_t i = 0; i < numbers; i++) start[static_cast<uint32_t>(column[i]) / kDepth + 1] = i + 1;  // the last of a block stays
        for (int64_t block = 1; block <= count; block++) start[block] = start[block] > start[block - 1] ? start[block] : start[block - 1];
    }

    const SparseRows& x_;
    Memory memory_;
};

void rows_times_columns(const SparseLinear& p, const Blocks& blocks, int64_t first_row, int64_t last_row, int64_t column) {
    float* panel = scratch(Slot::panel, kDepth * kColumns);
    auto left = [&](int n) __attribute__((always_inline)) { return p.out - column - n * kLanes; };
    for (int64_t block = 0; block < blocks.count; block++) {
        const int64_t first = block * kDepth, depth = least(kDepth, p.x.columns - first);
        for (int64_t c = 0; c < kColumns; c += kPanel)
            pack_transposed(p.weight + (column + c) * p.x.columns + first, p.x.columns, depth, p.out - column - c, panel + c * kDepth);
        for (int64_t row = first_row; row < last_row; row++) {
            float* result = p.result + row * p.out + column;
            Vec sums[kWide];
            for (int n = 0; n < kWide; n++) sums[n] = block == 0 ? zero() : load_up_to(result + n * kLanes, left(n));
            for (int64_t i = blocks.begin(row, block), end = blocks.begin(row, block + 1); i < end; i++) {
                const Vec x = broadcast(p.x.value[i]);
                const float* weights = panel + (p.x.column[i] - first) * kPanel;
#pragma GCC unroll 8
                for (int n = 0; n < kWide; n++) sums[n] = fma(x, load(weights + n / kPanelVectors * kPanel * kDepth + n % kPanelVectors * kLanes), sums[n]);
            }
            for (int n = 0; n < kWide; n++) {
                if (block + 1 == blocks.count && p.bias) sums[n] = sums[n] + load_up_to(p.bias + column + n * kLanes, left(n));
                store_up_to(result + n * kLanes, sums[n], left(n));
            }
        }
    }
}

/// The gradient of the weights between a block of inputs and kWide vectors of outputs.
void block_gradient(const SparseLinearGradient& p, const Blocks& blocks, int64_t block, int64_t column) {
    const int64_t first = block * kDepth, depth = least(kDepth, p.x.columns - first);
    auto left = [&](int n) __attribute__((always_inline)) { return p.out - column - n * kLanes; };
    float* turned = scratch(Slot::block, kDepth * kColumns);  // [inputs, outputs]
    fill(turned, kDepth * kColumns, 0);
    for (int64_t row = 0; row < p.x.rows.count; row++) {
        Vec gradient[kWide];
        for (int n = 0; n < kWide; n++) gradient[n] = load_up_to(p.gradient + row * p.out + column + n * kLanes, left(n));
        for (int64_t i = blocks.begin(row, block), end = blocks.begin(row, block + 1); i < end; i++) {
            const Vec x = broadcast(p.x.value[i]);
            float* at = turned + (p.x.column[i] - first) * kColumns;
#pragma GCC unroll 8
            for (int n = 0; n < kWide; n++) store(at + n * kLanes, fma(x, gradient[n], load(at + n * kLanes)));
        }
    }
    for (int64_t k = 0; k < depth; k += kLanes)
        for (int n = 0; n < kWide && left(n) > 0; n++) {
            Vec square[kLanes];
            for (int j = 0; j < kLanes; j++) square[j] = load(turned + (k + j) * kColumns + n * kLanes);
            transpose(square);
            for (int i = 0; i < least(kLanes, left(n)); i++) store_up_to(p.weight_gradient + (column + n * kLanes + i) * p.x.columns + first + k, square[i], depth - k);
        }
}

}  // namespace

int64_t misplaced(const SparseRows& x) {
    for (int64_t row = 0; row < x.rows.count; row++) {
        const int64_t first = x.rows.offsets[row], last = x.rows.offsets[row + 1];
        if (first == last) continue;
        int32_t wrong = x.column[first] < 0 || x.column[last - 1] >= x.columns;
        for (int64_t i = first + 1; i < last; i++) wrong |= x.column[i - 1] >= x.column[i];  // all of them: a loop that may end early is not done in vectors
        if (wrong) return row;
    }
    return -1;
}

void sparse_linear(const SparseLinear& p, const Pool& pool) {
    if (p.x.rows.count == 0) return;
    const Blocks blocks(p.x, pool);
    const int64_t panels = panels_of(p.out);
    int64_t rows = p.x.rows.count;
    while (rows > 2 * kLeastRows && panels * ((p.x.rows.count + rows - 1) / rows) < 2 * pool.threads() && pool.threads() > 1) rows = (rows + 1) / 2;
    pool.for_each((p.x.rows.count + rows - 1) / rows * panels, [&](int64_t task) {
        const int64_t first = task / panels * rows;
        rows_times_columns(p, blocks, first, least(first + rows, p.x.rows.count), task % panels * kColumns);
    });
}

void sparse_linear_gradient(const SparseLinearGradient& p, const Pool& pool) {
    const Blocks blocks(p.x, pool);
    const int64_t panels = panels_of(p.out);
    pool.for_each(panels * blocks.count, [&](int64_t task) { block_gradient(p, blocks, task / panels, task % panels * kColumns); });
}

}  // namespace scfm::SCFM_ISA
