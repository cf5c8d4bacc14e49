// Arithmetic: the element-wise tables and what does not fit in them.
#include "abi.h"

namespace {

using Unary = at::Tensor (*)(const at::Tensor&);
using Binary = at::Tensor (*)(const at::Tensor&, const at::Tensor&);
using BinaryScalar = at::Tensor (*)(const at::Tensor&, const at::Scalar&);

#define UNARY(op) [](const at::Tensor& a) { return a.op(); },
#define UNARY_ONLY(op) [](const at::Tensor& a) { return at::op(a); },
const Unary unary[] = {
#include "pointwise.inc"
};
#undef UNARY
#undef UNARY_ONLY

#define UNARY(op) [](const at::Tensor& a) -> at::Tensor { return a.op##_(); },
#define UNARY_ONLY(op) nullptr,
const Unary unary_in_place[] = {
#include "pointwise.inc"
};
#undef UNARY
#undef UNARY_ONLY

#define UNARY(op) #op,
#define UNARY_ONLY(op) #op,
const char* const unary_names[] = {
#include "pointwise.inc"
};
#undef UNARY
#undef UNARY_ONLY

#define BINARY(op) [](const at::Tensor& a, const at::Tensor& b) { return a.op(b); },
#define BINARY_ONLY(op) [](const at::Tensor& a, const at::Tensor& b) { return at::op(a, b); },
const Binary binary[] = {
#include "pointwise.inc"
};
#undef BINARY
#undef BINARY_ONLY

#define BINARY(op) [](const at::Tensor& a, const at::Tensor& b) -> at::Tensor { return a.op##_(b); },
#define BINARY_ONLY(op) nullptr,
const Binary binary_in_place[] = {
#include "pointwise.inc"
};
#undef BINARY
#undef BINARY_ONLY

#define BINARY(op) [](const at::Tensor& a, const at::Scalar& b) { return a.op(b); },
#define BINARY_ONLY(op) nullptr,
const BinaryScalar binary_scalar[] = {
#include "pointwise.inc"
};
#undef BINARY
#undef BINARY_ONLY

#define BINARY(op) [](const at::Tensor& a, const at::Scalar& b) -> at::Tensor { return a.op##_(b); },
#define BINARY_ONLY(op) nullptr,
const BinaryScalar binary_scalar_in_place[] = {
#include "pointwise.inc"
};
#undef BINARY
#undef BINARY_ONLY

#define BINARY(op) #op,
#define BINARY_ONLY(op) #op,
const char* const binary_names[] = {
#include "pointwise.inc"
};
#undef BINARY
#undef BINARY_ONLY

}  // namespace

SCFM_API const char* scfm_unary_name(int32_t op) {
    return op >= 0 && op < static_cast<int32_t>(std::size(unary_names)) ? unary_names[op] : nullptr;
}
SCFM_API const char* scfm_binary_name(int32_t op) {
    return op >= 0 && op < static_cast<int32_t>(std::size(binary_names)) ? binary_names[op] : nullptr;
}

TENSOR(unary, (int32_t op, T a), unary[op](a))
ACTION(unary_, (int32_t op, T a), unary_in_place[op](a))
TENSOR(binary, (int32_t op, T a, T b), binary[op](a, b))
ACTION(binary_, (int32_t op, T a, T b), binary_in_place[op](a, b))
TENSOR(binary_scalar, (int32_t op, T a, S b), binary_scalar[op](a, b))
ACTION(binary_scalar_, (int32_t op, T a, S b), binary_scalar_in_place[op](a, b))

TENSOR(add, (T a, T b), a->add(b))
ACTION(add_, (T a, T b), a->add_(b))
TENSOR(add_scaled, (T a, T b, S alpha), a->add(b, alpha))
ACTION(add_scaled_, (T a, T b, S alpha), a->add_(b, alpha))
TENSOR(add_scalar, (T a, S b, S alpha), a->add(b, alpha))
ACTION(add_scalar_, (T a, S b, S alpha), a->add_(b, alpha))
TENSOR(sub, (T a, T b, S alpha), a->sub(b, alpha))
ACTION(sub_, (T a, T b, S alpha), a->sub_(b, alpha))
TENSOR(sub_scalar, (T a, S b, S alpha), a->sub(b, alpha))
ACTION(sub_scalar_, (T a, S b, S alpha), a->sub_(b, alpha))
TENSOR(rsub_scalar, (T a, S b), at::rsub(a, b))
TENSOR(pow_scalar_base, (S a, T b), at::pow(at::Scalar(a), b))

namespace {
Maybe<c10::string_view> rounding(int32_t mode) {
    if (mode == 1) return c10::string_view("trunc");
    if (mode == 2) return c10::string_view("floor");
    return {};
}
}  // namespace
TENSOR(div_rounded, (T a, T b, int32_t mode), a->div(b, rounding(mode)))
ACTION(div_rounded_, (T a, T b, int32_t mode), a->div_(b, rounding(mode)))
TENSOR(div_scalar_rounded, (T a, S b, int32_t mode), a->div(at::Scalar(b), rounding(mode)))
ACTION(div_scalar_rounded_, (T a, S b, int32_t mode), a->div_(at::Scalar(b), rounding(mode)))

TENSOR(addcmul, (T a, T b, T c, S value), a->addcmul(b, c, value))
ACTION(addcmul_, (T a, T b, T c, S value), a->addcmul_(b, c, value))
TENSOR(addcdiv, (T a, T b, T c, S value), a->addcdiv(b, c, value))
ACTION(addcdiv_, (T a, T b, T c, S value), a->addcdiv_(b, c, value))
TENSOR(lerp, (T a, T b, T weight), a->lerp(b, weight))
ACTION(lerp_, (T a, T b, T weight), a->lerp_(b, weight))
TENSOR(lerp_scalar, (T a, T b, S weight), a->lerp(b, at::Scalar(weight)))
ACTION(lerp_scalar_, (T a, T b, S weight), a->lerp_(b, at::Scalar(weight)))

TENSOR(clamp, (T a, S min, S max), at::clamp(a, min.maybe(), max.maybe()))
ACTION(clamp_, (T a, S min, S max), a->clamp_(min.maybe(), max.maybe()))
TENSOR(clamp_tensor, (T a, T min, T max), at::clamp(a, min.maybe(), max.maybe()))
ACTION(clamp_tensor_, (T a, T min, T max), a->clamp_(min.maybe(), max.maybe()))
TENSOR(nan_to_num, (T a, double nan, double posinf, double neginf, int32_t given),
    at::nan_to_num(a, nan, given & 1 ? Maybe<double>(posinf) : Maybe<double>(), given & 2 ? Maybe<double>(neginf) : Maybe<double>()))
TENSOR(silu, (T a), at::silu(a))
TENSOR(polygamma, (T a, int64_t n), at::polygamma(n, a))
TENSOR(xlogy, (T a, T b), at::xlogy(a, b))
TENSOR(isclose, (T a, T b, double rtol, double atol, bool equal_nan), at::isclose(a, b, rtol, atol, equal_nan))

TENSOR(addmm, (T a, T b, T c, S beta, S alpha), at::addmm(a, b, c, beta, alpha))
TENSOR(addmv, (T a, T b, T c, S beta, S alpha), at::addmv(a, b, c, beta, alpha))
TENSOR(baddbmm, (T a, T b, T c, S beta, S alpha), at::baddbmm(a, b, c, beta, alpha))
TENSOR(einsum, (const char* equation, const T* tensors, int64_t count), at::einsum(equation, scfm::list(tensors, count)))
