// Softmax attention within cells with dropout of its weights. Nothing of size [rows of a cell, rows of a cell] outlives a block of queries: scores and the
// choice of what is dropped are made again for the gradient, the latter from a seed.
#include "abi.h"
#include "kernels/hash.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kQueries = 256;  ///< queries of a block: its scores for 2,048 keys are 2 MB

#if defined(__x86_64__)
#define SCFM_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define SCFM_WIDEST
#endif

/// Zeroes those of a line's weights whose number is below a bound, and scales the others. The numbers are a hash of the place.
SCFM_WIDEST void drop(float* weights, int64_t count, uint32_t line, uint32_t below, float scale) {
    for (int64_t i = 0; i < count; i++) {
        weights[i] = scfm::chances(line, static_cast<uint32_t>(i)) < below ? 0.0f : weights[i] * scale;
    }
}

/// What is dropped, as a function of the seed, the query's row, the head and the key.
struct Dropout {
    double p;
    uint64_t seed;
    int64_t heads;

    /// Multiplies the weights of a query by 0 with probability p, and by 1 / (1 - p) otherwise.
    void apply(float* weights, int64_t keys, int64_t row, int64_t head) const {
        const auto below = static_cast<uint32_t>(std::min(p * 4294967296.0, 4294967295.0));
        const auto line = static_cast<uint32_t>(scfm::mix(seed ^ scfm::mix(static_cast<uint64_t>(row * heads + head))));
        drop(weights, keys, line, below, static_cast<float>(1 / (1 - p)));
    }
};

/// Queries, keys and values side by side, [rows, 3 * width], and where each cell begins.
struct Parts {
    at::Tensor all;
    const int64_t* offsets;
    int64_t cells, heads, width;
    double scale;

    Parts(const at::Tensor& qkv, const at::Tensor& at, int64_t heads) : all(qkv), heads(heads) {
        TORCH_CHECK(qkv.dim() == 2 && qkv.is_cpu() && qkv.scalar_type() == at::kFloat && heads > 0 && qkv.size(1) > 0 && qkv.size(1) % (3 * heads) == 0,
            "attention: expected float32 [rows, 3 * width] on the CPU with ", heads, " heads; found ", qkv.scalar_type(), " ", qkv.sizes());
        TORCH_CHECK(at.is_cpu() && at.scalar_type() == at::kLong && at.is_contiguous() && at.numel() >= 1, "offsets: expected int64 on the CPU");
        offsets = at.data_ptr<int64_t>();
        cells = at.numel() - 1;
        TORCH_CHECK(offsets[0] == 0 && offsets[cells] == qkv.size(0), "offsets: found ", offsets[0], " to ", offsets[cells], "; expected 0 to the number of rows, ", qkv.size(0));
        for (int64_t cell = 0; cell < cells; cell++) TORCH_CHECK(offsets[cell] <= offsets[cell + 1], "offsets: cell ", cell, " ends before it begins");
        width = qkv.size(1) / 3 / heads;
        scale = 1 / std::sqrt(static_cast<double>(width));
    }
    int64_t rows(int64_t cell) const { return offsets[cell + 1] - offsets[cell]; }

    /// A cell's queries (0), keys (1) or values (2) of a head, of a tensor laid out as these are; [rows, width].
    at::Tensor of(const at::Tensor& like, int64_t part, int64_t cell, int64_t head) const {
        return like.narrow(0, offsets[cell], rows(cell)).narrow(1, (part * heads + head) * width, width);
    }

