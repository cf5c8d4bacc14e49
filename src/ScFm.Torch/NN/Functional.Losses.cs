using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Minus the logarithm of the softmax of the right class (int64), or of class probabilities.</summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                NativeMethods.scfm_cross_entropy(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Minus the given log-probability of the right class (int64).</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_nll_loss(input, target, weight, (long)reduction, -100);

            /// <summary>(x - y)^2.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_mse_loss(input, target, (long)reduction);

            /// <summary>|x - y|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_l1_loss(input, target, (long)reduction);

            /// <summary>(x - y)^2 / (2 beta) below beta, |x - y| - beta / 2 above.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                NativeMethods.scfm_smooth_l1_loss(input, target, (long)reduction, beta);

            /// <summary>(x - y)^2 / 2 below delta, delta (|x - y| - delta / 2) above.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_huber_loss(input, target, (long)reduction, delta);

            /// <summary>-y log x - (1 - y) log(1 - x), of probabilities.</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_bce(input, target, weight, (long)reduction);

            /// <summary>Binary cross-entropy of logits.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                NativeMethods.scfm_bce_with_logits(input, target, weight, pos_weights, (long)reduction);

            /// <summary>exp(x) - y x (log_input) or x - y log(x + eps); full adds Stirling's term.</summary>
            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_poisson_nll_loss(input, target, log_input, full, eps, (long)reduction);

            /// <summary>exp(y) (y - x) (log_target, the default as in TorchSharp) or y (log y - x).</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                NativeMethods.scfm_kl_div(input, target, (long)reduction, log_target);
        }
    }
}
