// Reductions, sorting and counting.
#include "abi.h"

TENSOR(sum, (T a, INTS_ARG(dims), bool keepdim, D type),
    dims_count < 0 ? at::sum(a, type.maybe()) : at::sum(a, INTS(dims), keepdim, type.maybe()))
TENSOR(nansum, (T a, INTS_ARG(dims), bool keepdim, D type), at::nansum(a, INTS(dims), keepdim, type.maybe()))
TENSOR(mean, (T a, INTS_ARG(dims), bool keepdim, D type),
    dims_count < 0 ? at::mean(a, type.maybe()) : at::mean(a, INTS(dims), keepdim, type.maybe()))
TENSOR(var, (T a, INTS_ARG(dims), bool unbiased, bool keepdim),
    dims_count < 0 ? at::var(a, unbiased) : at::var(a, at::OptionalIntArrayRef(INTS(dims)), unbiased, keepdim))
TENSOR(std, (T a, INTS_ARG(dims), bool unbiased, bool keepdim),
    dims_count < 0 ? at::std(a, unbiased) : at::std(a, at::OptionalIntArrayRef(INTS(dims)), unbiased, keepdim))
TENSOR(norm, (T a, S p, INTS_ARG(dims), bool keepdim),
    dims_count < 0 ? at::norm(a, at::Scalar(p)) : at::norm(a, p.maybe(), INTS(dims), keepdim))
TENSOR(logsumexp, (T a, INTS_ARG(dims), bool keepdim), at::logsumexp(a, INTS(dims), keepdim))
TENSOR(amax, (T a, INTS_ARG(dims), bool keepdim), at::amax(a, INTS(dims), keepdim))
TENSOR(amin, (T a, INTS_ARG(dims), bool keepdim), at::amin(a, INTS(dims), keepdim))
TENSOR(max, (T a), at::max(a))
TENSOR(min, (T a), at::min(a))
TENSOR(median, (T a), at::median(a))
TENSOR(prod, (T a, D type), at::prod(a, type.maybe()))
TENSOR(prod_dim, (T a, int64_t dim, bool keepdim, D type), at::prod(a, dim, keepdim, type.maybe()))
TENSOR(all, (T a), at::all(a))
TENSOR(all_dim, (T a, int64_t dim, bool keepdim), at::all(a, dim, keepdim))
TENSOR(any, (T a), at::any(a))
TENSOR(any_dim, (T a, int64_t dim, bool keepdim), at::any(a, dim, keepdim))
TENSOR(argmax, (T a, int64_t dim, bool whole, bool keepdim), at::argmax(a, whole ? Maybe<int64_t>() : Maybe<int64_t>(dim), keepdim))
TENSOR(argmin, (T a, int64_t dim, bool whole, bool keepdim), at::argmin(a, whole ? Maybe<int64_t>() : Maybe<int64_t>(dim), keepdim))
TENSOR(argsort, (T a, int64_t dim, bool descending), at::argsort(a, dim, descending))
TENSOR(cumsum, (T a, int64_t dim, D type), at::cumsum(a, dim, type.maybe()))
TENSOR(cumprod, (T a, int64_t dim, D type), at::cumprod(a, dim, type.maybe()))
TENSOR(bincount, (T a, T weights, int64_t minlength), at::bincount(a, weights.maybe(), minlength))
TENSOR(count_nonzero, (T a, INTS_ARG(dims)), dims_count < 0 ? at::count_nonzero(a) : at::count_nonzero(a, INTS(dims)))
TENSOR(quantile, (T a, T q, int64_t dim, bool whole, bool keepdim),
    at::quantile(a, q, whole ? Maybe<int64_t>() : Maybe<int64_t>(dim), keepdim))

namespace {
void give(std::tuple<at::Tensor, at::Tensor> pair, at::TensorImpl** first, at::TensorImpl** second) {
    *first = scfm::release(std::move(std::get<0>(pair)));
    *second = scfm::release(std::move(std::get<1>(pair)));
}
}  // namespace

#define PAIR_OUT at::TensorImpl **first, at::TensorImpl **second
ACTION(max_dim, (T a, int64_t dim, bool keepdim, PAIR_OUT), give(at::max(a, dim, keepdim), first, second))
ACTION(min_dim, (T a, int64_t dim, bool keepdim, PAIR_OUT), give(at::min(a, dim, keepdim), first, second))
ACTION(median_dim, (T a, int64_t dim, bool keepdim, PAIR_OUT), give(at::median(a, dim, keepdim), first, second))
ACTION(topk, (T a, int64_t k, int64_t dim, bool largest, bool sorted, PAIR_OUT), give(at::topk(a, k, dim, largest, sorted), first, second))
ACTION(sort, (T a, int64_t dim, bool descending, bool stable, PAIR_OUT),
    give(at::sort(a, Maybe<bool>(stable), dim, descending), first, second))
ACTION(kthvalue, (T a, int64_t k, int64_t dim, bool keepdim, PAIR_OUT), give(at::kthvalue(a, k, dim, keepdim), first, second))
ACTION(unique, (T a, bool sorted, bool inverse, bool counts, int64_t dim, bool whole, at::TensorImpl** values, at::TensorImpl** inverses, at::TensorImpl** tally),
    auto [v, i, c] = whole ? at::_unique2(a, sorted, inverse, counts) : at::unique_dim(a, dim, sorted, inverse, counts);
    *values = scfm::release(v);
    *inverses = inverse ? scfm::release(i) : nullptr;
    *tally = counts ? scfm::release(c) : nullptr)
