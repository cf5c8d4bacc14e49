using MathNet.Numerics.Statistics;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int MostHeatMapRows = 400;

    /// <summary>An embedding's values by colour, cells sorted by label with a strip of the label's colour.</summary>
    /// <param name="embedding">The embedding, [cells, dimensions].</param>
    /// <param name="labels">One label a cell.</param>
    /// <param name="title">What stands above. Default: "Embedding".</param>
    /// <remarks>Each dimension is centred and divided by its standard deviation over the cells, and colours end at ±2.5. Above 400 cells, neighbours of one label are averaged, as the axis says.</remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure EmbeddingHeatMap(DenseMatrix embedding, IReadOnlyList<string?> labels, string title = "Embedding")
    {
        ExpectLength(nameof(labels), labels.Count, embedding.Rows);
        var perRow = Math.Max(1, (embedding.Rows + MostHeatMapRows - 1) / MostHeatMapRows);
        var groups = Enumerable.Range(0, embedding.Rows).GroupBy(cell => labels[cell] ?? "(missing)").OrderBy(group => group.Key, LabelOrder.Natural).ToList();
        var (rows, bands) = (new List<int[]>(), new List<Band>());
        foreach (var group in groups)
        {
            var from = rows.Count;
            rows.AddRange(group.Chunk(perRow));
            bands.Add(new Band(group.Key, from, rows.Count, Palette.At(bands.Count)));
        }
        var standardised = Standardised(embedding);
        var values = new float[rows.Count * embedding.Columns];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < embedding.Columns; column++)
            {
                values[row * embedding.Columns + column] = rows[row].Average(cell => standardised[cell, column]);
            }
        }
        var map = new HeatMap(rows.Count, embedding.Columns, values) { Scale = ColourScale.BlueWhiteRed, Range = (-2.5, 2.5), ScaleTitle = "z-score" };
        return new Figure(new Panel(map)
        {
            Title = title,
            X = new Axis { Title = perRow == 1 ? "dimension" : $"dimension (each line: the mean of {perRow} cells)", Range = (0, embedding.Columns), ShowGrid = false },
            Y = new Axis { Bands = bands, Range = (0, rows.Count), Reversed = true, ShowGrid = false },
        })
        { Width = 720, Height = 460 };
    }

    private static DenseMatrix Standardised(DenseMatrix matrix)
    {
        var standardised = new DenseMatrix(matrix.Rows, matrix.Columns);
        for (var column = 0; column < matrix.Columns; column++)
        {
            var (mean, deviation) = Enumerable.Range(0, matrix.Rows).Select(row => (double)matrix[row, column]).MeanStandardDeviation();
            for (var row = 0; row < matrix.Rows; row++)
            {
                standardised[row, column] = deviation > 0 ? (float)((matrix[row, column] - mean) / deviation) : 0;
            }
        }
        return standardised;
    }
}
