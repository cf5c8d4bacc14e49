// What the kernels compute, in plain pointers: the border between ATen code and code compiled for one instruction set.
// All matrices are row-major floats; a stride is the distance of two rows.
#pragma once

#include <cstdint>

namespace scfm {

/// Runs body(state, task) for every task, on all threads. A kernel's result does not depend on which thread takes which task.
struct Pool {
    void (*run)(int64_t tasks, void (*body)(void* state, int64_t task), void* state);
    int64_t (*threads)();

    template <class Body> void for_each(int64_t tasks, Body&& body) const {
        run(tasks, [](void* state, int64_t task) { (*static_cast<Body*>(state))(task); }, &body);
    }
};

enum class Activation : int32_t { none, relu, gelu };

/// result = activation(left * right + bias) + add, for matrices left [rows, inner] and result [rows, columns].
struct Product {
    int64_t rows, columns, inner;
    const float* left;
    int64_t left_stride;
    const float* right;  ///< [inner, columns], or [columns, inner] where it is transposed, as the weights of a linear layer are
    int64_t right_stride;
    bool transposed;
    float* result;
    int64_t result_stride;
    const float* bias = nullptr;  ///< [columns]
    Activation activation = Activation::none;
    const float* add = nullptr;  ///< [rows, columns]; its stride is the result's
    float* before = nullptr;     ///< where to keep the values before the activation; its stride is the result's
    const float* gate = nullptr; ///< multiply by the activation's derivative at these values instead; its stride is the result's
    bool accumulate = false;     ///< add to the result instead of replacing it
};

/// Cells' rows, one after another: cell i has the rows offsets[i] to offsets[i + 1].
struct Segments {
    int64_t count;
    const int64_t* offsets;
};

/// A matrix that is zero for the most part: what is not zero, row after row, with ascending columns within a row.
struct SparseRows {
    Segments rows;
    int64_t columns;
    const int32_t* column;  ///< of each number
    const float* value;
};

/// result = x * weight^T + bias.
struct SparseLinear {
    SparseRows x;
    int64_t out;
    const float* weight;  ///< [out, columns]
    const float* bias;    ///< [out], or null
    float* result;        ///< [rows, out]
};

/// weight_gradient = gradient^T * x.
struct SparseLinearGradient {
    SparseRows x;
    int64_t out;
    const float* gradient;
    float* weight_gradient;
};

/// softmax(q k^T * scale) v of each cell and head. q, k, v are columns of one matrix or of several; heads lie side by side.
struct Attention {
    Segments cells;
    int64_t heads, width;
    float scale;
    const float *q, *k, *v;
    int64_t stride;
    float* mixed;  ///< [rows, heads * width]
    float* log_sums;  ///< [heads, rows]: base 2 logarithm of each row's sum of exponentials
};

struct AttentionGradient {
    const float* mixed_gradient;  ///< [rows, heads * width]
    float *q, *k, *v;             ///< of the stride of q, k, v
};

/// Random features of the softmax kernel: exp(x p^T * scale - |x|^2 scale^2 / 2 - maximum) + epsilon, scale = width^-1/4.
struct Features {
    int64_t heads, width, count;
    const float* projection;  ///< [count, width]
    float epsilon;
};

/// Sums over a cell's keys. The maximum is one for a cell, over its heads too.
struct KeySums {
    Features features;
    Segments cells;
    const float *k, *v;
    int64_t stride;
    float* mass;     ///< [cells, heads, count]
    float* values;   ///< [cells, heads, count, width]
    float* maximum;  ///< [cells]
    float* tops = nullptr;  ///< each row's largest exponent, [heads, rows]; null where it is not wanted
};

struct KeySumsGradient {
    const float *mass, *values;
    float *k, *v;  ///< of the stride of k, v
};

/// What queries take from the sums over their cell's keys.
struct Queries {
    Features features;
    Segments cells;
    const float* q;
    int64_t stride;
    const float *mass, *values;
    float* mixed;  ///< [rows, heads * width]
};

struct QueriesGradient {
    const float* mixed_gradient;
    float* q;  ///< of the stride of q
    float *mass, *values;
};

/// normed = layer norm of (x + add); keeps what the gradient needs.
struct Norm {
    int64_t rows, width;
    const float *x, *add;  ///< add may be null
    const float *weight, *bias;
    float epsilon;
    float *sum;  ///< x + add; null where it is not wanted
    float* normed;
    float *mean, *inverse;  ///< [rows]; null where no gradient is wanted
};

struct NormGradient {
    int64_t rows, width;
    const float *x, *weight, *mean, *inverse;  ///< x is what was normed
    const float *normed_gradient, *sum_gradient;  ///< the second may be null
    float *x_gradient, *weight_gradient, *bias_gradient;
};

/// A share of values set to zero, the others scaled up; which ones follows from the seed and their place.
struct Dropout {
    double share;  ///< 0 to below 1
    uint64_t seed;
};

/// Each column normalised over the rows, then ReLU and dropout where they are wanted; keeps what the gradient needs and moves the running statistics.
struct BatchNorm {
    int64_t rows, width;  ///< two rows or more
    const float *x, *weight, *bias;
    float epsilon, momentum;
    bool relu;
    Dropout dropout;
    float *normed, *mean, *inverse;          ///< mean and inverse standard deviation of each column
    float *running_mean, *running_variance;  ///< [width]
};

struct BatchNormGradient {
    int64_t rows, width;
    const float *x, *weight, *bias, *mean, *inverse;
    bool relu;
    Dropout dropout;
    const float* normed_gradient;
    float *x_gradient, *weight_gradient, *bias_gradient;
};

/// Negative binomial counts of cells. A gene's mean is exp(library) times its share, the softmax of the logits over the cell's genes.
/// The counts that are not zero lie one after another; everything else is zero.
struct CountLikelihood {
    Segments cells;  ///< where each cell's counts begin
    int64_t genes;
    const int32_t* gene;  ///< of each count
    const float* count;
    const float* logits;      ///< [cells, genes]
    const float* library;     ///< [cells]
    const float* dispersion;  ///< [genes], or [cells, genes]
    int64_t dispersion_stride;  ///< 0 where all cells share one
    const float* zero_logits;   ///< of an additional zero, [cells, genes]; null where there is none
    float* log_probability;     ///< [cells]
    float *logits_slope, *dispersion_slope, *zero_logits_slope;  ///< derivatives of a cell's log-probability, [cells, genes]; null where they are not wanted
    float* library_slope;                                        ///< [cells]
};

/// Weighted derivatives of the cells' log-probabilities, of the slopes that CountLikelihood keeps.
struct CountLikelihoodGradient {
    int64_t cells, genes;
    const float* weight;  ///< [cells]
    const float *logits_slope, *dispersion_slope, *zero_logits_slope;
    float *logits, *zero_logits;  ///< [cells, genes]
    float* dispersion;            ///< [cells, genes], or their sum over the cells, [genes]
    bool shared;                  ///< the sum
};

/// Independent normal distributions, numbers to draw from them by, and a prior, all [rows, width]. A draw is mean + sqrt(variance) * noise.
struct NormalDraw {
    int64_t rows, width;
    const float *mean, *variance, *noise;
    const float *prior_mean, *prior_variance;  ///< null: 0 and 1
};

/// The kernels of one instruction set.
struct Kernels {
    const char* name;
    void (*product)(const Product&, const Pool&);
    void (*transpose)(const float* from, int64_t stride, int64_t rows, int64_t columns, float* to, const Pool&);  ///< to [columns, rows]
    int64_t (*misplaced)(const SparseRows&);  ///< the first row whose columns do not ascend from 0 to less than their number; -1 where there is none
    void (*sparse_linear)(const SparseLinear&, const Pool&);
    void (*sparse_linear_gradient)(const SparseLinearGradient&, const Pool&);
    void (*attention)(const Attention&, const Pool&);
    void (*attention_gradient)(const Attention&, const AttentionGradient&, const Pool&);
    void (*key_sums)(const KeySums&, const Pool&);
    void (*key_sums_gradient)(const KeySums&, const KeySumsGradient&, const Pool&);
    void (*queries)(const Queries&, const Pool&);
    void (*queries_gradient)(const Queries&, const QueriesGradient&, const Pool&);
    void (*norm)(const Norm&, const Pool&);
    void (*norm_gradient)(const NormGradient&, const Pool&);
    void (*column_sums)(const float* matrix, int64_t stride, int64_t rows, int64_t columns, float* sums, const Pool&);
    void (*batch_norm)(const BatchNorm&, const Pool&);
    void (*batch_norm_gradient)(const BatchNormGradient&, const Pool&);
    void (*count_likelihood)(const CountLikelihood&, const Pool&);
    void (*count_likelihood_gradient)(const CountLikelihoodGradient&, const Pool&);
    void (*normal_draw)(const NormalDraw&, float* draw, float* divergence, const Pool&);  ///< draws [rows, width], and each row's divergence from the prior
    void (*normal_draw_gradient)(const NormalDraw&, const float* draw_gradient, const float* divergence_gradient, float* mean_gradient, float* variance_gradient, const Pool&);
};

/// The kernels whose factors are rounded to bfloat16.
struct ShortKernels {
    void (*product)(const Product&, const Pool&);
    void (*attention)(const Attention&, const Pool&);
};

/// Those for this machine, or null where it does not multiply bfloat16.
const ShortKernels* short_kernels();

/// The kernels for this machine, or null where it has neither AVX-512 nor AVX2 with FMA.
const Kernels* kernels();

}  // namespace scfm
