using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>Parameters whose gradients are summed over ranks as one tensor.</summary>
/// <param name="parameters">The parameters, all of one type.</param>
/// <param name="owner">The only rank that needs the sums; null where all do.</param>
/// <param name="group">The ranks.</param>
internal sealed class GradientBucket(IReadOnlyList<Parameter> parameters, int? owner, ProcessGroup group) : IDisposable
{
    private readonly bool[] hadGradient = new bool[parameters.Count];
    private Tensor? flat;
    private Pending? pending;
    private int missing;

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Which parameters had a gradient of this rank's own when it was sent.</summary>
    public IReadOnlyList<bool> HadGradient => hadGradient;

    /// <summary>True where the gradients are needed at one rank only, and let go at the others.</summary>
    public bool IsSharded => owner is not null;

    /// <summary>True when the gradients of all parameters have come.</summary>
    public bool IsComplete => missing == 0;

    /// <summary>Expects the gradients of a backward pass.</summary>
    public void Expect() => missing = parameters.Count;

    /// <summary>Notes that one has come.</summary>
    public void Arrive() => missing--;

    /// <summary>Begins to sum the gradients, of which those that have not come are zero. Those that stay here lie in one tensor from now on; others are let go.</summary>
    public void Send()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        flat = FlatTensors.Join(parameters.Select((parameter, i) => (hadGradient[i] = parameter.grad is not null) ? parameter.grad! : zeros_like(parameter))).DetachFromDisposeScope();
        foreach (var (parameter, gradient) in parameters.Zip(FlatTensors.Split(flat, parameters)))
        {
            parameter.grad = owner is null || owner == group.Rank ? gradient : null;
        }
        pending = owner is { } root ? group.Reduce(flat, root) : group.AllReduce(flat);
    }

    /// <summary>Waits for the sums; again, it does nothing.</summary>
    public void Receive()
    {
        pending?.Wait();
        Dispose(); // the gradients keep the memory where they need it
    }

    public void Dispose()
    {
        flat?.Dispose();
        (flat, pending) = (null, null);
    }
}
