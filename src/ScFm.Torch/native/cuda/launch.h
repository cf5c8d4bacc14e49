// How a kernel is started.
#pragma once

#include "device.h"
#include "kernels.h"

#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace scfm::cuda {

constexpr int kMostThreads = 1024;
constexpr size_t kMostShared = 227 * 1024;  ///< bytes of a block on Hopper; earlier cards have less
constexpr size_t kPlainShared = 48 * 1024;  ///< what every kernel may ask for on every card

#if defined(SCFM_EMULATED)
using emulated::shared_limit;
#else
inline void check(cudaError_t error) {
    if (error != cudaSuccess) throw std::runtime_error(std::string("CUDA: ") + cudaGetErrorString(error));
}

/// Shared memory that a block may ask for on the current card, in bytes.
inline size_t shared_limit() {
    int device, bytes;
    check(cudaGetDevice(&device));
    check(cudaDeviceGetAttribute(&bytes, cudaDevAttrMaxSharedMemoryPerBlockOptin, device));
    return static_cast<size_t>(bytes);
}

/// Lets a kernel have all the shared memory of the current card's blocks: once, since it holds for all threads that start it.
inline void allow_shared(const void* kernel) {
    static std::mutex turn;
    static std::set<std::pair<const void*, int>> allowed;
    int device;
    check(cudaGetDevice(&device));
    const std::lock_guard<std::mutex> lock(turn);
    if (allowed.count({kernel, device})) return;
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(shared_limit())));
    allowed.insert({kernel, device});
}
#endif

/// Starts so many blocks of a kernel; none where there is nothing to do.
template <class Arguments>
void launch(void (*kernel)(Arguments), dim3 blocks, int threads, size_t shared, Stream stream, const Arguments& arguments) {
    if (threads > kMostThreads || shared > shared_limit() || shared > kMostShared)
        throw std::runtime_error("a kernel asks for " + std::to_string(threads) + " threads and " + std::to_string(shared) + " bytes; a block has " + std::to_string(kMostThreads)
            + " and " + std::to_string(shared_limit()));
    if (blocks.x == 0 || blocks.y == 0) return;
#if defined(SCFM_EMULATED)
    emulated::run(blocks, threads, shared, [&] { kernel(arguments); });
#else
    if (shared > kPlainShared) allow_shared(reinterpret_cast<const void*>(kernel));
    cudaLaunchConfig_t config{};
    config.gridDim = blocks;
    config.blockDim = dim3(threads);
    config.dynamicSmemBytes = shared;
    config.stream = static_cast<cudaStream_t>(stream);
    check(cudaLaunchKernelEx(&config, kernel, arguments));
#endif
}

/// body(T()) for the type of an element.
template <class Body> void with_element(Element element, Body&& body) {
    if (element == Element::float32) body(float());
    else body(BFloat16());
}

}  // namespace scfm::cuda
