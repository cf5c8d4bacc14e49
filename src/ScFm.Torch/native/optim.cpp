// Optimizer steps and gradient clipping as one call over many tensors.
#include "abi.h"
#include "fused/card.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <cmath>

/// Adam's hyper-parameters (Kingma and Ba 2015; decoupled decay: Loshchilov and Hutter 2019).
struct AdamOptions {
    double lr, beta1, beta2, eps, weight_decay;
    int32_t amsgrad, maximize, decoupled, unused;
};

namespace {

/// What one step multiplies with, computed once in double as PyTorch does.
struct AdamFactors {
    double keep, l2, beta1, rest1, beta2, rest2, root2, eps, size;

    AdamFactors(const AdamOptions& o, int64_t step)
        : keep(o.decoupled ? 1 - o.lr * o.weight_decay : 1),
          l2(o.decoupled ? 0 : o.weight_decay),
          beta1(o.beta1), rest1(1 - o.beta1), beta2(o.beta2), rest2(1 - o.beta2),
          root2(std::sqrt(1 - std::pow(o.beta2, static_cast<double>(step)))), eps(o.eps),
          size(-o.lr / (1 - std::pow(o.beta1, static_cast<double>(step)))) {}
};

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_CPU __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_CPU
#endif

/// The step in one pass over memory, in the order of operations of the tensor form below.
FOR_EACH_CPU void adam_floats(float* __restrict p, const float* __restrict gradient, float* __restrict m, float* __restrict v, int64_t count,
    float sign, float keep, float l2, float beta1, float rest1, float beta2, float rest2, float root2, float eps, float size) {
    for (int64_t i = 0; i < count; i++) {
        float g = sign * gradient[i];
        if (l2 != 0) g += l2 * p[i];
        m[i] = m[i] * beta1 + rest1 * g;
        v[i] = v[i] * beta2 + rest2 * g * g;
        p[i] = p[i] * keep + size * m[i] / (std::sqrt(v[i]) / root2 + eps);
    }
}

bool plain(const at::Tensor& t) { return t.is_cpu() && t.scalar_type() == at::kFloat && t.layout() == at::kStrided && t.is_contiguous(); }

void adam(const AdamOptions& o, int64_t step, const at::Tensor& parameter, const at::Tensor& gradient,
    const at::Tensor& mean, const at::Tensor& square, const at::Tensor& largest) {
    const AdamFactors f(o, step);
    if (!o.amsgrad && plain(parameter) && plain(gradient) && plain(mean) && plain(square) && gradient.sizes() == parameter.sizes()) {
        auto* p = parameter.data_ptr<float>();
        auto* g = gradient.data_ptr<float>();
        auto* m = mean.data_ptr<float>();
        auto* v = square.data_ptr<float>();
        at::parallel_for(0, parameter.numel(), 1 << 15, [&](int64_t begin, int64_t end) {
            adam_floats(p + begin, g + begin, m + begin, v + begin, end - begin, o.maximize ? -1.0f : 1.0f, f.keep, f.l2, f.beta1, f.rest1,
                f.beta2, f.rest2, f.root2, f.eps, f.size);
        });
        parameter.unsafeGetTensorImpl()->bump_version();
        return;
    }
    at::Tensor g = o.maximize ? gradient.neg() : gradient;
    if (f.l2 != 0) g = g.add(parameter, f.l2);
    if (f.keep != 1) parameter.mul_(f.keep);
    mean.mul_(f.beta1).add_(g, f.rest1);
    square.mul_(f.beta2).addcmul_(g, g, f.rest2);
    if (o.amsgrad) largest.copy_(at::maximum(largest, square));
    at::Tensor denominator = (o.amsgrad ? largest : square).sqrt().div_(f.root2).add_(f.eps);
    parameter.addcdiv_(mean, denominator, f.size);
}

bool plain_on_our_card(const at::Tensor& t) { return scfm::fused::on_our_card(t) && t.scalar_type() == at::kFloat && t.is_contiguous(); }

/// The whole step in few launches, where all tensors lie on one card; false where they do not.
bool adam_on_our_card(const AdamOptions& o, int64_t count, const T* parameters, const T* gradients, const T* means, const T* squares, const int64_t* steps) {
    std::vector<scfm::cuda::AdamTensor> tensors;
    for (int64_t i = 0; i < count; i++) {
        const at::Tensor &p = parameters[i], &g = gradients[i];
        const bool fits = !o.amsgrad && plain_on_our_card(p) && plain_on_our_card(g) && plain_on_our_card(means[i]) && plain_on_our_card(squares[i]) && g.sizes() == p.sizes() && p.device() == parameters[0]->device();
        if (!fits) return false;
        const AdamFactors f(o, steps[i]);
        tensors.push_back({p.data_ptr<float>(), means[i]->data_ptr<float>(), squares[i]->data_ptr<float>(), g.data_ptr<float>(), p.numel(), static_cast<float>(f.root2),
            static_cast<float>(f.size)});
    }
    if (tensors.empty()) return false;
    const AdamFactors f(o, steps[0]);  // what does not depend on the step
    scfm::fused::card::adam(tensors,
        {o.maximize ? -1.0f : 1.0f, static_cast<float>(f.keep), static_cast<float>(f.l2), static_cast<float>(f.beta1), static_cast<float>(f.rest1), static_cast<float>(f.beta2),
            static_cast<float>(f.rest2), static_cast<float>(f.eps)},
        parameters[0]->device());
    for (int64_t i = 0; i < count; i++) parameters[i]->unsafeGetTensorImpl()->bump_version();
    return true;
}

}  // namespace

/// One step of Adam or AdamW over `count` tensors, as PyTorch's single-tensor step computes it.
ACTION(adam, (AdamOptions* options, int64_t count, const T* parameters, const T* gradients, const T* means, const T* squares,
    const T* largest, const int64_t* steps),
    c10::AutoGradMode off(false);
    if (adam_on_our_card(*options, count, parameters, gradients, means, squares, steps)) return;
    for (int64_t i = 0; i < count; i++)
        adam(*options, steps[i], parameters[i], gradients[i], means[i], squares[i], options->amsgrad ? largest[i].get() : scfm::undefined))

/// The norm of all gradients together; scales them in place when it exceeds `max_norm`.
ACTION(clip_grad_norm_, (const T* gradients, int64_t count, double max_norm, double norm_type, double* total),
    c10::AutoGradMode off(false);
    *total = 0;
    if (count == 0) return;
    std::vector<at::Tensor> norms;
    for (int64_t i = 0; i < count; i++) norms.push_back(at::linalg_vector_norm(gradients[i], norm_type).to(gradients[0]->device()));
    at::Tensor norm = at::linalg_vector_norm(at::stack(norms), norm_type);
    *total = norm.item().toDouble();
    const double factor = max_norm / (*total + 1e-6);
    if (factor < 1)
        for (int64_t i = 0; i < count; i++) gradients[i]->mul_(factor))
ACTION(clip_grad_value_, (const T* gradients, int64_t count, double limit),
    c10::AutoGradMode off(false);
    for (int64_t i = 0; i < count; i++) gradients[i]->clamp_(at::Scalar(-limit), at::Scalar(limit)))
