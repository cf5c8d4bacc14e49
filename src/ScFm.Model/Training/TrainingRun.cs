namespace ScFm.Model.Training;

/// <summary>What a training run did.</summary>
public sealed record TrainingRun
{
    /// <summary>Why the run ended.</summary>
    public required TrainingEnd End { get; init; }

    /// <summary>What libtorch said where a step could not be done; otherwise null.</summary>
    public string? Failure { get; init; }

    /// <summary>Steps done, those before a resumption included.</summary>
    public required int Steps { get; init; }

    /// <summary>Loss of every step.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>The validations: after which step, and the loss, infinite where it was not finite and <see cref="ITrainingTask.HeldOutMayOverflow"/>.</summary>
    public required IReadOnlyList<(int Step, double Loss)> Validations { get; init; }

    /// <summary>Floating-point operations of the matrix products done before each validation; zeros where the task does not count them.</summary>
    public IReadOnlyList<double> ValidationFlops { get; init; } = [];

    /// <summary>Floating-point operations of the matrix products of all steps, those before a resumption included; NaN where the task does not count them.</summary>
    public double Flops { get; init; } = double.NaN;

    /// <summary>Wall time of this run, those before a resumption excluded.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Training cells a second.</summary>
    public required double CellsPerSecond { get; init; }

    /// <summary>Encoder tokens a second.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Floating-point operations a second of the model's matrix products; NaN where the task does not count them.</summary>
    public double FlopsPerSecond { get; init; } = double.NaN;

    /// <summary>The same as a share of this machine's <see cref="Devices.MatmulPeak"/>.</summary>
    public double PeakShare { get; init; } = double.NaN;

    /// <summary>The lowest validation loss; NaN where none was measured.</summary>
    public double BestValidation => Validations.Count == 0 ? double.NaN : Validations.Min(v => v.Loss);

    /// <summary>This run, for those to whom a model that was trained in part is of no use.</summary>
    /// <param name="name">What was trained, in the error's words.</param>
    /// <exception cref="InvalidOperationException">A step could not be done.</exception>
    internal TrainingRun WithoutFailure(string name) => Failure is null ? this : throw new InvalidOperationException($"{name} could not be trained to the end: {Failure}");
}
