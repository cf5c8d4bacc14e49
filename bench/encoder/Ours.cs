using System.Diagnostics;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>This project's encoder.</summary>
internal sealed class Ours : IDisposable
{
    private readonly Encoder encoder;
    private readonly Tensor tokens;
    private readonly Tensor exists;
    private readonly bool isPadded;

    public Ours(Case of)
    {
        encoder = new Encoder(new ScFoundationConfig { Genes = 1, EncoderWidth = of.Width, EncoderDepth = of.Depth, EncoderHeads = of.Heads, Dropout = 0 });
        using var _ = no_grad();
        foreach (var (name, parameter) in encoder.named_parameters())
        {
            if (!name.Contains("norm", StringComparison.Ordinal))
            {
                parameter.copy_(Wave(parameter.shape, 0.05));
            }
        }
        tokens = Wave([of.Cells, of.Tokens, of.Width], 1);
        var lengths = tensor(Enumerable.Range(0, of.Cells).Select(cell => (long)of.Length(cell)).ToArray());
        isPadded = of.TokenCount < of.Cells * of.Tokens;
        exists = arange(of.Tokens).unsqueeze(0).lt(lengths.unsqueeze(1));
    }

    /// <summary>Forward alone, as for an embedding, or forward and backward.</summary>
    public Sample Run(bool backward)
    {
        using var scope = NewDisposeScope();
        encoder.train(backward);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        Tensor output;
        if (backward)
        {
            output = encoder.call(tokens, isPadded ? exists : null);
            output.square().mean().backward();
        }
        else
        {
            using var _ = no_grad();
            output = encoder.call(tokens, isPadded ? exists : null);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        var cpuSeconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        return new(seconds, cpuSeconds, output.detach().square().mean(new long[] { -1 }).masked_select(exists).mean().item<float>());
    }

    public void Dispose()
    {
        encoder.Dispose();
        tokens.Dispose();
        exists.Dispose();
    }

    private static Tensor Wave(long[] shape, double height) => (arange(shape.Aggregate(1L, (a, b) => a * b)).to(float64) * 0.37).sin().mul(height).to(float32).view(shape);
}
