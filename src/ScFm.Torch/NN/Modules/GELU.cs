using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The layer that returns x * Phi(x) (Hendrycks and Gimpel 2016).</summary>
    public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        /// <summary>How Phi is computed.</summary>
        public enum Approximate
        {
            /// <summary>Exactly, with the error function.</summary>
            none,

            /// <summary>With the hyperbolic tangent.</summary>
            tanh,
        }

        internal GELU(bool inplace, Approximate approximate = Approximate.none) : base(nameof(GELU))
        {
            this.inplace = inplace;
            this.approximate = approximate;
        }

        /// <summary>Whether the argument is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>How Phi is computed.</summary>
        public Approximate approximate { get; set; }

        /// <inheritdoc/>
        public override torch.Tensor forward(torch.Tensor tensor) => functional.gelu(tensor, approximate, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The layer that returns x * Phi(x).</summary>
            public static GELU GELU() => new(false);

            /// <inheritdoc cref="GELU()"/>
            public static GELU GELU(bool inplace) => new(inplace);

            /// <inheritdoc cref="GELU()"/>
            public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(inplace, approximate);
        }
    }
}
