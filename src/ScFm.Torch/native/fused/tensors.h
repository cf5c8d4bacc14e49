// What the functions of this folder share: kernels as functions of tensors that can be differentiated.
// Rows of all cells lie one after another; `offsets` says where each cell begins.
#pragma once

#include "../abi.h"
#include "../kernels/kernels.h"

#include <torch/csrc/autograd/custom_function.h>

namespace scfm::fused {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

/// The threads of libtorch.
extern const Pool pool;

/// The kernels for this processor.
const Kernels& k();

/// True while products are to take bfloat16 factors and this processor multiplies them: within autocast, and not for gradients.
bool rounds();

/// A float32 tensor on the CPU whose rows are dense, as the kernels read it.
at::Tensor dense(const at::Tensor& t);
/// The same, of columns of a wider matrix.
at::Tensor columns_of(const at::Tensor& t);

inline const float* read(const at::Tensor& t) { return t.defined() ? t.data_ptr<float>() : nullptr; }
inline float* write(const at::Tensor& t) { return t.defined() ? t.data_ptr<float>() : nullptr; }
inline int64_t rows_of(const at::Tensor& t) { return t.numel() / t.size(-1); }
inline at::Tensor or_none(const Maybe<at::Tensor>& t) { return t.value_or(at::Tensor()); }

/// Refuses a tensor of another size or kind; one that is absent passes.
void expect(const at::Tensor& t, int64_t numbers, const char* what);

/// Where cells begin among so many rows.
Segments segments(const at::Tensor& offsets, int64_t rows);

/// A matrix of so many columns that is zero but for these values, a row after the other; refuses columns that do not ascend within a row.
SparseRows sparse_rows(const at::Tensor& offsets, const at::Tensor& columns, const at::Tensor& values, int64_t width);

}  // namespace scfm::fused
