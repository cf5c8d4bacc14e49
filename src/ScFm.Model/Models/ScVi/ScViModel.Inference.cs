using ScFm.Model.Cells;
using ScFm.Model.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

public sealed partial class ScViModel
{
    /// <summary>Each cell's place in the latent space: the mean of its posterior.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, latent].</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public DenseMatrix Latent(ICellSource cells, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Infer(cells, Module.Config.Latent, batch => Module.InferLatent(batch).Mean, progress, cancellation);

    /// <summary>What each cell expresses, free of noise: each gene's share, or that share of a library size.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="options">Library size, genes, and the batches to decode as. Default: shares of all genes, each cell in its own batch.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, genes]; over all genes, a row sums to the library size.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the model has no such gene.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or a batch is unknown.</exception>
    public DenseMatrix NormalisedExpression(
        ICellSource cells, ExpressionOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (options.AsBatches is { Count: 0 })
        {
            throw new ArgumentException($"There are 0 batches to decode cells as{(BatchColumn is null ? ", and the model was trained without any" : "")}; expected at least one.");
        }
        using var scope = NewDisposeScope();
        var genes = options.Genes is null ? null : tensor(Array.ConvertAll([.. options.Genes], PlaceOf)).to(Module.Device);
        long?[] decoded = options.AsBatches is { } labels ? [.. labels.Select(label => (long?)batches.Code(label, "Expression was asked for as of"))] : [null];
        return Infer(cells, options.Genes?.Count ?? Module.Genes, batch =>
        {
            var (latent, library) = (Module.InferLatent(batch).Mean, LibraryOf(batch));
            var share = Mean(decoded.Select(code => Module.Generate(latent, library, As(batch, code)).Scale));
            var chosen = genes is null ? share : share.index_select(1, genes);
            return options.LibrarySize is { } size ? chosen * size : chosen * library.exp();
        }, progress, cancellation);
    }

    /// <summary>The mean of each count under the model, additional zeros included.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="librarySize">The library size that every cell is given, above 0. Default: the cell's own, observed or inferred as the model has it.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, genes of the model], in counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The library size is not above 0.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public DenseMatrix Reconstruct(ICellSource cells, double? librarySize = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (librarySize is { } size && !(size > 0 && double.IsFinite(size)))
        {
            throw new ArgumentOutOfRangeException(nameof(librarySize), FormattableString.Invariant($"The library size is {size}; expected a number above 0."));
        }
        return Infer(cells, Module.Genes, batch => Distribution(batch, librarySize).Mean, progress, cancellation);
    }

    /// <summary>The logarithm of the probability of each cell's counts, at the mean of its posterior.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>One value a cell.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public float[] LogProbability(ICellSource cells, CancellationToken cancellation = default) =>
        Infer(cells, 1, batch => Distribution(batch).LogProbability(batch).unsqueeze(1), null, cancellation).Values;

    /// <summary>How well the model explains each cell: the evidence lower bound and its parts, the latent variables drawn once.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="seed">Seed of the draws; the same seed and cells give the same numbers. Default: 0.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>
    /// A row a cell: bound, which is at most the logarithm of the probability of its counts; reconstruction_error, minus the logarithm of that probability given the latent
    /// variables; latent_divergence and library_divergence from the prior, the last 0 where the library size is observed. bound = -(the sum of the others).
    /// </returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public Table EvidenceBound(ICellSource cells, int seed = 0, CancellationToken cancellation = default)
    {
        using var generator = new Generator((ulong)seed);
        var parts = Infer(cells, 3, batch =>
        {
            var bound = Module.call(batch, ScViNoise.Draw(batch.Cells, Module, generator));
            return stack([-bound.LogProbability, bound.LatentDivergence, bound.LibraryDivergence ?? zeros_like(bound.LatentDivergence)], 1);
        }, null, cancellation);
        NumberColumn Column(string name, Func<int, double> value) => new(name, [.. Enumerable.Range(0, parts.Rows).Select(value)]);
        return new Table(
            new TextColumn("cell", cells.ObsNames),
            Column("bound", cell => -((double)parts[cell, 0] + parts[cell, 1] + parts[cell, 2])),
            Column("reconstruction_error", cell => parts[cell, 0]),
            Column("latent_divergence", cell => parts[cell, 1]),
            Column("library_divergence", cell => parts[cell, 2]));
    }

    private long PlaceOf(string gene) => Genes.IndexOf(gene) is >= 0 and var place
        ? place
        : throw new ArgumentException($"The model has no gene '{gene}'; expected one of its {Genes.Count}, such as {string.Join(", ", Genes.Names.Take(3))}.");

    /// <summary>The logarithm of each cell's library size: the mean of its posterior where it is inferred, [B, 1].</summary>
    private Tensor LibraryOf(CountBatch batch) => Module.InferLibrary(batch)?.Mean ?? batch.LogTotals;

    /// <summary>The counts' distribution at the means of the posteriors.</summary>
    private CountDistribution Distribution(CountBatch batch, double? librarySize = null)
    {
        var library = LibraryOf(batch);
        return Module.Generate(Module.InferLatent(batch).Mean, librarySize is { } size ? full_like(library, Math.Log(size)) : library, batch);
    }

    /// <summary>The same cells as if made in another batch.</summary>
    private static CountBatch As(CountBatch batch, long? code) => code is null ? batch : batch with { Batches = full_like(batch.Batches, code.Value) };

    private static Tensor Mean(IEnumerable<Tensor> values)
    {
        Tensor[] all = [.. values];
        return all is [var only] ? only : all.Aggregate((sum, value) => sum + value) / all.Length;
    }

    /// <summary>Computes a row of values for each cell, in batches and without gradients.</summary>
    private DenseMatrix Infer(ICellSource cells, int width, Func<CountBatch, Tensor> rows, IProgress<int>? progress, CancellationToken cancellation)
    {
        var reader = new CountReader(CountSource.Of(cells, Genes), batches.CodesOf(cells));
        var result = new DenseMatrix(cells.CellCount, width);
        using var noGradients = no_grad();
        Module.eval();
        foreach (var part in Enumerable.Range(0, cells.CellCount).Chunk(Math.Max(1, (int)InferenceBatches.BudgetOn(Module.Device) / Module.Genes)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            rows(reader.Read(part, Module.Device)).cpu().contiguous().data<float>().CopyTo(result.Values.AsSpan(part[0] * width));
            progress?.Report(part[^1] + 1);
        }
        return result;
    }
}
