using ScFm.Model.Cells;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>An L1-penalised logistic regression that learns from the source and is asked about the target as if it were the same: it adapts to nothing.</summary>
/// <remarks>Features are penalised as if each had unit variance in the source, and both classes count as much; C is chosen by leaving parts of the source out.</remarks>
/// <param name="table">The table that it reads.</param>
public sealed class LogisticMethod(string table) : ITransferMethod
{
    private const int MostFolds = 3;

    private static readonly LogisticOptions Regression = new() { Standardise = true, Balanced = true, Tolerance = 1e-2, MostRounds = 50 };

    // a decade apart; of thousands of samples with an embedding, larger values take minutes
    private static readonly LogisticCrossValidationOptions Choice = new() { Smallest = 1e-3, Largest = 1, Values = 4 };

    /// <inheritdoc/>
    public string Name => $"logistic regression, {table}";

    /// <inheritdoc/>
    public bool IsBaseline => true;

    /// <inheritdoc/>
    public string Settings { get; } = FormattableString.Invariant(
        $"L1 logistic regression, {table}: standardised {Regression.Standardise}, balanced {Regression.Balanced}, to {Regression.Tolerance} in {Regression.MostRounds} rounds, intercept penalised {Regression.PenaliseIntercept}; C from {Choice.Smallest} to {Choice.Largest}, {Choice.Values} values to {Choice.Tolerance}, saturated at {Choice.Saturation}, at most {MostFolds} folds");

    /// <inheritdoc/>
    public float[] Predict(TransferView view, int seed, CancellationToken cancellation)
    {
        var (rows, labels) = (view[table], Array.ConvertAll(view.Labels, label => label ? 1 : 0));
        var (source, rarer) = (CsrMatrix.FromDense(rows.Source), Math.Min(labels.Sum(), labels.Length - labels.Sum()));
        var model = rarer < 2 // of one sample nothing can be left out
            ? LogisticRegression.Fit(source, labels, 2, Regression, cancellation: cancellation)
            : LogisticCrossValidation.Run(source, labels, 2, seed, Choice with { Folds = Math.Min(MostFolds, rarer) }, Regression, cancellation: cancellation).Model;
        var probabilities = model.Probabilities(CsrMatrix.FromDense(rows.Asked));
        return [.. Enumerable.Range(0, probabilities.Rows).Select(row => probabilities[row, 1])];
    }
}
