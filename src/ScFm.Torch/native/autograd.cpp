// Gradients: modes, backward, grad, functions whose backward is managed code, and calls when a leaf has its gradient.
#include "abi.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>
#include <memory>
#include <utility>

SCFM_API bool scfm_grad_enabled() { return c10::GradMode::is_enabled(); }
SCFM_API void scfm_set_grad_enabled(bool value) { c10::GradMode::set_enabled(value); }
SCFM_API bool scfm_inference_enabled() { return c10::InferenceMode::is_enabled(); }
SCFM_API void* scfm_inference_begin(bool on) {
    try {
        return new c10::InferenceMode(on);
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}
SCFM_API void scfm_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

SCFM_API int32_t scfm_grad(T a, at::TensorImpl** out) {
    return scfm::action([&] { *out = scfm::release(a->grad()); });
}
ACTION(set_grad, (T a, T gradient), a->mutable_grad() = gradient.get())
ACTION(retain_grad, (T a), a->retain_grad())

ACTION(backward, (T a), a->backward())
ACTION(backward_with, (const T* roots, int64_t root_count, const T* gradients, int64_t gradient_count, bool retain, bool create,
    const T* inputs, int64_t input_count),
    torch::autograd::backward(scfm::list(roots, root_count), scfm::list(gradients, gradient_count),
        retain, create, scfm::list(inputs, input_count)))
LIST(autograd_grad, (const T* outputs, int64_t output_count, const T* inputs, int64_t input_count, const T* gradients,
    int64_t gradient_count, bool retain, bool create, bool allow_unused, at::TensorImpl*** out),
    torch::autograd::grad(scfm::list(outputs, output_count), scfm::list(inputs, input_count),
        scfm::list(gradients, gradient_count), retain, create, allow_unused))

namespace {

/// What the managed side gives a node: `apply` gets the gradients of the outputs (null where undefined) and fills
/// the gradients of the inputs with owned references; it returns 0, or -1 after leaving a message in `error`.
struct ManagedBackward {
    int32_t (*apply)(void* owner, at::TensorImpl** gradients, int64_t count, at::TensorImpl** results, int64_t result_count, char* error, int64_t room);
    void (*release)(void* owner);
    void* owner;
    bool materialize;  ///< whether absent gradients arrive as zeros
};

struct ManagedNode : torch::autograd::Node {
    explicit ManagedNode(ManagedBackward backward, std::string label) : backward_(backward), label_(std::move(label)) {}
    ~ManagedNode() override { backward_.release(backward_.owner); }

    std::string name() const override { return label_; }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        std::vector<at::TensorImpl*> given;
        for (size_t i = 0; i < gradients.size(); i++) {
            at::Tensor g = std::move(gradients[i]);
            if (!g.defined() && backward_.materialize) g = input_metadata(i).zeros_like();
            given.push_back(scfm::release(std::move(g)));
        }
        std::vector<at::TensorImpl*> made(num_outputs(), nullptr);
        char error[1024] = "";
        int32_t status = backward_.apply(backward_.owner, given.data(), given.size(), made.data(), made.size(), error, sizeof error);
        torch::autograd::variable_list results;
        for (auto* impl : made)
            results.push_back(impl ? at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(impl)) : at::Tensor());
        TORCH_CHECK(status == 0, label_, ": the backward function failed: ", error);
        return results;
    }

    ManagedBackward backward_;
    std::string label_;
};

/// What owns a node: a std::shared_ptr, or in later versions of libtorch (2.13, not 2.6) a count within the node.
using NodeOwner = decltype(torch::autograd::impl::grad_accumulator(std::declval<const at::Tensor&>()));

/// A node, by the kind of owner that the first argument points to.
template <class Own, class Base, class... Given> std::shared_ptr<Own> make_node(std::shared_ptr<Base>*, Given&&... given) {
    return {new Own(std::forward<Given>(given)...), [](Own* node) { deleteNode(node); }};  // found beside Node where there is such a function
}
template <class Own, class Base, class... Given> c10::intrusive_ptr<Own> make_node(c10::intrusive_ptr<Base>*, Given&&... given) {
    return c10::make_intrusive<Own>(std::forward<Given>(given)...);
}

}  // namespace

/// Makes `results` the outputs of a node whose inputs are `inputs` (null for what is no tensor).
LIST(custom_function, (const char* name, const T* inputs, int64_t input_count, const T* results, int64_t result_count, bool materialize,
    int32_t (*apply)(void*, at::TensorImpl**, int64_t, at::TensorImpl**, int64_t, char*, int64_t), void (*release)(void*), void* owner, at::TensorImpl*** out), [&] {
    const auto node = make_node<ManagedNode>(static_cast<NodeOwner*>(nullptr), ManagedBackward{apply, release, owner, materialize}, name);
    auto wanted = scfm::list(inputs, input_count);
    std::vector<at::Tensor> outputs;
    const bool differentiable = c10::GradMode::is_enabled() && std::any_of(wanted.begin(), wanted.end(), [](const at::Tensor& t) { return t.defined() && t.requires_grad(); });
    if (differentiable) node->set_next_edges(torch::autograd::collect_next_edges(wanted));
    for (int64_t i = 0; i < result_count; i++) {
        at::Tensor output = results[i]->detach();
        if (differentiable) {
            if (at::isFloatingType(output.scalar_type()) || at::isComplexType(output.scalar_type()))
                torch::autograd::create_gradient_edge(output, node);
            else
                node->add_input_metadata(torch::autograd::Node::undefined_input());
        }
        outputs.push_back(output);
    }
    return outputs;
}())

namespace {

/// Calls the managed side when a backward pass has added its part to a leaf's gradient.
struct GradientPostHook : torch::autograd::FunctionPostHook {
    using Called = int32_t (*)(void* owner, char* error, int64_t room);

    GradientPostHook(Called called, void* owner) : called_(called), owner_(owner) {}

    torch::autograd::variable_list operator()(const torch::autograd::variable_list& outputs, const torch::autograd::variable_list&) override {
        char error[1024] = "";
        int32_t status = called_(owner_, error, sizeof error);
        TORCH_CHECK(status == 0, "What follows a gradient failed: ", error);
        return outputs;
    }

    Called called_;
    void* owner_;
};

/// A hook and the node that it hangs on, which the leaf itself would not keep alive.
struct HookedLeaf {
    NodeOwner adder;
    uintptr_t key;

    ~HookedLeaf() { adder->del_post_hook(key); }
};

}  // namespace

SCFM_API void* scfm_gradient_hook(T leaf, GradientPostHook::Called called, void* owner) {
    try {
        auto adder = torch::autograd::impl::grad_accumulator(leaf);
        TORCH_CHECK(adder != nullptr, "the tensor wants no gradient, or is no leaf");
        auto key = adder->add_post_hook(std::make_unique<GradientPostHook>(called, owner));
        return new HookedLeaf{std::move(adder), key};
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}
SCFM_API void scfm_gradient_hook_end(void* hook) { delete static_cast<HookedLeaf*>(hook); }
