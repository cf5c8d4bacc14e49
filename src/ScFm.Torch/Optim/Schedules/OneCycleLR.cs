namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to max_lr and down again, momentum the other way round (Smith and Topin 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly record struct Phase(double End, double FromRate, double ToRate, double FromMomentum, double ToMomentum);

                    private readonly Phase[] phases;
                    private readonly AnnealStrategy strategy;
                    private readonly bool cycleMomentum;

                    /// <summary>The curve from one value to the next.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,

                        /// <summary>A line.</summary>
                        Linear,
                    }

                    /// <summary>Up to max_lr and down again, over total_steps or epochs * steps_per_epoch.</summary>
                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85,
                        double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                        bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (pct_start is < 0 or > 1) throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}");
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        var total = total_steps != -1 ? total_steps : epochs * steps_per_epoch;
                        if (total <= 0 || (total_steps == -1 && epochs <= 0))
                            throw new ArgumentException($"OneCycleLR needs total_steps, or epochs and steps_per_epoch, above 0; got {total_steps}, {epochs} and {steps_per_epoch}.");
                        (strategy, cycleMomentum) = (anneal_strategy, cycle_momentum);
                        var (start, least) = (max_lr / div_factor, max_lr / div_factor / final_div_factor);
                        var top = pct_start * total - 1;
                        phases = three_phase
                            ? [new(top, start, max_lr, max_momentum, base_momentum),
                               new(2 * pct_start * total - 2, max_lr, start, base_momentum, max_momentum),
                               new(total - 1, start, least, max_momentum, max_momentum)]
                            : [new(top, start, max_lr, max_momentum, base_momentum), new(total - 1, max_lr, least, base_momentum, max_momentum)];
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > phases[^1].End + 1)
                            throw new InvalidOperationException($"OneCycleLR was stepped to {_last_epoch}, but its cycle has {phases[^1].End + 1} steps.");
                        var (start, i) = (0.0, 0);
                        while (i < phases.Length - 1 && _last_epoch > phases[i].End) start = phases[i++].End;
                        var phase = phases[i];
                        var part = (_last_epoch - start) / (phase.End - start);
                        if (cycleMomentum) SetMomentum(Between(phase.FromMomentum, phase.ToMomentum, part));
                        var rate = Between(phase.FromRate, phase.ToRate, part);
                        return _base_lrs.Select(_ => rate);
                    }

                    private double Between(double from, double to, double part) => strategy == AnnealStrategy.Cos
                        ? to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1) : from + (to - from) * part;

                    private void SetMomentum(double momentum)
                    {
                        foreach (var group in _optimizer.ParamGroups)
                            if (group is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                            else if (group is IMomentum other) other.Momentum = momentum;
                    }
                }
            }

            /// <summary>Up to max_lr and down again, momentum the other way round.</summary>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true,
                double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(
                    optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum,
                    div_factor, final_div_factor, three_phase, last_epoch, verbose);
        }
    }
}
