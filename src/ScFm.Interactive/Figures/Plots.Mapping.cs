using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    /// <summary>The reference's cells by their types, and beside them the cells that were mapped, by what they were called, upon the reference in grey; both in the reference's layout.</summary>
    /// <param name="map">The layout.</param>
    /// <param name="reference">The reference's cells.</param>
    /// <param name="mapped">The cells that were mapped.</param>
    public static Figure Mapping(JointMap map, LabelledCells reference, MappedCells mapped)
    {
        var (x, y) = (Column(map.Reference, 0), Column(map.Reference, 1));
        var size = PointSize(x.Length + mapped.Called.Length);
        // of all types, so that a type has one colour in both panels
        var types = reference.Types.Order(LabelOrder.Natural).ToList();
        Points[] Coloured(double[] across, double[] up, IEnumerable<int> typeOf) =>
        [
            .. typeOf.Select((type, cell) => (type, cell)).GroupBy(one => reference.Types[one.type]).OrderByDescending(group => group.Count()).Select(group => new Points(
                [.. group.Select(one => across[one.cell])], [.. group.Select(one => up[one.cell])]) { Name = group.Key, Colour = Palette.At(types.IndexOf(group.Key)), Size = size, LegendRank = types.IndexOf(group.Key) }),
        ];
        var (left, bottom) = (new Axis { Title = "UMAP 1", ShowTicks = false, ShowGrid = false, Range = Widened(x) }, new Axis { Title = "UMAP 2", ShowTicks = false, ShowGrid = false, Range = Widened(y) });
        return new Figure(
            new Panel(Coloured(x, y, reference.Labels)) { Title = $"reference: {x.Length:N0} cells", X = left, Y = bottom },
            new Panel([new Points(x, y) { Colour = Palette.Missing, Size = size, Opacity = 0.4 }, .. Coloured(Column(map.Cells, 0), Column(map.Cells, 1), mapped.Called)])
            {
                Title = $"mapped: {mapped.Called.Length:N0} cells", X = left, Y = bottom,
            })
        { Columns = 2, Width = StudyWidth, Height = 420 };

        static double[] Column(DenseMatrix matrix, int column) => [.. Enumerable.Range(0, matrix.Rows).Select(row => (double)matrix[row, column])];
        static (double, double) Widened(double[] values) => Extent.Widened(Extent.Of(values), 0.05);
    }
}
