namespace ScFm.Model.Training;

/// <summary>Where a training run stands.</summary>
public sealed record TrainingProgress
{
    /// <summary>Steps done.</summary>
    public required int Step { get; init; }

    /// <summary>Steps that the whole run takes.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>The running epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Loss of the last step.</summary>
    public required double Loss { get; init; }

    /// <summary>Loss on the held-out cells, where it was just measured; otherwise NaN.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Training cells a second since the start or the resumption.</summary>
    public required double CellsPerSecond { get; init; }

    /// <summary>Encoder tokens a second since the start or the resumption.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Floating-point operations a second of the model's matrix products since the start or the resumption; NaN where the task does not count them.</summary>
    public double FlopsPerSecond { get; init; } = double.NaN;

    /// <summary>The same as a share of this machine's <see cref="Devices.MatmulPeak"/>.</summary>
    public double PeakShare { get; init; } = double.NaN;
}
