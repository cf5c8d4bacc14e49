// The functions of torch.nn.functional that are one libtorch call.
#include "abi.h"

TENSOR(linear, (T a, T weight, T bias), at::linear(a, weight, bias.maybe()))
TENSOR(softmax, (T a, int64_t dim, D type), at::softmax(a, dim, type.maybe()))
TENSOR(log_softmax, (T a, int64_t dim, D type), at::log_softmax(a, dim, type.maybe()))
TENSOR(layer_norm, (T a, INTS_ARG(shape), T weight, T bias, double eps),
    at::layer_norm(a, INTS(shape), weight.maybe(), bias.maybe(), eps))
TENSOR(batch_norm, (T a, T weight, T bias, T mean, T var, bool training, double momentum, double eps),
    at::batch_norm(a, weight.maybe(), bias.maybe(), mean.maybe(), var.maybe(), training, momentum, eps, at::globalContext().userEnabledCuDNN()))
TENSOR(embedding, (T weight, T index, int64_t padding, bool scale, bool sparse), at::embedding(weight, index, padding, scale, sparse))
ACTION(embedding_renorm_, (T weight, T index, double max_norm, double norm_type),
    at::embedding_renorm_(weight.writable(), index->contiguous(), max_norm, norm_type))
TENSOR(dropout, (T a, double p, bool training), at::dropout(a, p, training))
ACTION(dropout_, (T a, double p, bool training), at::dropout_(a.writable(), p, training))
TENSOR(gelu, (T a, const char* approximate), at::gelu(a, approximate))
TENSOR(leaky_relu, (T a, double slope), at::leaky_relu(a, slope))
ACTION(leaky_relu_, (T a, double slope), at::leaky_relu_(a.writable(), slope))
TENSOR(elu, (T a, double alpha), at::elu(a, alpha))
TENSOR(softplus, (T a, double beta, double threshold), at::softplus(a, beta, threshold))
TENSOR(one_hot, (T a, int64_t classes), at::one_hot(a, classes))
TENSOR(pad, (T a, INTS_ARG(sizes), const char* mode, double value),
    c10::string_view(mode) == "constant" ? at::constant_pad_nd(a, INTS(sizes), value) : at::pad(a, INTS(sizes), mode, value))

TENSOR(cross_entropy, (T a, T target, T weight, int64_t reduction, int64_t ignore, double smoothing),
    at::cross_entropy_loss(a, target, weight.maybe(), reduction, ignore, smoothing))
TENSOR(nll_loss, (T a, T target, T weight, int64_t reduction, int64_t ignore),
    at::nll_loss_nd(a, target, weight.maybe(), reduction, ignore))
TENSOR(mse_loss, (T a, T target, int64_t reduction), at::mse_loss(a, target, reduction))
TENSOR(l1_loss, (T a, T target, int64_t reduction), at::l1_loss(a, target, reduction))
TENSOR(smooth_l1_loss, (T a, T target, int64_t reduction, double beta), at::smooth_l1_loss(a, target, reduction, beta))
TENSOR(huber_loss, (T a, T target, int64_t reduction, double delta), at::huber_loss(a, target, reduction, delta))
TENSOR(bce, (T a, T target, T weight, int64_t reduction), at::binary_cross_entropy(a, target, weight.maybe(), reduction))
TENSOR(bce_with_logits, (T a, T target, T weight, T positive, int64_t reduction),
    at::binary_cross_entropy_with_logits(a, target, weight.maybe(), positive.maybe(), reduction))
TENSOR(poisson_nll_loss, (T a, T target, bool log_input, bool full, double eps, int64_t reduction),
    at::poisson_nll_loss(a, target, log_input, full, eps, reduction))
TENSOR(kl_div, (T a, T target, int64_t reduction, bool log_target), at::kl_div(a, target, reduction, log_target))
TENSOR(cosine_similarity, (T a, T b, int64_t dim, double eps), at::cosine_similarity(a, b, dim, eps))

#if TORCH_VERSION_MAJOR >= 2
SCFM_API bool scfm_has_fused_attention() { return true; }
TENSOR(attention, (T q, T k, T v, T mask, double p, bool causal), at::scaled_dot_product_attention(q, k, v, mask.maybe(), p, causal))
#else
SCFM_API bool scfm_has_fused_attention() { return false; }
TENSOR(attention, (T q, T k, T v, T mask, double p, bool causal), [&]() -> at::Tensor {
    // libtorch 1.13 has no public fused attention: softmax(q k^T / sqrt(d) + mask) v, as its documentation defines it.
    const double scale = 1.0 / std::sqrt(static_cast<double>(q->size(-1)));
    at::Tensor scores = at::matmul(q->mul(scale), k->transpose(-2, -1));
    if (causal) {
        TORCH_CHECK(!mask.impl, "scaled_dot_product_attention: a mask and is_causal were both given; give one");
        auto keep = at::ones({q->size(-2), k->size(-2)}, q->options().dtype(at::kBool)).tril();
        scores.masked_fill_(keep.logical_not(), -std::numeric_limits<double>::infinity());
    } else if (mask.impl) {
        // in place: the scores are the largest tensor here, and a product's gradient does not need its result
        if (mask->scalar_type() == at::kBool) scores.masked_fill_(mask->logical_not(), -std::numeric_limits<double>::infinity());
        else scores.add_(mask);
    }
    at::Tensor weights = at::softmax(scores, -1);
    return at::matmul(p > 0 ? at::dropout(weights, p, true) : weights, v);
}())
#endif
