using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Screens;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>The vectors of a screen's genes in single cells, from a scFoundation's decoder: computed when they are asked for, of these genes alone, each cell at its own depth.</summary>
internal sealed class ScFoundationFeatures
{
    /// <summary>What settings say where no depths are told, so that results of the sums of all counts, which stood for them once, are not taken for these.</summary>
    public const string OwnDepth = "each cell at the depth of the model's genes";

    private readonly ScFoundationModel model;
    private readonly MappedCounts counts;
    private readonly double[]? depths;
    private readonly int[] wanted;

    /// <summary>Finds the screen's genes in the model's vocabulary.</summary>
    /// <exception cref="InvalidDataException">It has none of them, or a cell expresses none of its genes.</exception>
    public ScFoundationFeatures(ScFoundationModel model, PerturbationScreen screen, CancellationToken cancellation = default)
    {
        var places = Places(model, screen.Genes);
        (this.model, depths) = (model, screen.Depths);
        wanted = [.. places.Where(place => place >= 0)];
        counts = MappedCounts.Of(screen.Counts, model.Vocabulary, cancellation: cancellation).Counts;
    }

    /// <summary>The screen's genes that the model's vocabulary lacks.</summary>
    public static int[] Absent(ScFoundationModel model, IReadOnlyList<string> genes) =>
        [.. Places(model, genes).Select((place, gene) => (place, gene)).Where(found => found.place < 0).Select(found => found.gene)];

    /// <summary>The vectors, [cells, genes that the model has, width]; differentiable where the model wants gradients, and then computed once more in the backward pass instead of kept.</summary>
    public Tensor Of(ReadOnlySpan<int> cells)
    {
        model.Module.eval(); // no dropout, and the same random features
        var tokens = OwnDepthTokens.Of(counts.Read(cells), wanted, depths is null ? null : Array.ConvertAll(cells.ToArray(), cell => depths[cell]));
        var batch = TokenBatch.Pack(tokens, model.Config.Genes, model.Module.PositionEmbedding.device);
        Tensor Vectors(Tensor _) => model.Module.GeneEmbeddings(batch, model.Module.Encode(batch));
        if (model.Module.PositionEmbedding.requires_grad)
        {
            return ActivationCheckpoint.Run(model.Module, Vectors, batch.Values);
        }
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope(); // what the encoder leaves is many times the vectors
        return Vectors(batch.Values).MoveToOuterDisposeScope();
    }

    private static int[] Places(ScFoundationModel model, IReadOnlyList<string> genes) => GenePlaces.Of([.. genes], null, model.Vocabulary, aliases: null).Target;
}
