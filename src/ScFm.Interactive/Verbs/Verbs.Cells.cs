using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string PcaKey = "X_pca";
    private const string UmapKey = "X_umap";
    private const string EmbeddingKey = "X_scfm";
    private const string ClusterColumn = "cluster";
    private const int EmbeddingComponents = 20;

    /// <summary>Reads cells, says what the values are, and leaves out cells that express too few genes.</summary>
    /// <param name="path">A 10x folder or .h5 file, an .h5ad or .loom file, a CSV or TSV table, or a corpus that fits the memory.</param>
    /// <param name="minGenes">Cells need more expressed genes than this. Default: 200.</param>
    /// <param name="maxMito">Largest share of mitochondrial counts, 0 to 1. Default: any.</param>
    /// <param name="minCounts">Least total count. Default: any.</param>
    /// <param name="maxCounts">Largest total count. Default: any.</param>
    /// <param name="recover">True to recover counts from normalised values, as the scFoundation paper does. Default: false.</param>
    /// <returns>The cells, with n_genes_by_counts, total_counts and pct_counts_mt in obs.</returns>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or no cell is left.</exception>
    [Verb("load", "Reads cells, judges their values and filters them.", Into = "cells")]
    public static AnnData Load(
        [Option("10x folder, .h5ad, .h5 or .loom file, CSV/TSV table, or corpus", Positional = true)] string path,
        [Option("cells need more expressed genes than this")] int minGenes = 200,
        [Option("largest share of mitochondrial counts, 0 to 1")] double? maxMito = null,
        [Option("least total count of a cell")] double? minCounts = null,
        [Option("largest total count of a cell")] double? maxCounts = null,
        [Option("recover counts from normalised values")] bool recover = false)
    {
        var host = NotebookHost.Current;
        var read = CorpusStore.IsStore(path) ? Corpus.Open(path).Load(host.Cancellation) : AnnDataReader.Read(path, cancellation: host.Cancellation);
        Say(Counts.Judge(read.X).ToString());
        if (recover)
        {
            read = CountRecovery.Recover(read);
        }
        var (cells, report) = QualityControl.Filter(read, new QualityOptions { MinGenes = minGenes, MaxMitochondrialShare = maxMito, MinCounts = minCounts, MaxCounts = maxCounts });
        Say(report.ToString());
        return cells;
    }

    /// <summary>Finds neighbours, clusters and a two-dimensional layout of cells, and draws it.</summary>
    /// <param name="cells">The cells; obs gets the column cluster, obsm gets X_umap.</param>
    /// <param name="representation">The entry of obsm to cluster by. Default: X_scfm where there is one, otherwise principal components of the log-normalised counts.</param>
    /// <param name="resolution">Leiden's resolution: larger finds more clusters. Default: 1.</param>
    /// <param name="neighbours">Neighbours of each cell. Default: 15.</param>
    /// <param name="labels">A column of obs to compare the clusters with. Default: cell_type where there is one.</param>
    /// <param name="seed">Seed of clusters and layout. Default: 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such representation or column.</exception>
    [Verb("cluster", "Finds neighbours, clusters and a layout of cells, and draws it.", Into = "cells")]
    public static AnnData Cluster(
        [Option("the cells")] AnnData cells,
        [Option("entry of obsm to cluster by (default: X_scfm, else principal components)")] string? representation = null,
        [Option("larger finds more clusters")] double resolution = 1,
        [Option("neighbours of each cell")] int neighbours = 15,
        [Option("column of obs to compare the clusters with (default: cell_type)")] string? labels = null,
        [Option("seed of clusters and layout")] int seed = 0)
    {
        var host = NotebookHost.Current;
        representation ??= cells.Obsm.ContainsKey(EmbeddingKey) ? EmbeddingKey : PcaKey;
        if (representation == PcaKey && !cells.Obsm.ContainsKey(PcaKey))
        {
            cells.Obsm[PcaKey] = PrincipalComponents(cells, seed, host.Cancellation);
        }
        if (!cells.Obsm.TryGetValue(representation, out var points))
        {
            throw new KeyNotFoundException($"obsm has no '{representation}'; it has {Listed(cells.Obsm.Keys)}.");
        }
        labels ??= cells.Obs.Find("cell_type") is null ? null : "cell_type";
        var known = labels is null ? null : cells.Obs[labels];

        if (representation == EmbeddingKey)
        {
            points = Whitened(points, seed, host.Cancellation);
        }
        var map = Clustering.Run(points, new ClusterOptions { Resolution = resolution, Neighbours = neighbours, Seed = (ulong)seed }, cancel: host.Cancellation);
        cells.Obsm[UmapKey] = map.Layout;
        if (map.Clusters is null)
        {
            Say("There are no clusters, because igraph's library is not installed; on Debian: apt-get install libigraph3.");
            return cells;
        }
        string[] clusters = [.. map.Clusters.Labels.Select(label => label.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels(ClusterColumn, clusters));
        Show(Plots.Embedding(cells, ClusterColumn));
        if (known is not null)
        {
            Show(Plots.Embedding(cells, labels!));
            Show(Agreement(clusters, known, map.Representation));
        }
        return cells;
    }

    /// <summary>
    /// The first principal components of an embedding, each with variance 1: one direction, such as how complex a cell is, may hold nearly all
    /// the variance of an embedding, and would hide the cells' types.
    /// </summary>
    private static DenseMatrix Whitened(DenseMatrix embedding, int seed, CancellationToken cancellation)
    {
        var components = Math.Min(EmbeddingComponents, Math.Min(embedding.Rows, embedding.Columns) - 1);
        var pca = Pca.Fit(embedding, new PcaOptions { Components = components, Seed = (ulong)seed }, cancellation);
        var scores = pca.Scores;
        for (var component = 0; component < scores.Columns; component++)
        {
            var scale = pca.ExplainedVariance[component] > 0 ? 1 / Math.Sqrt(pca.ExplainedVariance[component]) : 0;
            for (var cell = 0; cell < scores.Rows; cell++)
            {
                scores[cell, component] *= (float)scale;
            }
        }
        return scores;
    }

    private static DenseMatrix PrincipalComponents(AnnData cells, int seed, CancellationToken cancellation)
    {
        var values = Normalisation.LogNormalise(cells).X;
        return Pca.Fit(values, new PcaOptions { Components = Math.Min(50, Math.Min(values.Rows, values.Columns) - 1), Seed = (ulong)seed }, cancellation).Scores;
    }

    /// <summary>How well clusters agree with known labels, over the cells that have one.</summary>
    private static Table Agreement(string[] clusters, Column known, DenseMatrix representation)
    {
        int[] labelled = [.. Enumerable.Range(0, known.Length).Where(row => known[row] is not null)];
        string[] truth = [.. labelled.Select(known.Text)];
        string[] found = [.. labelled.Select(row => clusters[row])];
        // the silhouette compares groups: with one group, or as many as cells, there is none
        var silhouette = truth.Distinct().Count() is var groups && groups > 1 && groups < truth.Length ? Silhouette.Mean(representation.SelectRows(labelled), truth) : double.NaN;
        return new Table(
            new TextColumn("score", ["NMI", "ARI", $"silhouette of {known.Name}"]),
            new NumberColumn("value",
            [
                ClusterAgreement.NormalisedMutualInformation(truth, found),
                ClusterAgreement.AdjustedRandIndex(truth, found),
                silhouette,
            ], "F3"));
    }
}
