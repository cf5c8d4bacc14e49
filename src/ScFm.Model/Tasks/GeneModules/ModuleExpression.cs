using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.GeneModules;

/// <summary>How strongly types of cells express modules of genes.</summary>
/// <param name="Modules">The modules' names.</param>
/// <param name="Types">The types of cells.</param>
/// <param name="Means">Mean over a module's genes and a type's cells of log1p of counts per 10,000, [modules, types].</param>
/// <param name="Scores">
/// The mean over a module's genes of the gene's standardised means: each gene's mean in a type, less its mean over types, over its deviation over types; so every gene counts alike, [modules, types].
/// </param>
public sealed record ModuleExpression(IReadOnlyList<string> Modules, IReadOnlyList<string> Types, DenseMatrix Means, DenseMatrix Scores)
{
    /// <summary>Takes the means.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="cells">Cells with raw counts; genes are found by name.</param>
    /// <param name="labels">The column of obs that holds the types; cells without one are left out.</param>
    /// <exception cref="KeyNotFoundException">There is no such column, or the cells lack a gene.</exception>
    /// <exception cref="ArgumentException">No cell has a type.</exception>
    public static ModuleExpression Of(GeneModuleSet modules, AnnData cells, string labels)
    {
        var of = ColumnLabels.Of(cells.Obs[labels]);
        string[] types = [.. of.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (types.Length == 0)
        {
            throw new ArgumentException($"No cell has a type in the column '{labels}'; expected some.", nameof(labels));
        }
        var means = GeneMeansByType(cells, of, types);
        var columns = new Dictionary<string, int>();
        for (var gene = 0; gene < cells.GeneCount; gene++)
        {
            columns.TryAdd(cells.VarNames[gene], gene);
        }
        var (raw, scores) = (new DenseMatrix(modules.Modules.Count, types.Length), new DenseMatrix(modules.Modules.Count, types.Length));
        for (var module = 0; module < raw.Rows; module++)
        {
            var genes = modules.Modules[module].Genes;
            foreach (var gene in genes)
            {
                var own = means[columns.TryGetValue(gene, out var column) ? column : throw new KeyNotFoundException($"The cells have no gene '{gene}'; expected all genes of the modules.")];
                var mean = own.Average();
                var deviation = Math.Sqrt(own.Average(value => (value - mean) * (value - mean)));
                for (var type = 0; type < types.Length; type++)
                {
                    raw[module, type] += (float)(own[type] / genes.Count);
                    scores[module, type] += deviation > 0 ? (float)((own[type] - mean) / deviation / genes.Count) : 0;
                }
            }
        }
        return new ModuleExpression([.. modules.Modules.Select(module => module.Name)], types, raw, scores);
    }

    /// <summary>The type in which a module's score is highest, as its place among the types.</summary>
    /// <param name="module">The module's place.</param>
    public int Highest(int module) => Enumerable.Range(0, Types.Count).MaxBy(type => Scores[module, type]);

    /// <summary>One row a module, one column a type: the mean expression.</summary>
    public Table ToTable() => new(
    [
        new TextColumn("module", [.. Modules]),
        .. Types.Select((type, i) => new NumberColumn(type, [.. Enumerable.Range(0, Modules.Count).Select(module => (double)Means[module, i])], "F3")),
    ]);

    /// <summary>[genes][types].</summary>
    private static double[][] GeneMeansByType(AnnData cells, string?[] labels, string[] types)
    {
        var values = Normalisation.LogNormalise(cells.X);
        var place = types.Select((type, i) => (type, i)).ToDictionary(type => type.type, type => type.i);
        var means = Array.ConvertAll(cells.VarNames, _ => new double[types.Length]);
        var count = new int[types.Length];
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            if (labels[cell] is not { } label)
            {
                continue;
            }
            var type = place[label];
            count[type]++;
            var genes = values.RowIndices(cell);
            var own = values.RowValues(cell);
            for (var i = 0; i < genes.Length; i++)
            {
                means[genes[i]][type] += own[i];
            }
        }
        foreach (var gene in means)
        {
            for (var type = 0; type < gene.Length; type++)
            {
                gene[type] /= count[type];
            }
        }
        return means;
    }
}
