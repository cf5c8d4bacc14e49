// The machine: threads, devices, random state and what this libtorch is.
#include "abi.h"
#include "memory_use.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/cuda.h>

// From 2.10 on the statistics of every device's allocator can be read without CUDA's own headers.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 10)
#include <c10/core/CachingDeviceAllocator.h>
#define SCFM_DEVICE_STATISTICS
#endif

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <thread>

namespace {
/// Debian's libtorch starts with one thread when OpenMP was not asked otherwise; use every core from the start. But never more threads than OpenMP may
/// give: OpenBLAS waits for ever for one that was refused.
struct AllCores {
    AllCores() {
        const char* given = std::getenv("OMP_THREAD_LIMIT");
        const int limit = given ? std::atoi(given) : 0, all = static_cast<int>(std::thread::hardware_concurrency());
        const int cores = limit > 0 ? std::min(all, limit) : all;
        if (cores > 0 && !std::getenv("OMP_NUM_THREADS")) at::set_num_threads(cores);
    }
} all_cores;
}  // namespace

SCFM_API const char* scfm_libtorch_version() { return TORCH_VERSION; }
SCFM_API int32_t scfm_get_num_threads() { return at::get_num_threads(); }
SCFM_API int32_t scfm_get_num_interop_threads() { return at::get_num_interop_threads(); }
ACTION(set_num_threads, (int32_t n), at::set_num_threads(n))
ACTION(set_num_interop_threads, (int32_t n), at::set_num_interop_threads(n))

SCFM_API int32_t scfm_cuda_device_count() {
    try {
        return torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0;
    } catch (...) {
        return 0;
    }
}
SCFM_API bool scfm_has_cuda() { return scfm_cuda_device_count() > 0; }

namespace {
/// What CUDA's part of libtorch answers; 0 where there is no such part.
template <class Ask> int64_t of_cuda(Ask ask) {
    try {
        return static_cast<int64_t>(ask(at::detail::getCUDAHooks()));
    } catch (...) {
        return 0;
    }
}
}  // namespace

/// The CUDA that libtorch runs on, such as 13000, and its cuDNN, such as 91002; 0 in a build for the CPU. Neither needs a card or a driver.
SCFM_API int64_t scfm_cuda_runtime_version() {
    return of_cuda([](const auto& cuda) { return cuda.versionCUDART(); });
}
SCFM_API int64_t scfm_cudnn_version() {
    return of_cuda([](const auto& cuda) { return cuda.versionCuDNN(); });
}
/// How libtorch was built, in many lines.
SCFM_API const char* scfm_libtorch_config() {
    static const std::string config = at::show_config();
    return config.c_str();
}

namespace {
at::Device device_of(Place place) { return place.maybe().value_or(at::Device(at::kCPU)); }

#ifdef SCFM_DEVICE_STATISTICS
/// The allocator of a card, made ready: until a card has held a tensor it knows of none.
c10::DeviceAllocator& memory_of(at::Device device) {
    at::empty({0}, at::TensorOptions().device(device));
    return *at::getDeviceAllocator(device.type());
}
c10::DeviceIndex index_of(at::Device device) { return static_cast<c10::DeviceIndex>(device.has_index() ? device.index() : 0); }

void read_card(at::Device device, int64_t* out) {
    auto& memory = memory_of(device);
    const auto stats = memory.getDeviceStats(index_of(device));
    const auto [free, total] = memory.getMemoryInfo(index_of(device));
    const auto &allocated = stats.allocated_bytes[0], &reserved = stats.reserved_bytes[0];
    out[0] = allocated.current;
    out[1] = allocated.peak;
    out[2] = static_cast<int64_t>(free) + reserved.current - allocated.current;
    out[3] = static_cast<int64_t>(total);
}
void reset_card(at::Device device) { memory_of(device).resetPeakStats(index_of(device)); }
void release_card(at::Device device) { memory_of(device).emptyCache(); }
#else
void read_card(at::Device, int64_t*) {}
void reset_card(at::Device) {}
void release_card(at::Device) {}
#endif

void read_memory(at::Device device, int64_t* out) {
    std::fill(out, out + 4, int64_t{-1});
    if (!device.is_cpu()) return read_card(device, out);
    scfm::MemoryUse use;
    if (!scfm::cpu_memory(use)) return;
    out[0] = use.used;
    out[1] = use.peak;
}
}  // namespace

/// Memory of tensors on a device, bytes: in use, the most since the last reset, free and in all; -1 for what is not known.
ACTION(memory_use, (Place place, int64_t* out), read_memory(device_of(place), out))
ACTION(memory_reset_peak, (Place place), device_of(place).is_cpu() ? scfm::reset_cpu_peak() : reset_card(device_of(place)))
/// Gives memory that is kept for the next tensors back.
ACTION(memory_release, (Place place), device_of(place).is_cpu() ? scfm::release_cpu_memory() : release_card(device_of(place)))
ACTION(cuda_synchronize, (int64_t device), torch::cuda::synchronize(device))
SCFM_API bool scfm_get_allow_tf32() { return at::globalContext().allowTF32CuBLAS(); }
ACTION(set_allow_tf32, (bool value), at::globalContext().setAllowTF32CuBLAS(value))

/// A mark in what a card has been asked to do so far; null on failure.
SCFM_API c10::Event* scfm_mark_new(Place place) {
    try {
        const at::Device device = place.maybe().value_or(at::Device(at::kCUDA, 0));
        const c10::impl::VirtualGuardImpl guard(device.type());
        auto mark = std::make_unique<c10::Event>(device.type());
        mark->record(guard.getStream(device.has_index() ? device : guard.getDevice()));
        return mark.release();
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}
ACTION(mark_is_reached, (c10::Event* mark, bool* out), *out = mark->query())
SCFM_API void scfm_mark_release(c10::Event* mark) { delete mark; }

ACTION(manual_seed, (int64_t seed), at::manual_seed(static_cast<uint64_t>(seed)))

namespace {
at::Generator default_generator(Place place) {
    at::Device device = place.maybe().value_or(at::Device(at::kCPU));
    return at::globalContext().defaultGenerator(device);
}
at::Generator make_generator(Place place) {
    at::Device device = place.maybe().value_or(at::Device(at::kCPU));
    return device.is_cpu() ? at::detail::createCPUGenerator() : at::globalContext().defaultGenerator(device).clone();
}
}  // namespace

SCFM_API at::Generator* scfm_generator_new(uint64_t seed, Place place) {
    try {
        auto generator = make_generator(place);
        generator.set_current_seed(seed);
        return new at::Generator(generator);
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}
SCFM_API at::Generator* scfm_generator_default(Place place) {
    try {
        return new at::Generator(default_generator(place));
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}
SCFM_API void scfm_generator_release(at::Generator* generator) { delete generator; }
ACTION(generator_manual_seed, (G g, uint64_t seed), std::lock_guard<std::mutex> lock(g.generator->mutex()); g.generator->set_current_seed(seed))
ACTION(generator_initial_seed, (G g, int64_t* out), *out = static_cast<int64_t>(g.generator->current_seed()))
ACTION(generator_seed, (G g, int64_t* out), std::lock_guard<std::mutex> lock(g.generator->mutex()); *out = static_cast<int64_t>(g.generator->seed()))
TENSOR(generator_get_state, (G g), g.generator->get_state())
ACTION(generator_set_state, (G g, T state), std::lock_guard<std::mutex> lock(g.generator->mutex()); g.generator->set_state(state))
