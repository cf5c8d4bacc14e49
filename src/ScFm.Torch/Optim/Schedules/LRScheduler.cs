namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rate of each group, once a step; the constructor sets that of step 0.</summary>
            public abstract class LRScheduler
            {
                internal readonly Optimizer _optimizer;
                internal readonly double[] _base_lrs;
                internal int _last_epoch;
                private readonly bool verbose;
                private double[] last;

                /// <summary>A schedule that begins after step <paramref name="last_epoch"/>.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (_optimizer, _last_epoch, this.verbose) = (optimizer, last_epoch, verbose);
                    _base_lrs = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    last = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
                }

                /// <summary>Goes to the next step.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes to this step, or to the next.</summary>
                public virtual void step(int? epoch)
                {
                    _last_epoch = epoch ?? _last_epoch + 1;
                    var rates = get_lr().ToArray();
                    foreach (var (group, rate) in _optimizer.ParamGroups.Zip(rates)) group.LearningRate = rate;
                    if (verbose && !rates.SequenceEqual(last)) Console.WriteLine($"Adjusting learning rate to {string.Join(", ", rates)}");
                    last = rates;
                }

                /// <summary>Goes to this step, or to the next, given the value that is watched.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The learning rate of each group that the last step set.</summary>
                public IEnumerable<double> get_last_lr() => last;

                /// <summary>The learning rate of each group at the present step.</summary>
                protected abstract IEnumerable<double> get_lr();
            }
        }
    }
}