    /// A task a cell and head; each computes on one thread, so that a result does not depend on their number.
    template <class Body> void for_each(Body&& body) const {
        at::parallel_for(0, cells * heads, 1, [&](int64_t begin, int64_t end) {
            c10::AutoGradMode off(false);
            c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);  // all in float32, in the gradient's threads too
            for (int64_t task = begin; task < end; task++)
                if (rows(task / heads) > 0) body(task / heads, task % heads);
        });
    }

    /// The softmax weights of some queries, [queries, rows of the cell].
    at::Tensor weights(const at::Tensor& queries, const at::Tensor& keys) const { return at::softmax(at::mm(queries, keys.t()).mul_(scale), 1); }

    at::Tensor dropped(const at::Tensor& weights, const Dropout& dropout, int64_t first, int64_t head) const {
        at::Tensor kept = weights.clone();
        for (int64_t row = 0; row < kept.size(0); row++) dropout.apply(kept.data_ptr<float>() + row * kept.size(1), kept.size(1), first + row, head);
        return kept;
    }
};

struct DroppedAttention : torch::autograd::Function<DroppedAttention> {
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv0, const at::Tensor& offsets, int64_t heads, double p, int64_t seed) {
        TORCH_CHECK(p >= 0 && p < 1, "attention: expected a dropout of 0 to below 1; found ", p);
        const at::Tensor qkv = qkv0.contiguous();
        const Parts parts(qkv, offsets, heads);
        const Dropout dropout{p, static_cast<uint64_t>(seed), heads};
        at::Tensor mixed = at::empty({qkv.size(0), qkv.size(1) / 3}, qkv.options());
        parts.for_each([&](int64_t cell, int64_t head) {
            const at::Tensor queries = parts.of(qkv, 0, cell, head), keys = parts.of(qkv, 1, cell, head), values = parts.of(qkv, 2, cell, head);
            at::Tensor result = parts.of(mixed, 0, cell, head);
            for (int64_t row = 0; row < queries.size(0); row += kQueries) {
                const int64_t here = std::min(kQueries, queries.size(0) - row);
                const at::Tensor weights = parts.weights(queries.narrow(0, row, here), keys);
                result.narrow(0, row, here).copy_(at::mm(parts.dropped(weights, dropout, parts.offsets[cell] + row, head), values));
            }
        });
        ctx->save_for_backward({qkv, offsets});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["p"] = p;
        ctx->saved_data["seed"] = seed;
        return mixed;
    }

    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &qkv = saved[0], gradient = gradients[0].contiguous();
        const Parts parts(qkv, saved[1], ctx->saved_data["heads"].toInt());
        const Dropout dropout{ctx->saved_data["p"].toDouble(), static_cast<uint64_t>(ctx->saved_data["seed"].toInt()), parts.heads};
        at::Tensor result = at::zeros_like(qkv);
        parts.for_each([&](int64_t cell, int64_t head) {
            const at::Tensor queries = parts.of(qkv, 0, cell, head), keys = parts.of(qkv, 1, cell, head), values = parts.of(qkv, 2, cell, head);
            at::Tensor to_queries = parts.of(result, 0, cell, head), to_keys = parts.of(result, 1, cell, head), to_values = parts.of(result, 2, cell, head);
            const at::Tensor incoming = parts.of(gradient, 0, cell, head);
            for (int64_t row = 0; row < queries.size(0); row += kQueries) {
                const int64_t here = std::min(kQueries, queries.size(0) - row), first = parts.offsets[cell] + row;
                const at::Tensor some = queries.narrow(0, row, here), from = incoming.narrow(0, row, here), weights = parts.weights(some, keys);
                to_values.add_(at::mm(parts.dropped(weights, dropout, first, head).t(), from));
                at::Tensor slopes = parts.dropped(at::mm(from, values.t()), dropout, first, head);  // of the weights before the dropout
                slopes.sub_(at::sum(slopes * weights, 1, true)).mul_(weights).mul_(parts.scale);    // of the scores
                to_queries.narrow(0, row, here).copy_(at::mm(slopes, keys));
                to_keys.add_(at::mm(slopes.t(), some));
            }
        });
        return {result, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

}  // namespace

TENSOR(dropped_attention, (T qkv, T offsets, int64_t heads, double p, int64_t seed), DroppedAttention::apply(qkv.get(), offsets.get(), heads, p, seed))
