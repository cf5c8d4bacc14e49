using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Model.Screens;

/// <summary>Reads a perturbation screen from any cells with a column that says what was perturbed.</summary>
public static class ScreenReader
{
    /// <summary>Reads the screen.</summary>
    /// <param name="cells">Cells with raw counts, in memory or in a file.</param>
    /// <param name="options">Which columns say what. Default: the column perturbation.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">A column is missing, there are no control cells or no perturbed ones, a target is not measured, a gene is missing, a depth is none, or the values are no raw counts.</exception>
    /// <example><code>var screen = ScreenReader.Read(cells, new() { Column = "condition", Context = "cell_type", Unmeasured = UnmeasuredTargets.Keep });</code></example>
    public static PerturbationScreen Read(ICellSource cells, ScreenOptions? options = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var labels = ScreenLabels.Of(cells, options);
        var (kept, notes) = labels.Kept(cells.VarNames, options);
        ICellSource chosen = kept.Length == cells.CellCount ? cells : Corpus.Of(cells, cells.Name).Choose(kept, "the cells of the screen");
        var depths = options.Depth is null ? null : Depths(cells, options.Depth, kept);
        Condition[] conditions = [Condition.Control, .. kept.Select(cell => labels.Conditions[cell]!).Where(condition => !condition.IsControl).Distinct().OrderBy(condition => condition.Targets.Count).ThenBy(condition => condition.ToString(), StringComparer.Ordinal)];
        string[] contexts = [.. kept.Select(cell => labels.Contexts[cell]!).Distinct().Order(StringComparer.Ordinal)];
        var genes = GenesOf(chosen, options, conditions, cancellation);
        if (options.Genes is null && genes.Length < cells.GeneCount)
        {
            notes = [.. notes, string.Create(CultureInfo.InvariantCulture, $"{genes.Length:N0} of {cells.GeneCount:N0} genes are predicted: those that vary most, and all that were perturbed.")];
        }
        return new PerturbationScreen(
            chosen, Expression(chosen, genes, depths, cancellation), conditions, Array.ConvertAll(kept, cell => Array.IndexOf(conditions, labels.Conditions[cell])),
            contexts, Array.ConvertAll(kept, cell => Array.BinarySearch(contexts, labels.Contexts[cell], StringComparer.Ordinal)), [.. genes.Select(gene => cells.VarNames[gene])], depths)
        {
            Spellings = labels.Spellings(),
            Notes = notes,
        };
    }

    private static double[] Depths(ICellSource cells, string name, int[] kept)
    {
        var values = RequiredColumn.Of(cells.Obs, name, "The column of depths is") switch
        {
            NumberColumn numbers => numbers.Values.ToArray(),
            IntegerColumn integers => Array.ConvertAll(integers.Values.ToArray(), value => (double)value),
            _ => throw new InvalidDataException($"The column of depths, '{name}', holds no numbers; expected the counts of all genes of each cell."),
        };
        return Array.ConvertAll(kept, cell => double.IsFinite(values[cell]) && values[cell] > 0
            ? values[cell]
            : throw new InvalidDataException(FormattableString.Invariant($"The depth of the cell '{cells.ObsNames[cell]}' is {values[cell]}; expected a number above 0.")));
    }

    private static int[] GenesOf(ICellSource cells, ScreenOptions options, Condition[] conditions, CancellationToken cancellation)
    {
        if (options.Genes is { } wanted)
        {
            var places = cells.VarNames.Select((name, place) => (name, place)).DistinctBy(gene => gene.name).ToDictionary(gene => gene.name, gene => gene.place, StringComparer.Ordinal);
            string[] missing = [.. wanted.Where(gene => !places.ContainsKey(gene))];
            return missing.Length == 0
                ? [.. wanted.Select(gene => places[gene])]
                : throw new InvalidDataException($"The cells lack {missing.Length} of the {wanted.Count} genes that are asked for ({SomeNames.Of(missing)}); expected all of them.");
        }
        if (options.MostGenes is not { } most || most >= cells.GeneCount)
        {
            return [.. Enumerable.Range(0, cells.GeneCount)];
        }
        var targets = conditions.SelectMany(condition => condition.Targets).ToHashSet(StringComparer.Ordinal);
        var variable = VariableGenes.Find(cells, new VariableGeneOptions { Count = most }, cancellation: cancellation).Indices;
        return [.. variable.Union(Enumerable.Range(0, cells.GeneCount).Where(gene => targets.Contains(cells.VarNames[gene]))).Order()];
    }

    // A cell's depth is that of all its genes, also where only some of them are predicted.
    private static CsrMatrix Expression(ICellSource cells, int[] genes, double[]? depths, CancellationToken cancellation)
    {
        var rows = new List<(CsrMatrix, int)>(cells.CellCount);
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            Counts.Require(values);
            var totals = depths is null ? values.RowSums() : depths[block[0]..(block[0] + block.Length)];
            var scaled = Normalisation.LogNormalise(values, totals).SelectColumns(genes);
            rows.AddRange(Enumerable.Range(0, block.Length).Select(row => (scaled, row)));
        }
        return CsrMatrix.Gather([.. rows], genes.Length);
    }
}
