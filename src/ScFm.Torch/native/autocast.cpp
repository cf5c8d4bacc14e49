// Mixed precision: until it is ended, matrix products of this thread compute in a shorter type, from tensors that stay float32.
#include "abi.h"

#include <ATen/autocast_mode.h>
#include <torch/library.h>

namespace {

/// What is in force for a kind of device: whether products are cast, and to which type.
struct Mode {
    bool enabled;
    at::ScalarType dtype;
};

// From 2.4 on there is one interface for all devices.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
Mode mode_of(at::DeviceType device) { return {at::autocast::is_autocast_enabled(device), at::autocast::get_autocast_dtype(device)}; }
void set_mode(at::DeviceType device, Mode mode) {
    at::autocast::set_autocast_enabled(device, mode.enabled);
    at::autocast::set_autocast_dtype(device, mode.dtype);
}
#else
Mode mode_of(at::DeviceType device) {
    return device == at::kCPU ? Mode{at::autocast::is_cpu_enabled(), at::autocast::get_autocast_cpu_dtype()}
                              : Mode{at::autocast::is_enabled(), at::autocast::get_autocast_gpu_dtype()};
}
void set_mode(at::DeviceType device, Mode mode) {
    if (device == at::kCPU) {
        at::autocast::set_cpu_enabled(mode.enabled);
        at::autocast::set_autocast_cpu_dtype(mode.dtype);
    } else {
        at::autocast::set_enabled(mode.enabled);
        at::autocast::set_autocast_gpu_dtype(mode.dtype);
    }
}
#endif

}  // namespace

/// Sets the mode of a kind of device (0 CPU, 1 CUDA) and gives the one before; a dtype of -1 switches casting off.
/// Nesting is counted: at the outermost end, the weights that were cast are forgotten, because the next step changes them.
ACTION(autocast_begin, (int32_t device, int32_t dtype, int32_t* dtype_before),
    const auto kind = static_cast<at::DeviceType>(device);
    const Mode before = mode_of(kind);
    *dtype_before = before.enabled ? static_cast<int32_t>(before.dtype) : -1;
    set_mode(kind, {dtype >= 0, dtype >= 0 ? static_cast<at::ScalarType>(dtype) : before.dtype});
    at::autocast::increment_nesting())
ACTION(autocast_end, (int32_t device, int32_t dtype_before),
    const auto kind = static_cast<at::DeviceType>(device);
    set_mode(kind, {dtype_before >= 0, dtype_before >= 0 ? static_cast<at::ScalarType>(dtype_before) : mode_of(kind).dtype});
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache())
SCFM_API int32_t scfm_autocast_dtype(int32_t device) {
    const Mode mode = mode_of(static_cast<at::DeviceType>(device));
    return mode.enabled ? static_cast<int32_t>(mode.dtype) : -1;
}

#if TORCH_VERSION_MAJOR < 2
// libtorch 1.13 leaves these to the type of their argument on the CPU; on CUDA they are float32, and so they are here:
// a layer norm of bfloat16 tokens would not even find its float32 weights, and an exponential turns rounding into percents.
namespace {

at::Tensor wide(const at::Tensor& x) { return at::autocast::cached_cast(at::kFloat, x, at::kCPU); }

at::Tensor wide_layer_norm(const at::Tensor& x, at::IntArrayRef shape, const c10::optional<at::Tensor>& weight,
    const c10::optional<at::Tensor>& bias, double eps, bool cudnn) {
    c10::impl::ExcludeDispatchKeyGuard guard(c10::DispatchKey::AutocastCPU);
    return at::layer_norm(wide(x), shape, weight, bias, eps, cudnn);
}
at::Tensor wide_exp(const at::Tensor& x) {
    c10::impl::ExcludeDispatchKeyGuard guard(c10::DispatchKey::AutocastCPU);
    return at::exp(wide(x));
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, AutocastCPU, rules) {
    rules.impl("layer_norm", TORCH_FN(wide_layer_norm));
    rules.impl("exp", TORCH_FN(wide_exp));
}
#endif
