namespace ScFm.Model.Training;

/// <summary>How far a training run is: everything but tensors that a resumption needs.</summary>
public sealed record TrainingState
{
    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>Loss of every step done.</summary>
    public List<double> Losses { get; init; } = [];

    /// <summary>Floating-point operations of all steps done.</summary>
    public double Flops { get; set; }

    /// <summary>Steps after which the held-out loss was measured.</summary>
    public List<int> ValidationSteps { get; init; } = [];

    /// <summary>The held-out losses.</summary>
    public List<double> ValidationLosses { get; init; } = [];

    /// <summary>Floating-point operations done before each of them.</summary>
    public List<double> ValidationFlops { get; init; } = [];

    /// <summary>Validations since the best one.</summary>
    public int SinceBest { get; set; }

    /// <summary>True where the run had ended because the held-out loss no longer fell.</summary>
    public bool StoppedEarly { get; set; }
}
