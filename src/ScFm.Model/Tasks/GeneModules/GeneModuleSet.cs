using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Graphs;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.GeneModules;

/// <summary>Modules of genes: clusters of the vectors that a model has for them.</summary>
/// <param name="Genes">The genes that were clustered.</param>
/// <param name="Modules">The modules, the one with the most genes first; genes of clusters that are too small are in none.</param>
/// <param name="Layout">A place for each gene to look at, [genes, 2].</param>
/// <remarks>
/// Vectors are taken less the mean gene's, since models give all genes much in common, and neighbours are those of the smallest angle; then come Leiden's clusters (Traag et al. 2019) as for cells. scFoundation (Hao et al.
/// 2024) finds modules in this way in its gene embeddings.
/// </remarks>
/// <example><code>
/// var (genes, vectors) = ModelGenes.Of(model, cells, chosen);
/// var modules = GeneModuleSet.Find(genes, vectors);
/// var enriched = modules.Enrichment(GeneSetFile.Read("h.all.v7.0.symbols.gmt"));
/// </code></example>
public sealed record GeneModuleSet(IReadOnlyList<string> Genes, IReadOnlyList<GeneModule> Modules, DenseMatrix Layout)
{
    /// <summary>What stands in tables for a gene of no module.</summary>
    public const string NoModule = "none";

    private const int NamedGenes = 8;

    /// <summary>Finds modules.</summary>
    /// <param name="genes">The genes' names, each once.</param>
    /// <param name="vectors">A vector each, [genes, width], finite.</param>
    /// <param name="options">How. Default: 15 neighbours, resolution 1.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">An option is out of range, there are not as many vectors as genes or fewer than two, a gene comes twice, or a number is not finite.</exception>
    /// <exception cref="DllNotFoundException">igraph's library is not on this machine.</exception>
    public static GeneModuleSet Find(IReadOnlyList<string> genes, DenseMatrix vectors, GeneModuleOptions? options = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (genes.Count != vectors.Rows)
        {
            throw new ArgumentException($"There are {genes.Count} genes and {vectors.Rows} vectors; expected one a gene.", nameof(vectors));
        }
        if (genes.GroupBy(gene => gene).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The gene '{twice.Key}' comes twice; expected each once.", nameof(genes));
        }
        var centred = Centred(vectors);
        var map = Clustering.Run(
            centred,
            new ClusterOptions { Neighbours = options.Neighbours, Metric = DistanceMetric.Cosine, Components = options.Components, Resolution = options.Resolution, Seed = (ulong)options.Seed },
            cancel: cancellation);
        var clusters = map.Clusters ?? throw new DllNotFoundException("Modules need igraph's library, which is not installed; on Debian: apt-get install libigraph3.");
        var modules = Enumerable.Range(0, genes.Count).GroupBy(gene => clusters.Labels[gene]).OrderBy(cluster => cluster.Key)
            .Where(cluster => cluster.Count() >= options.LeastGenes).Select((cluster, i) => Module($"M{i}", genes, [.. cluster], centred));
        return new GeneModuleSet(genes, [.. modules], map.Layout);
    }

    /// <summary>The module of each gene, in the order of the genes; null where it is in none.</summary>
    public string?[] ModuleOf()
    {
        var of = Modules.SelectMany(module => module.Genes.Select(gene => (gene, module.Name))).ToDictionary(one => one.gene, one => one.Name);
        return [.. Genes.Select(gene => of.GetValueOrDefault(gene))];
    }

    /// <summary>The gene sets of which a module has more genes than chance gives, among the genes that were clustered.</summary>
    /// <param name="sets">The gene sets.</param>
    /// <param name="options">Which sets are looked for. Default: those with 5 to 500 of the clustered genes.</param>
    /// <exception cref="ArgumentException">No set has enough of the genes.</exception>
    public OverRepresentationReport Enrichment(IReadOnlyList<GeneSet> sets, OverRepresentationOptions? options = null) =>
        OverRepresentation.Run([.. Modules.Select(module => (module.Name, module.Genes))], Genes, sets, options);

