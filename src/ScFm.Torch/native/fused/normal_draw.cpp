// Draws from normal distributions with the divergence from a prior.
#include "tensors.h"

namespace scfm::fused {

namespace {

scfm::NormalDraw parts(const at::Tensor& mean, const at::Tensor& variance, const at::Tensor& noise, const at::Tensor& prior_mean, const at::Tensor& prior_variance) {
    return {mean.size(0), mean.size(1), read(mean), read(variance), read(noise), read(prior_mean), read(prior_variance)};
}

/// The draw, [rows, width], and each row's divergence, [rows]. Noise and prior get no gradient.
struct NormalDraw : Function<NormalDraw> {
    static variable_list forward(AutogradContext* ctx, const at::Tensor& mean0, const at::Tensor& variance0, const at::Tensor& noise0, const Maybe<at::Tensor>& prior_mean0,
        const Maybe<at::Tensor>& prior_variance0) {
        const at::Tensor mean = dense(mean0), variance = dense(variance0), noise = dense(noise0);
        const at::Tensor prior_mean = prior_mean0 ? dense(*prior_mean0) : at::Tensor(), prior_variance = prior_variance0 ? dense(*prior_variance0) : at::Tensor();
        TORCH_CHECK(mean.dim() == 2, "normal draw: expected means [rows, width]; found ", mean.sizes());
        expect(variance, mean.numel(), "normal draw: variances");
        expect(noise, mean.numel(), "normal draw: noise");
        expect(prior_mean, mean.numel(), "normal draw: the prior's means");
        expect(prior_variance, mean.numel(), "normal draw: the prior's variances");
        at::Tensor draw = at::empty_like(mean), divergence = at::empty({mean.size(0)}, mean.options());
        k().normal_draw(parts(mean, variance, noise, prior_mean, prior_variance), write(draw), write(divergence), pool);
        ctx->save_for_backward({mean, variance, noise, prior_mean, prior_variance});
        return {draw, divergence};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor of_draw = dense(gradients[0]), of_divergence = dense(gradients[1]), none;
        at::Tensor mean = at::empty_like(saved[0]), variance = at::empty_like(saved[1]);
        k().normal_draw_gradient(parts(saved[0], saved[1], saved[2], saved[3], saved[4]), read(of_draw), read(of_divergence), write(mean), write(variance), pool);
        return {mean, variance, none, none, none};
    }
};

}  // namespace

LIST(fused_normal_draw, (T mean, T variance, T noise, T prior_mean, T prior_variance, at::TensorImpl*** out),
    NormalDraw::apply(mean.get(), variance.get(), noise.get(), prior_mean.maybe(), prior_variance.maybe()))

}  // namespace scfm::fused
