// The weights over bins that a value is embedded by, and their gradient: value -> hidden -> scores -> softmax, of which only the weights are ever in memory.
// Source: xTrimoGene/scFoundation, Methods, "Embedding module".
//
// The bins' vectors are mixed by libtorch's matrix product behind it: [values, bins] x [bins, width] is 8 parts of 9 of the FLOPs, and a plain product.
// Scores are tens of units apart, so that bfloat16 factors would turn rounding into tens of percents: all is float32, without tensor cores.
// Floors for N values and B bins: forward 2 N B^2 FLOPs (67 TFLOP/s: 0.3 ns a value at 100 bins, expect half of that speed) and 4 B N bytes written (0.1 ns);
// backward 6 N B^2 FLOPs and 4 B N bytes read.
#include "launch.h"
#include "tile.h"

namespace scfm::cuda {

namespace {

constexpr int kBinThreads = 256;
constexpr int kBinRows = 32;    ///< values of a tile
constexpr int kBinSlab = 1024;  ///< values whose sums a block makes

/// Shared memory: the second layer's weights, and of each value of a tile what the layers make of it. It fits the 99 KB of the smallest cards at the most bins, with the gradient too.
struct BinRoom {
    float *weight2, *hidden, *scores;
    float* bias_slopes = nullptr;  ///< for the gradient: sums, [3, bins]
    int stride;

    __host__ __device__ BinRoom(Room& room, int bins, bool gradient)
        : weight2(room.take<float>(whole_tiles(bins) * factor_stride<float>(bins))), hidden(room.take<float>(kBinRows * factor_stride<float>(bins))),
          scores(room.take<float>(kBinRows * factor_stride<float>(bins))), stride(factor_stride<float>(bins)) {
        if (gradient) bias_slopes = room.take<float>(3 * bins);
    }
    static size_t bytes(int bins, bool gradient) {
        Room room(nullptr);
        BinRoom(room, bins, gradient);
        return room.bytes;
    }
};

/// What the first layer makes of a value, before its activation.
__device__ __forceinline__ float before(const BinWeights& b, int bin, float x) { return fmaf(b.weight1[bin], x, b.bias1[bin]); }

/// The weights of a tile of values, in place of the scores.
__device__ __forceinline__ void weights_of(const BinWeights& b, const BinRoom& s, int64_t first) {
    const int padded = whole_tiles(b.bins);
    for_rows(kBinRows, [&](int row) {
        const bool there = first + row < b.count;
        const float x = there ? b.x[first + row] : 0;
        for_lanes(padded, [&](int bin) {
            const float hidden = there && bin < b.bins ? before(b, bin, x) : 0;
            s.hidden[row * s.stride + bin] = hidden > 0 ? hidden : hidden * b.negative_slope;
        });
    });
    __syncthreads();
    multiply(Factor<float>{s.hidden, s.stride}, Factor<float, true>{s.weight2, s.stride}, s.scores, s.stride, kBinRows, padded, padded, false);
    __syncthreads();
    for_rows(kBinRows, [&](int row) {
        float *scores = s.scores + row * s.stride, top = -INFINITY, total = 0;
        for_lanes(b.bins, [&](int bin) {
            scores[bin] += fmaf(b.alpha, s.hidden[row * s.stride + bin], b.bias2[bin]);
            top = fmaxf(top, scores[bin]);
        });
        top = warp_largest(top);
        for_lanes(b.bins, [&](int bin) {
            scores[bin] = expf(scores[bin] - top);
            total += scores[bin];
        });
        const float inverse = 1 / warp_sum(total);
        for_lanes(padded, [&](int bin) { scores[bin] = bin < b.bins && first + row < b.count ? scores[bin] * inverse : 0; });
    });
    __syncthreads();
}

struct BinSlabs {
    int64_t count;

