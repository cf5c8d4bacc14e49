namespace ScFm.Torch.Tests;

/// <summary>Reads tensors and compares them with numbers of another route.</summary>
internal static class Numbers
{
    public static double[] Doubles(this Tensor tensor)
    {
        using var detached = tensor.detach();
        using var wide = detached.to(ScalarType.Float64);
        using var data = wide.data<double>();
        return data.ToArray();
    }

    public static void ShouldBe(this Tensor tensor, double[] expected, double tolerance = 1e-6)
    {
        var found = tensor.Doubles();
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])) || (double.IsNaN(expected[i]) && double.IsNaN(found[i])),
                $"element {i}: expected {expected[i]}, found {found[i]}");
    }
}
