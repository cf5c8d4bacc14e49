using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The layer that returns 1 / (1 + exp(-x)).</summary>
    public sealed class Sigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the argument is overwritten.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override torch.Tensor forward(torch.Tensor tensor) => functional.sigmoid(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The layer that returns 1 / (1 + exp(-x)).</summary>
            public static Sigmoid Sigmoid() => new(false);

            /// <inheritdoc cref="Sigmoid()"/>
            public static Sigmoid Sigmoid(bool inplace) => new(inplace);
        }
    }
}
