// A device for tests on machines without a card: the processor's memory under another name. Everything is computed by the processor's own operations,
// but tensors of both kinds meet only where CUDA would let them, so that code which leaves a tensor behind on the processor fails here as it would there.
#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/resize_native.h>
#include <ATen/ops/view_native.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <cstdlib>
#include <utility>
#include <vector>

namespace {

constexpr auto kOther = c10::DeviceType::PrivateUse1;

class OtherAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(size_t bytes) const override {
        void* block = bytes == 0 ? nullptr : std::malloc(bytes);
        return {block, block, &std::free, c10::Device(kOther, 0)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &std::free; }
};

OtherAllocator allocator;

bool is_other(const at::Tensor& t) { return t.defined() && t.device().type() == kOther; }

/// The same memory as a tensor of the processor.
at::Tensor on_cpu(const at::Tensor& t) {
    return at::from_blob(t.data_ptr(), t.sizes(), t.strides(), [t](void*) {}, t.options().device(at::kCPU).requires_grad(false));
}

at::Tensor make(c10::DataPtr data, size_t bytes, bool resizable, const at::Tensor& like) {
    c10::Storage storage(c10::Storage::use_byte_size_t(), bytes, std::move(data), &allocator, resizable);
    auto made = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(c10::DispatchKey::PrivateUse1), like.dtype());
    made.unsafeGetTensorImpl()->set_sizes_and_strides(like.sizes(), like.strides());
    return made;
}

/// A result of the processor as a tensor of this device; the memory is the same.
at::Tensor on_other(const at::Tensor& t) {
    auto* owner = new at::Tensor(t);
    return make({t.data_ptr(), owner, [](void* kept) { delete static_cast<at::Tensor*>(kept); }, c10::Device(kOther, 0)}, at::detail::computeStorageNbytes(t.sizes(), t.strides(), t.dtype().itemsize()), false, t);
}

at::Tensor empty(at::IntArrayRef size, c10::optional<at::ScalarType> dtype, c10::optional<at::Layout>, c10::optional<at::Device>, c10::optional<bool>,
                 c10::optional<at::MemoryFormat> format) {
    const auto like = at::empty(size, at::TensorOptions().dtype(dtype).device(at::kMeta), format);
    const size_t bytes = like.numel() * like.dtype().itemsize();
    return make(allocator.allocate(bytes), bytes, true, like);
}

at::Tensor empty_strided(at::IntArrayRef size, at::IntArrayRef stride, c10::optional<at::ScalarType> dtype, c10::optional<at::Layout>,
                         c10::optional<at::Device>, c10::optional<bool>) {
    const auto like = at::empty_strided(size, stride, at::TensorOptions().dtype(dtype).device(at::kMeta));
    const size_t bytes = at::detail::computeStorageNbytes(size, stride, like.dtype().itemsize());
    return make(allocator.allocate(bytes), bytes, true, like);
}

at::Tensor copy_from(const at::Tensor& from, const at::Tensor& to, bool) {
    const auto source = is_other(from) ? on_cpu(from) : from;
    is_other(to) ? on_cpu(to).copy_(source) : to.copy_(source);
    return to;
}

at::Tensor copy_from_and_resize(const at::Tensor& from, const at::Tensor& to) {
    if (to.sizes() != from.sizes()) to.resize_(from.sizes());
    return copy_from(from, to, false);
}

/// What CUDA takes from the processor's memory: single numbers, and indices.
bool may_stay(const c10::OperatorHandle& op, const at::Tensor& t) {
    const auto& name = op.schema().name();
    return t.dim() == 0 || ((name.rfind("aten::index", 0) == 0 && name.rfind("aten::index_", 0) != 0) || name.rfind("aten::index_put", 0) == 0 || name.rfind("aten::_index_put", 0) == 0);
}

/// Runs any operation: each tensor as one of the processor over the same memory; what is written to as a copy, which may be resized on the way and is copied back.
class Call {
public:
    Call(const c10::OperatorHandle& op, torch::jit::Stack* stack) : op(op), stack(stack) {}

