using ScFm.Model.Nn;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>An encoder of which only what a head tunes wants a gradient.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="Lora">The adapters on it; null where there are none.</param>
/// <param name="Trained">The names of its own parameters that are trained; none where adapters are, or nothing is.</param>
/// <param name="FlowShare">The share of its blocks through which a gradient flows.</param>
internal sealed record TunedEncoder(ICellEncoder Encoder, Lora? Lora, IReadOnlyList<string> Trained, double FlowShare)
{
    /// <summary>Freezes an encoder but for what is tuned.</summary>
    /// <exception cref="ArgumentException">It has fewer blocks than are to be trained, or none of the matrices that are to be adapted.</exception>
    public static TunedEncoder Of(ICellEncoder encoder, HeadOptions options)
    {
        foreach (var parameter in encoder.Module.parameters())
        {
            parameter.requires_grad = false;
        }
        return options.Tuned switch
        {
            HeadTuning.LastBlocks => Last(encoder, options.LastBlocks),
            HeadTuning.Lora => Adapted(encoder, options),
            _ => new TunedEncoder(encoder, null, [], 0),
        };
    }

    private static TunedEncoder Last(ICellEncoder encoder, int blocks)
    {
        if (blocks > encoder.Blocks)
        {
            throw new ArgumentException($"LastBlocks is {blocks}; expected at most {encoder.Blocks}, the blocks that a cell passes through in this {encoder.Name}.");
        }
        string[] trained = [.. Enumerable.Range(encoder.Blocks - blocks, blocks).SelectMany(block => InBlock(encoder, block))];
        foreach (var (name, parameter) in encoder.Module.named_parameters())
        {
            parameter.requires_grad = trained.Contains(name);
        }
        return new TunedEncoder(encoder, null, trained, (double)blocks / encoder.Blocks);
    }

    /// <summary>Adapters on the blocks that a cell passes through only: the others would learn nothing.</summary>
    private static TunedEncoder Adapted(ICellEncoder encoder, HeadOptions options)
    {
        string[] weights = [.. Enumerable.Range(0, encoder.Blocks).SelectMany(block => InBlock(encoder, block))
            .Where(name => options.Lora.Weights.Any(end => name.EndsWith(end, StringComparison.Ordinal)))];
        return weights.Length > 0
            ? new TunedEncoder(encoder, new Lora(encoder.Module, options.Lora with { Weights = weights }, options.Training.Seed), [], 1)
            : throw new ArgumentException(
                $"The {encoder.Blocks} blocks that a cell passes through in this {encoder.Name} have no matrix whose name ends in {string.Join(" or ", options.Lora.Weights)}; expected at least one.");
    }

    private static IEnumerable<string> InBlock(ICellEncoder encoder, int block) =>
        encoder.Module.named_parameters().Select(p => p.name).Where(name => name.StartsWith(encoder.BlockName(block), StringComparison.Ordinal));
}
