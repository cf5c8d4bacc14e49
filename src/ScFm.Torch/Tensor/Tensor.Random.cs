using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>0 or 1, with each element as the probability of 1.</summary>
        public Tensor bernoulli(Generator? generator = null) => NativeMethods.scfm_bernoulli(this, generator);

        /// <summary>Overwrites the elements with 0 or 1, p the probability of 1.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Done(NativeMethods.scfm_bernoulli_p_(this, p, generator));

        /// <summary>Overwrites the elements with 0 or 1, p the probabilities of 1.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Done(NativeMethods.scfm_bernoulli_(this, p, generator));

        /// <summary>Draws from Binomial(this, prob), element by element.</summary>
        public Tensor binomial(Tensor prob, Generator? generator = null) => NativeMethods.scfm_binomial(this, prob, generator);

        /// <summary>Draws positions with the elements of each row as weights.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            NativeMethods.scfm_multinomial(this, num_samples, replacement, generator);

        /// <summary>Draws from Poisson with each element as the mean.</summary>
        public Tensor poisson(Generator? generator = null) => NativeMethods.scfm_poisson(this, generator);

        /// <summary>Overwrites the elements with normal random numbers.</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Done(NativeMethods.scfm_normal_(this, mean, std, generator));

        /// <summary>Overwrites the elements with uniform random numbers.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => Done(NativeMethods.scfm_uniform_(this, from, to, generator));

        /// <summary>Overwrites the elements with exponential random numbers of rate lambda.</summary>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) => Done(NativeMethods.scfm_exponential_(this, lambda, generator));

        /// <summary>Overwrites the elements with log-normal random numbers.</summary>
        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Done(NativeMethods.scfm_log_normal_(this, mean, std, generator));

        /// <summary>Overwrites the elements with Cauchy random numbers.</summary>
        public Tensor cauchy_(double median = 0.0, double sigma = 1.0, Generator? generator = null) => Done(NativeMethods.scfm_cauchy_(this, median, sigma, generator));

        /// <summary>Overwrites the elements with geometric random numbers.</summary>
        public Tensor geometric_(double p, Generator? generator = null) => Done(NativeMethods.scfm_geometric_(this, p, generator));

        /// <summary>Overwrites the elements with random integers, the upper bound not included.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) => Done(NativeMethods.scfm_random_(this, (long)from, (long)to, generator));
    }

    /// <inheritdoc cref="Tensor.bernoulli(Generator?)"/>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <inheritdoc cref="Tensor.multinomial(long, bool, Generator?)"/>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    /// <inheritdoc cref="Tensor.poisson(Generator?)"/>
    public static Tensor poisson(Tensor input, Generator? generator = null) => input.poisson(generator);

    /// <summary>Normal random numbers, element by element.</summary>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => NativeMethods.scfm_normal(mean, std, generator);

    /// <summary>Normal random numbers of this shape.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        NativeMethods.scfm_normal_sizes(mean, std, size, size.Length, generator, Floating(dtype, device, requires_grad));

    /// <summary>Seeds the generators of all devices.</summary>
    public static Generator manual_seed(long seed)
    {
        NativeError.Check(NativeMethods.scfm_manual_seed(seed));
        return Generator.Default;
    }

    /// <summary>The random state of the processor.</summary>
    public static class random
    {
        /// <summary>Seeds the generators of all devices.</summary>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>The state of the processor's generator, as bytes.</summary>
        public static Tensor get_rng_state() => Generator.Default.get_state();

        /// <summary>Sets the state of the processor's generator.</summary>
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

        /// <summary>Seeds the processor's generator with a random number, and says which.</summary>
        public static long seed() => Generator.Default.seed();

        /// <summary>The seed that the processor's generator was given last.</summary>
        public static long initial_seed() => Generator.Default.initial_seed();
    }

    /// <inheritdoc cref="random.get_rng_state()"/>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <inheritdoc cref="random.set_rng_state(Tensor)"/>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
