using ScFm.Model.Cells;
using ScFm.Model.Display;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScVi;

/// <summary>Which latent variables of an LDVAE tell two groups of cells apart, and which genes drive them.</summary>
/// <remarks>
/// Neither scvi-tools nor the study of training data defines such a comparison; this is ours. With d the difference of the groups' mean places in the latent space and W the loadings,
/// centred over the genes since a constant does not pass the softmax, variable k moves gene g by d_k W_gk and all variables together by the sum: the change of the logarithm of the gene's
/// share that the model sees between the groups. Intervals are of the 95% bootstrap over units (cells, or replicates of them) within each group. P values of latent variables come from
/// exchanging units between the groups: how often the largest |d_k| of any variable, in units of the deviation of all units, reaches that of this one (Westfall and Young 1993), so that they hold for all variables together.
/// Both judge the sampling of cells alone: the model is taken as it is.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record DifferentialLoadings : IHtml
{
    private const double Tail = 0.025; // of each side of a 95% interval
    private const double Rounding = 1e-12; // sums in another order are the same difference

    /// <summary>The two groups, such as "Monocyte against B cell", with the number of units of each.</summary>
    public required string Comparison { get; init; }

    /// <summary>The model's genes, in its order.</summary>
    public required IReadOnlyList<string> Genes { get; init; }

    /// <summary>How far the group's mean is from the other's, one value a latent variable.</summary>
    public required double[] Differences { get; init; }

    /// <summary>The same in units of the deviation within the groups.</summary>
    public required double[] Effects { get; init; }

    /// <summary>How likely so large an effect of any latent variable would be if the groups were one, above 0 to 1.</summary>
    public required double[] PValues { get; init; }

    /// <summary>By how much each latent variable moves each gene, [genes, latent], natural logarithms.</summary>
    public required DenseMatrix Contributions { get; init; }

    /// <summary>By how much all together move each gene, natural logarithm.</summary>
    public required double[] Changes { get; init; }

    /// <summary>The lower ends of the changes' intervals.</summary>
    public required double[] Low { get; init; }

    /// <summary>The upper ends of the changes' intervals.</summary>
    public required double[] High { get; init; }

    /// <summary>Compares two groups of cells.</summary>
    /// <param name="model">A model with a linear decoder.</param>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="groups">The groups, and how chance is judged.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches of cells and between two draws.</param>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A group has fewer than two cells or replicates, or the cells do not fit the model.</exception>
    public static DifferentialLoadings Between(
        ScViModel model, ICellSource cells, LoadingGroups groups, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        Options.Validate(groups);
        var loadings = model.CentredLoadings();
        GroupedUnits.Of(new DenseMatrix(cells.CellCount, 1), cells, groups); // a wrong label is told before the cells are read
        var units = GroupedUnits.Of(model.Latent(cells, progress, cancellation), cells, groups);
        var (differences, deviations) = (units.Difference(), units.DeviationsOfAll());
        double[] Standardised(double[] difference) => Ratio(difference, deviations);

        var own = Standardised(differences);
        var resampled = new double[groups.Draws][];
        var largest = new double[groups.Draws];
        Parallel.For(0, groups.Draws, new ParallelOptions { CancellationToken = cancellation }, draw =>
        {
            var random = Seeds.For(groups.Seed, draw);
            resampled[draw] = Product(loadings, units.Resampled(random));
            largest[draw] = Standardised(units.Exchanged(random)).Max(Math.Abs);
        });
        var (low, high) = Intervals(resampled);
        var contributions = new DenseMatrix(loadings.Rows, loadings.Columns);
        for (var i = 0; i < contributions.Values.Length; i++)
        {
            contributions.Values[i] = (float)(loadings.Values[i] * differences[i % loadings.Columns]);
        }
        return new DifferentialLoadings
        {
            Comparison = $"{groups.Group} ({units.First:N0}) against {groups.Against ?? "all else"} ({units.Second:N0})",
            Genes = model.Genes.Names,
            Differences = differences,
            Effects = Ratio(differences, units.Deviations()),
            PValues = Array.ConvertAll(own, difference => (1.0 + largest.Count(other => other >= Math.Abs(difference) - Rounding)) / (1 + groups.Draws)),
            Contributions = contributions,
            Changes = Product(loadings, differences),
            Low = low,
            High = high,
        };
    }

    /// <summary>A row a latent variable, those that tell the groups apart best first, with the genes that each moves most.</summary>
    /// <param name="genes">Genes a direction, 1 or more. Default: 5.</param>
    public Table LatentTable(int genes = 5)
    {
        int[] order = [.. Enumerable.Range(0, Effects.Length).OrderByDescending(k => Math.Abs(Effects[k]))];
        string Moved(int latent, int sign) => string.Join(", ", Enumerable.Range(0, Genes.Count)
            .OrderByDescending(gene => sign * Contributions[gene, latent]).Take(genes).Where(gene => sign * Contributions[gene, latent] > 0).Select(gene => Genes[gene]));
        return new Table(
            new TextColumn("latent", [.. order.Select(ScViModel.LatentName)]),
            new NumberColumn("difference", [.. order.Select(k => Differences[k])], "F3"),
            new NumberColumn("effect", [.. order.Select(k => Effects[k])], "F2"),
            new NumberColumn("P", [.. order.Select(k => PValues[k])], "G3"),
            new TextColumn("raised", [.. order.Select(k => Moved(k, 1))]),
            new TextColumn("lowered", [.. order.Select(k => Moved(k, -1))]));
    }

    /// <summary>A row a gene, those that change most first: the change with its interval, and the latent variable that moves it most.</summary>
    public Table ToTable()
    {
        int[] order = [.. Enumerable.Range(0, Genes.Count).OrderByDescending(gene => Math.Abs(Changes[gene]))];
        NumberColumn Column(string name, double[] values) => new(name, [.. order.Select(gene => values[gene])], "F3");
        return new Table(
            new TextColumn("gene", [.. order.Select(gene => Genes[gene])]),
            Column("change", Changes), Column("low", Low), Column("high", High),
            new TextColumn("mostly by", [.. order.Select(gene => ScViModel.LatentName(Enumerable.Range(0, Contributions.Columns).MaxBy(k => Math.Abs(Contributions[gene, k]))))]));
    }

    /// <summary>Both tables, the genes' first 20 rows, as HTML.</summary>
    public string ToHtml() => string.Join('\n', Views().Select(view => view.ToHtml()));

    /// <summary>Both tables as text.</summary>
    public override string ToString() => string.Join("\n\n", Views());

    private TableView[] Views() => [LatentTable().View($"Latent variables, {Comparison}", rows: Effects.Length), ToTable().View($"Genes, change of the logarithm of their share, {Comparison}")];

    private static double[] Ratio(double[] values, double[] scales) => [.. values.Zip(scales, (value, scale) => scale > 0 ? value / scale : 0)];

    private static double[] Product(DenseMatrix loadings, double[] difference)
    {
        var product = new double[loadings.Rows];
        for (var gene = 0; gene < product.Length; gene++)
        {
            var row = loadings.Row(gene);
            for (var k = 0; k < row.Length; k++)
            {
                product[gene] += row[k] * difference[k];
            }
        }
        return product;
    }

    private static (double[] Low, double[] High) Intervals(double[][] draws)
    {
        var genes = draws[0].Length;
        var (low, high) = (new double[genes], new double[genes]);
        var outside = (int)(Tail * draws.Length);
        Parallel.For(0, genes, gene =>
        {
            var values = Array.ConvertAll(draws, draw => draw[gene]);
            Array.Sort(values);
            (low[gene], high[gene]) = (values[outside], values[^(outside + 1)]);
        });
        return (low, high);
    }
}
