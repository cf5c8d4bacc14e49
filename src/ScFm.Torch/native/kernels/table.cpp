// The kernels of this instruction set.
#include "kernels.h"
#include "simd.h"

#define SCFM_NAME_OF(isa) #isa
#define SCFM_NAME(isa) SCFM_NAME_OF(isa)

namespace scfm::SCFM_ISA {

void product(const Product&, const Pool&);
void transpose(const float* from, int64_t stride, int64_t rows, int64_t columns, float* to, const Pool& pool);
int64_t misplaced(const SparseRows&);
void sparse_linear(const SparseLinear&, const Pool&);
void sparse_linear_gradient(const SparseLinearGradient&, const Pool&);
void attention(const Attention&, const Pool&);
void attention_gradient(const Attention&, const AttentionGradient&, const Pool&);
void key_sums(const KeySums&, const Pool&);
void key_sums_gradient(const KeySums&, const KeySumsGradient&, const Pool&);
void queries(const Queries&, const Pool&);
void queries_gradient(const Queries&, const QueriesGradient&, const Pool&);
void norm(const Norm&, const Pool&);
void norm_gradient(const NormGradient&, const Pool&);
void column_sums(const float* matrix, int64_t stride, int64_t rows, int64_t columns, float* sums, const Pool&);
void batch_norm(const BatchNorm&, const Pool&);
void batch_norm_gradient(const BatchNormGradient&, const Pool&);
void count_likelihood(const CountLikelihood&, const Pool&);
void count_likelihood_gradient(const CountLikelihoodGradient&, const Pool&);
void normal_draw(const NormalDraw&, float* draw, float* divergence, const Pool&);
void normal_draw_gradient(const NormalDraw&, const float* draw_gradient, const float* divergence_gradient, float* mean_gradient, float* variance_gradient, const Pool&);

extern const Kernels table;
const Kernels table{SCFM_NAME(SCFM_ISA), product, transpose, misplaced, sparse_linear, sparse_linear_gradient, attention, attention_gradient, key_sums, key_sums_gradient, queries, queries_gradient,
    norm, norm_gradient, column_sums, batch_norm, batch_norm_gradient, count_likelihood, count_likelihood_gradient, normal_draw, normal_draw_gradient};

}  // namespace scfm::SCFM_ISA
