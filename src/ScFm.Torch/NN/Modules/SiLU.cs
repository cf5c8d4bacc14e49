using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The layer that returns x * sigmoid(x).</summary>
    public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal SiLU() : base(nameof(SiLU))
        {
        }

        /// <inheritdoc/>
        public override torch.Tensor forward(torch.Tensor tensor) => functional.silu(tensor);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The layer that returns x * sigmoid(x).</summary>
            public static SiLU SiLU() => new();
        }
    }
}
