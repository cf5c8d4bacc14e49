namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>A way to tell the class of target cells from that of source samples.</summary>
public interface ITransferMethod : IComparedMethod
{
    /// <summary>Learns from the source's classes and says how likely each row that is asked about belongs to the class.</summary>
    /// <param name="view">What it may see.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One number for each row that is asked about, in their order; higher is more likely.</returns>
    float[] Predict(TransferView view, int seed, CancellationToken cancellation);
}
