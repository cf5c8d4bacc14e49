// The life of a handle, what can be asked of it, its memory, and the last error.
#include "abi.h"

namespace scfm {

const at::Tensor undefined;

namespace {
thread_local std::string error;
thread_local bool failed = false;
thread_local std::vector<at::TensorImpl*> given;

void keep(const char* message) noexcept {
    failed = true;
    try {
        error = message;
    } catch (...) {
        error.clear();
    }
}
}  // namespace

void remember_error() noexcept {
    try {
        throw;
    } catch (const c10::Error& e) {
        keep(e.what_without_backtrace());
    } catch (const std::exception& e) {
        keep(e.what());
    } catch (...) {
        keep("libtorch failed without a message");
    }
}

int64_t give_list(std::vector<at::Tensor>&& tensors, at::TensorImpl*** out) {
    given.clear();
    for (auto& t : tensors) given.push_back(release(std::move(t)));
    *out = given.data();
    return static_cast<int64_t>(given.size());
}

}  // namespace scfm

/// The message of this thread's last failure, once; null when there was none.
SCFM_API const char* scfm_take_error() {
    if (!scfm::failed) return nullptr;
    scfm::failed = false;
    return scfm::error.c_str();
}

SCFM_API void scfm_release(at::TensorImpl* impl) {
    try {
        if (impl) c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(impl);
    } catch (...) {
        // A release cannot be answered; what libtorch could not free stays.
    }
}

SCFM_API int64_t scfm_dim(T a) { return a->dim(); }
SCFM_API const int64_t* scfm_sizes(T a) { return a->is_sparse() ? nullptr : a->sizes().data(); }
SCFM_API int64_t scfm_numel(T a) { return a->numel(); }
SCFM_API int32_t scfm_dtype(T a) { return static_cast<int32_t>(a->scalar_type()); }
SCFM_API int32_t scfm_device_type(T a) { return static_cast<int32_t>(a->device().type()); }
SCFM_API int32_t scfm_device_index(T a) { return static_cast<int32_t>(a->device().index()); }
SCFM_API int64_t scfm_element_size(T a) { return static_cast<int64_t>(a->element_size()); }
SCFM_API bool scfm_requires_grad(T a) { return a->requires_grad(); }
SCFM_API bool scfm_is_leaf(T a) { return a->is_leaf(); }
SCFM_API bool scfm_is_contiguous(T a) { return a->is_contiguous(); }

SCFM_API int64_t scfm_size(T a, int64_t dim) {
    return scfm::count([&] { return a->size(dim); });
}
SCFM_API int64_t scfm_storage_offset(T a) {
    return scfm::count([&] { return a->storage_offset(); });
}
ACTION(strides, (T a, int64_t* out), std::copy(a->strides().begin(), a->strides().end(), out))
ACTION(data_ptr, (T a, void** out), *out = a->data_ptr())
ACTION(set_requires_grad, (T a, bool value), a->set_requires_grad(value))
TENSOR(alias, (T a), a.get())
TENSOR(detach, (T a), a->detach())
ACTION(detach_, (T a), a->detach_())
ACTION(item, (T a, S* out),
    at::Scalar value = a->item();
    if (value.isFloatingPoint()) {
        double number = value.toDouble();
        std::memcpy(&out->bits, &number, sizeof number);
        out->kind = 1;
    } else {
        out->kind = value.isBoolean() ? 3 : 2;
        out->bits = value.isBoolean() ? value.toBool() : value.toLong();
    })
SCFM_API int32_t scfm_equal(T a, T b) {
    return static_cast<int32_t>(scfm::count([&] { return static_cast<int64_t>(at::equal(a, b)); }));
}
SCFM_API int32_t scfm_allclose(T a, T b, double rtol, double atol, bool equal_nan) {
    return static_cast<int32_t>(scfm::count([&] { return static_cast<int64_t>(at::allclose(a, b, rtol, atol, equal_nan)); }));
}
