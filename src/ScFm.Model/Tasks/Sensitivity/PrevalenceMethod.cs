namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Knows how common the class is in the source, and says that of every cell: what any method must beat.</summary>
public sealed class PrevalenceMethod : ITransferMethod
{
    /// <inheritdoc/>
    public string Name => "source prevalence";

    /// <inheritdoc/>
    public bool IsBaseline => true;

    /// <inheritdoc/>
    public string Settings => Name;

    /// <inheritdoc/>
    public float[] Predict(TransferView view, int seed, CancellationToken cancellation)
    {
        var predicted = new float[view.Asked];
        Array.Fill(predicted, (float)view.Labels.Count(label => label) / view.Labels.Length);
        return predicted;
    }
}
