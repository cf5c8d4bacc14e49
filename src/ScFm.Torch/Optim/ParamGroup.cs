using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters with common options.</summary>
public class ParamGroup : ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The options; what is not set comes from the optimizer.</summary>
    public OptimizerOptions? Options { get; set; }

    /// <inheritdoc/>
    public double LearningRate { get => Options!.LearningRate!.Value; set => Options!.LearningRate = value; }

    /// <inheritdoc/>
    public double InitialLearningRate { get => Options!.InitialLearningRate; set => Options!.InitialLearningRate = value; }
}

/// <summary>Parameters with common options of one kind.</summary>
/// <typeparam name="TOptions">The kind of options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>A group to be filled.</summary>
    public ParamGroup() { }

    /// <summary>A group of these parameters.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        Options = options;
    }

    /// <summary>The options; what is not set comes from the optimizer.</summary>
    public new TOptions? Options { get => (TOptions?)base.Options; set => base.Options = value; }
}
