// Batch norm in training, with the ReLU and the dropout behind it.
#include "tensors.h"

namespace scfm::fused {

namespace {

struct BatchNorm : Function<BatchNorm> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x0, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& running_mean,
        const at::Tensor& running_variance, double epsilon, double momentum, bool relu, double dropout, int64_t seed) {
        const at::Tensor x = dense(x0);
        TORCH_CHECK(x.dim() == 2 && x.size(0) > 1, "batch norm: expected [2 or more, features]; found ", x.sizes());
        TORCH_CHECK(dropout >= 0 && dropout < 1, "batch norm: a dropout of ", dropout, " was found; expected 0 to below 1");
        for (const at::Tensor& each : {weight, bias, running_mean, running_variance}) {
            TORCH_CHECK(each.defined(), "batch norm: weights, biases and running statistics are expected");
            expect(each, x.size(1), "batch norm: a vector");
        }
        at::Tensor normed = at::empty_like(x), mean = at::empty({x.size(1)}, x.options()), inverse = at::empty_like(mean);
        k().batch_norm({x.size(0), x.size(1), read(x), read(weight), read(bias), static_cast<float>(epsilon), static_cast<float>(momentum), relu,
            {dropout, static_cast<uint64_t>(seed)}, write(normed), write(mean), write(inverse), write(running_mean), write(running_variance)}, pool);
        for (const at::Tensor& each : {running_mean, running_variance}) each.unsafeGetTensorImpl()->bump_version();
        ctx->save_for_backward({x, weight, bias, mean, inverse});
        ctx->saved_data["relu"] = relu;
        ctx->saved_data["dropout"] = dropout;
        ctx->saved_data["seed"] = seed;
        return normed;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &x = saved[0], gradient = dense(gradients[0]);
        at::Tensor result = at::empty_like(x), weight = at::empty_like(saved[1]), bias = at::empty_like(saved[2]);
        k().batch_norm_gradient({x.size(0), x.size(1), read(x), read(saved[1]), read(saved[2]), read(saved[3]), read(saved[4]), ctx->saved_data["relu"].toBool(),
            {ctx->saved_data["dropout"].toDouble(), static_cast<uint64_t>(ctx->saved_data["seed"].toInt())}, read(gradient), write(result), write(weight), write(bias)}, pool);
        const at::Tensor none;
        return {result, weight, bias, none, none, none, none, none, none, none};
    }
};

}  // namespace

TENSOR(fused_batch_norm, (T x, T weight, T bias, T running_mean, T running_variance, double epsilon, double momentum, bool relu, double dropout, int64_t seed),
    BatchNorm::apply(x.get(), weight.get(), bias.get(), running_mean.get(), running_variance.get(), epsilon, momentum, relu, dropout, seed))

}  // namespace scfm::fused
