#include "card_tensors.h"

namespace scfm::fused {

bool has_kernels([[maybe_unused]] const at::Device& device) {
#ifdef SCFM_EMULATED
    return true;
#else
    return card::is_ampere_or_later(device);
#endif
}

namespace card {

CardPlaces::CardPlaces(const at::Tensor& offsets, int64_t rows, int block, const at::Device& device) {
    TORCH_CHECK(offsets.is_cpu() && offsets.scalar_type() == at::kLong && offsets.is_contiguous() && offsets.numel() >= 1, "offsets: expected int64 on the CPU");
    TORCH_CHECK(rows < (int64_t{1} << 31), "linear attention: fewer than 2^31 rows are expected; found ", rows);
    const auto* at = offsets.data_ptr<int64_t>();
    const int64_t cells = offsets.numel() - 1;
    TORCH_CHECK(at[0] == 0 && at[cells] == rows, "offsets: found ", at[0], " to ", at[cells], "; expected 0 to the number of rows, ", rows);
    std::vector<int32_t> begins{0};
    std::vector<cuda::Place> each;
    for (int64_t cell = 0; cell < cells; cell++) {
        TORCH_CHECK(at[cell] <= at[cell + 1], "offsets: cell ", cell, " ends before it begins");
        for (int64_t first = at[cell]; first < at[cell + 1]; first += block)
            each.push_back({static_cast<int32_t>(cell), static_cast<int32_t>(first), static_cast<int32_t>(std::min(first + block, at[cell + 1]))});
        begins.push_back(static_cast<int32_t>(each.size()));
    }
    constexpr int64_t kInts = sizeof(cuda::Place) / sizeof(int32_t);
    const auto begin_ints = static_cast<int64_t>(begins.size()), place_ints = static_cast<int64_t>(each.size()) * kInts;
    // pinned, so that the copy does not wait for the card
    const at::Tensor host = at::empty({begin_ints + place_ints}, at::TensorOptions().dtype(at::kInt).pinned_memory(device.is_cuda()));
    std::memcpy(host.data_ptr<int32_t>(), begins.data(), begins.size() * sizeof(int32_t));
    std::memcpy(host.data_ptr<int32_t>() + begin_ints, each.data(), each.size() * sizeof(cuda::Place));
    memory = host.to(device, /*non_blocking=*/true);
    const int32_t* first = memory.data_ptr<int32_t>();
    places = {static_cast<int32_t>(cells), static_cast<int32_t>(each.size()), rows, reinterpret_cast<const cuda::Place*>(first + begin_ints), first};
}

void adam(const std::vector<cuda::AdamTensor>& tensors, const cuda::AdamFactors& factors, const at::Device& device) {
    const Card card(device);
    cuda::adam(tensors.data(), static_cast<int64_t>(tensors.size()), factors, card.stream);
}

}  // namespace card
}  // namespace scfm::fused
