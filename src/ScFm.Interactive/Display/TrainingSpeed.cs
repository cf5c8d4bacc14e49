namespace ScFm.Interactive.Display;

/// <summary>How fast a training is, in words.</summary>
internal static class TrainingSpeed
{
    /// <summary>Such as "310 cells/s, 95,000 tokens/s, 0.104 TFLOP/s (43 % of peak)"; operations are left out where they are not counted.</summary>
    /// <param name="cells">Cells a second.</param>
    /// <param name="tokens">Encoder tokens a second.</param>
    /// <param name="flops">Floating-point operations a second, or NaN.</param>
    /// <param name="peakShare">The same as a share of the machine's matmul peak, or NaN.</param>
    public static string Of(double cells, double tokens, double flops, double peakShare)
    {
        var rates = FormattableString.Invariant($"{(cells < 10 ? $"{cells:G2}" : $"{cells:N0}")} cells/s, {tokens:N0} tokens/s");
        return double.IsNaN(flops) ? rates : FormattableString.Invariant($"{rates}, {flops / 1e12:G3} TFLOP/s ({peakShare * 100:0.#} % of peak)");
    }
}
