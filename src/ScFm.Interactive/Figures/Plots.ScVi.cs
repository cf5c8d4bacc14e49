using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Models.ScVi;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int LoadingColumns = 5;

    /// <summary>The genes that each latent variable of an LDVAE moves most: a panel a variable, bars up and down.</summary>
    /// <param name="model">A model with a linear decoder.</param>
    /// <param name="genes">Genes a direction, 1 or more. Default: 5.</param>
    /// <param name="title">What stands above. Default: "Loadings".</param>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public static Figure Loadings(ScViModel model, int genes = 5, string title = "Loadings")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 1);
        var loadings = model.CentredLoadings();
        var each = Math.Min(genes, Math.Max(1, loadings.Rows / 2));
        var panels = Enumerable.Range(0, loadings.Columns).Select(latent =>
        {
            int[] order = [.. Enumerable.Range(0, loadings.Rows).OrderByDescending(gene => loadings[gene, latent])];
            int[] shown = [.. order.Take(each), .. order.TakeLast(each)];
            return new Panel(new Bars([.. shown.Select(gene => (double)loadings[gene, latent])]) { ShowValues = false })
            {
                Title = ScViModel.LatentName(latent),
                Y = new Axis { Categories = [.. shown.Select(gene => model.Genes.Names[gene])], Reversed = true, ShowGrid = false },
            };
        }).ToList();
        var columns = Math.Min(LoadingColumns, panels.Count);
        var rows = (panels.Count + columns - 1) / columns;
        return new Figure(panels) { Title = title, Columns = columns, Width = Math.Max(360, 200 * columns), Height = 34 + rows * (70 + 2 * each * 16) };
    }

    /// <summary>The genes that change most between two groups of cells as an LDVAE sees them, with 95% intervals over cells or replicates.</summary>
    /// <param name="differences">The comparison.</param>
    /// <param name="genes">How many genes, 1 or more. Default: 20.</param>
    /// <remarks>Intervals are drawn as wide to both sides as their longer arm.</remarks>
    public static Figure DifferentialLoadings(DifferentialLoadings differences, int genes = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 1);
        int[] shown =
        [
            .. Enumerable.Range(0, differences.Genes.Count).OrderByDescending(gene => Math.Abs(differences.Changes[gene])).Take(genes)
                .OrderByDescending(gene => differences.Changes[gene]),
        ];
        var bars = new Bars([.. shown.Select(gene => differences.Changes[gene])])
        {
            ShowValues = false,
            Errors = [.. shown.Select(gene => Math.Max(differences.High[gene] - differences.Changes[gene], differences.Changes[gene] - differences.Low[gene]))],
        };
        return new Figure(new Panel(bars)
        {
            Title = differences.Comparison,
            X = new Axis { Title = "change of the logarithm of the gene's share" },
            Y = new Axis { Categories = [.. shown.Select(gene => differences.Genes[gene])], Reversed = true, ShowGrid = false },
        })
        { Height = 100 + shown.Length * 18 };
    }
}
