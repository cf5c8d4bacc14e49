// Reading and writing by index.
#include "abi.h"

#include <ATen/TensorIndexing.h>

namespace {

/// One index of the managed side. kind: 0 none (new axis), 1 ellipsis, 2 integer, 3 bool, 4 slice, 5 tensor.
/// A slice leaves out what equals INT64_MIN.
struct Index {
    int64_t kind, start, stop, step;
    T tensor;
};

constexpr int64_t absent = INT64_MIN;

/// int64 in libtorch 1.13, a symbolic integer later.
template <class X> std::decay_t<X> bound_type(X (at::indexing::Slice::*)() const);

std::vector<at::indexing::TensorIndex> read(const Index* indices, int64_t count) {
    using at::indexing::Slice;
    using at::indexing::TensorIndex;
    using Bound = decltype(bound_type(&Slice::start));
    auto maybe = [](int64_t value) { return value == absent ? Maybe<Bound>() : Maybe<Bound>(Bound(value)); };
    std::vector<TensorIndex> all;
    for (int64_t i = 0; i < count; i++) {
        const Index& index = indices[i];
        switch (index.kind) {
            case 0: all.emplace_back(at::indexing::None); break;
            case 1: all.emplace_back(at::indexing::Ellipsis); break;
            case 2: all.emplace_back(index.start); break;
            case 3: all.emplace_back(index.start != 0); break;
            case 4: all.emplace_back(Slice(maybe(index.start), maybe(index.stop), maybe(index.step))); break;
            default: all.emplace_back(index.tensor.get()); break;
        }
    }
    return all;
}

c10::List<Maybe<at::Tensor>> maybes(const T* tensors, int64_t count) {
    c10::List<Maybe<at::Tensor>> all;
    for (int64_t i = 0; i < count; i++) all.push_back(tensors[i].maybe());
    return all;
}

}  // namespace

TENSOR(index, (T a, const Index* indices, int64_t count), a->index(read(indices, count)))
ACTION(index_put_, (T a, const Index* indices, int64_t count, T value), a.writable().index_put_(read(indices, count), value.get()))
ACTION(index_put_scalar_, (T a, const Index* indices, int64_t count, S value), a.writable().index_put_(read(indices, count), at::Scalar(value)))
ACTION(index_put_tensors_, (T a, const T* indices, int64_t count, T value, bool accumulate),
    a->index_put_(maybes(indices, count), value.get(), accumulate))
TENSOR(index_select, (T a, int64_t dim, T index), a->index_select(dim, index))
TENSOR(index_add, (T a, int64_t dim, T index, T source, S alpha), a->index_add(dim, index, source, alpha))
ACTION(index_add_, (T a, int64_t dim, T index, T source, S alpha), a->index_add_(dim, index, source, alpha))
TENSOR(index_copy, (T a, int64_t dim, T index, T source), a->index_copy(dim, index, source))
ACTION(index_copy_, (T a, int64_t dim, T index, T source), a->index_copy_(dim, index, source))
TENSOR(index_fill, (T a, int64_t dim, T index, S value), a->index_fill(dim, index, at::Scalar(value)))
ACTION(index_fill_, (T a, int64_t dim, T index, S value), a->index_fill_(dim, index, at::Scalar(value)))
TENSOR(gather, (T a, int64_t dim, T index), a->gather(dim, index))
TENSOR(take_along_dim, (T a, T index, int64_t dim), at::take_along_dim(a, index, dim))
TENSOR(scatter, (T a, int64_t dim, T index, T source), a->scatter(dim, index, source.get()))
ACTION(scatter_, (T a, int64_t dim, T index, T source), a->scatter_(dim, index, source.get()))
TENSOR(scatter_scalar, (T a, int64_t dim, T index, S value), a->scatter(dim, index, at::Scalar(value)))
ACTION(scatter_scalar_, (T a, int64_t dim, T index, S value), a->scatter_(dim, index, at::Scalar(value)))
TENSOR(scatter_add, (T a, int64_t dim, T index, T source), a->scatter_add(dim, index, source))
ACTION(scatter_add_, (T a, int64_t dim, T index, T source), a->scatter_add_(dim, index, source))
TENSOR(masked_fill, (T a, T mask, S value), a->masked_fill(mask, at::Scalar(value)))
ACTION(masked_fill_, (T a, T mask, S value), a->masked_fill_(mask, at::Scalar(value)))
TENSOR(masked_select, (T a, T mask), a->masked_select(mask))
TENSOR(masked_scatter, (T a, T mask, T source), a->masked_scatter(mask, source))
ACTION(masked_scatter_, (T a, T mask, T source), a->masked_scatter_(mask, source))
TENSOR(nonzero, (T a), a->nonzero())
TENSOR(where, (T condition, T x, T y), at::where(condition, x.get(), y.get()))
LIST(where_indices, (T condition, at::TensorImpl*** out), at::where(condition))
TENSOR(bucketize, (T a, T boundaries, bool out_int32, bool right), at::bucketize(a.get(), boundaries, out_int32, right))
TENSOR(searchsorted, (T sorted, T values, bool out_int32, bool right, T sorter),
    at::searchsorted(sorted, values.get(), out_int32, right, {}, sorter.maybe()))
TENSOR(isin, (T a, T b, bool unique, bool invert), at::isin(a.get(), b.get(), unique, invert))
