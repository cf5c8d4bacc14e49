// What stands for the kernels for CUDA in a library that was built without them.
#include "card.h"

namespace scfm::fused {

bool has_kernels(const at::Device&) { return false; }

namespace card {

namespace {
[[noreturn]] void absent() { TORCH_CHECK(false, "This library was built without kernels for CUDA; ask for them first"); }
}  // namespace

std::vector<at::Tensor> key_sums(const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, int64_t, double) { absent(); }
at::Tensor queries(const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, int64_t, double) { absent(); }
std::vector<at::Tensor> add_norm(const at::Tensor&, const Maybe<at::Tensor>&, const at::Tensor&, const at::Tensor&, double, Maybe<at::ScalarType>) { absent(); }
at::Tensor bin_weights(const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, double, double, Maybe<at::ScalarType>) { absent(); }
void adam(const std::vector<cuda::AdamTensor>&, const cuda::AdamFactors&, const at::Device&) { absent(); }

}  // namespace card
}  // namespace scfm::fused
