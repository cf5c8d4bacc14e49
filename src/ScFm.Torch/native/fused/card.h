// The kernels for CUDA as functions of tensors. Where the library was built without them, has_kernels is false, and each of these says so.
#pragma once

#include "../abi.h"
#include "../cuda/kernels.h"

namespace scfm::fused {

/// True for a card that the library has kernels for.
bool has_kernels(const at::Device& device);
/// True where the tensor lies on such a card: one with kernels of ours.
inline bool on_our_card(const at::Tensor& t) { return t.defined() && has_kernels(t.device()); }

namespace card {

/// True for a card of NVIDIA's Ampere or later: those that our kernels, and libtorch's for flash attention, are compiled for.
bool is_ampere_or_later(const at::Device& device);
std::vector<at::Tensor> key_sums(const at::Tensor& keys, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads, double epsilon);
at::Tensor queries(const at::Tensor& queries, const at::Tensor& mass, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads, double epsilon);
/// The layer norm of x + add in a type (that of x where there is none), and the sum, in the type of x, where something is added.
std::vector<at::Tensor> add_norm(const at::Tensor& x, const Maybe<at::Tensor>& add, const at::Tensor& weight, const at::Tensor& bias, double epsilon, Maybe<at::ScalarType> type);
at::Tensor bin_weights(const at::Tensor& x, const at::Tensor& weight1, const at::Tensor& bias1, const at::Tensor& weight2, const at::Tensor& bias2, double alpha, double negative_slope,
    Maybe<at::ScalarType> type);
/// Attention within cells of queries, keys and values side by side, [rows, 3 * width], by libtorch's kernels for rows of many lengths; a share of the weights is dropped.
at::Tensor attention(const at::Tensor& qkv, const at::Tensor& offsets, int64_t heads, double dropout);
/// True where libtorch has such a kernel for tensors like this one and heads of that width.
bool has_attention(const at::Tensor& like, int64_t width);
/// A step over parameters of one card.
void adam(const std::vector<cuda::AdamTensor>& tensors, const cuda::AdamFactors& factors, const at::Device& device);

}  // namespace card
}  // namespace scfm::fused
