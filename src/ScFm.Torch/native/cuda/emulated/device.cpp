// The fibers of a block. Contexts are made once and switched by _setjmp, which calls no kernel.
#include "device.h"

#include <csetjmp>
#include <memory>
#include <stdexcept>
#include <ucontext.h>
#include <vector>

dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace scfm::cuda::emulated {

namespace {

constexpr int kLanes = 32;
constexpr size_t kStack = 64 * 1024, kGuard = 4096;
constexpr size_t kTiles = 2 * 16 * 16, kWarpFloats = kTiles + 2 * kLanes;

enum class State { ready, at_warp, at_block, done };

struct Fiber {
    std::unique_ptr<unsigned char[]> stack{new unsigned char[kStack]};
    ucontext_t context;
    jmp_buf here;
    bool began;
    State state;
    int exchanges;  ///< that it took part in
};

std::vector<Fiber> fibers;
std::vector<unsigned char> shared;
unsigned char* shared_begin;
std::vector<float> of_warps;
jmp_buf scheduler;
ucontext_t scheduler_context;
int current;
size_t limit = 227 * 1024;
bool backwards = false;
const std::function<void()>* body;
std::string failure;

void leave(State state) {
    fibers[current].state = state;
    if (_setjmp(fibers[current].here) == 0) _longjmp(scheduler, 1);
}

void begin_fiber() {
    try {
        (*body)();
    } catch (const std::exception& e) {  // none may unwind out of a fiber
        if (failure.empty()) failure = e.what();
    }
    fibers[current].state = State::done;
    _longjmp(scheduler, 1);
}

void resume(int thread) {
    Fiber& fiber = fibers[thread];
    current = thread;
    threadIdx = dim3(thread, 0, 0);
    if (_setjmp(scheduler) != 0) return;
    if (fiber.began) _longjmp(fiber.here, 1);
    fiber.began = true;
    swapcontext(&scheduler_context, &fiber.context);
}

/// Lets a warp run until all its threads wait for the block or are done.
void run_warp(int first, int threads) {
    const int last = std::min(first + kLanes, threads);
    for (;;) {
        int at_warp = 0, at_block = 0, done = 0;
        for (int i = 0; i < last - first; i++) {
            const int thread = backwards ? last - 1 - i : first + i;
            if (fibers[thread].state == State::ready) resume(thread);
            at_warp += fibers[thread].state == State::at_warp;
            at_block += fibers[thread].state == State::at_block;
            done += fibers[thread].state == State::done;
        }
        if (!failure.empty()) throw std::runtime_error(failure);
        if (at_warp == 0) return;
        if (at_block > 0 || done > 0) throw std::runtime_error("emulated kernel: some lanes of a warp wait for the warp and others do not come");
        for (int thread = first; thread < last; thread++) fibers[thread].state = State::ready;
    }
}

void run_block(int threads) {
    for (int thread = 0; thread < threads; thread++) {
        Fiber& fiber = fibers[thread];
        fiber.began = false;
        fiber.exchanges = 0;
        fiber.state = State::ready;
        getcontext(&fiber.context);
        fiber.context.uc_stack.ss_sp = fiber.stack.get();
        fiber.context.uc_stack.ss_size = kStack;
        fiber.context.uc_link = nullptr;
        makecontext(&fiber.context, begin_fiber, 0);
    }
    for (;;) {
        const int warps = threads / kLanes;
        for (int i = 0; i < warps; i++) run_warp((backwards ? warps - 1 - i : i) * kLanes, threads);
        int waiting = 0;
        for (int thread = 0; thread < threads; thread++) waiting += fibers[thread].state == State::at_block;
        if (waiting == 0) return;
        if (waiting < threads) throw std::runtime_error("emulated kernel: some threads wait at a barrier and others have left");
        for (int thread = 0; thread < threads; thread++) fibers[thread].state = State::ready;
    }
}

}  // namespace

unsigned char* shared_memory() { return shared_begin; }
size_t shared_limit() { return limit; }
void set_shared_limit(size_t bytes) { limit = bytes; }
void set_backwards(bool value) { backwards = value; }
void wait_for_block() { leave(State::at_block); }
void wait_for_warp() { leave(State::at_warp); }
float* warp_tiles() { return of_warps.data() + current / kLanes * kWarpFloats; }
float* warp_numbers() { return warp_tiles() + kTiles + fibers[current].exchanges++ % 2 * kLanes; }

void run(dim3 blocks, int threads, size_t bytes, const std::function<void()>& kernel) {
    if (threads % kLanes != 0) throw std::runtime_error("emulated kernel: a block is not of whole warps");
    if (fibers.size() < static_cast<size_t>(threads)) fibers.resize(threads);
    of_warps.resize(static_cast<size_t>(threads) / kLanes * kWarpFloats);
    shared.resize(bytes + 2 * kGuard);
    shared_begin = shared.data() + kGuard / 2;
    shared_begin += 128 - reinterpret_cast<uintptr_t>(shared_begin) % 128;
    body = &kernel;
    failure.clear();
    gridDim = blocks;
    blockDim = dim3(threads);
    for (unsigned y = 0; y < blocks.y; y++)
        for (unsigned x = 0; x < blocks.x; x++) {
            blockIdx = dim3(x, y, 0);
            std::fill(shared.begin(), shared.end(), 0xFF);
            run_block(threads);
            for (const unsigned char* byte = shared_begin + bytes; byte < shared.data() + shared.size(); byte++)
                if (*byte != 0xFF) throw std::runtime_error("emulated kernel: wrote behind its shared memory");
        }
}

}  // namespace scfm::cuda::emulated
