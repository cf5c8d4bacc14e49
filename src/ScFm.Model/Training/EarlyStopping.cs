using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The held-out loss as a run goes on, and the weights that were best.</summary>
internal sealed class EarlyStopping(ITrainingTask task, TrainingOptions options, int stepsInEpoch, int totalSteps, IRanks ranks)
{
    /// <summary>The best weights, at the first rank; empty without patience.</summary>
    public Dictionary<string, Tensor> Best { get; set; } = [];

    /// <summary>True where the held-out loss is wanted at this step and not yet known; so a run that was stopped while validating validates first.</summary>
    public bool IsDue(TrainingState state)
    {
        var every = options.StepsToValidation(stepsInEpoch);
        var wanted = state.Step > 0 && (state.Step % every == 0 || state.Step == totalSteps);
        return wanted && state.ValidationSteps.LastOrDefault() != state.Step;
    }

    /// <summary>The held-out loss; null where it was cancelled.</summary>
    public double? Validate(TrainingState state, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        task.Module.eval();
        var measured = ranks.OfFirst<double?>(() =>
        {
            var loss = task.Validate(cancellation);
            return cancellation.IsCancellationRequested ? null : loss; // half a validation says nothing
        });
        if (measured is not { } loss)
        {
            return null;
        }
        if (task.HeldOutMayOverflow && !double.IsFinite(loss))
        {
            loss = double.PositiveInfinity;
        }
        else
        {
            Divergence.Check(loss, $"The held-out loss after step {state.Step}", options);
        }
        var best = state.ValidationLosses.DefaultIfEmpty(double.PositiveInfinity).Min();
        var isBest = loss < best;
        state.ValidationSteps.Add(state.Step);
        state.ValidationLosses.Add(loss);
        state.ValidationFlops.Add(state.Flops);
        var counts = double.IsFinite(best) && state.Step >= task.StepsToSettle; // before, a worse loss may be no worse model
        state.SinceBest = isBest || !counts ? 0 : state.SinceBest + 1;
        state.StoppedEarly = options.Patience > 0 && state.SinceBest >= options.Patience;
        if (isBest && options.Patience > 0 && ranks.IsFirst)
        {
            foreach (var old in Best.Values)
            {
                old.Dispose();
            }
            Best = task.Module.state_dict().ToDictionary(p => p.Key, p => p.Value.detach().clone().MoveToOuterDisposeScope());
        }
        return loss;
    }
}
