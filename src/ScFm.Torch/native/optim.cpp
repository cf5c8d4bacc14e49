// Optimizer steps and gradient clipping as one call over many tensors.
#include "abi.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

/// Adam's hyper-parameters (Kingma and Ba 2015; decoupled decay: Loshchilov and Hutter 2019).
struct AdamOptions {
    double lr, beta1, beta2, eps, weight_decay;
    int32_t amsgrad, maximize, decoupled, unused;
};

namespace {

void adam(const AdamOptions& o, int64_t step, const at::Tensor& parameter, const at::Tensor& gradient,
    const at::Tensor& mean, const at::Tensor& square, const at::Tensor& largest) {
    at::Tensor g = o.maximize ? gradient.neg() : gradient;
    if (o.weight_decay != 0) {
        if (o.decoupled)
            parameter.mul_(1 - o.lr * o.weight_decay);
        else
            g = g.add(parameter, o.weight_decay);
    }
    mean.mul_(o.beta1).add_(g, 1 - o.beta1);
    square.mul_(o.beta2).addcmul_(g, g, 1 - o.beta2);
    const double correction1 = 1 - std::pow(o.beta1, static_cast<double>(step));
    const double correction2 = std::sqrt(1 - std::pow(o.beta2, static_cast<double>(step)));
    if (o.amsgrad) largest.copy_(at::maximum(largest, square));
    at::Tensor denominator = (o.amsgrad ? largest : square).sqrt().div_(correction2).add_(o.eps);
    parameter.addcdiv_(mean, denominator, -o.lr / correction1);
}

}  // namespace

/// One step of Adam or AdamW over `count` tensors, in the order of arithmetic of PyTorch's single-tensor step.
ACTION(adam, (AdamOptions* options, int64_t count, const T* parameters, const T* gradients, const T* means, const T* squares,
    const T* largest, const int64_t* steps),
    c10::AutoGradMode off(false);
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
