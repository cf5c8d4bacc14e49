// The kernels as functions of tensors that can be differentiated. Rows of all cells lie one after another; `offsets` says where each cell begins.
#include "abi.h"
#include "kernels/kernels.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <atomic>
#include <cmath>

SCFM_API int32_t scfm_autocast_dtype(int32_t device);

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using scfm::Activation;
using scfm::Kernels;
using scfm::Product;

constexpr int64_t kRowsAtOnce = 1024;  ///< rows whose hidden layer is in memory at a time

void run(int64_t tasks, void (*body)(void* state, int64_t task), void* state) {
    if (tasks <= 1 || at::get_num_threads() == 1 || at::in_parallel_region()) {
        for (int64_t task = 0; task < tasks; task++) body(state, task);
        return;
    }
    std::atomic<int64_t> next{0};
    at::parallel_for(0, std::min<int64_t>(tasks, at::get_num_threads()), 1, [&](int64_t, int64_t) {
        for (int64_t task; (task = next++) < tasks;) body(state, task);
    });
}
constexpr scfm::Pool pool{run, [] { return static_cast<int64_t>(at::get_num_threads()); }};

/// True while products are to take bfloat16 factors and this processor multiplies them: within autocast, and not for gradients.
bool rounds() { return scfm::short_kernels() && scfm_autocast_dtype(0) == static_cast<int32_t>(at::kBFloat16); }

const Kernels& k() {
    const Kernels* own = scfm::kernels();
    TORCH_CHECK(own, "There are no kernels for this processor; ask for them first");
    return *own;
}

void forward_product(const Product& p) { rounds() ? scfm::short_kernels()->product(p, pool) : k().product(p, pool); }

/// A float32 tensor on the CPU whose rows are dense, as the kernels read it.
at::Tensor dense(const at::Tensor& t) {
    TORCH_CHECK(t.is_cpu() && t.scalar_type() == at::kFloat, "The kernels take float32 tensors on the CPU; a tensor is ", t.scalar_type(), " on ", t.device());
    return t.contiguous();
}
/// The same, of columns of a wider matrix.
at::Tensor columns_of(const at::Tensor& t) {
    TORCH_CHECK(t.dim() == 2, "expected a matrix; found ", t.dim(), " dimensions");
    return t.is_cpu() && t.scalar_type() == at::kFloat && t.stride(1) == 1 ? t : dense(t);
}
const float* read(const at::Tensor& t) { return t.defined() ? t.data_ptr<float>() : nullptr; }
float* write(const at::Tensor& t) { return t.data_ptr<float>(); }
int64_t rows_of(const at::Tensor& t) { return t.numel() / t.size(-1); }
at::Tensor or_none(const Maybe<at::Tensor>& t) { return t.value_or(at::Tensor()); }

void expect(const at::Tensor& t, int64_t numbers, const char* what) {
    TORCH_CHECK(!t.defined() || (t.numel() == numbers && t.is_contiguous() && t.scalar_type() == at::kFloat), what, " of ", t.sizes(), " was found; expected ", numbers, " floats");
}

/// gradient^T * x, [out, in], a block of rows at a time.
at::Tensor weight_gradient(const at::Tensor& gradient, const at::Tensor& x) {
    const int64_t rows = rows_of(x), in = x.size(-1), out = gradient.size(-1);
    at::Tensor result = at::empty({out, in}, x.options()), turned = at::empty({out, std::min(rows, kRowsAtOnce)}, x.options());
    if (rows == 0) result.zero_();
    for (int64_t row = 0; row < rows; row += kRowsAtOnce) {
        const int64_t here = std::min(kRowsAtOnce, rows - row);
        k().transpose(read(gradient) + row * out, out, here, out, write(turned), pool);
        Product p{out, in, here, read(turned), here, read(x) + row * in, in, false, write(result), in};
        p.accumulate = row > 0;
        k().product(p, pool);
    }
    return result;
}

