using ScFm.Model.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>An scVI or LDVAE with the genes and batches it knows: what is trained, saved, loaded and used.</summary>
/// <remarks>Source: scVI (Lopez et al. 2018), LDVAE (Svensson et al. 2020); where scvi-tools draws from a posterior to use a model, its mean is taken here.</remarks>
/// <example><code>
/// var model = ScViModel.Train(cells, new ScViOptions { Config = ScViConfig.Linear, BatchColumn = "donor" });
/// cells.Obsm["X_scvi"] = model.Latent(cells);
/// model.Save("pbmc.safetensors");
/// </code></example>
public sealed partial class ScViModel
{
    /// <summary>Float values that a batch may need a layer at its widest point: 16 MB.</summary>
    private const int Budget = 4 << 20;

    private readonly CellBatches batches;

    private ScViModel(ScViModule module, GeneVocabulary genes, CellBatches batches) => (Module, Genes, this.batches) = (module, genes, batches);

    /// <summary>The network.</summary>
    public ScViModule Module { get; }

    /// <summary>The genes, in the order of the network.</summary>
    public GeneVocabulary Genes { get; }

    /// <summary>The column of obs that tells the batches apart; null where all cells are one batch.</summary>
    public string? BatchColumn => batches.Column;

    /// <summary>The labels of the batches it knows; empty where all cells are one batch.</summary>
    public IReadOnlyList<string> BatchLabels => batches.Column is null ? [] : batches.Labels;

    /// <summary>How it was trained; null for a model that was loaded.</summary>
    public ScViReport? Report { get; private init; }

    /// <summary>Each cell's place in the latent space: the mean of its posterior.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, latent].</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public DenseMatrix Latent(AnnData cells, CancellationToken cancellation = default) =>
        Infer(cells, Module.Config.Latent, batch => Module.InferLatent(batch).Mean, cancellation);

    /// <summary>Each gene's share of a cell's expression, free of noise and library size.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="asBatch">The batch that all cells are decoded as if made in. Default: each cell's own.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, genes of the model]; a row sums to 1.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or a batch is unknown.</exception>
    public DenseMatrix NormalisedExpression(AnnData cells, string? asBatch = null, CancellationToken cancellation = default)
    {
        long? code = asBatch is null ? null : batches.Code(asBatch, "Expression was asked for as of");
        return Infer(cells, Module.Genes, batch => Distribution(batch, code).Scale, cancellation);
    }

    /// <summary>The mean of each count under the model, at the cell's own library size.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, genes of the model], in counts.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public DenseMatrix Reconstruct(AnnData cells, CancellationToken cancellation = default) =>
        Infer(cells, Module.Genes, batch => Distribution(batch).Mean, cancellation);

    /// <summary>The logarithm of the probability of each cell's counts, at the mean of its posterior.</summary>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>One value a cell.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public float[] LogProbability(AnnData cells, CancellationToken cancellation = default) =>
        Infer(cells, 1, batch => Distribution(batch).LogProbability(batch).unsqueeze(1), cancellation).Values;

    /// <summary>How each latent variable moves each gene: the weights of a linear decoder as evaluation applies them.</summary>
    /// <returns>[genes, latent], in logarithms of a gene's share before all shares are brought to the sum 1.</returns>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public DenseMatrix Loadings()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return new DenseMatrix(Module.Genes, Module.Config.Latent, Module.Loadings.cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>The counts' distribution at the means of the posteriors.</summary>
    /// <param name="batch">The cells.</param>
    /// <param name="asBatch">The batch to decode all cells as. Default: each cell's own.</param>
    private CountDistribution Distribution(CountBatch batch, long? asBatch = null)
    {
        var (latent, library) = (Module.InferLatent(batch).Mean, Module.InferLibrary(batch)?.Mean ?? batch.LogTotals);
        return Module.Generate(latent, library, asBatch is null ? batch : batch with { Batches = full_like(batch.Batches, asBatch.Value) });
    }

    /// <summary>Computes a row of values for each cell, in batches and without gradients.</summary>
    private DenseMatrix Infer(AnnData cells, int width, Func<CountBatch, Tensor> rows, CancellationToken cancellation)
    {
        var reader = new CountReader(Read(cells), batches.CodesOf(cells));
        var result = new DenseMatrix(cells.CellCount, width);
        using var noGradients = no_grad();
        Module.eval();
        foreach (var part in Enumerable.Range(0, cells.CellCount).Chunk(Math.Max(1, Budget / Module.Genes)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            rows(reader.Read(part, Module.Device)).cpu().contiguous().data<float>().CopyTo(result.Values.AsSpan(part[0] * width));
        }
        return result;
    }

    /// <summary>The cells with the model's genes, in its order.</summary>
    private AnnData Read(AnnData cells)
    {
        Counts.Require(cells);
        if (!cells.VarNames.SequenceEqual(Genes.Names))
        {
            (cells, var report) = GeneMapping.Map(cells, Genes);
            if (report.Missing.Count > 0)
            {
                throw new InvalidDataException(
                    $"The cells lack {report.Missing.Count} of the model's {Genes.Count} genes ({string.Join(", ", report.Missing.Take(4))}{(report.Missing.Count > 4 ? ", ..." : "")}); expected all of them.");
            }
        }
        Counts.RequireExpression(cells);
        return cells;
    }
}
