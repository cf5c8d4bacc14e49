using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>What a pretraining begins with: a new model or a copy of one that was trained before, and which of its weights are trained.</summary>
internal static class PretrainingStart
{
    private const int MostWarmStartCells = 20_000; // of a corpus larger than memory some cells say enough

    private const string EncoderBlock = "encoder.transformer_encoder.";

    /// <summary>The model to train, and in words what its checkpoint must agree with: where it came from and what of it is trained; empty for a new model.</summary>
    public static (ScFoundationModel Model, string Origin) Of(PretrainingOptions options, GeneVocabulary vocabulary, MappedCounts training)
    {
        var seed = options.Training.Seed;
        ScFoundationModel model;
        var origin = new List<string>();
        if (options.StartFrom is { } start)
        {
            model = ScFoundationModel.Create(start.Config, vocabulary, seed);
            model.Module.Decoder.KeepsFeatures = !options.TrainsAll; // what is not trained stays as it is
            model.Module.load_state_dict(start.Module.state_dict());
            origin.Add($"from model {ModelFingerprint.Of(start.Module, start.Vocabulary)}");
        }
        else
        {
            model = ScFoundationModel.Create(options.SizesFor(vocabulary.Count), vocabulary, seed);
            if (options.WarmStart)
            {
                WarmStart.Apply(model.Module, Sample(training, seed), seed);
            }
        }
        if (options.TrainedBlocks is { } blocks)
        {
            var trained = Blocks(blocks, model.Config.EncoderDepth);
            Freeze(model.Module, trained);
            origin.Add($"trains encoder blocks {string.Join(" ", trained)}");
        }
        if (options.Adapters is { } lora)
        {
            origin.Add(string.Create(CultureInfo.InvariantCulture, $"trains adapters of rank {lora.Rank}, alpha {lora.Alpha}, on {string.Join(" ", lora.Weights)}"));
        }
        if (options.Precision != Precision.Float32)
        {
            origin.Add($"in {options.Precision}");
        }
        model.Module.Precision = options.Precision;
        model.Module.RecomputeActivations = options.RecomputeActivations;
        return (model, string.Join(", ", origin));
    }

    private static CsrMatrix Sample(MappedCounts training, int seed)
    {
        var cells = Enumerable.Range(0, training.Count).ToArray();
        if (cells.Length > MostWarmStartCells)
        {
            Seeds.For(seed, training.Count).Shuffle(cells);
            cells = [.. cells.Take(MostWarmStartCells).Order()];
        }
        return training.Read(cells);
    }

    /// <summary>Blocks counted from the front; negative ones count from the end.</summary>
    private static int[] Blocks(IReadOnlyList<int> blocks, int depth) => blocks.Count == 0
        ? throw new ArgumentException("TrainedBlocks is empty; expected at least one encoder block, or null for all weights.")
        :
        [
            .. blocks.Select(block => block >= -depth && block < depth
                ? (block + depth) % depth
                : throw new ArgumentException($"TrainedBlocks has {block}; expected {-depth} to {depth - 1}: the encoder has {depth} blocks.")).Distinct().Order(),
        ];

    private static void Freeze(ScFoundationModule module, int[] trained)
    {
        string[] kept = [.. trained.Select(block => $"{EncoderBlock}{block}.")];
        foreach (var (name, parameter) in module.named_parameters())
        {
            parameter.requires_grad = kept.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        }
    }
}