at::Tensor column_sums(const at::Tensor& matrix) {
    at::Tensor sums = at::empty({matrix.size(-1)}, matrix.options());
    k().column_sums(read(matrix), matrix.size(-1), rows_of(matrix), matrix.size(-1), write(sums), pool);
    return sums;
}

/// left [rows, inner] * right [inner, columns], or times the transpose of right [columns, inner].
at::Tensor product(const at::Tensor& left, const at::Tensor& right, bool transposed) {
    const int64_t columns = right.size(transposed ? 0 : 1);
    auto shape = left.sizes().vec();
    shape.back() = columns;
    at::Tensor result = at::empty(shape, left.options());
    k().product({rows_of(left), columns, left.size(-1), read(left), left.size(-1), read(right), right.size(1), transposed, write(result), columns}, pool);
    return result;
}

/// x * weight^T + bias + add
struct Linear : torch::autograd::Function<Linear> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x0, const at::Tensor& weight0, const Maybe<at::Tensor>& bias, const Maybe<at::Tensor>& add) {
        const at::Tensor x = dense(x0), weight = dense(weight0), b = or_none(bias), residual = add ? dense(*add) : at::Tensor();
        TORCH_CHECK(weight.dim() == 2 && weight.size(1) == x.size(-1) && x.size(-1) > 0, "linear: weights of ", weight.sizes(), " do not fit values of ", x.sizes());
        expect(b, weight.size(0), "linear: a bias");
        expect(residual, rows_of(x) * weight.size(0), "linear: what is added");
        auto shape = x.sizes().vec();
        shape.back() = weight.size(0);
        at::Tensor result = at::empty(shape, x.options());
        Product p{rows_of(x), weight.size(0), x.size(-1), read(x), x.size(-1), read(weight), weight.size(1), true, write(result), weight.size(0)};
        p.bias = read(b);
        p.add = read(residual);
        forward_product(p);
        ctx->save_for_backward({x, weight});
        ctx->saved_data["bias"] = b.defined();
        ctx->saved_data["add"] = residual.defined();
        return result;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor gradient = dense(gradients[0]);
        return {ctx->needs_input_grad(0) ? product(gradient, saved[1], false) : at::Tensor(),
            ctx->needs_input_grad(1) ? weight_gradient(gradient, saved[0]) : at::Tensor(),
            ctx->saved_data["bias"].toBool() ? column_sums(gradient) : at::Tensor(),
            ctx->saved_data["add"].toBool() ? gradient : at::Tensor()};
    }
};

