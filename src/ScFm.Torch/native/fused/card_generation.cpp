// What a card can compute, asked of CUDA by name: libtorch brings CUDA's library along, but not always its headers.
#include "card.h"

#include <dlfcn.h>

namespace scfm::fused::card {

namespace {

/// The generations of all cards, CUDA's "compute capability" without its fraction; none where CUDA does not answer.
std::vector<int> generations() {
    constexpr int kCapabilityMajor = 75;  // cudaDevAttrComputeCapabilityMajor
    const auto count_of = reinterpret_cast<int (*)(int*)>(dlsym(RTLD_DEFAULT, "cudaGetDeviceCount"));
    const auto attribute_of = reinterpret_cast<int (*)(int*, int, int)>(dlsym(RTLD_DEFAULT, "cudaDeviceGetAttribute"));
    int count = 0;
    if (!count_of || !attribute_of || count_of(&count) != 0) return {};
    std::vector<int> all(static_cast<size_t>(count));
    for (int card = 0; card < count; card++) attribute_of(&all[card], kCapabilityMajor, card);
    return all;
}

}  // namespace

bool is_ampere_or_later(const at::Device& device) {
    constexpr int kAmpere = 8;
    if (!device.is_cuda()) return false;
    static const std::vector<int> all = generations();
    const auto card = static_cast<size_t>(device.index());
    return card < all.size() && all[card] >= kAmpere;
}

}  // namespace scfm::fused::card
