using ScFm.Torch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW have in common: running mean and square of each gradient (Kingma and Ba 2015).</summary>
public abstract partial class AdamFamily : OptimizerHelper, IBetas
{
    private readonly bool decoupled;

    private protected AdamFamily(IEnumerable<ParamGroup> groups, Options defaults, bool decoupled)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.LearningRate!.Value, "lr");
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.eps!.Value, "eps");
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.weight_decay!.Value, "weight_decay");
        if (defaults.beta1 is not (>= 0 and < 1)) throw new ArgumentException($"Invalid beta1: {defaults.beta1}; expected 0 up to but not 1.");
        if (defaults.beta2 is not (>= 0 and < 1)) throw new ArgumentException($"Invalid beta2: {defaults.beta2}; expected 0 up to but not 1.");
        this.decoupled = decoupled;
        _defaults = defaults;
        foreach (var group in groups) add_param_group(group);
    }

    /// <inheritdoc/>
    public (double, double) Betas
    {
        get => ((ParamGroup)_parameter_groups[0]).Betas;
        set
        {
            foreach (var group in _parameter_groups) ((ParamGroup)group).Betas = value;
        }
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = (Options)(param_group.Options ??= new Options());
        var defaults = (Options)_defaults;
        options.LearningRate ??= defaults.LearningRate;
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.eps ??= defaults.eps;
        options.weight_decay ??= defaults.weight_decay;
        options.amsgrad ??= defaults.amsgrad;
        options.maximize ??= defaults.maximize;
        Add(param_group, parameter => new State(parameter));
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

    /// <summary>One native call over all tensors of a group that have a gradient.</summary>
    private void Step(ParamGroup group)
    {
        List<Tensor> parameters = [], gradients = [], means = [], squares = [], largest = [];
        List<State> states = [];
        var options = group.Options!;
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            var state = (State)_state[parameter.Handle];
            states.Add(state);
            parameters.Add(parameter);
            gradients.Add(gradient);
            means.Add(state.exp_avg);
            squares.Add(state.exp_avg_sq);
            if (options.amsgrad!.Value) largest.Add(state.max_exp_avg_sq!);
        }

        var values = new AdamValues
        {
            LearningRate = options.LearningRate!.Value,
            Beta1 = options.beta1!.Value,
            Beta2 = options.beta2!.Value,
            Epsilon = options.eps!.Value,
            WeightDecay = options.weight_decay!.Value,
            AmsGrad = options.amsgrad!.Value ? 1 : 0,
            Maximize = options.maximize!.Value ? 1 : 0,
            Decoupled = decoupled ? 1 : 0,
        };
        long[] steps = [.. states.Select(state => ++state.step)];
        NativeError.Check(NativeMethods.scfm_adam(
            in values, parameters.Count, TensorHandles.Of(parameters), TensorHandles.Of(gradients), TensorHandles.Of(means),
            TensorHandles.Of(squares), TensorHandles.Of(largest), steps));
        GC.KeepAlive((parameters, gradients, means, squares, largest));
    }
}
