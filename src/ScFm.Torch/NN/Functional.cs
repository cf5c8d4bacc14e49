using ScFm.Torch.Interop;


namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions.</summary>
        public static partial class functional
        {
            /// <summary>x W^T + b, with W <c>[out, in]</c> and b <c>[out]</c>.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => NativeMethods.scfm_linear(input, weights, bias);

            /// <summary>exp(x) over its sum along one axis.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => NativeMethods.scfm_softmax(input, dim, dtype);

            /// <summary>The logarithm of softmax along one axis.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => NativeMethods.scfm_log_softmax(x, dim, (ScalarType?)null);

            /// <summary>The last axes normalised to mean 0 and variance 1, scaled and shifted.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                NativeMethods.scfm_layer_norm(input, normalized_shape, normalized_shape.Length, weight, bias, eps);

            /// <summary>Each feature normalised over the batch (training) or by the running statistics.</summary>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) =>
                NativeMethods.scfm_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps);

            /// <summary>Over the p-norm along one axis.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = NativeMethods.scfm_norm(input, p, [dim], 1, true);
                using var bounded = norm.clamp_min(eps);
                return input / bounded;
            }

            /// <summary>In training, zero with probability p and else x / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace) return NativeMethods.scfm_dropout(input, p, training);
                NativeError.Check(NativeMethods.scfm_dropout_(input, p, training));
                return input.alias();
            }

            /// <summary>max(0, x).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            /// <summary>x * sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false)
            {
                if (!inplace) return x.silu();
                using var result = x.silu();
                return x.copy_(result).alias();
            }

            /// <summary>x * Phi(x), exactly.</summary>
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            /// <inheritdoc cref="gelu(Tensor)"/>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>x * Phi(x), exactly or with the hyperbolic tangent.</summary>
            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false)
            {
                var result = NativeMethods.scfm_gelu(x, approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none");
                if (!inplace) return result;
                using (result) return x.copy_(result).alias();
            }

            /// <summary>x where positive, slope * x elsewhere.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
            {
                if (!inplace) return NativeMethods.scfm_leaky_relu(input, negative_slope);
                NativeError.Check(NativeMethods.scfm_leaky_relu_(input, negative_slope));
                return input.alias();
            }

            /// <summary>x where positive, alpha * (exp(x) - 1) elsewhere.</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false)
            {
                var result = NativeMethods.scfm_elu(x, alpha);
                if (!inplace) return result;
                using (result) return x.copy_(result).alias();
            }

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <inheritdoc cref="sigmoid(Tensor)"/>
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            /// <summary>The hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            /// <summary>log(1 + exp(beta * x)) / beta, linear above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => NativeMethods.scfm_softplus(x, beta, threshold);

            /// <summary>Indices (int64) as vectors of zeros with a single one.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => NativeMethods.scfm_one_hot(x, num_classes);

            /// <summary>The cosine of the angle between vectors along one axis.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                NativeMethods.scfm_cosine_similarity(x1, x2, dim, eps);

            /// <summary>softmax(q k^T / sqrt(d) + mask) v; of a mask of truth values, true keeps.</summary>
            /// <param name="query"><c>[..., L, d]</c>.</param>
            /// <param name="key"><c>[..., S, d]</c>.</param>
            /// <param name="value"><c>[..., S, e]</c>.</param>
            /// <param name="attn_mask">Broadcast to <c>[..., L, S]</c>.</param>
            /// <param name="p">The probability of dropping a weight.</param>
            /// <param name="is_casual">Whether position i sees only positions up to i (the name is TorchSharp's).</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false) =>
                NativeMethods.scfm_attention(query, key, value, attn_mask, p, is_casual);
        }
    }

    /// <inheritdoc cref="nn.functional.softmax(Tensor, long, ScalarType?)"/>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => nn.functional.softmax(input, dim, dtype);

    public partial class Tensor
    {
        /// <inheritdoc cref="nn.functional.softmax(Tensor, long, ScalarType?)"/>
        public Tensor softmax(long dim, ScalarType? dtype = null) => nn.functional.softmax(this, dim, dtype);

        /// <summary>The logarithm of softmax along one axis.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => NativeMethods.scfm_log_softmax(this, dim, dtype);

        /// <summary>x * Phi(x).</summary>
        public Tensor gelu() => nn.functional.gelu(this);

        /// <summary>log(1 + exp(beta * x)) / beta, linear above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => nn.functional.softplus(this, beta, threshold);

        /// <summary>x where positive, slope * x elsewhere.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => nn.functional.leaky_relu(this, negative_slope.ToDouble());
    }
}
