// Making tensors: filled, random, or from memory.
#include "abi.h"

TENSOR(zeros, (INTS_ARG(sizes), Options options), options.finish(at::zeros(INTS(sizes), options)))
TENSOR(ones, (INTS_ARG(sizes), Options options), options.finish(at::ones(INTS(sizes), options)))
TENSOR(empty, (INTS_ARG(sizes), Options options), options.finish(at::empty(INTS(sizes), options)))
TENSOR(full, (INTS_ARG(sizes), S value, Options options), options.finish(at::full(INTS(sizes), value, options)))
TENSOR(arange, (S start, S stop, S step, Options options), options.finish(at::arange(start, stop, step, options)))
TENSOR(linspace, (S start, S end, int64_t steps, Options options), options.finish(at::linspace(start, end, steps, options)))
TENSOR(logspace, (S start, S end, int64_t steps, double base, Options options), options.finish(at::logspace(start, end, steps, base, options)))
TENSOR(eye, (int64_t rows, int64_t columns, Options options), options.finish(at::eye(rows, columns, options)))
TENSOR(rand, (INTS_ARG(sizes), G generator, Options options), options.finish(at::rand(INTS(sizes), generator.maybe(), options)))
TENSOR(randn, (INTS_ARG(sizes), G generator, Options options), options.finish(at::randn(INTS(sizes), generator.maybe(), options)))
TENSOR(randint, (int64_t low, int64_t high, INTS_ARG(sizes), G generator, Options options),
    options.finish(at::randint(low, high, INTS(sizes), generator.maybe(), options)))
TENSOR(randperm, (int64_t n, G generator, Options options), options.finish(at::randperm(n, generator.maybe(), options)))

TENSOR(zeros_like, (T a, Options options), options.finish(at::zeros_like(a, options)))
TENSOR(ones_like, (T a, Options options), options.finish(at::ones_like(a, options)))
TENSOR(empty_like, (T a, Options options), options.finish(at::empty_like(a, options)))
TENSOR(full_like, (T a, S value, Options options), options.finish(at::full_like(a, value, options)))
TENSOR(rand_like, (T a, Options options), options.finish(at::rand_like(a, options)))
TENSOR(randn_like, (T a, Options options), options.finish(at::randn_like(a, options)))
TENSOR(randint_like, (T a, int64_t low, int64_t high, Options options), options.finish(at::randint_like(a, low, high, options)))

TENSOR(bernoulli, (T a, G generator), at::bernoulli(a, generator.maybe()))
TENSOR(bernoulli_p, (T a, double p, G generator), at::bernoulli(a, p, generator.maybe()))
TENSOR(multinomial, (T a, int64_t samples, bool replacement, G generator), at::multinomial(a, samples, replacement, generator.maybe()))
TENSOR(normal, (T mean, T std, G generator), at::normal(mean.get(), std.get(), generator.maybe()))
TENSOR(normal_sizes, (double mean, double std, INTS_ARG(sizes), G generator, Options options),
    options.finish(at::normal(mean, std, INTS(sizes), generator.maybe(), options)))
TENSOR(poisson, (T a, G generator), at::poisson(a, generator.maybe()))
TENSOR(binomial, (T count, T p, G generator), at::binomial(count, p, generator.maybe()))

ACTION(bernoulli_, (T a, T p, G generator), a->bernoulli_(p.get(), generator.maybe()))
ACTION(bernoulli_p_, (T a, double p, G generator), a->bernoulli_(p, generator.maybe()))
ACTION(normal_, (T a, double mean, double std, G generator), a->normal_(mean, std, generator.maybe()))
ACTION(uniform_, (T a, double from, double to, G generator), a->uniform_(from, to, generator.maybe()))
ACTION(exponential_, (T a, double rate, G generator), a->exponential_(rate, generator.maybe()))
ACTION(log_normal_, (T a, double mean, double std, G generator), a->log_normal_(mean, std, generator.maybe()))
ACTION(cauchy_, (T a, double median, double sigma, G generator), a->cauchy_(median, sigma, generator.maybe()))
ACTION(geometric_, (T a, double p, G generator), a->geometric_(p, generator.maybe()))
ACTION(random_, (T a, int64_t from, int64_t to, G generator), a->random_(from, Maybe<int64_t>(to), generator.maybe()))
ACTION(fill_, (T a, S value), a->fill_(at::Scalar(value)))
ACTION(zero_, (T a), a->zero_())

namespace {

/// Copies `bytes` of memory into a new tensor of the wanted type and device.
at::Tensor copied(const void* data, int64_t bytes, int32_t source, at::IntArrayRef sizes, const Options& options) {
    at::Tensor made = at::empty(sizes, at::TensorOptions().dtype(static_cast<at::ScalarType>(source)));
    TORCH_CHECK(static_cast<int64_t>(made.nbytes()) == bytes, "the dimensions ", sizes, " need ", made.nbytes(),
        " bytes, but the data has ", bytes);
    if (bytes > 0) std::memcpy(made.data_ptr(), data, bytes);
    auto wanted = Place{options.device_type, options.device_index}.maybe();
    return made.to(wanted.value_or(at::Device(at::kCPU)), D{options.dtype}.maybe().value_or(made.scalar_type()));
}

}  // namespace

TENSOR(from_memory, (const void* data, int64_t bytes, int32_t source, INTS_ARG(sizes), Options options),
    options.finish(copied(data, bytes, source, INTS(sizes), options)))
TENSOR(from_blob, (void* data, int32_t type, INTS_ARG(sizes), void (*release)(void*), void* owner),
    at::from_blob(data, INTS(sizes), [release, owner](void*) { release(owner); },
        at::TensorOptions().dtype(static_cast<at::ScalarType>(type))))