/// activation(x * w1^T + b1) * w2^T + b2 + add; the hidden layer is made anew for the gradient and never kept.
struct FeedForward : torch::autograd::Function<FeedForward> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x0, const at::Tensor& w1_0, const at::Tensor& b1, const at::Tensor& w2_0, const at::Tensor& b2,
        const Maybe<at::Tensor>& add, int64_t activation) {
        const at::Tensor x = dense(x0), w1 = dense(w1_0), w2 = dense(w2_0), residual = add ? dense(*add) : at::Tensor();
        const int64_t rows = rows_of(x), in = x.size(-1), hidden = w1.size(0), out = w2.size(0);
        expect(w1, hidden * in, "feed forward: first weights");
        expect(w2, out * hidden, "feed forward: second weights");
        expect(b1, hidden, "feed forward: a first bias");
        expect(b2, out, "feed forward: a second bias");
        expect(residual, rows * out, "feed forward: what is added");
        auto shape = x.sizes().vec();
        shape.back() = out;
        at::Tensor result = at::empty(shape, x.options()), inner = at::empty({std::min(rows, kRowsAtOnce), hidden}, x.options());
        for (int64_t row = 0; row < rows; row += kRowsAtOnce) {
            const int64_t here = std::min(kRowsAtOnce, rows - row);
            Product first{here, hidden, in, read(x) + row * in, in, read(w1), in, true, write(inner), hidden};
            first.bias = read(b1);
            first.activation = static_cast<Activation>(activation);
            forward_product(first);
            Product second{here, out, hidden, read(inner), hidden, read(w2), hidden, true, write(result) + row * out, out};
            second.bias = read(b2);
            second.add = residual.defined() ? read(residual) + row * out : nullptr;
            forward_product(second);
        }
        ctx->save_for_backward({x, w1, b1, w2});
        ctx->saved_data["activation"] = activation;
        ctx->saved_data["add"] = residual.defined();
        return result;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &x = saved[0], &w1 = saved[1], &b1 = saved[2], &w2 = saved[3], gradient = dense(gradients[0]);
        const auto activation = static_cast<Activation>(ctx->saved_data["activation"].toInt());
        const int64_t rows = rows_of(x), in = x.size(-1), hidden = w1.size(0), out = w2.size(0), most = std::min(rows, kRowsAtOnce);
        at::Tensor x_gradient = at::empty_like(x), w1_gradient = at::empty_like(w1), w2_gradient = at::empty_like(w2);
        at::Tensor b1_gradient = at::zeros({hidden}, x.options()), part = at::empty({hidden}, x.options());
        at::Tensor before = at::empty({most, hidden}, x.options()), inner = at::empty_like(before), turned = at::empty({std::max(hidden, out), most}, x.options());
        if (rows == 0) w1_gradient.zero_(), w2_gradient.zero_();
        for (int64_t row = 0; row < rows; row += kRowsAtOnce) {
            const int64_t here = std::min(kRowsAtOnce, rows - row);
            const float *own_x = read(x) + row * in, *own_gradient = read(gradient) + row * out;
            Product forward{here, hidden, in, own_x, in, read(w1), in, true, write(inner), hidden};
            forward.bias = read(b1);
            forward.activation = activation;
            forward.before = write(before);
            k().product(forward, pool);

            k().transpose(own_gradient, out, here, out, write(turned), pool);
            Product second{out, hidden, here, read(turned), here, read(inner), hidden, false, write(w2_gradient), hidden};
            second.accumulate = row > 0;
            k().product(second, pool);

            Product back{here, hidden, out, own_gradient, out, read(w2), hidden, false, write(inner), hidden};
            if (activation != Activation::none) {
                back.activation = activation;
                back.gate = read(before);
            }
            k().product(back, pool);

            k().transpose(read(inner), hidden, here, hidden, write(turned), pool);
            Product first{hidden, in, here, read(turned), here, own_x, in, false, write(w1_gradient), in};
            first.accumulate = row > 0;
            k().product(first, pool);
            k().column_sums(read(inner), hidden, here, hidden, write(part), pool);
            b1_gradient.add_(part);
            k().product({here, in, hidden, read(inner), hidden, read(w1), in, false, write(x_gradient) + row * in, in}, pool);
        }
        return {x_gradient, w1_gradient, b1_gradient, w2_gradient, column_sums(gradient), ctx->saved_data["add"].toBool() ? gradient : at::Tensor(), at::Tensor()};
    }
};

scfm::Segments segments(const at::Tensor& offsets, int64_t rows) {
    TORCH_CHECK(offsets.is_cpu() && offsets.scalar_type() == at::kLong && offsets.is_contiguous() && offsets.numel() >= 1, "offsets: expected int64 on the CPU");
    const auto* at = offsets.data_ptr<int64_t>();
    const int64_t cells = offsets.numel() - 1;
    TORCH_CHECK(at[0] == 0 && at[cells] == rows, "offsets: found ", at[0], " to ", at[cells], "; expected 0 to the number of rows, ", rows);
    for (int64_t cell = 0; cell < cells; cell++) TORCH_CHECK(at[cell] <= at[cell + 1], "offsets: cell ", cell, " ends before it begins");
    return {cells, at};
}

