// Dense layers.
#include "tensors.h"

namespace scfm::fused {

namespace {

constexpr int64_t kRowsAtOnce = 1024;  ///< rows whose hidden layer is in memory at a time

void forward_product(const Product& p) { rounds() ? scfm::short_kernels()->product(p, pool) : k().product(p, pool); }

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
struct Linear : Function<Linear> {
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

/// x * weight^T + bias, of an x that is zero for the most part; it gets no gradient.
struct SparseLinear : Function<SparseLinear> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& values0, const at::Tensor& columns0, const at::Tensor& offsets0, const at::Tensor& weight0, const Maybe<at::Tensor>& bias) {
        const at::Tensor values = dense(values0), columns = columns0.contiguous(), offsets = offsets0.contiguous(), weight = dense(weight0), b = or_none(bias);
        TORCH_CHECK(weight.dim() == 2 && weight.size(1) > 0, "sparse linear: expected weights [out, in]; found ", weight.sizes());
        TORCH_CHECK(!values0.requires_grad(), "sparse linear: the values get no gradient");
        expect(b, weight.size(0), "sparse linear: a bias");
        const SparseRows x = sparse_rows(offsets, columns, values, weight.size(1));
        at::Tensor result = at::empty({x.rows.count, weight.size(0)}, values.options());
        k().sparse_linear({x, weight.size(0), read(weight), read(b), write(result)}, pool);
        ctx->save_for_backward({values, columns, offsets, weight});
        ctx->saved_data["bias"] = b.defined();
        return result;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &values = saved[0], &columns = saved[1], &offsets = saved[2], &weight = saved[3], gradient = dense(gradients[0]), none;
        at::Tensor of_weight = at::empty_like(weight);
        k().sparse_linear_gradient({{{offsets.numel() - 1, offsets.data_ptr<int64_t>()}, weight.size(1), columns.data_ptr<int32_t>(), read(values)}, weight.size(0), read(gradient), write(of_weight)}, pool);
        return {none, none, none, of_weight, ctx->saved_data["bias"].toBool() ? column_sums(gradient) : none};
    }
};

/// activation(x * w1^T + b1) * w2^T + b2 + add; the hidden layer is made anew for the gradient and never kept.
struct FeedForward : Function<FeedForward> {
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

}  // namespace

TENSOR(fused_linear, (T x, T weight, T bias, T add), Linear::apply(x.get(), weight.get(), bias.maybe(), add.maybe()))
TENSOR(fused_sparse_linear, (T values, T columns, T offsets, T weight, T bias), SparseLinear::apply(values.get(), columns.get(), offsets.get(), weight.get(), bias.maybe()))
TENSOR(fused_feed_forward, (T x, T w1, T b1, T w2, T b2, T add, int64_t activation),
    FeedForward::apply(x.get(), w1.get(), b1.get(), w2.get(), b2.get(), add.maybe(), activation))

}  // namespace scfm::fused
