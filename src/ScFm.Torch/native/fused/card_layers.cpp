// Layer norm with the residual before it, and the weights of bins, on a card.
#include "card_tensors.h"

namespace scfm::fused::card {

namespace {

/// Layer norm of x + add, in a type of its own, and x + add itself, in that of x.
struct AddNorm : Function<AddNorm> {
    static cuda::Norm parts(const at::Tensor& x, at::ScalarType added, at::ScalarType made, const at::Tensor& weight, const at::Tensor& bias, double epsilon, const at::Tensor& mean, const at::Tensor& inverse) {
        cuda::Norm parts{};
        parts.rows = x.numel() / x.size(-1);
        parts.width = static_cast<int32_t>(x.size(-1));
        parts.element = element_of(x.scalar_type());
        parts.add_element = element_of(added);
        parts.normed_element = element_of(made);
        parts.weight = read(weight);
        parts.bias = read(bias);
        parts.epsilon = static_cast<float>(epsilon);
        parts.mean = write(mean);
        parts.inverse = write(inverse);
        return parts;
    }
    static variable_list forward(AutogradContext* ctx, const at::Tensor& x0, const Maybe<at::Tensor>& add0, const at::Tensor& weight0, const at::Tensor& bias0, double epsilon, int64_t type) {
        const at::Device device = x0.device();
        const auto made = static_cast<at::ScalarType>(type);
        const at::Tensor x = x0.contiguous(), add = add0 ? add0->contiguous() : at::Tensor(), weight = floats(weight0, device, "norm: weights"), bias = floats(bias0, device, "norm: a bias");
        TORCH_CHECK(!add.defined() || add.numel() == x.numel(), "norm: what is added is of ", add.sizes(), "; expected ", x.sizes());
        TORCH_CHECK(weight.numel() == x.size(-1) && bias.numel() == x.size(-1), "norm: weights of ", weight.sizes(), " and a bias of ", bias.sizes(), " do not fit ", x.sizes());
        const Card card(device);
        const int64_t rows = x.numel() / x.size(-1);
        at::Tensor normed = at::empty_like(x, x.options().dtype(made)), sum = add.defined() ? at::empty_like(x) : x, mean = room(rows, x), inverse = room(rows, x);
        const at::ScalarType added = add.defined() ? add.scalar_type() : made;
        auto n = parts(x, added, made, weight, bias, epsilon, mean, inverse);
        n.x = x.data_ptr();
        n.add = add.defined() ? add.data_ptr() : nullptr;
        n.sum = add.defined() ? sum.data_ptr() : nullptr;
        n.normed = normed.data_ptr();
        cuda::norm(n, card.stream);
        ctx->save_for_backward({sum, weight, bias, mean, inverse});
        ctx->set_materialize_grads(false);
        ctx->saved_data["add"] = add.defined();
        ctx->saved_data["added"] = static_cast<int64_t>(added);
        ctx->saved_data["type"] = type;
        ctx->saved_data["epsilon"] = epsilon;
        if (add.defined()) return {normed, sum};
        return {normed};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor& x = saved[0];
        const bool has_add = ctx->saved_data["add"].toBool();
        const auto added = static_cast<at::ScalarType>(ctx->saved_data["added"].toInt()), made = static_cast<at::ScalarType>(ctx->saved_data["type"].toInt());
        const at::Tensor normed = gradients[0].defined() ? gradients[0].to(made).contiguous() : at::zeros_like(x, x.options().dtype(made)), sum = has_add && gradients[1].defined() ? gradients[1].contiguous() : at::Tensor();
        const Card card(x.device());
        const auto n = parts(x, added, made, saved[1], saved[2], ctx->saved_data["epsilon"].toDouble(), saved[3], saved[4]);
        const bool own_add = has_add && added != x.scalar_type();  // otherwise both have one gradient
        at::Tensor x_gradient = at::empty_like(x), add = own_add ? at::empty_like(x, x.options().dtype(added)) : has_add ? x_gradient : at::Tensor();
        at::Tensor weight = at::empty_like(saved[1]), bias = at::empty_like(saved[2]);
        const at::Tensor partial = room(cuda::norm_partial_floats(n), x);
        cuda::norm_gradient(n,
            {x.data_ptr(), normed.data_ptr(), sum.defined() ? sum.data_ptr() : nullptr, x_gradient.data_ptr(), own_add ? add.data_ptr() : nullptr, write(weight), write(bias), write(partial)}, card.stream);
        return {x_gradient, add, weight, bias, at::Tensor(), at::Tensor()};
    }
};

struct BinWeights : Function<BinWeights> {
    static cuda::BinWeights parts(const variable_list& t, double alpha, double negative_slope, at::ScalarType made) {
        return {t[0].numel(), static_cast<int32_t>(t[1].numel()), read(t[0]), read(t[1]), read(t[2]), read(t[3]), read(t[4]), static_cast<float>(alpha), static_cast<float>(negative_slope),
            element_of(made), nullptr};
    }
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight1, const at::Tensor& bias1, const at::Tensor& weight2, const at::Tensor& bias2, double alpha,
        double negative_slope, int64_t type) {
        const at::Device device = x.device();
        const variable_list all{floats(x, device, "values"), floats(weight1, device, "weights"), floats(bias1, device, "a bias"), floats(weight2, device, "weights"), floats(bias2, device, "a bias")};
        const int64_t bins = weight1.numel();
        TORCH_CHECK(bias1.numel() == bins && bias2.numel() == bins && weight2.numel() == bins * bins, "bins: weights of ", weight1.sizes(), " and ", weight2.sizes(), " do not fit each other");
        const Card card(device);
        auto shape = x.sizes().vec();
        shape.push_back(bins);
        at::Tensor weights = at::empty(shape, x.options().dtype(static_cast<at::ScalarType>(type)));
        auto b = parts(all, alpha, negative_slope, weights.scalar_type());
        b.weights = weights.data_ptr();
        cuda::bin_weights(b, card.stream);
        ctx->save_for_backward(all);
        ctx->saved_data["alpha"] = alpha;
        ctx->saved_data["slope"] = negative_slope;
        ctx->saved_data["type"] = type;
        return weights;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const auto made = static_cast<at::ScalarType>(ctx->saved_data["type"].toInt());
        const at::Tensor gradient = gradients[0].to(made).contiguous();
        const Card card(saved[0].device());
        const auto b = parts(saved, ctx->saved_data["alpha"].toDouble(), ctx->saved_data["slope"].toDouble(), made);
        variable_list result;
        for (const auto& t : saved) result.push_back(at::empty_like(t));
        const at::Tensor partial = room(cuda::bin_partial_floats(b), saved[0]);
        cuda::bin_weights_gradient(b, {gradient.data_ptr(), write(result[0]), write(result[1]), write(result[2]), write(result[3]), write(result[4]), write(partial)}, card.stream);
        for (int i = 0; i < 3; i++) result.emplace_back();
        return result;
    }
};

}  // namespace

std::vector<at::Tensor> add_norm(const at::Tensor& x, const Maybe<at::Tensor>& add, const at::Tensor& weight, const at::Tensor& bias, double epsilon, Maybe<at::ScalarType> type) {
    const at::ScalarType made = type.value_or(x.scalar_type());
    return AddNorm::apply(x, add, weight, bias, epsilon, static_cast<int64_t>(made));
}

at::Tensor bin_weights(const at::Tensor& x, const at::Tensor& weight1, const at::Tensor& bias1, const at::Tensor& weight2, const at::Tensor& bias2, double alpha, double negative_slope,
    Maybe<at::ScalarType> type) {
    return BinWeights::apply(x, weight1, bias1, weight2, bias2, alpha, negative_slope, static_cast<int64_t>(type.value_or(at::kFloat)));
}

}  // namespace scfm::fused::card
