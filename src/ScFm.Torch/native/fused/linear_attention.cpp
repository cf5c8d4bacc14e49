// Linear attention: the sums over keys, and what queries take from them.
#include "card.h"
#include "tensors.h"

namespace scfm::fused {

namespace {

/// Sums over each cell's keys, for linear attention: mass [cells, heads, features] and values [cells, heads, features, width].
struct KeySums : Function<KeySums> {
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
struct Queries : Function<Queries> {
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

}  // namespace

LIST(fused_key_sums, (T keys, T values, T projection, T offsets, int64_t heads, double epsilon, at::TensorImpl*** out),
    on_our_card(keys) ? card::key_sums(keys, values, projection, offsets, heads, epsilon) : KeySums::apply(keys.get(), values.get(), projection.get(), offsets.get(), heads, epsilon))
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
    on_our_card(queries) ? card::queries(queries, mass, values, projection, offsets, heads, epsilon) : Queries::apply(queries.get(), mass.get(), values.get(), projection.get(), offsets.get(), heads, epsilon))

}  // namespace scfm::fused
