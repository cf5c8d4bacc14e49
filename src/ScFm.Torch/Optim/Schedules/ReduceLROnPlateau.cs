namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rate by a factor when the watched value has not improved for some steps.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly string mode, thresholdMode;
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly double[] least;
                    private double best;
                    private int bad, resting;

                    /// <summary>Watches for "min" or "max", with a threshold relative ("rel") to the best or absolute ("abs").</summary>
                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4,
                        string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1.0) throw new ArgumentException($"Factor should be < 1.0, but is {factor}.");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode {mode} is unknown; expected \"min\" or \"max\".");
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold mode {threshold_mode} is unknown; expected \"rel\" or \"abs\".");
                        (this.mode, thresholdMode, this.factor, this.threshold, this.eps) = (mode, threshold_mode, factor, threshold, eps);
                        (this.patience, this.cooldown) = (patience, cooldown);
                        least = [.. _base_lrs.Select((_, i) => min_lr is null or { Count: 0 } ? 0 : min_lr[min_lr.Count == 1 ? 0 : i])];
                        best = mode == "min" ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    /// <inheritdoc/>
                    public override void step(double current, int? epoch = null)
                    {
                        _last_epoch = epoch ?? _last_epoch + 1;
                        if (Better(current)) (best, bad) = (current, 0);
                        else bad++;
                        if (resting > 0) (resting, bad) = (resting - 1, 0);
                        if (bad <= patience) return;
                        foreach (var (group, i) in _optimizer.ParamGroups.Select((group, i) => (group, i)))
                        {
                            var rate = Math.Max(group.LearningRate * factor, least[i]);
                            if (group.LearningRate - rate > eps) group.LearningRate = rate;
                        }

                        (resting, bad) = (cooldown, 0);
                    }

                    /// <inheritdoc/>
                    public override void step() => throw new InvalidOperationException(
                        "step() should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    /// <inheritdoc/>
                    public override void step(int? epoch) => step();

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => _optimizer.ParamGroups.Select(group => group.LearningRate);

                    private bool Better(double value) => (mode, thresholdMode) switch
                    {
                        ("min", "rel") => value < best * (1 - threshold),
                        ("min", _) => value < best - threshold,
                        (_, "rel") => value > best * (threshold + 1),
                        _ => value > best + threshold,
                    };
                }
            }

            /// <summary>Multiplies the rate by a factor when the watched value has not improved for some steps.</summary>
            public static LRScheduler ReduceLROnPlateau(
                Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4,
                string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);
        }
    }
}