    void run() {
        const size_t count = op.schema().arguments().size(), first = stack->size() - count;
        for (size_t i = 0; i < count; i++) {
            const auto& described = op.schema().arguments()[i];
            const auto use = described.is_out() ? Use::kOut : described.alias_info() && described.alias_info()->isWrite() ? Use::kWritten : Use::kRead;
            (*stack)[first + i] = argument((*stack)[first + i], use);
        }
        op.callBoxed(stack);
        for (size_t i = first; i < stack->size(); i++) (*stack)[i] = returned((*stack)[i]);
        for (auto& each : seen) {
            if (each.use != Use::kRead) copy_from_and_resize(each.cpu, each.own);
        }
    }

private:
    const c10::OperatorHandle& op;
    torch::jit::Stack* stack;
    /// What an operation does with a tensor: reads it, changes it, or fills it, whatever was in it and whatever size it had.
    enum class Use { kRead, kWritten, kOut };
    struct Seen {
        at::Tensor own, cpu;
        Use use;
    };
    std::vector<Seen> seen;

    at::Tensor tensor(const at::Tensor& t, Use use) {
        if (!t.defined()) return t;
        if (!is_other(t)) {
            TORCH_CHECK(may_stay(op, t), "Expected all tensors to be on the same device: ", op.schema().name(), " has one on the other device and one of [", t.sizes(), "] on ", t.device());
            return t;
        }
        for (auto& each : seen) {
            if (each.own.is_same(t) && each.use == use) return each.cpu;
        }
        seen.push_back({t, use == Use::kRead ? on_cpu(t) : use == Use::kWritten ? on_cpu(t).clone() : at::empty({0}, t.options().device(at::kCPU)), use});
        return seen.back().cpu;
    }

    c10::IValue argument(const c10::IValue& value, Use use) {
        if (value.isTensor()) return tensor(value.toTensor(), use);
        if (value.isTensorList()) {
            c10::List<at::Tensor> list;
            for (const at::Tensor& each : value.toTensorVector()) list.push_back(tensor(each, use));
            return list;
        }
        if (value.isOptionalTensorList()) {
            c10::List<c10::optional<at::Tensor>> list;
            for (const auto& each : value.toOptionalTensorVector()) list.push_back(each ? c10::optional<at::Tensor>(tensor(*each, use)) : c10::nullopt);
            return list;
        }
        if (value.isDevice() && value.toDevice().type() == kOther) return c10::Device(at::kCPU);
        return value;
    }

    at::Tensor result(const at::Tensor& t) {
        if (!t.defined()) return t;
        for (const auto& each : seen) {
            if (each.cpu.is_same(t)) return each.own;
        }
        return on_other(t);
    }

    c10::IValue returned(const c10::IValue& value) {
        if (value.isTensor()) return result(value.toTensor());
        if (value.isTensorList()) {
            c10::List<at::Tensor> list;
            for (const at::Tensor& each : value.toTensorVector()) list.push_back(result(each));
            return list;
        }
        return value;
    }
};

void fallback(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
    at::AutoDispatchBelowADInplaceOrView below;
    Call(op, stack).run();
}

TORCH_LIBRARY_IMPL(_, PrivateUse1, m) { m.fallback(torch::CppFunction::makeFromBoxedFunction<&fallback>()); }

TORCH_LIBRARY_IMPL(aten, PrivateUse1, m) {
    m.impl("empty.memory_format", &empty);
    m.impl("empty_strided", &empty_strided);
    m.impl("_copy_from", &copy_from);
    m.impl("_copy_from_and_resize", &copy_from_and_resize);
    m.impl("view", &at::native::view);
    m.impl("as_strided", &at::native::as_strided_tensorimpl);
    m.impl("_reshape_alias", &at::native::_reshape_alias);
    m.impl("resize_", &at::native::resize_);
}

C10_REGISTER_GUARD_IMPL(PrivateUse1, c10::impl::NoOpDeviceGuardImpl<kOther>);

}  // namespace
