using ScFm.Torch.Interop;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors <c>[rows, width]</c> looked up by index (int64).</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long padding;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleByFrequency, sparse;
        [ComponentName(Name = "weight")] private Parameter weightField = null!;

        internal Embedding(Parameter table, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            weight = table;
            var rows = table.size(0);
            if (padding_idx is { } given && (given < -rows || given >= rows))
                throw new ArgumentOutOfRangeException(nameof(padding_idx), given, $"padding_idx must be a row of the table, -{rows} to {rows - 1}");
            padding = padding_idx is { } p ? (p < 0 ? p + rows : p) : -1;
            (maxNorm, normType, scaleByFrequency, this.sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
        }

        /// <summary>The table, <c>[rows, width]</c>.</summary>
        public Parameter? weight
        {
            get => weightField;
            set
            {
                weightField = (Parameter)value!.DetachFromDisposeScope();
                ConditionallyRegisterParameter(nameof(weight), value);
            }
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (maxNorm is { } limit)
            {
                using var off = no_grad();
                NativeError.Check(NativeMethods.scfm_embedding_renorm_(weightField, input, limit, normType));
            }

            return NativeMethods.scfm_embedding(weightField, input, padding, scaleByFrequency, sparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of vectors looked up by index, started from a standard normal; the padding row is zero.</summary>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var table = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx is { } row && row >= -num_embeddings && row < num_embeddings)
                {
                    using var zero = table.select(0, row);
                    zero.zero_();
                }

                return new(Parameter(table), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            /// <summary>A table of given vectors looked up by index.</summary>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Parameter(embeddings.detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true), !freeze),
                    padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }
    }
}
