using System.Diagnostics;
using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>The kernels' own sources compiled for the CPU, where each thread of a block is a fiber. Compiled at first use into artifacts/, which takes some minutes once.</summary>
internal sealed class EmulatedCard : Card
{
    /// <summary>Shared memory of a block on the smallest cards of Ampere, in bytes.</summary>
    internal const long Small = 99 * 1024;

    private const long Hopper = 227 * 1024;

    /// <summary>The kernels' sources.</summary>
    internal static string Sources { get; } = Path.Combine(TestFolders.Root, "src", "ScFm.Torch", "native", "cuda");

    private static readonly Lazy<(EmulatedCard? Card, string Reason)> Made = new(Make);

    private EmulatedCard()
    {
    }

    public static EmulatedCard OrSkip()
    {
        var (card, reason) = Made.Value;
        Assert.SkipWhen(card is null, reason);
        card.Become(Hopper);
        return card;
    }

    /// <summary>Lets a block have so much shared memory, and its threads take turns from the last to the first.</summary>
    public void Become(long sharedBytes, bool backwards = false) => Check(EmulatedMethods.scfm_emulated_card(sharedBytes, backwards ? 1 : 0));

    public override Tensor Place(Tensor tensor) => tensor;

    public override (Tensor Mass, Tensor Values) KeySums(Tensor keys, Tensor values, Tensor projection, Tensor offsets, long heads, double epsilon)
    {
        var sums = Take(EmulatedMethods.scfm_fused_key_sums(keys, values, projection, offsets, heads, epsilon, out var list), list);
        return (sums[0], sums[1]);
    }

    public override Tensor Queries(Tensor queries, Tensor mass, Tensor values, Tensor projection, Tensor offsets, long heads, double epsilon) =>
        Check(EmulatedMethods.scfm_fused_queries(queries, mass, values, projection, offsets, heads, epsilon));

    public override (Tensor Normed, Tensor Sum) AddNorm(Tensor x, Tensor add, Tensor weight, Tensor bias, ScalarType type)
    {
        var both = Take(EmulatedMethods.scfm_fused_add_norm(x, add, weight, bias, 1e-5, (int)type, out var list), list);
        return (both[0], both[1]);
    }

    public override Tensor Norm(Tensor x, Tensor weight, Tensor bias, ScalarType type) =>
        Take(EmulatedMethods.scfm_fused_add_norm(x, null, weight, bias, 1e-5, (int)type, out var list), list)[0];

    public override Tensor BinWeights(Tensor x, Tensor weight1, Tensor bias1, Tensor weight2, Tensor bias2, double alpha, double negativeSlope, ScalarType type) =>
        Check(EmulatedMethods.scfm_fused_bin_weights(x, weight1, bias1, weight2, bias2, alpha, negativeSlope, (int)type));

    public override unsafe void Adam(AdamValues options, Tensor[] parameters, Tensor[] gradients, Tensor[] means, Tensor[] squares, long[] steps) =>
        Check(EmulatedMethods.scfm_adam(
            &options, parameters.Length, TensorHandles.Of(parameters), TensorHandles.Of(gradients), TensorHandles.Of(means), TensorHandles.Of(squares), [], steps));

    private static (EmulatedCard?, string) Make()
    {
        var folder = Path.Combine(TestFolders.Root, "artifacts", "native-emulated");
        var prefix = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } libtorch ? $"-DCMAKE_PREFIX_PATH={libtorch}" : "-Wno-dev";
        if (!Command("cmake", out var output, "-S", Path.Combine(Sources, "emulated"), "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", prefix))
        {
            return (null, $"The emulated kernels cannot be built here: {output}");
        }
        Assert.True(Command("cmake", out output, "--build", folder), output);
        NativeLibrary.SetDllImportResolver(
            typeof(EmulatedMethods).Assembly,
            (name, _, _) => name == EmulatedMethods.Library ? NativeLibrary.Load(Path.Combine(folder, "libscfmemulated.so")) : IntPtr.Zero);
        return (new EmulatedCard(), "");
    }

    /// <summary>True where a command ended well; all that it printed.</summary>
    internal static bool Command(string program, out string output, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            output = $"{program}: {e.Message}";
            return false;
        }
    }

    private static Tensor[] Take(long count, IntPtr list)
    {
        Check((int)count);
        return TensorHandles.Take(count, list);
    }

    private static Tensor Check(Tensor? tensor) => tensor ?? throw Failure();

    private static void Check(int status)
    {
        if (status < 0)
        {
            throw Failure();
        }
    }

    private static ExternalException Failure() => new(Marshal.PtrToStringUTF8(EmulatedMethods.scfm_take_error()) ?? "the emulated kernels failed without a message");
}
