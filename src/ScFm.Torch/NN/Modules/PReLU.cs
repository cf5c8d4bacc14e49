using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The layer that returns x where positive, weight * x elsewhere, with a learnt weight for all features or one a feature (He et al. 2015).</summary>
    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "weight")] private Parameter weightField;

        internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
        {
            this.num_parameters = num_parameters;
            weightField = (Parameter)nn.Parameter(full([num_parameters], init, dtype, device)).DetachFromDisposeScope();
            RegisterComponents();
        }

        /// <summary>The slopes, <c>[num_parameters]</c>.</summary>
        public Parameter weight
        {
            get => weightField;
            set
            {
                weightField = (Parameter)value.DetachFromDisposeScope();
                ConditionallyRegisterParameter(nameof(weight), value);
            }
        }

        /// <summary>1, or the number of features.</summary>
        public long num_parameters { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            // features lie on the second axis
            var slopes = num_parameters > 1 && tensor.ndim > 2 ? weightField.view([num_parameters, .. Enumerable.Repeat(1L, (int)tensor.ndim - 2)]) : weightField;
            return nn.functional.relu(tensor) - slopes * nn.functional.relu(-tensor);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The layer that returns x where positive, weight * x elsewhere, with a learnt weight for all features (1) or one a feature.</summary>
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) => new(num_parameters, init, device, dtype);
        }
    }
}
