using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalises each feature over the batch in training, by running statistics in evaluation (Ioffe and Szegedy 2015).</summary>
    public sealed class BatchNorm1d : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "weight")] private Parameter? weightField;
        [ComponentName(Name = "bias")] private Parameter? biasField;
        [ComponentName(Name = "running_mean")] private Tensor? mean;
        [ComponentName(Name = "running_var")] private Tensor? variance;
        [ComponentName(Name = "num_batches_tracked")] private Tensor? batches;

        internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm1d))
        {
            (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
            if (affine)
            {
                weightField = (Parameter)nn.Parameter(ones(num_features, dtype, device)).DetachFromDisposeScope();
                biasField = (Parameter)nn.Parameter(zeros(num_features, dtype, device)).DetachFromDisposeScope();
            }

            if (track_running_stats)
            {
                mean = zeros(num_features, dtype, device).DetachFromDisposeScope();
                variance = ones(num_features, dtype, device).DetachFromDisposeScope();
                batches = tensor(0L, ScalarType.Int64, device).DetachFromDisposeScope();
            }

            RegisterComponents();
        }

        /// <summary>The scale, <c>[features]</c>, or null.</summary>
        public Parameter weight => weightField!;

        /// <summary>The shift, <c>[features]</c>, or null.</summary>
        public Parameter? bias => biasField;

        /// <summary>The running mean, <c>[features]</c>, or null.</summary>
        public Tensor? running_mean => mean;

        /// <summary>The running variance, <c>[features]</c>, or null.</summary>
        public Tensor? running_var => variance;

        /// <summary>How many batches the running statistics saw.</summary>
        public Tensor? num_batches_tracked => batches;

        /// <summary>The number of features.</summary>
        public long num_features { get; }

        /// <summary>Added to the variance.</summary>
        public double eps { get; set; }

        /// <summary>The weight of the newest batch in the running statistics; null averages all batches equally.</summary>
        public double? momentum { get; set; }

        /// <summary>Whether there are scale and shift.</summary>
        public bool affine { get; }

        /// <summary>Whether there are running statistics.</summary>
        public bool track_running_stats { get; }

        /// <summary>Sets the running mean to 0 and the running variance to 1.</summary>
        public void reset_running_stats()
        {
            mean?.zero_();
            variance?.fill_(1);
            batches?.zero_();
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (input.ndim is not (2 or 3))
                throw new ArgumentException($"BatchNorm1d needs 2 or 3 axes, but the argument has the shape [{string.Join(", ", input.shape)}].");
            var weightOfBatch = momentum ?? 0.0;
            if (training && batches is not null)
            {
                batches.add_(1);
                weightOfBatch = momentum ?? 1.0 / batches.ToInt64();
            }

            var useRunning = !training || track_running_stats;
            return nn.functional.batch_norm(
                input, useRunning ? mean : null, useRunning ? variance : null, weightField, biasField, training || mean is null, weightOfBatch, eps);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises each feature over the batch in training, by running statistics in evaluation.</summary>
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
