// Layer norm of rows, with the residual that comes before it, and its gradient. A warp takes a row.
//
// Floors, which are memory's: forward reads x and what is added, writes the sum and the result (bf16 beside a float32 stream: 12 bytes an element; at 4.8 TB/s
// 2.5 us a million elements, expect 80% of that); backward reads x and both gradients and writes one or two (bf16 beside float32: 16 bytes).
// A row is read from memory once: what later passes over it read lies in the L1.
#include "launch.h"
#include "pack.h"
#include "tile.h"

namespace scfm::cuda {

namespace {

constexpr int kNormThreads = 256;
constexpr int kNormSlab = 128;  ///< rows whose sums a block makes

template <class X, class A, class S> struct NormOf {
    int64_t rows;
    int width;
    const X* x;
    const A* add;
    const float *weight, *bias;
    float epsilon;
    X* sum;
    S* normed;
    float *mean, *inverse;
};

template <class X, class A, class S, int kNumbers> __global__ void __launch_bounds__(kNormThreads) norm_rows(NormOf<X, A, S> a) {
    const int64_t row = static_cast<int64_t>(blockIdx.x) * warps() + warp();
    if (row >= a.rows) return;
    const int64_t begin = row * a.width;
    const X* x = a.x + begin;
    const float share = 1.0f / a.width;
    float total = 0, squares = 0;
    if (a.add) {
        for_packs<kNumbers>(a.width, [&](int i) {
            auto values = load<kNumbers>(x + i);
            const auto add = load<kNumbers>(a.add + begin + i);
#pragma unroll
            for (int j = 0; j < kNumbers; j++) {
                values.each[j] = narrow<X>(widen(values.each[j]) + widen(add.each[j]));
                total += widen(values.each[j]);
            }
            store(a.sum + begin + i, values);
        });
        x = a.sum + begin;  // a lane reads only what it wrote itself
    } else {
        for_packs<kNumbers>(a.width, [&](int i) {
            const auto values = load<kNumbers>(x + i);
#pragma unroll
            for (int j = 0; j < kNumbers; j++) total += widen(values.each[j]);
        });
    }
    const float mean = warp_sum(total) * share;
    for_packs<kNumbers>(a.width, [&](int i) {
        const auto values = load<kNumbers>(x + i);
#pragma unroll
        for (int j = 0; j < kNumbers; j++) squares = fmaf(widen(values.each[j]) - mean, widen(values.each[j]) - mean, squares);
    });
    const float inverse = 1 / sqrtf(fmaf(warp_sum(squares), share, a.epsilon));
    for_packs<kNumbers>(a.width, [&](int i) {
        const auto values = load<kNumbers>(x + i);
        const auto weight = load<kNumbers>(a.weight + i), bias = load<kNumbers>(a.bias + i);
        Pack<S, kNumbers> normed;
#pragma unroll
        for (int j = 0; j < kNumbers; j++) normed.each[j] = narrow<S>(fmaf((widen(values.each[j]) - mean) * inverse, weight.each[j], bias.each[j]));
        store(a.normed + begin + i, normed);
    });
    if (lane() == 0) a.mean[row] = mean, a.inverse[row] = inverse;
}

template <class X, class A, class S> struct NormGradientOf {
    int64_t rows;
    int width;
    const X* x;
    const float *weight, *mean, *inverse;
    const S* normed_gradient;
    const X* sum_gradient;
    X* x_gradient;
    A* add_gradient;
    float* partial;  ///< [slabs, 2, width]: of weights, of biases
};

template <class X, class A, class S, int kNumbers> __global__ void __launch_bounds__(kNormThreads) norm_slopes(NormGradientOf<X, A, S> a) {
    SCFM_SHARED(memory);
    float* weights = reinterpret_cast<float*>(memory) + warp() * 2 * a.width;  // a warp sums what its rows give
    float* biases = weights + a.width;
    for_packs<kNumbers>(a.width, [&](int i) {
        for (int j = 0; j < kNumbers; j++) weights[i + j] = biases[i + j] = 0;
    });
    const float share = 1.0f / a.width;
    const int64_t first = static_cast<int64_t>(blockIdx.x) * kNormSlab, end = first + kNormSlab < a.rows ? first + kNormSlab : a.rows;
    for (int64_t row = first + warp(); row < end; row += warps()) {
        const int64_t begin = row * a.width;
        const float mean = a.mean[row], inverse = a.inverse[row];
        float slopes = 0, products = 0;
        for_packs<kNumbers>(a.width, [&](int i) {
            const auto x = load<kNumbers>(a.x + begin + i);
            const auto given = load<kNumbers>(a.normed_gradient + begin + i);
            const auto weight = load<kNumbers>(a.weight + i);
            auto of_weight = load<kNumbers>(weights + i), of_bias = load<kNumbers>(biases + i);
#pragma unroll
            for (int j = 0; j < kNumbers; j++) {
                const float hat = (widen(x.each[j]) - mean) * inverse, incoming = widen(given.each[j]), slope = incoming * weight.each[j];
                slopes += slope;
                products = fmaf(slope, hat, products);
                of_weight.each[j] = fmaf(incoming, hat, of_weight.each[j]);
                of_bias.each[j] += incoming;
            }
            store(weights + i, of_weight);
            store(biases + i, of_bias);
        });
        const float mean_slope = warp_sum(slopes) * share, mean_product = warp_sum(products) * share;
        for_packs<kNumbers>(a.width, [&](int i) {
            const auto x = load<kNumbers>(a.x + begin + i);
            const auto given = load<kNumbers>(a.normed_gradient + begin + i);
            const auto weight = load<kNumbers>(a.weight + i);
            Pack<X, kNumbers> of_sum{}, of_x;
            if (a.sum_gradient) of_sum = load<kNumbers>(a.sum_gradient + begin + i);
            Pack<A, kNumbers> of_add;
#pragma unroll
            for (int j = 0; j < kNumbers; j++) {
                const float hat = (widen(x.each[j]) - mean) * inverse;
                float slope = (widen(given.each[j]) * weight.each[j] - mean_slope - hat * mean_product) * inverse;
                if (a.sum_gradient) slope += widen(of_sum.each[j]);
                of_x.each[j] = narrow<X>(slope);
                of_add.each[j] = narrow<A>(slope);
            }
            store(a.x_gradient + begin + i, of_x);
            if (a.add_gradient) store(a.add_gradient + begin + i, of_add);
        });
    }
    __syncthreads();
    const float* all = reinterpret_cast<const float*>(memory);
    for_threads(2 * a.width, [&](int i) {
        float total = 0;
        for (int w = 0; w < warps(); w++) total += all[w * 2 * a.width + i];
        a.partial[static_cast<int64_t>(blockIdx.x) * 2 * a.width + i] = total;
    });
}

struct SlabsOf {
    int64_t slabs;
    int width;
    const float* partial;
    float *weight, *bias;
};

/// The sums over slabs; a warp's lanes take neighbouring columns, its block's warps every so many slabs.
__global__ void __launch_bounds__(kNormThreads) join_slabs(SlabsOf a) {
    SCFM_SHARED(memory);
    float* of_warp = reinterpret_cast<float*>(memory);
    const int column = blockIdx.x * kWarp + lane();
    float total = 0;
    if (column < 2 * a.width)
        for (int64_t slab = warp(); slab < a.slabs; slab += warps()) total += a.partial[slab * 2 * a.width + column];
    of_warp[threadIdx.x] = total;
    __syncthreads();
    if (warp() != 0 || column >= 2 * a.width) return;
    total = 0;
    for (int w = 0; w < warps(); w++) total += of_warp[w * kWarp + lane()];
    (column < a.width ? a.weight[column] : a.bias[column - a.width]) = total;
}

int64_t slabs_of(const Norm& n) { return (n.rows + kNormSlab - 1) / kNormSlab; }

/// body(X(), A(), S()) for the types of a norm: the stream, what is added, and the result. A stream of float32 takes and makes both, one of bfloat16 itself.
template <class Body> void with_types(const Norm& n, Body&& body) {
    if (n.element == Element::bfloat16) {
        if (n.add_element != Element::bfloat16 || n.normed_element != Element::bfloat16) throw std::runtime_error("norm: float32 beside a bfloat16 stream is not offered");
        return body(BFloat16(), BFloat16(), BFloat16());
    }
    with_element(n.add_element, [&](auto add) { with_element(n.normed_element, [&](auto normed) { body(float(), add, normed); }); });
}

}  // namespace

int64_t norm_partial_floats(const Norm& n) { return slabs_of(n) * 2 * n.width; }

void norm(const Norm& n, Stream stream) {
    with_types(n, [&](auto x, auto add, auto made) {
        with_packs(n.width, {n.x, n.add, n.sum, n.normed, n.weight, n.bias}, [&](auto numbers) {
            using X = decltype(x);
            using A = decltype(add);
            using S = decltype(made);
            constexpr int kRows = kNormThreads / kWarp;
            launch(norm_rows<X, A, S, decltype(numbers)::value>, dim3(static_cast<unsigned>((n.rows + kRows - 1) / kRows)), kNormThreads, 0, stream,
                NormOf<X, A, S>{n.rows, n.width, static_cast<const X*>(n.x), static_cast<const A*>(n.add), n.weight, n.bias, n.epsilon, static_cast<X*>(n.sum), static_cast<S*>(n.normed), n.mean,
                    n.inverse});
        });
    });
}

void norm_gradient(const Norm& n, const NormGradient& g, Stream stream) {
    const size_t warp_bytes = 2 * sizeof(float) * static_cast<size_t>(n.width);
    const size_t fitting = (shared_limit() < kMostShared ? shared_limit() : kMostShared) / 2 / warp_bytes;  // half of it: two blocks at a time
    const int threads = kWarp * static_cast<int>(fitting < 1 ? 1 : fitting > kNormThreads / kWarp ? kNormThreads / kWarp : fitting);
    with_types(n, [&](auto x, auto add, auto made) {
        with_packs(n.width, {g.x, g.normed_gradient, g.sum_gradient, g.x_gradient, g.add_gradient, n.weight}, [&](auto numbers) {
            using X = decltype(x);
            using A = decltype(add);
            using S = decltype(made);
            launch(norm_slopes<X, A, S, decltype(numbers)::value>, dim3(static_cast<unsigned>(slabs_of(n))), threads, threads / kWarp * warp_bytes, stream,
                NormGradientOf<X, A, S>{n.rows, n.width, static_cast<const X*>(g.x), n.weight, n.mean, n.inverse, static_cast<const S*>(g.normed_gradient), static_cast<const X*>(g.sum_gradient),
                    static_cast<X*>(g.x_gradient), static_cast<A*>(g.add_gradient), g.partial});
        });
    });
    launch(join_slabs, dim3((2 * n.width + kWarp - 1) / kWarp), kNormThreads, kNormThreads * sizeof(float), stream, SlabsOf{slabs_of(n), n.width, g.partial, g.weight_gradient, g.bias_gradient});
}

}  // namespace scfm::cuda
