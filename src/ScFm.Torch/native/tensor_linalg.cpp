// Linear algebra.
#include "abi.h"

TENSOR(linalg_cholesky, (T a, bool upper), at::linalg_cholesky(a, upper))
TENSOR(linalg_inv, (T a), at::linalg_inv(a))
TENSOR(linalg_pinv, (T a, double rcond, bool hermitian), at::linalg_pinv(a, rcond, hermitian))
TENSOR(linalg_det, (T a), at::linalg_det(a))
TENSOR(linalg_solve, (T a, T b, bool left), at::linalg_solve(a, b, left))
TENSOR(linalg_svdvals, (T a), at::linalg_svdvals(a))
TENSOR(linalg_eigvalsh, (T a, const char* uplo), at::linalg_eigvalsh(a, uplo))
TENSOR(linalg_vector_norm, (T a, double p, INTS_ARG(dims), bool keepdim),
    at::linalg_vector_norm(a, p, MAYBE_INTS(dims), keepdim))
TENSOR(linalg_norm, (T a, const char* ord, INTS_ARG(dims), bool keepdim), at::linalg_norm(a, ord, MAYBE_INTS(dims), keepdim))
TENSOR(linalg_norm_p, (T a, double ord, bool given, INTS_ARG(dims), bool keepdim),
    at::linalg_norm(a, given ? Maybe<at::Scalar>(ord) : Maybe<at::Scalar>(), MAYBE_INTS(dims), keepdim))
TENSOR(linalg_solve_triangular, (T a, T b, bool upper, bool left, bool unit), at::linalg_solve_triangular(a, b, upper, left, unit))
TENSOR(linalg_matrix_rank, (T a, bool hermitian), at::linalg_matrix_rank(a, 0.0, hermitian))
TENSOR(cholesky_solve, (T b, T l, bool upper), at::cholesky_solve(b, l, upper))
TENSOR(trace, (T a), at::trace(a))
TENSOR(cdist, (T a, T b, double p, int64_t mode), at::cdist(a, b, p, mode < 0 ? Maybe<int64_t>() : Maybe<int64_t>(mode)))

#define PAIR_OUT at::TensorImpl **first, at::TensorImpl **second
ACTION(linalg_qr, (T a, const char* mode, PAIR_OUT),
    auto [q, r] = at::linalg_qr(a, mode);
    *first = scfm::release(q);
    *second = scfm::release(r))
ACTION(linalg_eigh, (T a, const char* uplo, PAIR_OUT),
    auto [values, vectors] = at::linalg_eigh(a, uplo);
    *first = scfm::release(values);
    *second = scfm::release(vectors))
ACTION(linalg_svd, (T a, bool full, PAIR_OUT, at::TensorImpl** third),
    auto [u, s, vh] = at::linalg_svd(a, full);
    *first = scfm::release(u);
    *second = scfm::release(s);
    *third = scfm::release(vh))
LIST(linalg_lstsq, (T a, T b, at::TensorImpl*** out), [&] {
    auto [solution, residuals, rank, singular] = at::linalg_lstsq(a, b);
    return std::vector<at::Tensor>{solution, residuals, rank, singular};
}())