/// softmax attention within cells of queries, keys and values side by side, [rows, 3 * width].
struct Attention : torch::autograd::Function<Attention> {
    static scfm::Attention parts(const at::Tensor& qkv, const at::Tensor& offsets, int64_t heads, const at::Tensor& mixed, const at::Tensor& log_sums) {
        const int64_t width = qkv.size(1) / 3;
        const float* q = read(qkv);
        return {segments(offsets, qkv.size(0)), heads, width / heads, 1 / std::sqrt(static_cast<float>(width / heads)), q, q + width, q + 2 * width, 3 * width, write(mixed), write(log_sums)};
    }
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv0, const at::Tensor& offsets, int64_t heads) {
        const at::Tensor qkv = dense(qkv0);
        TORCH_CHECK(qkv.dim() == 2 && heads > 0 && qkv.size(1) > 0 && qkv.size(1) % (3 * heads) == 0, "attention: expected [rows, 3 * width] with ", heads, " heads; found ", qkv.sizes());
        at::Tensor mixed = at::empty({qkv.size(0), qkv.size(1) / 3}, qkv.options()), log_sums = at::empty({heads, qkv.size(0)}, qkv.options());
        (rounds() ? scfm::short_kernels()->attention : k().attention)(parts(qkv, offsets, heads, mixed, log_sums), pool);
        ctx->save_for_backward({qkv, offsets, mixed, log_sums});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["rounded"] = rounds();
        return mixed;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor gradient = dense(gradients[0]);
        at::Tensor result = at::empty_like(saved[0]);
        const int64_t width = saved[0].size(1) / 3;
        // the gradient is that of float32 scores, and so must be the sums that it divides by
        if (ctx->saved_data["rounded"].toBool()) k().attention(parts(saved[0], saved[1], ctx->saved_data["heads"].toInt(), saved[2], saved[3]), pool);
        k().attention_gradient(parts(saved[0], saved[1], ctx->saved_data["heads"].toInt(), saved[2], saved[3]),
            {read(gradient), write(result), write(result) + width, write(result) + 2 * width}, pool);
        return {result, at::Tensor(), at::Tensor()};
    }
};

