// The conventions of the C ABI: how arguments arrive, how results and errors leave.
//
// A tensor crosses the border as a TensorImpl pointer that carries one reference; null is the undefined tensor.
// Every exported function is written with one of three macros. Each catches everything: a failure leaves
// null (TENSOR) or -1 (ACTION, LIST) and a message for scfm_take_error on the same thread.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace scfm {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class X> using Maybe = std::optional<X>;
#else
template <class X> using Maybe = c10::optional<X>;
#endif

extern const at::Tensor undefined;

/// A borrowed tensor argument. at::Tensor is exactly one counted pointer, so the pointer can be read as one.
struct T {
    at::TensorImpl* impl;

    static_assert(sizeof(at::Tensor) == sizeof(at::TensorImpl*), "at::Tensor must be one pointer");

    const at::Tensor& get() const { return impl ? reinterpret_cast<const at::Tensor&>(impl) : undefined; }
    operator const at::Tensor&() const { return get(); }
    const at::Tensor* operator->() const { return &get(); }
    at::Tensor& writable() const { return const_cast<at::Tensor&>(get()); }
    Maybe<at::Tensor> maybe() const { return impl ? Maybe<at::Tensor>(get()) : Maybe<at::Tensor>(); }
};

/// A number with its kind: 0 none, 1 float64, 2 int64, 3 bool.
struct S {
    int64_t bits;
    int64_t kind;

    operator at::Scalar() const {
        if (kind == 1) {
            double value;
            std::memcpy(&value, &bits, sizeof value);
            return value;
        }
        return kind == 3 ? at::Scalar(bits != 0) : at::Scalar(bits);
    }
    Maybe<at::Scalar> maybe() const { return kind ? Maybe<at::Scalar>(at::Scalar(*this)) : Maybe<at::Scalar>(); }
};

/// A scalar type, or -1 for "as it comes".
struct D {
    int32_t code;

    Maybe<at::ScalarType> maybe() const {
        return code < 0 ? Maybe<at::ScalarType>() : Maybe<at::ScalarType>(static_cast<at::ScalarType>(code));
    }
};

/// A device, or type -1 for "as it comes".
struct Place {
    int32_t type;
    int32_t index;

    Maybe<at::Device> maybe() const {
        return type < 0 ? Maybe<at::Device>()
                        : Maybe<at::Device>(at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index)));
    }
};

/// What a factory makes.
struct Options {
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;

    operator at::TensorOptions() const {
        return at::TensorOptions().dtype(D{dtype}.maybe()).device(Place{device_type, device_index}.maybe());
    }
    at::Tensor finish(at::Tensor made) const {
        if (requires_grad) made.set_requires_grad(true);
        return made;
    }
};

/// A random generator, or null for the default one of the device.
struct G {
    at::Generator* generator;

    Maybe<at::Generator> maybe() const { return generator ? Maybe<at::Generator>(*generator) : Maybe<at::Generator>(); }
};

/// Keeps the message of the exception in flight for scfm_take_error.
void remember_error() noexcept;

/// Hands a list of tensors to the caller, valid until this thread's next list.
int64_t give_list(std::vector<at::Tensor>&& tensors, at::TensorImpl*** out);

inline std::vector<at::Tensor> list(const T* tensors, int64_t count) {
    std::vector<at::Tensor> all;
    all.reserve(count);
    for (int64_t i = 0; i < count; i++) all.push_back(tensors[i]);
    return all;
}

template <class F> at::TensorImpl* tensor(F&& f) noexcept {
    try {
        at::Tensor result = f();
        return result.defined() ? result.unsafeReleaseTensorImpl() : nullptr;
    } catch (...) {
        remember_error();
        return nullptr;
    }
}

template <class F> int32_t action(F&& f) noexcept {
    try {
        f();
        return 0;
    } catch (...) {
        remember_error();
        return -1;
    }
}

template <class F> int64_t count(F&& f) noexcept {
    try {
        return f();
    } catch (...) {
        remember_error();
        return -1;
    }
}

inline at::TensorImpl* release(at::Tensor t) { return t.defined() ? t.unsafeReleaseTensorImpl() : nullptr; }

}  // namespace scfm

using scfm::D;
using scfm::G;
using scfm::Maybe;
using scfm::Options;
using scfm::Place;
using scfm::S;
using scfm::T;

#define SCFM_API extern "C" __attribute__((visibility("default")))

/// A list of int64 as two parameters, and as the IntArrayRef they make; a count of -1 means "none".
#define INTS_ARG(name) const int64_t *name, int64_t name##_count
#define INTS(name) at::IntArrayRef(name, static_cast<size_t>(name##_count < 0 ? 0 : name##_count))
#define MAYBE_INTS(name) (name##_count < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(INTS(name)))

/// TENSOR(name, (parameters), expression): returns a tensor.
#define TENSOR(name, params, ...) \
    SCFM_API at::TensorImpl* scfm_##name params { \
        return scfm::tensor([&]() -> at::Tensor { return __VA_ARGS__; }); \
    }
/// ACTION(name, (parameters), statements): changes something in place.
#define ACTION(name, params, ...) \
    SCFM_API int32_t scfm_##name params { \
        return scfm::action([&] { __VA_ARGS__; }); \
    }
/// LIST(name, (parameters), expression): returns several tensors.
#define LIST(name, params, ...) \
    SCFM_API int64_t scfm_##name params { \
        return scfm::count([&] { return scfm::give_list(__VA_ARGS__, out); }); \
    }
