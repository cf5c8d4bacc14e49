// Softmax attention within cells.
#include "card.h"
#include "tensors.h"

#include <cmath>

namespace scfm::fused {

namespace {

/// softmax attention within cells of queries, keys and values side by side, [rows, 3 * width].
struct Attention : Function<Attention> {
    static scfm::Attention parts(const at::Tensor& qkv, const at::Tensor& offsets, int64_t heads, const at::Tensor& mixed, const at::Tensor& log_sums) {
        const int64_t width = qkv.size(1) / 3;
        const float* q = read(qkv);
        return {segments(offsets, qkv.size(0)), heads, width / heads, 1 / std::sqrt(static_cast<float>(width / heads)), q, q + width, q + 2 * width, 3 * width, write(mixed), write(log_sums)};
    }
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv0, const at::Tensor& offsets, int64_t heads) {
        const at::Tensor qkv = dense(qkv0);
        TORCH_CHECK(qkv.dim() == 2 && heads > 0 && qkv.size(1) > 0 && qkv.size(1) % (3 * heads) == 0, "attention: expected [rows, 3 * width] with ", heads, " heads; found ", qkv.sizes());
        at::Tensor mixed = at::empty({qkv.size(0), qkv.size(1) / 3}, qkv.options()), log_sums = at::empty({heads, qkv.size(0)}, qkv.options());
        (rounds() ? scfm::short_kernels()->attention : k().attention)(parts(qkv, offsets, heads, mixed, log_sums), pool);
        ctx->save_for_backward({qkv, offsets, mixed, log_sums});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["rounded"] = rounds();
        return mixed;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor gradient = dense(gradients[0]);
        at::Tensor result = at::empty_like(saved[0]);
        const int64_t width = saved[0].size(1) / 3;
        // the gradient is that of float32 scores, and so must be the sums that it divides by
        if (ctx->saved_data["rounded"].toBool()) k().attention(parts(saved[0], saved[1], ctx->saved_data["heads"].toInt(), saved[2], saved[3]), pool);
        k().attention_gradient(parts(saved[0], saved[1], ctx->saved_data["heads"].toInt(), saved[2], saved[3]),
            {read(gradient), write(result), write(result) + width, write(result) + 2 * width}, pool);
        return {result, at::Tensor(), at::Tensor()};
    }
};

}  // namespace

TENSOR(fused_attention, (T qkv, T offsets, int64_t heads, double dropout), [&] {
    if (qkv->is_cuda()) return card::attention(qkv, offsets, heads, dropout);
    TORCH_CHECK(dropout == 0, "attention: the kernel for the CPU drops nothing; found a dropout of ", dropout);
    return Attention::apply(qkv.get(), offsets.get(), heads);
}())

}  // namespace scfm::fused
