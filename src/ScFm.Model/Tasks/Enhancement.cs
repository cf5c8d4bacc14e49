using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks;

/// <summary>Read-depth enhancement: what a cell's expression would be, had it been sequenced deeper.</summary>
/// <remarks>Source: scFoundation, "Read depth enhancement"; the masking is ours, see <see cref="EnhancementOptions.Folds"/>.</remarks>
public sealed class Enhancement
{
    /// <summary>Counts of an expressed gene in a typical cell of droplet data: its total over its expressed genes is 3 to 4.</summary>
    private const double TypicalCount = 4;

    private readonly ScFoundationModel model;
    private readonly ModelProfiles profiles;
    private readonly EnhancementOptions options;
    private readonly int first;
    private readonly DenseMatrix expression;
    private readonly IProgress<int>? progress;
    private readonly CancellationToken cancellation;
    private int passesDone;

    private Enhancement(ScFoundationModel model, ModelProfiles profiles, EnhancementOptions options, IProgress<int>? progress, CancellationToken cancellation, int first)
    {
        (this.model, this.profiles, this.options, this.progress, this.cancellation, this.first) = (model, profiles, options, progress, cancellation, first);
        expression = new DenseMatrix(profiles.Count, model.Vocabulary.Count);
    }

    private bool LikeReference => options.Input.Compat == Compat.Reference;

    private int Folds => LikeReference ? 1 : options.Folds;

    private int Passes => Folds > 1 ? Folds + 2 : 1;

    /// <summary>Predicts the expression of all genes of the model at the wanted depth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Single cells or bulk samples, as the options say.</param>
    /// <param name="options">Depth, masking and what the cells are. Default: five times the cell's own depth.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <param name="first">The place of the first cell among all, where these are some of more: what is drawn for a cell depends on it. Default: 0.</param>
    /// <returns>log1p of counts per 10,000, [cells, genes of the model], not negative.</returns>
    /// <exception cref="ArgumentException">The depth asks every cell for less than was observed.</exception>
    /// <exception cref="InvalidDataException">The values are not what the options say, or a cell has no gene of the vocabulary.</exception>
    public static DenseMatrix Run(
        ScFoundationModel model, AnnData cells, EnhancementOptions? options = null, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default, int first = 0)
    {
        options = Options.Validate(options ?? new());
        return new Enhancement(model, ModelProfiles.Read(model, cells, options.Input, aliases), options, progress, cancellation, first).Run();
    }

    private DenseMatrix Run()
    {
        PredictAll();
        if (Folds > 1)
        {
            WeighUnexpressed();
            for (var fold = 0; fold < Folds; fold++)
            {
                PredictMasked(fold);
            }
        }
        if (!LikeReference)
        {
            foreach (ref var value in expression.Values.AsSpan())
            {
                value = Math.Max(value, 0);
            }
        }
        return expression;
    }

    /// <summary>The decoder's output at every gene, as the reference gives it.</summary>
    private void PredictAll() =>
        Pass(profiles.Tokens(options.Depth, _ => null), (cell, _, predicted) => predicted[..expression.Columns].CopyTo(expression.Row(cell)));

    /// <summary>
    /// Mixes the answers to unexpressed genes asked as zeros, which are there, with those to the same genes asked as masked. The weight of a zero is
    /// the probability that a gene with the typical count would have been seen at the observed depth.
    /// </summary>
    private void WeighUnexpressed()
    {
        int[] all = [.. Enumerable.Range(0, expression.Columns)];
        Pass(profiles.Tokens(options.Depth, _ => all, askAsMasked: true), (cell, tokens, masked) =>
        {
            var observed = Math.Min(1, Math.Pow(10, tokens.SourceDepth - tokens.TargetDepth));
            var seen = 1 - Math.Pow(1 - observed, TypicalCount);
            var row = expression.Row(cell);
            for (var gene = 0; gene < row.Length; gene++)
            {
                row[gene] = (float)(seen * row[gene] + (1 - seen) * masked[gene]);
            }
        });
    }

    /// <summary>Predicts one part of each cell's expressed genes from the others.</summary>
    private void PredictMasked(int fold)
    {
        var (tokens, cellOf) = (new List<CellTokens>(), new List<int>());
        for (var cell = 0; cell < profiles.Count; cell++)
        {
            var random = Seeds.For(options.Seed, first + cell);
            var foldOf = profiles.Genes(cell).ToArray().Select(_ => random.Next(Folds)).ToArray();
            if (foldOf.Contains(fold))
            {
                tokens.Add(profiles.Masked(cell, options.Depth, i => foldOf[i] == fold));
                cellOf.Add(cell);
            }
        }
        Pass(tokens, (i, asked, predicted) =>
        {
            var row = expression.Row(cellOf[i]);
            for (var w = 0; w < asked.Wanted!.Length; w++)
            {
                row[asked.Wanted[w]] = predicted[w];
            }
        });
    }

    private delegate void Keep(int index, CellTokens tokens, ReadOnlySpan<float> predicted);

    private void Pass(IReadOnlyList<CellTokens> tokens, Keep keep)
    {
        Inference.Run(model, tokens, decode: true, (batch, indices) =>
        {
            var predicted = model.Module.call(batch).cpu().data<float>().ToArray();
            var width = predicted.Length / indices.Length;
            for (var i = 0; i < indices.Length; i++)
            {
                keep(indices[i], tokens[indices[i]], predicted.AsSpan(i * width, width));
            }
        }, progress is null ? null : new OverPasses(this), cancellation);
        passesDone++;
    }

    /// <summary>Counts each pass over the cells as its share of them.</summary>
    private sealed class OverPasses(Enhancement run) : IProgress<int>
    {
        public void Report(int value) => run.progress!.Report((run.passesDone * run.profiles.Count + value) / run.Passes);
    }
}
