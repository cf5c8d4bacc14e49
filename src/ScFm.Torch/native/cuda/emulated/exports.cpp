// What the tests call: the names of the library's own exports, always by the kernels for CUDA.
#include "../../fused/card.h"
#include "device.h"

namespace scfm::fused {

LIST(fused_key_sums, (T keys, T values, T projection, T offsets, int64_t heads, double epsilon, at::TensorImpl*** out), card::key_sums(keys, values, projection, offsets, heads, epsilon))
TENSOR(fused_queries, (T queries, T mass, T values, T projection, T offsets, int64_t heads, double epsilon), card::queries(queries, mass, values, projection, offsets, heads, epsilon))
LIST(fused_add_norm, (T x, T add, T weight, T bias, double epsilon, D type, at::TensorImpl*** out), card::add_norm(x, add.maybe(), weight, bias, epsilon, type.maybe()))
TENSOR(fused_bin_weights, (T x, T weight1, T bias1, T weight2, T bias2, double alpha, double negative_slope, D type),
    card::bin_weights(x, weight1, bias1, weight2, bias2, alpha, negative_slope, type.maybe()))

}  // namespace scfm::fused

/// Sets the shared memory that a block may have, and in which order its threads take turns.
ACTION(emulated_card, (int64_t shared_bytes, int32_t backwards), scfm::cuda::emulated::set_shared_limit(static_cast<size_t>(shared_bytes)); scfm::cuda::emulated::set_backwards(backwards != 0))
