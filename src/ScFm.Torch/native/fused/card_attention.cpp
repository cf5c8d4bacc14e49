// Softmax attention within cells on a card: libtorch's own kernels for rows of many lengths packed one after another.
// They are called by what their schema says, since their parameters differ from version to version; a version that asks for something unknown is not used.
#include "card.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <cmath>
#include <map>

namespace scfm::fused::card {

namespace {

using Given = std::map<std::string, c10::IValue>;

/// An operator's arguments in its own order: those given, its defaults, and nothing for what may be nothing. False where one is missing.
bool arrange(const c10::OperatorHandle& op, const Given& given, torch::jit::Stack* stack) {
    for (const auto& argument : op.schema().arguments()) {
        const auto found = given.find(argument.name());
        if (found != given.end()) stack->push_back(found->second);
        else if (argument.default_value()) stack->push_back(*argument.default_value());
        else if (argument.type()->kind() == c10::TypeKind::OptionalType) stack->emplace_back();
        else return false;
    }
    return true;
}

/// What both operators are given; either ignores the other's names.
Given arguments(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& begins, int64_t longest, double dropout) {
    return {{"query", q}, {"key", k}, {"value", v}, {"cum_seq_q", begins}, {"cum_seq_k", begins}, {"max_q", longest}, {"max_k", longest}, {"cu_seqlens_q", begins}, {"cu_seqlens_k", begins},
        {"max_seqlen_q", longest}, {"max_seqlen_k", longest}, {"dropout_p", dropout}, {"is_causal", false}, {"return_debug_mask", false}, {"custom_mask_type", int64_t{0}}, {"compute_log_sumexp", true}};
}

/// An operator that takes these arguments, or nothing.
std::optional<c10::OperatorHandle> find(const char* name) {
    const auto op = c10::Dispatcher::singleton().findSchema({name, ""});
    if (!op) return {};
    const at::Tensor none = at::empty({0});
    torch::jit::Stack stack;
    return arrange(*op, arguments(none, none, none, none, 0, 0), &stack) ? std::optional<c10::OperatorHandle>(*op) : std::nullopt;
}

const std::optional<c10::OperatorHandle>& flash() {
    static const auto op = find("aten::_flash_attention_forward");
    return op;
}
const std::optional<c10::OperatorHandle>& efficient() {
    static const auto op = find("aten::_efficient_attention_forward");
    return op;
}

bool takes_flash(const at::Tensor& like, int64_t width) {
    return (like.scalar_type() == at::kBFloat16 || like.scalar_type() == at::kHalf) && width % 8 == 0 && width <= 256 && is_ampere_or_later(like.device()) && flash();
}
bool takes_efficient(const at::Tensor& like, int64_t width) { return like.scalar_type() == at::kFloat && width % 4 == 0 && efficient(); }

}  // namespace

bool has_attention(const at::Tensor& like, int64_t width) {
    // earlier versions have no derivative of them, or none with lengths
    constexpr bool kVersion = TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2);
    return kVersion && like.is_cuda() && (takes_flash(like, width) || takes_efficient(like, width));
}

at::Tensor attention(const at::Tensor& qkv, const at::Tensor& offsets, int64_t heads, double dropout) {
    TORCH_CHECK(qkv.dim() == 2 && heads > 0 && qkv.size(1) > 0 && qkv.size(1) % (3 * heads) == 0, "attention: expected [rows, 3 * width] with ", heads, " heads; found ", qkv.sizes());
    TORCH_CHECK(offsets.is_cpu() && offsets.scalar_type() == at::kLong && offsets.is_contiguous() && offsets.numel() >= 1, "offsets: expected int64 on the CPU");
    const int64_t rows = qkv.size(0), width = qkv.size(1) / 3 / heads;
    TORCH_CHECK(has_attention(qkv, width), "attention: this libtorch has no kernel for ", qkv.scalar_type(), " heads of width ", width, " on ", qkv.device(), "; ask for it first");
    const auto* at = offsets.data_ptr<int64_t>();
    int64_t longest = 0;
    for (int64_t cell = 0; cell + 1 < offsets.numel(); cell++) longest = std::max(longest, at[cell + 1] - at[cell]);
    const bool is_flash = takes_flash(qkv, width);
    const at::Tensor begins = offsets.to(at::kInt).to(qkv.device());
    // views: the kernels read rows that lie apart
    const auto part = [&](int64_t third) {
        const at::Tensor one = qkv.narrow(1, third * heads * width, heads * width).view({rows, heads, width});
        return is_flash ? one : one.unsqueeze(0);
    };
    torch::jit::Stack stack;
    const auto& op = is_flash ? flash() : efficient();
    arrange(*op, arguments(part(0), part(1), part(2), begins, longest, dropout), &stack);
    op->callBoxed(&stack);
    return stack[0].toTensor().reshape({rows, heads * width});
}

}  // namespace scfm::fused::card

SCFM_API bool scfm_card_has_attention(T like, int64_t width) {
    try {
        return scfm::fused::card::has_attention(like, width);
    } catch (...) {
        return false;
    }
}
