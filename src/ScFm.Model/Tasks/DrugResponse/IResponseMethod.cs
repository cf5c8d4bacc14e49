namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>A way to predict responses.</summary>
public interface IResponseMethod : IComparedMethod
{
    /// <summary>Learns from the pairs to train and to validate on, and predicts those that are scored; it never looks at their values.</summary>
    /// <param name="problem">The pairs and what is known of drugs and cell lines.</param>
    /// <param name="split">Which pairs are for what.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction for each pair of the split's test part, in its order.</returns>
    float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation);
}