/// Sums over each cell's keys, for linear attention: mass [cells, heads, features] and values [cells, heads, features, width].
struct KeySums : torch::autograd::Function<KeySums> {
    static scfm::KeySums parts(const at::Tensor& keys, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads, double epsilon,
        const at::Tensor& mass, const at::Tensor& sums, const at::Tensor& maximum) {
        TORCH_CHECK(keys.stride(0) == values.stride(0), "keys and values must be columns of matrices of one width");
        TORCH_CHECK(heads > 0 && keys.sizes() == values.sizes() && keys.size(1) == heads * projection.size(1), "keys of ", keys.sizes(), " and values of ", values.sizes(),
            " do not fit ", heads, " heads of width ", projection.size(1));
        return {{heads, projection.size(1), projection.size(0), read(projection), static_cast<float>(epsilon)}, segments(offsets, keys.size(0)), read(keys), read(values), keys.stride(0),
            write(mass), write(sums), write(maximum)};
    }
    static variable_list forward(AutogradContext* ctx, const at::Tensor& keys0, const at::Tensor& values0, const at::Tensor& projection0, const at::Tensor& offsets,
        int64_t heads, double epsilon) {
        at::Tensor keys = columns_of(keys0), values = columns_of(values0);
        if (keys.stride(0) != values.stride(0)) keys = dense(keys), values = dense(values);
        const at::Tensor projection = dense(projection0);
        const int64_t cells = offsets.numel() - 1;
        at::Tensor mass = at::empty({cells, heads, projection.size(0)}, keys.options()), sums = at::empty({cells, heads, projection.size(0), projection.size(1)}, keys.options());
        at::Tensor maximum = at::empty({cells}, keys.options());
        k().key_sums(parts(keys, values, projection, offsets, heads, epsilon, mass, sums, maximum), pool);
        ctx->save_for_backward({keys, values, projection, offsets, maximum});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["epsilon"] = epsilon;
        return {mass, sums};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor mass = dense(gradients[0]), sums = dense(gradients[1]), none = at::empty({0}, mass.options());
        const at::Tensor own_keys = dense(saved[0]), own_values = dense(saved[1]);
        auto parts = KeySums::parts(own_keys, own_values, saved[2], saved[3], ctx->saved_data["heads"].toInt(), ctx->saved_data["epsilon"].toDouble(), none, none, saved[4]);
        at::Tensor keys = at::empty_like(own_keys), values = at::empty_like(own_keys);
        k().key_sums_gradient(parts, {read(mass), read(sums), write(keys), write(values)}, pool);
        return {keys, values, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

/// What queries take from the sums over their cell's keys: [rows, heads * width].
struct Queries : torch::autograd::Function<Queries> {
    static scfm::Queries parts(const at::Tensor& q, const at::Tensor& mass, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads,
        double epsilon, const at::Tensor& mixed) {
        return {{heads, projection.size(1), projection.size(0), read(projection), static_cast<float>(epsilon)}, segments(offsets, q.size(0)), read(q), q.stride(0), read(mass), read(values), write(mixed)};
    }
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& q0, const at::Tensor& mass0, const at::Tensor& values0, const at::Tensor& projection0, const at::Tensor& offsets,
        int64_t heads, double epsilon) {
        const at::Tensor q = columns_of(q0), mass = dense(mass0), values = dense(values0), projection = dense(projection0);
        TORCH_CHECK(q.size(1) == heads * projection.size(1) && mass.numel() == (offsets.numel() - 1) * heads * projection.size(0) && values.numel() == mass.numel() * projection.size(1), "queries of ", q.sizes(), " do not fit ", heads, " heads of width ", projection.size(1));
        at::Tensor mixed = at::empty({q.size(0), q.size(1)}, q.options());
        k().queries(parts(q, mass, values, projection, offsets, heads, epsilon, mixed), pool);
        ctx->save_for_backward({q, mass, values, projection, offsets, mixed});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["epsilon"] = epsilon;
        return mixed;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor gradient = dense(gradients[0]), q = dense(saved[0]);
        at::Tensor q_gradient = at::empty_like(q), mass = at::empty_like(saved[1]), values = at::empty_like(saved[2]);
        k().queries_gradient(parts(q, saved[1], saved[2], saved[3], saved[4], ctx->saved_data["heads"].toInt(), ctx->saved_data["epsilon"].toDouble(), saved[5]),
            {read(gradient), write(q_gradient), write(mass), write(values)}, pool);
        return {q_gradient, mass, values, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

/// Layer norm of x + add, and x + add itself.
struct AddNorm : torch::autograd::Function<AddNorm> {
    static variable_list forward(AutogradContext* ctx, const at::Tensor& x0, const Maybe<at::Tensor>& add0, const at::Tensor& weight, const at::Tensor& bias, double epsilon) {
        const at::Tensor x = dense(x0), add = add0 ? dense(*add0) : at::Tensor();
        expect(add, x.numel(), "norm: what is added");
        expect(weight, x.size(-1), "norm: weights");
        expect(bias, x.size(-1), "norm: a bias");
        at::Tensor normed = at::empty_like(x), sum = add.defined() ? at::empty_like(x) : x;
        at::Tensor mean = at::empty({rows_of(x)}, x.options()), inverse = at::empty_like(mean);
        k().norm({rows_of(x), x.size(-1), read(x), read(add), read(weight), read(bias), static_cast<float>(epsilon), add.defined() ? write(sum) : nullptr, write(normed), write(mean), write(inverse)}, pool);
        ctx->save_for_backward({sum, weight, mean, inverse});
        ctx->saved_data["add"] = add.defined();
        if (add.defined()) return {normed, sum};
        return {normed};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const bool has_add = ctx->saved_data["add"].toBool();
        const at::Tensor normed = dense(gradients[0]), sum = has_add && gradients[1].defined() ? dense(gradients[1]) : at::Tensor();
        at::Tensor x = at::empty_like(saved[0]), weight = at::empty_like(saved[1]), bias = at::empty_like(saved[1]);
        k().norm_gradient({rows_of(x), x.size(-1), read(saved[0]), read(saved[1]), read(saved[2]), read(saved[3]), read(normed), read(sum), write(x), write(weight), write(bias)}, pool);
        return {x, has_add ? x : at::Tensor(), weight, bias, at::Tensor()};
    }
};

}  // namespace

/// The name of the instruction set of the kernels, or null where there are none for this processor.
SCFM_API const char* scfm_kernel_set() { return scfm::kernels() ? scfm::kernels()->name : nullptr; }

/// True where the kernels multiply bfloat16 factors.
SCFM_API bool scfm_kernels_take_bfloat16() { return scfm::short_kernels() != nullptr; }

/// A number that changes when a tensor is written to or is another one; 0 where a tensor does not count its changes.
SCFM_API int64_t scfm_state_of(const T* tensors, int64_t count) {
    uint64_t state = 1;
    for (int64_t i = 0; i < count; i++) {
        const at::Tensor& t = tensors[i];
        if (t.is_inference()) return 0;
        for (const uint64_t part : {reinterpret_cast<uint64_t>(t.data_ptr()), static_cast<uint64_t>(t._version())}) state = (state ^ part) * 0x9E3779B97F4A7C15u + 1;
    }
    return static_cast<int64_t>(state);
}

TENSOR(fused_linear, (T x, T weight, T bias, T add), Linear::apply(x.get(), weight.get(), bias.maybe(), add.maybe()))
TENSOR(fused_feed_forward, (T x, T w1, T b1, T w2, T b2, T add, int64_t activation),
    FeedForward::apply(x.get(), w1.get(), b1.get(), w2.get(), b2.get(), add.maybe(), activation))
TENSOR(fused_attention, (T qkv, T offsets, int64_t heads), Attention::apply(qkv.get(), offsets.get(), heads))
LIST(fused_key_sums, (T keys, T values, T projection, T offsets, int64_t heads, double epsilon, at::TensorImpl*** out),
    KeySums::apply(keys.get(), values.get(), projection.get(), offsets.get(), heads, epsilon))
/// The sums without epsilon, for inference: mass, values, each cell's maximum, which is subtracted in both, and each row's largest exponent, [heads, rows].
LIST(fused_plain_key_sums, (T keys, T values, T projection, T offsets, int64_t heads, at::TensorImpl*** out), [&] {
    c10::AutoGradMode off(false);
    const at::Tensor k0 = dense(keys), v0 = dense(values), p0 = dense(projection);
    const int64_t cells = offsets->numel() - 1;
    at::Tensor mass = at::empty({cells, heads, p0.size(0)}, k0.options()), sums = at::empty({cells, heads, p0.size(0), p0.size(1)}, k0.options());
    at::Tensor maximum = at::empty({cells}, k0.options()), tops = at::empty({heads, k0.size(0)}, k0.options());
    auto parts = KeySums::parts(k0, v0, p0, offsets, heads, 0, mass, sums, maximum);
    parts.tops = write(tops);
    k().key_sums(parts, pool);
    return std::vector<at::Tensor>{mass, sums, maximum, tops};
}())
TENSOR(fused_queries, (T queries, T mass, T values, T projection, T offsets, int64_t heads, double epsilon),
    Queries::apply(queries.get(), mass.get(), values.get(), projection.get(), offsets.get(), heads, epsilon))
LIST(fused_add_norm, (T x, T add, T weight, T bias, double epsilon, at::TensorImpl*** out),
    AddNorm::apply(x.get(), add.maybe(), weight.get(), bias.get(), epsilon))