    /// <summary>One row a gene: gene, module, centrality, umap_1, umap_2.</summary>
    public Table ToTable()
    {
        var centrality = Modules.SelectMany(module => module.Genes.Zip(module.Centrality)).ToDictionary(one => one.First, one => one.Second);
        return new Table(
            new TextColumn("gene", [.. Genes]),
            new TextColumn("module", [.. ModuleOf().Select(module => module ?? NoModule)]),
            new NumberColumn("centrality", [.. Genes.Select(gene => centrality.GetValueOrDefault(gene, double.NaN))], "F3"),
            new NumberColumn("umap_1", [.. Enumerable.Range(0, Genes.Count).Select(gene => (double)Layout[gene, 0])], "F2"),
            new NumberColumn("umap_2", [.. Enumerable.Range(0, Genes.Count).Select(gene => (double)Layout[gene, 1])], "F2"));
    }

    /// <summary>One row a module: its number of genes, the most central ones, the type of cells in which it stands out, and the set it has most of.</summary>
    /// <param name="expression">Its expression by types of cells. Default: not told.</param>
    /// <param name="enrichment">What <see cref="Enrichment"/> found. Default: not told.</param>
    /// <param name="rate">The largest rate of false discoveries of a set that is named. Default: 0.05.</param>
    public Table Summary(ModuleExpression? expression = null, OverRepresentationReport? enrichment = null, double rate = 0.05)
    {
        var columns = new List<Column>
        {
            new TextColumn("module", [.. Modules.Select(module => module.Name)]),
            new IntegerColumn("genes", [.. Modules.Select(module => (long)module.Genes.Count)]),
            new TextColumn("most central", [.. Modules.Select(module => string.Join(", ", module.Genes.Take(NamedGenes)))]),
        };
        if (expression is not null)
        {
            columns.Add(new TextColumn("highest in", [.. Enumerable.Range(0, Modules.Count).Select(module => expression.Types[expression.Highest(module)])]));
            columns.Add(new NumberColumn("z-score there", [.. Enumerable.Range(0, Modules.Count).Select(module => (double)expression.Scores[module, expression.Highest(module)])], "F2"));
        }
        if (enrichment is not null)
        {
            var best = Modules.Select(module => enrichment.Of(module.Name).FirstOrDefault(one => one.FalseDiscoveryRate <= rate)).ToArray();
            columns.Add(new TextColumn("most enriched set", [.. best.Select(one => one?.Set.Name ?? "")]));
            columns.Add(new TextColumn("shared", [.. best.Select(one => one is null ? "" : $"{one.Shared.Count} of {one.Size}")]));
            columns.Add(new NumberColumn("q_value", [.. best.Select(one => one?.FalseDiscoveryRate ?? double.NaN)], "G2"));
        }
        return new Table([.. columns]);
    }

    private static GeneModule Module(string name, IReadOnlyList<string> genes, int[] members, DenseMatrix vectors)
    {
        var mean = new double[vectors.Columns];
        foreach (var gene in members)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += vectors[gene, i] / members.Length;
            }
        }
        var ordered = members.Select(gene => (Gene: genes[gene], Cosine: Cosine(vectors.Row(gene), mean))).OrderByDescending(one => one.Cosine).ToArray();
        return new GeneModule(name, [.. ordered.Select(one => one.Gene)], [.. ordered.Select(one => one.Cosine)]);
    }

    private static double Cosine(ReadOnlySpan<float> vector, double[] mean)
    {
        var (product, own, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < mean.Length; i++)
        {
            (product, own, other) = (product + vector[i] * mean[i], own + (double)vector[i] * vector[i], other + mean[i] * mean[i]);
        }
        return own > 0 && other > 0 ? product / Math.Sqrt(own * other) : 0;
    }

    private static DenseMatrix Centred(DenseMatrix vectors)
    {
        var mean = new double[vectors.Columns];
        for (var gene = 0; gene < vectors.Rows; gene++)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += vectors[gene, i] / vectors.Rows;
            }
        }
        var centred = new DenseMatrix(vectors.Rows, vectors.Columns);
        for (var gene = 0; gene < vectors.Rows; gene++)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                centred[gene, i] = (float)(vectors[gene, i] - mean[i]);
            }
        }
        return centred;
    }
}
