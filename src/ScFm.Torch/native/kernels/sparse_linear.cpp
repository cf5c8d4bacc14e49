// Dense layers of rows that are zero for the most part, such as counts: what is zero is passed over, in the forward pass and in the weights' gradient.
// Sums go in the order of the plain products, to which a zero adds nothing, so that the results are theirs to the last bit.
#include "memory.h"
#include "packing.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int kWide = 8;                   ///< vectors of the result at a time; each waits for its last addition, so that fewer would leave the processor idle
constexpr int64_t kColumns = kWide * kLanes;
constexpr int64_t kDepth = 64;             ///< depth of packed weights: 32 KB of the first-level cache
constexpr int64_t kLeastRows = 32;         ///< of a task; packed weights should serve some

/// The numbers of a line that are not zero, and where they stand.
struct Numbers {
    float* value;
    int32_t* place;
    int64_t count;

    SCFM_INLINE void add(Vec values, int64_t first) { count += compress(values, static_cast<int32_t>(first), value + count, place + count); }
};

/// sums += each number times the vectors at its place.
template <class At> SCFM_INLINE void add_multiples(const Numbers& numbers, At&& at, Vec (&sums)[kWide]) {
    for (int64_t i = 0; i < numbers.count; i++) {
        const Vec x = broadcast(numbers.value[i]);
#pragma GCC unroll 8
        for (int n = 0; n < kWide; n++) sums[n] = fma(x, at(numbers.place[i], n), sums[n]);
    }
}

void rows_times_columns(const SparseLinear& p, int64_t first_row, int64_t last_row, int64_t column) {
    float* panel = scratch(Slot::panel, kDepth * kColumns);
    float values[kDepth + kLanes];
    int32_t places[kDepth + kLanes];
    for (int64_t k = 0; k < p.in; k += kDepth) {
        const int64_t depth = least(kDepth, p.in - k);
        for (int64_t c = 0; c < kColumns; c += kPanel)
            pack_transposed(p.weight + (column + c) * p.in + k, p.in, depth, p.out - column - c, panel + c * kDepth);
        const bool ends = k + depth == p.in;
        for (int64_t row = first_row; row < last_row; row++) {
            const float* x = p.x + row * p.in + k;
            float* result = p.result + row * p.out + column;
            Numbers numbers{values, places, 0};
            for (int64_t i = 0; i < depth; i += kLanes) numbers.add(load_up_to(x + i, depth - i), i);
            auto left = [&](int n) __attribute__((always_inline)) { return p.out - column - n * kLanes; };
            Vec sums[kWide];
            for (int n = 0; n < kWide; n++) sums[n] = k == 0 ? zero() : load_up_to(result + n * kLanes, left(n));
            add_multiples(numbers, [&](int64_t place, int n) __attribute__((always_inline)) {
                return load(panel + n / kPanelVectors * kPanel * kDepth + place * kPanel + n % kPanelVectors * kLanes);
            }, sums);
            for (int n = 0; n < kWide; n++) {
                if (ends && p.bias) sums[n] = sums[n] + load_up_to(p.bias + column + n * kLanes, left(n));
                store_up_to(result + n * kLanes, sums[n], left(n));
            }
        }
    }
}

/// The gradient of the weights between a vector of inputs and `kWide` vectors of outputs.
template <bool Whole> void outputs_of_inputs(const SparseLinearGradient& p, const Numbers (&of_input)[kLanes], int64_t input, int64_t column, float* block) {
    const int64_t width = least(kLanes, p.in - input);
    auto left = [&](int n) __attribute__((always_inline)) { return p.out - column - n * kLanes; };
    for (int j = 0; j < kLanes; j++) {
        Vec sums[kWide];
        for (Vec& each : sums) each = zero();
        add_multiples(of_input[j], [&](int64_t row, int n) __attribute__((always_inline)) {
            const float* at = p.gradient + row * p.out + column + n * kLanes;
            return Whole ? load(at) : load_up_to(at, left(n));
        }, sums);
        for (int n = 0; n < kWide; n++) store(block + (n * kLanes + j) * kLanes, sums[n]);
    }
    for (int n = 0; n < kWide && left(n) > 0; n++) {
        Vec square[kLanes];
        for (int j = 0; j < kLanes; j++) square[j] = load(block + (n * kLanes + j) * kLanes);
        transpose(square);
        for (int i = 0; i < least(kLanes, left(n)); i++) store_up_to(p.weight_gradient + (column + n * kLanes + i) * p.in + input, square[i], width);
    }
}

}  // namespace

void sparse_linear(const SparseLinear& p, const Pool& pool) {
    const int64_t panels = (p.out + kColumns - 1) / kColumns;
    int64_t rows = p.rows;
    while (rows > 2 * kLeastRows && panels * ((p.rows + rows - 1) / rows) < 2 * pool.threads() && pool.threads() > 1) rows = (rows + 1) / 2;
    if (rows == 0) return;
    pool.for_each((p.rows + rows - 1) / rows * panels, [&](int64_t task) {
        const int64_t first = task / panels * rows;
        rows_times_columns(p, first, least(first + rows, p.rows), task % panels * kColumns);
    });
}

void sparse_linear_gradient(const SparseLinearGradient& p, const Pool& pool) {
    pool.for_each((p.in + kLanes - 1) / kLanes, [&](int64_t task) {
        const int64_t input = task * kLanes, width = least(kLanes, p.in - input), room = p.rows + 2 * kLanes;
        float* memory = scratch(Slot::block, kLanes * kColumns + 2 * kLanes * room);
        float* block = memory;
        float* values = block + kLanes * kColumns;
        auto* places = reinterpret_cast<int32_t*>(values + kLanes * room);
        Numbers of_input[kLanes];
        for (int j = 0; j < kLanes; j++) of_input[j] = {values + j * room, places + j * room, 0};
        for (int64_t row = 0; row < p.rows; row += kLanes) {
            Vec square[kLanes];
            for (int i = 0; i < kLanes; i++) square[i] = row + i < p.rows ? load_up_to(p.x + (row + i) * p.in + input, width) : zero();
            transpose(square);
            for (int j = 0; j < kLanes; j++) of_input[j].add(square[j], row);
        }
        for (int64_t column = 0; column < p.out; column += kColumns)
            column + kColumns <= p.out ? outputs_of_inputs<true>(p, of_input, input, column, block) : outputs_of_inputs<false>(p, of_input, input, column, block);
    });
}

}  // namespace scfm::SCFM_ISA
