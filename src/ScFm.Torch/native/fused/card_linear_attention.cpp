// Linear attention on a card: the sums over keys, and what queries take from them.
#include "card_tensors.h"

namespace scfm::fused::card {

namespace {

cuda::Features features_of(const at::Tensor& projection, int64_t heads, double epsilon) {
    return {static_cast<int32_t>(heads), static_cast<int32_t>(projection.size(1)), static_cast<int32_t>(projection.size(0)), read(projection), static_cast<float>(epsilon)};
}

struct KeySums : Function<KeySums> {
    static cuda::KeySums parts(const at::Tensor& keys, const at::Tensor& values, const cuda::Features& features, const at::Tensor& maximum, const at::Tensor& tops) {
        cuda::KeySums parts{};
        parts.features = features;
        parts.element = element_of(keys.scalar_type());
        parts.k = keys.data_ptr();
        parts.v = values.data_ptr();
        parts.stride = keys.size(1);
        parts.maximum = write(maximum);
        parts.tops = write(tops);
        return parts;
    }
    static variable_list forward(AutogradContext* ctx, const at::Tensor& keys0, const at::Tensor& values0, const at::Tensor& projection0, const at::Tensor& offsets, int64_t heads, double epsilon) {
        const at::Device device = keys0.device();
        const at::Tensor keys = keys0.contiguous(), values = values0.contiguous(), projection = floats(projection0, device, "the features' directions");
        TORCH_CHECK(keys.dim() == 2 && heads > 0 && keys.sizes() == values.sizes() && keys.scalar_type() == values.scalar_type() && keys.size(1) == heads * projection.size(1), "keys of ",
            keys.sizes(), " and values of ", values.sizes(), " do not fit ", heads, " heads of width ", projection.size(1));
        const Card card(device);
        const CardPlaces slabs(offsets, keys.size(0), cuda::kSlabRows, device);
        const int64_t cells = offsets.numel() - 1;
        at::Tensor maximum = room(cells, keys), tops = room(heads * keys.size(0), keys);
        at::Tensor mass = room(cells * heads * projection.size(0), keys).view({cells, heads, projection.size(0)});
        at::Tensor sums = room(mass.numel() * projection.size(1), keys).view({cells, heads, projection.size(0), projection.size(1)});
        auto k = parts(keys, values, features_of(projection, heads, epsilon), maximum, tops);
        const at::Tensor partial = room(cuda::partial_floats(k.features, slabs.places), keys);
        k.slabs = slabs.places;
        k.mass = write(mass);
        k.values = write(sums);
        k.partial = write(partial);
        cuda::key_sums(k, card.stream);
        ctx->save_for_backward({keys, values, projection, offsets, maximum, tops});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["epsilon"] = epsilon;
        return {mass, sums};
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &keys = saved[0], &projection = saved[2];
        const at::Device device = keys.device();
        const at::Tensor mass = floats(gradients[0], device, "the gradient of masses"), sums = floats(gradients[1], device, "the gradient of sums");
        const Card card(device);
        const CardPlaces blocks(saved[3], keys.size(0), cuda::kBlockRows, device);
        const auto k = parts(keys, saved[1], features_of(projection, ctx->saved_data["heads"].toInt(), ctx->saved_data["epsilon"].toDouble()), saved[4], saved[5]);
        at::Tensor k_gradient = at::empty_like(keys), v_gradient = at::empty_like(keys);
        const at::Tensor totals = room(cuda::key_gradient_floats(k.features, blocks.places), keys);
        cuda::key_sums_gradient(k, {blocks.places, read(mass), read(sums), k_gradient.data_ptr(), v_gradient.data_ptr(), write(totals)}, card.stream);
        return {k_gradient, v_gradient, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

struct Queries : Function<Queries> {
    static cuda::Queries parts(const at::Tensor& q, const at::Tensor& mass, const at::Tensor& values, const cuda::Features& features, const CardPlaces& blocks, const at::Tensor& mixed, const at::Tensor& rest,
        const at::Tensor& kept) {
        return {features, blocks.places, element_of(q.scalar_type()), q.data_ptr(), q.size(1), read(mass), read(values), mixed.data_ptr(), rest.defined() ? rest.data_ptr() : nullptr, write(kept)};
    }
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& q0, const at::Tensor& mass0, const at::Tensor& values0, const at::Tensor& projection0, const at::Tensor& offsets, int64_t heads, double epsilon) {
        const at::Device device = q0.device();
        const at::Tensor q = q0.contiguous(), mass = floats(mass0, device, "masses"), values = floats(values0, device, "sums"), projection = floats(projection0, device, "the features' directions");
        TORCH_CHECK(q.dim() == 2 && q.size(1) == heads * projection.size(1) && mass.numel() == (offsets.numel() - 1) * heads * projection.size(0) && values.numel() == mass.numel() * projection.size(1),
            "queries of ", q.sizes(), " do not fit ", heads, " heads of width ", projection.size(1));
        const Card card(device);
        const CardPlaces blocks(offsets, q.size(0), cuda::kBlockRows, device);
        at::Tensor mixed = at::empty_like(q), rest = q.scalar_type() == at::kFloat ? at::Tensor() : at::empty_like(q), kept = room(3 * heads * q.size(0), q);
        cuda::queries(parts(q, mass, values, features_of(projection, heads, epsilon), blocks, mixed, rest, kept), card.stream);
        ctx->save_for_backward({q, mass, values, projection, offsets, mixed, rest, kept});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["epsilon"] = epsilon;
        return mixed;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor& q = saved[0];
        const at::Device device = q.device();
        const at::Tensor gradient = gradients[0].to(q.scalar_type()).contiguous();
        const Card card(device);
        const CardPlaces blocks(saved[4], q.size(0), cuda::kBlockRows, device), slabs(saved[4], q.size(0), cuda::kSlabRows, device);
        const auto features = features_of(saved[3], ctx->saved_data["heads"].toInt(), ctx->saved_data["epsilon"].toDouble());
        at::Tensor q_gradient = at::empty_like(q), mass = at::empty_like(saved[1]), values = at::empty_like(saved[2]);
        const at::Tensor partial = room(cuda::partial_floats(features, slabs.places), q);
        cuda::queries_gradient(parts(q, saved[1], saved[2], features, blocks, saved[5], saved[6], saved[7]),
            {slabs.places, gradient.data_ptr(), q_gradient.data_ptr(), write(mass), write(values), write(partial)}, card.stream);
        return {q_gradient, mass, values, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

}  // namespace

std::vector<at::Tensor> key_sums(const at::Tensor& keys, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads, double epsilon) {
    return KeySums::apply(keys, values, projection, offsets, heads, epsilon);
}
at::Tensor queries(const at::Tensor& queries, const at::Tensor& mass, const at::Tensor& values, const at::Tensor& projection, const at::Tensor& offsets, int64_t heads, double epsilon) {
    return Queries::apply(queries, mass.to(at::kFloat), values.to(at::kFloat), projection, offsets, heads, epsilon);
}

}  // namespace scfm::fused::card
