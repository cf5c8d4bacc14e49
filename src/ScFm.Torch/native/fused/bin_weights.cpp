// The weights of bins for values, on a card; elsewhere plain operations are as fast.
#include "card.h"

namespace scfm::fused {

TENSOR(fused_bin_weights, (T x, T weight1, T bias1, T weight2, T bias2, double alpha, double negative_slope, D type), [&] {
    TORCH_CHECK(on_our_card(x), "bins: there is no kernel for the CPU; ask for it first");
    return card::bin_weights(x, weight1, bias1, weight2, bias2, alpha, negative_slope, type.maybe());
}())

}  // namespace scfm::fused

/// True where this library was built with kernels for the card of that index.
SCFM_API bool scfm_card_has_kernels(int32_t card) { return scfm::fused::has_kernels(at::Device(at::kCUDA, static_cast<at::DeviceIndex>(card))); }
/// The most bins of a value that the kernels take.
SCFM_API int64_t scfm_most_bins() { return scfm::cuda::kMostBins; }
