using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks.GeneModules;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    /// <summary>A map of genes coloured by module; genes of no module are grey.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="title">What stands above. Default: how many there are.</param>
    public static Figure GeneModules(GeneModuleSet modules, string? title = null)
    {
        double[] x = [.. Enumerable.Range(0, modules.Genes.Count).Select(gene => (double)modules.Layout[gene, 0])];
        double[] y = [.. Enumerable.Range(0, modules.Genes.Count).Select(gene => (double)modules.Layout[gene, 1])];
        return WithNames(new Figure(new Panel(LabelledPoints.Of(x, y, modules.ModuleOf(), PointSize(x.Length)))
        {
            Title = title ?? $"{modules.Modules.Count} modules of {modules.Genes.Count:N0} genes",
            X = new Axis { Title = "UMAP 1", ShowTicks = false, ShowGrid = false },
            Y = new Axis { Title = "UMAP 2", ShowTicks = false, ShowGrid = false },
        })
        { Width = 640, Height = 460 });
    }

    /// <summary>How strongly each type of cells expresses each module, by colour.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="title">What stands above. Default: what it is.</param>
    public static Figure ModuleExpression(ModuleExpression expression, string title = "Modules by type of cells") =>
        HeatMap(expression.Scores, expression.Modules, expression.Types, title, "z-score", ColourScale.BlueWhiteRed);
}