    __host__ __device__ int64_t number() const { return (count + kBinSlab - 1) / kBinSlab; }
    __host__ __device__ int64_t end(int64_t slab) const { return (slab + 1) * kBinSlab < count ? (slab + 1) * kBinSlab : count; }
};

template <class T> __global__ void __launch_bounds__(kBinThreads) weigh_bins(BinWeights b) {
    SCFM_SHARED(memory);
    Room room(memory);
    const BinRoom s(room, b.bins, false);
    load_factor(b.weight2, b.bins, b.bins, b.bins, s.weight2, s.stride);
    const int64_t end = BinSlabs{b.count}.end(blockIdx.x);
    for (int64_t first = static_cast<int64_t>(blockIdx.x) * kBinSlab; first < end; first += kBinRows) {
        weights_of(b, s, first);
        for_rows(kBinRows, [&](int row) {
            if (first + row >= b.count) return;
            for_lanes(b.bins, [&](int bin) { static_cast<T*>(b.weights)[(first + row) * b.bins + bin] = narrow<T>(s.scores[row * s.stride + bin]); });
        });
    }
}

struct BinGradientOf {
    BinWeights bins;
    const void* weights_gradient;
    float *x, *partial;  ///< partial: [slabs, bins * bins + 3 * bins], of the second layer's weights and bias and the first one's weights and bias
};

template <class T> __global__ void __launch_bounds__(kBinThreads) bin_slopes(BinGradientOf a) {
    SCFM_SHARED(memory);
    const BinWeights& b = a.bins;
    const int padded = whole_tiles(b.bins);
    Room room(memory);
    const BinRoom s(room, b.bins, true);
    float *bias2_slopes = s.bias_slopes, *weight1_slopes = bias2_slopes + b.bins, *bias1_slopes = weight1_slopes + b.bins;
    KeptProducts<kMostBins, kBinThreads> weight2_slopes;
    load_factor(b.weight2, b.bins, b.bins, b.bins, s.weight2, s.stride);
    for_threads(3 * b.bins, [&](int i) { s.bias_slopes[i] = 0; });
    const int64_t end = BinSlabs{b.count}.end(blockIdx.x);
    for (int64_t first = static_cast<int64_t>(blockIdx.x) * kBinSlab; first < end; first += kBinRows) {
        weights_of(b, s, first);
        // through the softmax: slopes of scores, in place of the weights
        for_rows(kBinRows, [&](int row) {
            if (first + row >= b.count) return;
            float *weights = s.scores + row * s.stride, mean = 0;
            const T* given = static_cast<const T*>(a.weights_gradient) + (first + row) * b.bins;
            for_lanes(b.bins, [&](int bin) { mean = fmaf(weights[bin], widen(given[bin]), mean); });
            mean = warp_sum(mean);
            for_lanes(b.bins, [&](int bin) { weights[bin] *= widen(given[bin]) - mean; });
        });
        __syncthreads();
        weight2_slopes.add(Factor<float, true>{s.scores, s.stride}, Factor<float>{s.hidden, s.stride}, padded, kBinRows);
        __syncthreads();
        float* const slopes = s.hidden;  // of hidden values, in their place
        multiply(Factor<float>{s.scores, s.stride}, Factor<float>{s.weight2, s.stride}, slopes, s.stride, kBinRows, padded, padded, false);
        __syncthreads();
        for_rows(kBinRows, [&](int row) {
            if (first + row >= b.count) return;
            const float value = b.x[first + row];
            float x = 0;
            for_lanes(b.bins, [&](int bin) {
                float& slope = slopes[row * s.stride + bin];
                slope = fmaf(b.alpha, s.scores[row * s.stride + bin], slope) * (before(b, bin, value) > 0 ? 1 : b.negative_slope);
                x = fmaf(slope, b.weight1[bin], x);
            });
            x = warp_sum(x);
            if (lane() == 0) a.x[first + row] = x;
        });
        __syncthreads();
        for_threads(b.bins, [&](int bin) {
            for (int row = 0; row < kBinRows && first + row < b.count; row++) {
                const float slope = slopes[row * s.stride + bin];
                bias2_slopes[bin] += s.scores[row * s.stride + bin];
                weight1_slopes[bin] = fmaf(slope, b.x[first + row], weight1_slopes[bin]);
                bias1_slopes[bin] += slope;
            }
        });
        __syncthreads();
    }
    float* to = a.partial + static_cast<int64_t>(blockIdx.x) * (b.bins * b.bins + 3 * b.bins);
    weight2_slopes.write(to, b.bins);
    for_threads(3 * b.bins, [&](int i) { to[b.bins * b.bins + i] = s.bias_slopes[i]; });
}

struct JoinedBins {
    int bins;
    int64_t slabs;
    const float* partial;
    float *weight2, *bias2, *weight1, *bias1;
};

__global__ void __launch_bounds__(kBinThreads) join_bins(JoinedBins a) {
    const int square = a.bins * a.bins, floats = square + 3 * a.bins, i = blockIdx.x * kBinThreads + threadIdx.x;
    if (i >= floats) return;
    float total = 0;
    for (int64_t slab = 0; slab < a.slabs; slab++) total += a.partial[slab * floats + i];
    if (i < square) a.weight2[i] = total;
    else (i < square + a.bins ? a.bias2 : i < square + 2 * a.bins ? a.weight1 : a.bias1)[(i - square) % a.bins] = total;
}

void expect_bins(const BinWeights& b) {
    if (b.bins < 1 || b.bins > kMostBins) throw std::runtime_error("bins: 1 to " + std::to_string(kMostBins) + " are expected; found " + std::to_string(b.bins));
}

}  // namespace

int64_t bin_partial_floats(const BinWeights& b) { return BinSlabs{b.count}.number() * (b.bins * b.bins + 3 * b.bins); }

void bin_weights(const BinWeights& b, Stream stream) {
    expect_bins(b);
    with_element(b.element, [&](auto zero) {
        launch(weigh_bins<decltype(zero)>, dim3(static_cast<unsigned>(BinSlabs{b.count}.number())), kBinThreads, BinRoom::bytes(b.bins, false), stream, b);
    });
}

void bin_weights_gradient(const BinWeights& b, const BinWeightsGradient& g, Stream stream) {
    expect_bins(b);
    const int64_t slabs = BinSlabs{b.count}.number();
    with_element(b.element, [&](auto zero) {
        launch(bin_slopes<decltype(zero)>, dim3(static_cast<unsigned>(slabs)), kBinThreads, BinRoom::bytes(b.bins, true), stream, BinGradientOf{b, g.weights_gradient, g.x, g.partial});
    });
    launch(join_bins, dim3((b.bins * b.bins + 3 * b.bins + kBinThreads - 1) / kBinThreads), kBinThreads, 0, stream,
        JoinedBins{b.bins, slabs, g.partial, g.weight2, g.bias2, g.weight1, g.bias1});
}

}  // namespace scfm::cuda
