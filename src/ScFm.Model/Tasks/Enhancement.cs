using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks;

/// <summary>Read-depth enhancement: what a cell's expression would be, had it been sequenced deeper.</summary>
/// <remarks>Source: scFoundation, "Read depth enhancement"; the masking of expressed genes is ours, see <see cref="EnhancementOptions.Folds"/>.</remarks>
public static class Enhancement
{
    /// <summary>Predicts the expression of all genes of the model at the wanted depth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="options">Depth and masking. Default: five times the cell's own depth.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>log1p of counts per 10,000, [cells, genes of the model], not negative.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has no gene of the vocabulary.</exception>
    public static DenseMatrix Run(
        ScFoundationModel model, AnnData cells, EnhancementOptions? options = null, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var profiles = ModelProfiles.Read(model, cells, aliases);
        var genes = model.Vocabulary.Count;
        var expression = new DenseMatrix(cells.CellCount, genes);

        Inference.Run(model, profiles.Tokens(options.Depth, _ => null), decode: true, (batch, indices) =>
        {
            var predicted = model.Module.call(batch).cpu().data<float>().ToArray(); // [B, genes + 2]
            for (var i = 0; i < indices.Length; i++)
            {
                predicted.AsSpan(i * (genes + 2), genes).CopyTo(expression.Row(indices[i]));
            }
        }, progress, cancellation);

        for (var fold = 0; options.Folds > 1 && fold < options.Folds; fold++)
        {
            PredictMasked(model, profiles, options, fold, expression, cancellation);
        }
        foreach (ref var value in expression.Values.AsSpan())
        {
            value = Math.Max(value, 0);
        }
        return expression;
    }

    private static void PredictMasked(
        ScFoundationModel model, ModelProfiles profiles, EnhancementOptions options, int fold, DenseMatrix expression, CancellationToken cancellation)
    {
        var (tokens, cellOf) = (new List<CellTokens>(), new List<int>());
        for (var cell = 0; cell < profiles.Count; cell++)
        {
            var random = Seeds.For(options.Seed, cell);
            var foldOf = profiles.Genes(cell).ToArray().Select(_ => random.Next(options.Folds)).ToArray();
            if (foldOf.Contains(fold))
            {
                tokens.Add(profiles.Masked(cell, options.Depth, i => foldOf[i] == fold));
                cellOf.Add(cell);
            }
        }
        Inference.Run(model, tokens, decode: true, (batch, indices) =>
        {
            var predicted = model.Module.call(batch).cpu().data<float>().ToArray(); // [B, W]
            var width = predicted.Length / indices.Length;
            for (var i = 0; i < indices.Length; i++)
            {
                var row = expression.Row(cellOf[indices[i]]);
                var wanted = tokens[indices[i]].Wanted!;
                for (var w = 0; w < wanted.Length; w++)
                {
                    row[wanted[w]] = predicted[i * width + w];
                }
            }
        }, progress: null, cancellation);
    }
}
