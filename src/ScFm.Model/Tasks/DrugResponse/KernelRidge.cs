using ScFm.Model.Cells;
using ScFm.Model.Models;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Ridge regression by how alike rows are: of few rows with many features far less work than by the features.</summary>
internal static class KernelRidge
{
    /// <summary>The penalties that are tried.</summary>
    public static readonly double[] Penalties = [0.3, 1, 3, 10, 30, 100];

    /// <summary>Inner products of rows, each feature on one scale, over the number of features; the mean over tables, [rows, rows].</summary>
    /// <param name="tables">[rows, features] each.</param>
    /// <param name="known">The rows that the scale is taken from.</param>
    public static Tensor Products(IReadOnlyList<DenseMatrix> tables, int[] known)
    {
        var sum = zeros(tables[0].Rows, tables[0].Rows, float64);
        foreach (var table in tables)
        {
            var rows = tensor(FeatureScale.Of(table, known).Apply(table).Values, [table.Rows, table.Columns]).to(float64);
            sum += rows.mm(rows.transpose(0, 1)) / table.Columns;
        }
        return sum / tables.Count;
    }

    /// <summary>The cosines between rows whose inner products are given, [rows, rows]; 0 for a row without length.</summary>
    public static Tensor Cosines(Tensor products)
    {
        var lengths = products.diagonal().clamp_min(1e-12).sqrt();
        return products / lengths.unsqueeze(0) / lengths.unsqueeze(1);
    }

    /// <summary>What the values of known rows say of those that are asked about.</summary>
    /// <param name="kernel">How alike rows are, [rows, rows].</param>
    /// <param name="known">The known rows.</param>
    /// <param name="values">Their values.</param>
    /// <param name="asked">The rows that are asked about.</param>
    /// <param name="penalty">How strongly predictions are drawn to 0, above 0.</param>
    public static double[] Predict(Tensor kernel, int[] known, double[] values, int[] asked, double penalty)
    {
        using var scope = NewDisposeScope();
        var (rows, wanted) = (tensor(Array.ConvertAll(known, row => (long)row)), tensor(Array.ConvertAll(asked, row => (long)row)));
        var among = kernel.index_select(0, rows);
        var weights = linalg.solve(among.index_select(1, rows) + eye(known.Length, dtype: float64) * penalty, tensor(values).unsqueeze(1));
        return among.index_select(1, wanted).transpose(0, 1).mm(weights).flatten().data<double>().ToArray();
    }

    /// <summary>The sum of the squared errors of some predictions.</summary>
    public static double SquaredError(IEnumerable<double> predicted, IEnumerable<double> truth) => predicted.Zip(truth, (guess, value) => (guess - value) * (guess - value)).Sum();
}
