namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>A way to tell the class of target cells from that of source samples.</summary>
public interface ITransferMethod
{
    /// <summary>What tables and figures call it.</summary>
    string Name { get; }

    /// <summary>True for a method that learns little, which any other has to beat. Default: false.</summary>
    bool IsBaseline => false;

    /// <summary>All its settings in words, so that a kept result is not taken for another.</summary>
    string Settings { get; }

    /// <summary>Learns from the source's classes and says how likely each row that is asked about belongs to the class.</summary>
    /// <param name="view">What it may see.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One number for each row that is asked about, in their order; higher is more likely.</returns>
    float[] Predict(TransferView view, int seed, CancellationToken cancellation);
}
