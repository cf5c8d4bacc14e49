// Ranks: PyTorch's own distributed engine (c10d), as far as its libtorch has it. The store where ranks meet is a TCPStore; a group of them sums and sends
// tensors through Gloo (processors) or NCCL (cards). CMakeLists.txt says which of the two can be compiled (SCFM_GLOO, SCFM_NCCL).
#include "abi.h"

/// What ranks can be joined through: 1 Gloo, 2 NCCL, 3 both, 0 neither.
SCFM_API int32_t scfm_ranks_through() {
#ifdef SCFM_GLOO
    constexpr int32_t gloo = 1;
#else
    constexpr int32_t gloo = 0;
#endif
#ifdef SCFM_NCCL
    constexpr int32_t nccl = 2;
#else
    constexpr int32_t nccl = 0;
#endif
    return gloo | nccl;
}

#if defined(SCFM_GLOO) || defined(SCFM_NCCL)
// libtorch's headers hide behind the names that it was itself compiled with.
#if defined(SCFM_GLOO) && !defined(USE_C10D_GLOO)
#define USE_C10D_GLOO
#endif
#if defined(SCFM_NCCL) && !defined(USE_C10D_NCCL)
#define USE_C10D_NCCL
#endif
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef SCFM_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef SCFM_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <chrono>
#include <sstream>

namespace {

#if TORCH_VERSION_MAJOR >= 2
using Group = c10d::Backend;  // 2.0 split what one library does off the group, which may have several
#else
using Group = c10d::ProcessGroup;
#endif

/// A store, a group or a collective under way: libtorch counts the references of all three alike, and the caller holds one.
using Held = c10::intrusive_ptr_target;

template <class X> c10::intrusive_ptr<X> borrow(Held* held) { return c10::intrusive_ptr<X>::reclaim_copy(static_cast<X*>(held)); }

template <class F> Held* held(F&& f) noexcept {
    try {
        return f().release();
    } catch (...) {
        scfm::remember_error();
        return nullptr;
    }
}

}  // namespace

#define HELD(name, params, ...) \
    SCFM_API c10::intrusive_ptr_target* scfm_##name params { \
        return held([&] { return __VA_ARGS__; }); \
    }

SCFM_API void scfm_held_release(Held* held) {
    try {
        c10::intrusive_ptr<Held>::reclaim(held);
    } catch (...) {
        // A release cannot be answered.
    }
}

/// Rank 0 serves the store on a port of all its addresses, the others connect to it.
HELD(store_open, (const char* host, int32_t port, bool serves, int64_t milliseconds), [&] {
    const std::chrono::milliseconds timeout(milliseconds);
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = serves;
    options.waitWorkers = false;
    options.timeout = timeout;
    auto store = c10::make_intrusive<c10d::TCPStore>(host, options);
    // An answer shows that a store listens there; and a wait leaves its timeout on the connection, for every later answer.
    store->set("opened", std::vector<uint8_t>{1});
    store->wait({"opened"}, timeout);
    return store;
}())

ACTION(store_put, (Held* store, const char* key, const uint8_t* bytes, int64_t count),
    borrow<c10d::Store>(store)->set(key, std::vector<uint8_t>(bytes, bytes + count)))
/// Adds one to a number that begins at 0, and gives it.
SCFM_API int64_t scfm_store_count(Held* store, const char* key) {
    return scfm::count([&] { return borrow<c10d::Store>(store)->add(key, 1); });
}
SCFM_API int64_t scfm_store_has(Held* store, const char* key) {
    return scfm::count([&] { return static_cast<int64_t>(borrow<c10d::Store>(store)->check({key})); });
}
/// The bytes of a key that is there; valid until this thread's next.
SCFM_API int64_t scfm_store_take(Held* store, const char* key, const uint8_t** out) {
    return scfm::count([&] {
        static thread_local std::vector<uint8_t> taken;
        taken = borrow<c10d::Store>(store)->get(key);
        *out = taken.data();
        return static_cast<int64_t>(taken.size());
    });
}

#ifdef SCFM_GLOO
/// A group through Gloo. `places` are addresses of this machine or names of its interfaces, separated by commas; the ranks connect to each other there.
HELD(group_gloo, (Held* store, int32_t rank, int32_t size, int64_t milliseconds, const char* places, bool are_interfaces), [&] {
    auto options = c10d::ProcessGroupGloo::Options::create(std::chrono::milliseconds(milliseconds));
    std::istringstream list(places);
    for (std::string place; std::getline(list, place, ',');)
        options->devices.push_back(are_interfaces ? c10d::ProcessGroupGloo::createDeviceForInterface(place)
                                                  : c10d::ProcessGroupGloo::createDeviceForHostname(place));
    return c10::make_intrusive<c10d::ProcessGroupGloo>(borrow<c10d::Store>(store), rank, size, options);
}())
#endif

#ifdef SCFM_NCCL
HELD(group_nccl, (Held* store, int32_t rank, int32_t size, int64_t milliseconds), [&] {
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = std::chrono::milliseconds(milliseconds);
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(borrow<c10d::Store>(store), rank, size, options);
}())
#endif

// The collectives. Each returns at once; libtorch keeps the tensors until it is done.

HELD(all_reduce, (Held* group, T a), [&] {
    std::vector<at::Tensor> tensors{a};
    return borrow<Group>(group)->allreduce(tensors);
}())
HELD(reduce, (Held* group, T a, int64_t root), [&] {
    std::vector<at::Tensor> tensors{a};
    c10d::ReduceOptions options;
    options.rootRank = root;
    return borrow<Group>(group)->reduce(tensors, options);
}())
HELD(broadcast, (Held* group, T a, int64_t root), [&] {
    std::vector<at::Tensor> tensors{a};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    return borrow<Group>(group)->broadcast(tensors, options);
}())
HELD(all_gather, (Held* group, T own, const T* all, int64_t count), [&] {
    std::vector<at::Tensor> inputs{own};
    std::vector<std::vector<at::Tensor>> outputs{scfm::list(all, count)};
    return borrow<Group>(group)->allgather(outputs, inputs);
}())
/// `card` is the index of this rank's card, or -1 on the processor.
HELD(barrier, (Held* group, int64_t card), [&] {
    c10d::BarrierOptions options;
    if (card >= 0) options.device_ids = {card};
    return borrow<Group>(group)->barrier(options);
}())
ACTION(work_wait, (Held* work), TORCH_CHECK(borrow<c10d::Work>(work)->wait(), "the collective was aborted"))

#endif
