#include "tensors.h"

#include <ATen/Parallel.h>

#include <atomic>

SCFM_API int32_t scfm_autocast_dtype(int32_t device);

namespace scfm::fused {

namespace {

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

}  // namespace

const Pool pool{run, [] { return static_cast<int64_t>(at::get_num_threads()); }};

const Kernels& k() {
    const Kernels* own = scfm::kernels();
    TORCH_CHECK(own, "There are no kernels for this processor; ask for them first");
    return *own;
}

bool rounds() { return short_kernels() && scfm_autocast_dtype(0) == static_cast<int32_t>(at::kBFloat16); }

at::Tensor dense(const at::Tensor& t) {
    TORCH_CHECK(t.is_cpu() && t.scalar_type() == at::kFloat, "The kernels take float32 tensors on the CPU; a tensor is ", t.scalar_type(), " on ", t.device());
    return t.contiguous();
}

at::Tensor columns_of(const at::Tensor& t) {
    TORCH_CHECK(t.dim() == 2, "expected a matrix; found ", t.dim(), " dimensions");
    return t.is_cpu() && t.scalar_type() == at::kFloat && t.stride(1) == 1 ? t : dense(t);
}

void expect(const at::Tensor& t, int64_t numbers, const char* what) {
    TORCH_CHECK(!t.defined() || (t.numel() == numbers && t.is_contiguous() && t.scalar_type() == at::kFloat), what, " of ", t.sizes(), " was found; expected ", numbers, " floats");
}

Segments segments(const at::Tensor& offsets, int64_t rows) {
    TORCH_CHECK(offsets.is_cpu() && offsets.scalar_type() == at::kLong && offsets.is_contiguous() && offsets.numel() >= 1, "offsets: expected int64 on the CPU");
    const auto* at = offsets.data_ptr<int64_t>();
    const int64_t cells = offsets.numel() - 1;
    TORCH_CHECK(at[0] == 0 && at[cells] == rows, "offsets: found ", at[0], " to ", at[cells], "; expected 0 to the number of rows, ", rows);
    for (int64_t cell = 0; cell < cells; cell++) TORCH_CHECK(at[cell] <= at[cell + 1], "offsets: cell ", cell, " ends before it begins");
    return {cells, at};
}

SparseRows sparse_rows(const at::Tensor& offsets, const at::Tensor& columns, const at::Tensor& values, int64_t width) {
    const int64_t numbers = values.numel();
    TORCH_CHECK(columns.is_cpu() && columns.scalar_type() == at::kInt && columns.is_contiguous() && columns.numel() == numbers, "sparse rows: expected an int32 column for each of ", numbers, " values");
    const SparseRows x{segments(offsets, numbers), width, columns.data_ptr<int32_t>(), read(values)};
    const int64_t row = k().misplaced(x);
    TORCH_CHECK(row < 0, "sparse rows: the columns of row ", row, " do not ascend from 0 to less than ", width);
    return x;
}

}  // namespace scfm::fused

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
