using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Making tensors. Exports of native/tensor_create.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_zeros(ReadOnlySpan<long> sizes, long sizesCount, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_ones(ReadOnlySpan<long> sizes, long sizesCount, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_empty(ReadOnlySpan<long> sizes, long sizesCount, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_full(ReadOnlySpan<long> sizes, long sizesCount, ScalarValue value, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_arange(ScalarValue start, ScalarValue stop, ScalarValue step, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linspace(ScalarValue start, ScalarValue end, long steps, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_logspace(ScalarValue start, ScalarValue end, long steps, double @base, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_eye(long rows, long columns, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_rand(ReadOnlySpan<long> sizes, long sizesCount, torch.Generator? generator, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_randn(ReadOnlySpan<long> sizes, long sizesCount, torch.Generator? generator, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_randint(long low, long high, ReadOnlySpan<long> sizes, long sizesCount, torch.Generator? generator, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_randperm(long n, torch.Generator? generator, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_zeros_like(torch.Tensor? a, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_ones_like(torch.Tensor? a, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_empty_like(torch.Tensor? a, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_full_like(torch.Tensor? a, ScalarValue value, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_rand_like(torch.Tensor? a, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_randn_like(torch.Tensor? a, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_randint_like(torch.Tensor? a, long low, long high, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bernoulli(torch.Tensor? a, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bernoulli_p(torch.Tensor? a, double p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_multinomial(torch.Tensor? a, long samples, [MarshalAs(UnmanagedType.U1)] bool replacement, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_normal(torch.Tensor? mean, torch.Tensor? std, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_normal_sizes(double mean, double std, ReadOnlySpan<long> sizes, long sizesCount, torch.Generator? generator, FactoryOptions options);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_poisson(torch.Tensor? a, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_binomial(torch.Tensor? count, torch.Tensor? p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_bernoulli_(torch.Tensor? a, torch.Tensor? p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_bernoulli_p_(torch.Tensor? a, double p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_normal_(torch.Tensor? a, double mean, double std, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_uniform_(torch.Tensor? a, double from, double to, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_exponential_(torch.Tensor? a, double rate, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_log_normal_(torch.Tensor? a, double mean, double std, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_cauchy_(torch.Tensor? a, double median, double sigma, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_geometric_(torch.Tensor? a, double p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_random_(torch.Tensor? a, long from, long to, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int scfm_fill_(torch.Tensor? a, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_zero_(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_from_memory(IntPtr data, long bytes, int source, ReadOnlySpan<long> sizes, long sizesCount, FactoryOptions options);

    [LibraryImport(Library)]
    internal static unsafe partial torch.Tensor scfm_from_blob(IntPtr data, int type, ReadOnlySpan<long> sizes, long sizesCount, delegate* unmanaged<IntPtr, void> release, IntPtr owner);
}
