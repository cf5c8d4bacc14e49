using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;

namespace ScFm.Model.Tests.Tasks.Annotation;

/// <summary>Simulated cells of types that each have ten genes of their own, made by donors in turn.</summary>
internal static class PlantedTypes
{
    internal const int Genes = 60;

    /// <summary>Cells of types "A", "B", ... in the given numbers; null is a cell without a label.</summary>
    /// <param name="sizes">Cells of each type.</param>
    /// <param name="unlabelled">Further cells of type A that have no label.</param>
    /// <param name="contrast">How many times higher a type's own genes are.</param>
    internal static AnnData Make(int[] sizes, int unlabelled = 0, double contrast = 6, int seed = 1)
    {
        var random = new Random(seed);
        int[] types = [.. sizes.SelectMany((size, type) => Enumerable.Repeat(type, size)), .. Enumerable.Repeat(0, unlabelled)];
        var counts = new DenseMatrix(types.Length, Genes);
        for (var cell = 0; cell < types.Length; cell++)
        {
            for (var gene = 0; gene < Genes; gene++)
            {
                counts[cell, gene] = Poisson.Sample(random, gene / 10 == types[cell] ? contrast : 1);
            }
        }
        var labelled = sizes.Sum();
        return new AnnData(
            CsrMatrix.FromDense(counts), [.. types.Select((type, cell) => $"{Name(type)}{cell}")], [.. Enumerable.Range(0, Genes).Select(gene => $"G{gene}")],
            new Table(
                CategoryColumn.FromLabels("cell_type", types.Select((type, cell) => cell < labelled ? Name(type) : null)),
                CategoryColumn.FromLabels("donor", types.Select((_, cell) => $"d{cell % 4}"))));
    }

    internal static string Name(int type) => $"{(char)('A' + type)}";

    /// <summary>Labelled cells in a table's types.</summary>
    internal static LabelledCells Labelled(AnnData cells)
    {
        var names = ColumnLabels.Of(cells.Obs["cell_type"]);
        string[] types = [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new LabelledCells(cells, types, Array.ConvertAll(names, name => Array.IndexOf(types, name)));
    }

    /// <summary>A plan of two quick methods.</summary>
    internal static AnnotationPlan Plan => new() { Cells = ["planted"], Methods = [new("majority"), new("centroid")], Fractions = [0.25, 1], Seeds = 2 };

    /// <summary>Runs a plan on cells.</summary>
    internal static AnnotationStudy Run(AnnData cells, AnnotationPlan plan, string? folder = null, IProgress<ScFm.Model.Tasks.StudyStep>? progress = null, CancellationToken cancellation = default) =>
        AnnotationStudy.Run(plan, folder, path => Corpus.Of(cells, path), progress, cancellation);
}
