// The probability of cells' counts under (zero-inflated) negative binomial distributions.
#include "tensors.h"

namespace scfm::fused {

namespace {

/// Log-probabilities, [cells]. The derivatives are made in the forward pass, where the gamma functions are at hand; the backward pass weights them.
struct CountLikelihood : Function<CountLikelihood> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& logits0, const at::Tensor& library0, const at::Tensor& dispersion0, const Maybe<at::Tensor>& zero_logits0,
        const at::Tensor& counts0, const at::Tensor& genes, const at::Tensor& offsets, bool wants_gradient) {
        const at::Tensor logits = dense(logits0), library = dense(library0), dispersion = dense(dispersion0), counts = dense(counts0), zero_logits = zero_logits0 ? dense(*zero_logits0) : at::Tensor();
        TORCH_CHECK(logits.dim() == 2 && logits.size(1) > 0, "count likelihood: expected logits [cells, genes]; found ", logits.sizes());
        const int64_t cells = logits.size(0), width = logits.size(1);
        const bool shared = dispersion.dim() == 1;
        expect(library, cells, "count likelihood: a library");
        expect(dispersion, shared ? width : cells * width, "count likelihood: a dispersion");
        expect(zero_logits, cells * width, "count likelihood: logits of zeros");
        TORCH_CHECK(offsets.numel() == cells + 1, "count likelihood: ", offsets.numel() - 1, " cells of counts were found; expected ", cells);
        const SparseRows seen = sparse_rows(offsets, genes, counts, width);

        at::Tensor result = at::empty({cells}, logits.options()), of_logits, of_dispersion, of_zeros, of_library;
        if (wants_gradient) {
            of_logits = at::empty_like(logits), of_dispersion = at::empty_like(logits), of_library = at::empty_like(library);
            if (zero_logits.defined()) of_zeros = at::empty_like(logits);
        }
        k().count_likelihood({seen.rows, width, seen.column, seen.value, read(logits), read(library), read(dispersion), shared ? 0 : width, read(zero_logits),
            write(result), write(of_logits), write(of_dispersion), write(of_zeros), write(of_library)}, pool);
        ctx->save_for_backward({of_logits, of_library, of_dispersion, of_zeros});
        ctx->saved_data["shared"] = shared;
        return result;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &of_logits = saved[0], &of_dispersion = saved[2], &of_zeros = saved[3], gradient = dense(gradients[0]), none;
        const bool shared = ctx->saved_data["shared"].toBool();
        const int64_t cells = of_logits.size(0), genes = of_logits.size(1);
        at::Tensor logits = at::empty_like(of_logits), dispersion = shared ? at::empty({genes}, gradient.options()) : at::empty_like(of_dispersion);
        at::Tensor zeros = of_zeros.defined() ? at::empty_like(of_zeros) : none;
        k().count_likelihood_gradient({cells, genes, read(gradient), read(of_logits), read(of_dispersion), read(of_zeros), write(logits), write(zeros), write(dispersion), shared}, pool);
        return {logits, saved[1] * gradient.view_as(saved[1]), dispersion, zeros, none, none, none, none};
    }
};

}  // namespace

TENSOR(fused_count_likelihood, (T logits, T library, T dispersion, T zero_logits, T counts, T genes, T offsets), [&] {
    const bool wants_gradient = at::GradMode::is_enabled()
        && (logits->requires_grad() || library->requires_grad() || dispersion->requires_grad() || zero_logits.get().requires_grad());
    return CountLikelihood::apply(logits.get(), library.get(), dispersion.get(), zero_logits.maybe(), counts.get(), genes.get(), offsets.get(), wants_gradient);
}())

}  // namespace scfm::fused
