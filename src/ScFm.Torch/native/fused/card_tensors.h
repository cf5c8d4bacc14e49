// What the functions for CUDA share: the card's stream, and tensors as the kernels read them.
#pragma once

#include "card.h"

#include <torch/csrc/autograd/custom_function.h>
#ifndef SCFM_EMULATED
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace scfm::fused::card {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

#ifdef SCFM_EMULATED
/// Stands for a card in tests: tensors lie on the CPU.
struct Card {
    explicit Card(const at::Device&) {}
    cuda::Stream stream = nullptr;
};
#else
/// Makes a card the current one, until it is destroyed.
struct Card {
    explicit Card(const at::Device& device) : guard(device), stream(c10::cuda::getCurrentCUDAStream(device.index()).stream()) {}
    c10::cuda::CUDAGuard guard;
    cuda::Stream stream;
};
#endif

inline cuda::Element element_of(at::ScalarType type) {
    TORCH_CHECK(type == at::kFloat || type == at::kBFloat16, "The kernels for CUDA take float32 and bfloat16; a tensor is ", type);
    return type == at::kFloat ? cuda::Element::float32 : cuda::Element::bfloat16;
}

/// A float32 tensor on a card, without gaps.
inline at::Tensor floats(const at::Tensor& t, const at::Device& device, const char* what) {
    TORCH_CHECK(t.scalar_type() == at::kFloat && t.device() == device, what, ": expected float32 on ", device, "; found ", t.scalar_type(), " on ", t.device());
    return t.contiguous();
}
inline const float* read(const at::Tensor& t) { return t.data_ptr<float>(); }
inline float* write(const at::Tensor& t) { return t.data_ptr<float>(); }
inline at::Tensor room(int64_t numbers, const at::Tensor& like) { return at::empty({numbers}, like.options().dtype(at::kFloat)); }

/// The rows of cells in blocks, and the memory that the card reads them from.
struct CardPlaces {
    at::Tensor memory;
    cuda::Places places;

    CardPlaces(const at::Tensor& offsets, int64_t rows, int block, const at::Device& device);
};

}  // namespace scfm::fused::card
