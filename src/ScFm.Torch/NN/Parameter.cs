namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>Takes over the data of a tensor, which is then empty, as if disposed.</summary>
        public Parameter(torch.Tensor data, bool requires_grad = true) : base(data.DecoupleFromNativeHandle())
        {
            if (this.requires_grad != requires_grad) this.requires_grad = requires_grad;
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Parameter(Tensor, bool)"/>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
