using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Predictions that were made elsewhere, such as published ones.</summary>
/// <param name="name">What tables call them.</param>
/// <param name="predictions">One for each pair.</param>
public sealed class GivenMethod(string name, IReadOnlyDictionary<int, float> predictions) : IResponseMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Settings => $"given {Fingerprint.Of<float>([.. predictions.Values])}";

    /// <inheritdoc/>
    public float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation) =>
        Array.ConvertAll(split.Test, pair => predictions.TryGetValue(pair, out var found) ? found
            : throw new ArgumentException($"'{name}' has no prediction of the pair {pair} ('{problem.Responses.Drugs[problem.Responses.DrugOfPair[pair]]}' in '{problem.Responses.Cells[problem.Responses.CellOfPair[pair]]}'); expected one for each pair that is scored."));
}
