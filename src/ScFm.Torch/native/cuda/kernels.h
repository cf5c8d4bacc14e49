// What the kernels for CUDA compute, in plain pointers to memory of the card: the border between ATen code and CUDA code.
// Matrices are row-major; a stride is the distance of two rows. Sums are made in float32, in one order whatever runs at the same time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace scfm::cuda {

using Stream = void*;  ///< cudaStream_t

/// What matrices of rows hold.
enum class Element : int32_t { float32, bfloat16 };

/// Some rows of a cell: first up to, but not with, last.
struct Place {
    int32_t cell, first, last;
};

/// Work on cells whose rows lie one after another: their rows in blocks of at most so many, cell after cell.
struct Places {
    int32_t cells, count;
    int64_t rows;           ///< of all cells
    const Place* each;      ///< [count]
    const int32_t* begins;  ///< of each cell, its first place, and where the last cell's end, [cells + 1]
};

constexpr int kSlabRows = 2048;  ///< rows whose sums one block makes
constexpr int kBlockRows = 512;  ///< rows whose results one block makes

/// Random features of the softmax kernel: exp(x p^T * scale - |x|^2 scale^2 / 2 - maximum) + epsilon, scale = width^-1/4.
struct Features {
    int32_t heads, width, count;
    const float* projection;  ///< [count, width]
    float epsilon;
};

/// Sums over a cell's keys, mass and values. The maximum is one for a cell, over its heads too.
struct KeySums {
    Features features;
    Places slabs;
    Element element;
    const void *k, *v;
    int64_t stride;
    float* mass;     ///< [cells, heads, count]
    float* values;   ///< [cells, heads, count, width]
    float* maximum;  ///< [cells]
    float* tops;     ///< room, [heads, rows]
    float* partial;  ///< room, partial_floats
};

struct KeySumsGradient {
    Places blocks;
    const float *mass, *values;
    void *k, *v;  ///< of the stride of k, v
    float* room;  ///< key_gradient_floats
};

/// What queries take from the sums over their cell's keys.
struct Queries {
    Features features;
    Places blocks;
    Element element;
    const void* q;
    int64_t stride;
    const float *mass, *values;
    void* mixed;  ///< [rows, heads * width]
    void* rest;   ///< what rounding took of it, for the gradient, which is a difference from it; null beside float32
    float* kept;  ///< of each row its largest exponent, its denominator, and how many features have the former, [3, heads, rows]
};

struct QueriesGradient {
    Places slabs;
    const void* mixed_gradient;
    void* q;  ///< of the stride of q
    float *mass, *values;
    float* partial;  ///< room, partial_floats
};

int64_t partial_floats(const Features& features, const Places& slabs);
int64_t key_gradient_floats(const Features& features, const Places& blocks);

void key_sums(const KeySums& sums, Stream stream);
void key_sums_gradient(const KeySums& sums, const KeySumsGradient& gradient, Stream stream);
void queries(const Queries& queries, Stream stream);
void queries_gradient(const Queries& queries, const QueriesGradient& gradient, Stream stream);

/// normed = layer norm of (x + add); keeps what the gradient needs.
struct Norm {
    int64_t rows;
    int32_t width;
    Element element, add_element, normed_element;  ///< of x and the sum; of what is added; of the result
    const void *x, *add;  ///< add may be null
    const float *weight, *bias;
    float epsilon;
    void* sum;  ///< x + add; null where nothing is added
    void* normed;
    float *mean, *inverse;  ///< [rows]
};

struct NormGradient {
    const void* x;                                ///< what was normed
    const void *normed_gradient, *sum_gradient;  ///< of the types of the result and of the sum; the second may be null
    void *x_gradient, *add_gradient;              ///< of the types of x and of what was added; the second may be null
    float *weight_gradient, *bias_gradient;
    float* partial;  ///< room, norm_partial_floats
};

int64_t norm_partial_floats(const Norm& norm);
void norm(const Norm& norm, Stream stream);
void norm_gradient(const Norm& norm, const NormGradient& gradient, Stream stream);

constexpr int kMostBins = 128;

/// The weights of bins for values: the softmax of W2 h + b2 + alpha h, with h = leaky_relu(w1 x + b1).
struct BinWeights {
    int64_t count;
    int32_t bins;  ///< 1 to kMostBins
    const float *x, *weight1, *bias1;  ///< [count], [bins], [bins]
    const float *weight2, *bias2;      ///< [bins, bins], [bins]
    float alpha, negative_slope;
    Element element;  ///< of the weights
    void* weights;    ///< [count, bins]
};

struct BinWeightsGradient {
    const void* weights_gradient;  ///< [count, bins]
    float *x, *weight1, *bias1, *weight2, *bias2;
    float* partial;  ///< room, bin_partial_floats
};

int64_t bin_partial_floats(const BinWeights& bins);
void bin_weights(const BinWeights& bins, Stream stream);
void bin_weights_gradient(const BinWeights& bins, const BinWeightsGradient& gradient, Stream stream);

/// A parameter in a step of AdamW.
struct AdamTensor {
    float *parameter, *mean, *square;
    const float* gradient;
    int64_t count;
    float root2, size;  ///< sqrt(1 - beta2^step), and -rate / (1 - beta1^step)
};

/// What all parameters of a step have in common; the order of operations is that of the CPU's step.
struct AdamFactors {
    float sign, keep, l2, beta1, rest1, beta2, rest2, epsilon;
};

void adam(const AdamTensor* tensors, int64_t count, const AdamFactors& factors, Stream stream);

}  // namespace scfm::cuda
