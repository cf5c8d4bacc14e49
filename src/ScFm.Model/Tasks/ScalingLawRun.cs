namespace ScFm.Model.Tasks;

/// <summary>How one model's held-out loss fell.</summary>
public sealed record ScalingLawRun
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Optimizer steps done.</summary>
    public required int Steps { get; init; }

    /// <summary>Floating-point operations done before each measurement, ascending.</summary>
    public required IReadOnlyList<double> Flops { get; init; }

    /// <summary>The held-out losses.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Cells, sizes and options of the run; one that was saved is taken up only for the same.</summary>
    public required string Identity { get; init; }

    /// <summary>The measurements.</summary>
    internal IEnumerable<(double Flops, double Loss)> Points => Flops.Zip(Losses);
}
