// Layer norm with the residual that comes before it.
#include "card.h"
#include "tensors.h"

namespace scfm::fused {

namespace {

/// Layer norm of x + add, and x + add itself.
struct AddNorm : Function<AddNorm> {
    static variable_list forward(AutogradContext* ctx, const at::Tensor& x0, const Maybe<at::Tensor>& add0, const at::Tensor& weight, const at::Tensor& bias, double epsilon) {
        const at::Tensor x = dense(x0), add = add0 ? dense(*add0) : at::Tensor();
        expect(add, x.numel(), "norm: what is added");
        expect(weight, x.size(-1), "norm: weights");
        expect(bias, x.size(-1), "norm: a bias");
        at::Tensor normed = at::empty_like(x), sum = add.defined() ? at::empty_like(x) : x;
        at::Tensor mean = at::empty({rows_of(x)}, x.options()), inverse = at::empty_like(mean);
        k().norm({rows_of(x), x.size(-1), read(x), read(add), read(weight), read(bias), static_cast<float>(epsilon), add.defined() ? write(sum) : nullptr, write(normed), write(mean), write(inverse)}, pool);
        ctx->save_for_backward({sum, weight, mean, inverse});
        ctx->set_materialize_grads(false);
        ctx->saved_data["add"] = add.defined();
        if (add.defined()) return {normed, sum};
        return {normed};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const bool has_add = ctx->saved_data["add"].toBool();
        const at::Tensor normed = gradients[0].defined() ? dense(gradients[0]) : at::zeros_like(saved[0]), sum = has_add && gradients[1].defined() ? dense(gradients[1]) : at::Tensor();
        at::Tensor x = at::empty_like(saved[0]), weight = at::empty_like(saved[1]), bias = at::empty_like(saved[1]);
        k().norm_gradient({rows_of(x), x.size(-1), read(saved[0]), read(saved[1]), read(saved[2]), read(saved[3]), read(normed), read(sum), write(x), write(weight), write(bias)}, pool);
        return {x, has_add ? x : at::Tensor(), weight, bias, at::Tensor()};
    }
};

}  // namespace

/// The result is of a type of its own on a card only.
LIST(fused_add_norm, (T x, T add, T weight, T bias, double epsilon, D type, at::TensorImpl*** out),
    on_our_card(x) ? card::add_norm(x, add.maybe(), weight, bias, epsilon, type.maybe()) : AddNorm::apply(x.get(), add.maybe(), weight.get(), bias.get(), epsilon))

}  // namespace scfm::fused
