using System.Text.RegularExpressions;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>The kernels' sources compiled to PTX by clang, which needs no CUDA toolkit for it: that they are CUDA C++ at all, and what the compiler made of them.</summary>
public sealed class PtxTests
{
    /// <summary>The sources, and whether they multiply on tensor cores.</summary>
    public static TheoryData<string, bool> Sources => new() { { "adam", false }, { "bin_weights", false }, { "key_sums", true }, { "norm", false }, { "queries", true } };

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_kernel_compiles_for_tensor_cores_and_keeps_its_numbers_in_registers(string name, bool multiplies)
    {
        var clang = new[] { "clang++", "clang++-14", "clang++-15", "clang++-16", "clang++-19" }.FirstOrDefault(each => EmulatedCard.Command(each, out _, "--version"));
        if (clang is null)
        {
            Assert.Skip("clang++ is absent; it compiles the kernels for CUDA without a toolkit.");
        }
        using var folder = new TemporaryFolder();
        var ptx = Path.Combine(folder.Path, "kernel.ptx");
        string[] cuda = ["-x", "cuda", "--cuda-gpu-arch=sm_80", "-nocudainc", "-nocudalib", "--cuda-device-only", "-Xclang", "-target-feature", "-Xclang", "+ptx71"];
        var source = Path.Combine(EmulatedCard.Sources, name + ".cu");
        Assert.True(EmulatedCard.Command(clang, out var output, [.. cuda, "-std=c++17", "-O2", "-DSCFM_DECLARED", "-S", source, "-o", ptx]), output);
        var code = File.ReadAllText(ptx);
        Assert.Matches(@"\.entry", code);
        Assert.Equal(multiplies, code.Contains("wmma.mma.sync"));
        Assert.Empty(Regex.Matches(code, @"\.local \.align.*").Select(match => match.Value)); // an array indexed at run time
    }
}
