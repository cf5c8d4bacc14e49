using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The layer that returns log(1 + exp(beta * x)) / beta, linear above the threshold.</summary>
    public sealed class Softplus : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Softplus(double beta, double threshold) : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        /// <summary>As given to <see cref="torch.nn.Softplus"/>.</summary>
        public double beta { get; set; }

        /// <summary>As given to <see cref="torch.nn.Softplus"/>.</summary>
        public double threshold { get; set; }

        /// <inheritdoc/>
        public override torch.Tensor forward(torch.Tensor tensor) => functional.softplus(tensor, beta, threshold);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The layer that returns log(1 + exp(beta * x)) / beta, linear above the threshold.</summary>
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);
        }
    }
}
