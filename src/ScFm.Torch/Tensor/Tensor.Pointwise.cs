using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Unary(UnaryOp.abs);

        /// <summary>The absolute value of each element, in place.</summary>
        public Tensor abs_() => UnaryInPlace(UnaryOp.abs);

        /// <summary>The inverse cosine of each element.</summary>
        public Tensor acos() => Unary(UnaryOp.acos);

        /// <summary>The inverse cosine of each element, in place.</summary>
        public Tensor acos_() => UnaryInPlace(UnaryOp.acos);

        /// <summary>The inverse sine of each element.</summary>
        public Tensor asin() => Unary(UnaryOp.asin);

        /// <summary>The inverse sine of each element, in place.</summary>
        public Tensor asin_() => UnaryInPlace(UnaryOp.asin);

        /// <summary>The inverse tangent of each element.</summary>
        public Tensor atan() => Unary(UnaryOp.atan);

        /// <summary>The inverse tangent of each element, in place.</summary>
        public Tensor atan_() => UnaryInPlace(UnaryOp.atan);

        /// <summary>The least integer not below each element.</summary>
        public Tensor ceil() => Unary(UnaryOp.ceil);

        /// <summary>The least integer not below each element, in place.</summary>
        public Tensor ceil_() => UnaryInPlace(UnaryOp.ceil);

        /// <summary>The cosine of each element.</summary>
        public Tensor cos() => Unary(UnaryOp.cos);

        /// <summary>The cosine of each element, in place.</summary>
        public Tensor cos_() => UnaryInPlace(UnaryOp.cos);

        /// <summary>The hyperbolic cosine of each element.</summary>
        public Tensor cosh() => Unary(UnaryOp.cosh);

        /// <summary>The hyperbolic cosine of each element, in place.</summary>
        public Tensor cosh_() => UnaryInPlace(UnaryOp.cosh);

        /// <summary>The derivative of the logarithm of the gamma function of each element.</summary>
        public Tensor digamma() => Unary(UnaryOp.digamma);

        /// <summary>The derivative of the logarithm of the gamma function of each element, in place.</summary>
        public Tensor digamma_() => UnaryInPlace(UnaryOp.digamma);

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Unary(UnaryOp.erf);

        /// <summary>The error function of each element, in place.</summary>
        public Tensor erf_() => UnaryInPlace(UnaryOp.erf);

        /// <summary>One minus the error function of each element.</summary>
        public Tensor erfc() => Unary(UnaryOp.erfc);

        /// <summary>One minus the error function of each element, in place.</summary>
        public Tensor erfc_() => UnaryInPlace(UnaryOp.erfc);

        /// <summary>The inverse of the error function of each element.</summary>
        public Tensor erfinv() => Unary(UnaryOp.erfinv);

        /// <summary>The inverse of the error function of each element, in place.</summary>
        public Tensor erfinv_() => UnaryInPlace(UnaryOp.erfinv);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Unary(UnaryOp.exp);

        /// <summary>e to the power of each element, in place.</summary>
        public Tensor exp_() => UnaryInPlace(UnaryOp.exp);

        /// <summary>2 to the power of each element.</summary>
        public Tensor exp2() => Unary(UnaryOp.exp2);

        /// <summary>2 to the power of each element, in place.</summary>
        public Tensor exp2_() => UnaryInPlace(UnaryOp.exp2);

        /// <summary>e to the power of each element, minus 1, exact near 0.</summary>
        public Tensor expm1() => Unary(UnaryOp.expm1);

        /// <summary>e to the power of each element, minus 1, exact near 0, in place.</summary>
        public Tensor expm1_() => UnaryInPlace(UnaryOp.expm1);

        /// <summary>The greatest integer not above each element.</summary>
        public Tensor floor() => Unary(UnaryOp.floor);

        /// <summary>The greatest integer not above each element, in place.</summary>
        public Tensor floor_() => UnaryInPlace(UnaryOp.floor);

        /// <summary>The part after the decimal point of each element.</summary>
        public Tensor frac() => Unary(UnaryOp.frac);

        /// <summary>The part after the decimal point of each element, in place.</summary>
        public Tensor frac_() => UnaryInPlace(UnaryOp.frac);

        /// <summary>The logarithm of the absolute gamma function of each element.</summary>
        public Tensor lgamma() => Unary(UnaryOp.lgamma);

        /// <summary>The logarithm of the absolute gamma function of each element, in place.</summary>
        public Tensor lgamma_() => UnaryInPlace(UnaryOp.lgamma);

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Unary(UnaryOp.log);

        /// <summary>The natural logarithm of each element, in place.</summary>
        public Tensor log_() => UnaryInPlace(UnaryOp.log);

        /// <summary>The logarithm to base 10 of each element.</summary>
        public Tensor log10() => Unary(UnaryOp.log10);

        /// <summary>The logarithm to base 10 of each element, in place.</summary>
        public Tensor log10_() => UnaryInPlace(UnaryOp.log10);

        /// <summary>The natural logarithm of 1 plus each element.</summary>
        public Tensor log1p() => Unary(UnaryOp.log1p);

        /// <summary>The natural logarithm of 1 plus each element, in place.</summary>
        public Tensor log1p_() => UnaryInPlace(UnaryOp.log1p);

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => Unary(UnaryOp.log2);

        /// <summary>The logarithm to base 2 of each element, in place.</summary>
        public Tensor log2_() => UnaryInPlace(UnaryOp.log2);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => Unary(UnaryOp.logical_not);

        /// <summary>Whether each element is zero, in place.</summary>
        public Tensor logical_not_() => UnaryInPlace(UnaryOp.logical_not);

        /// <summary>Minus each element.</summary>
        public Tensor neg() => Unary(UnaryOp.neg);

        /// <summary>Minus each element, in place.</summary>
        public Tensor neg_() => UnaryInPlace(UnaryOp.neg);

        /// <summary>One over each element.</summary>
        public Tensor reciprocal() => Unary(UnaryOp.reciprocal);

        /// <summary>One over each element, in place.</summary>
        public Tensor reciprocal_() => UnaryInPlace(UnaryOp.reciprocal);

        /// <summary>The positive part of each element.</summary>
        public Tensor relu() => Unary(UnaryOp.relu);

        /// <summary>The positive part of each element, in place.</summary>
        public Tensor relu_() => UnaryInPlace(UnaryOp.relu);

        /// <summary>The nearest integers, ties to even.</summary>
        public Tensor round(long decimals = 0L) => decimals == 0 ? Unary(UnaryOp.round) : mul(Math.Pow(10, decimals)).round().div(Math.Pow(10, decimals));

        /// <summary>The nearest integers, ties to even, in place.</summary>
        public Tensor round_(long decimals = 0L) => decimals == 0 ? UnaryInPlace(UnaryOp.round) : mul_(Math.Pow(10, decimals)).round_().div_(Math.Pow(10, decimals));

        /// <summary>One over the square root of each element.</summary>
        public Tensor rsqrt() => Unary(UnaryOp.rsqrt);

        /// <summary>One over the square root of each element, in place.</summary>
        public Tensor rsqrt_() => UnaryInPlace(UnaryOp.rsqrt);

        /// <summary>1 / (1 + exp(-x)) of each element.</summary>
        public Tensor sigmoid() => Unary(UnaryOp.sigmoid);

        /// <summary>1 / (1 + exp(-x)) of each element, in place.</summary>
        public Tensor sigmoid_() => UnaryInPlace(UnaryOp.sigmoid);

        /// <summary>-1, 0 or 1 by the sign of each element.</summary>
        public Tensor sign() => Unary(UnaryOp.sign);

        /// <summary>-1, 0 or 1 by the sign of each element, in place.</summary>
        public Tensor sign_() => UnaryInPlace(UnaryOp.sign);

        /// <summary>The sine of each element.</summary>
        public Tensor sin() => Unary(UnaryOp.sin);

        /// <summary>The sine of each element, in place.</summary>
        public Tensor sin_() => UnaryInPlace(UnaryOp.sin);

        /// <summary>The hyperbolic sine of each element.</summary>
        public Tensor sinh() => Unary(UnaryOp.sinh);

        /// <summary>The hyperbolic sine of each element, in place.</summary>
        public Tensor sinh_() => UnaryInPlace(UnaryOp.sinh);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Unary(UnaryOp.sqrt);

        /// <summary>The square root of each element, in place.</summary>
        public Tensor sqrt_() => UnaryInPlace(UnaryOp.sqrt);

        /// <summary>The square of each element.</summary>
        public Tensor square() => Unary(UnaryOp.square);

        /// <summary>The tangent of each element.</summary>
        public Tensor tan() => Unary(UnaryOp.tan);

        /// <summary>The tangent of each element, in place.</summary>
        public Tensor tan_() => UnaryInPlace(UnaryOp.tan);

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Unary(UnaryOp.tanh);

        /// <summary>The hyperbolic tangent of each element, in place.</summary>
        public Tensor tanh_() => UnaryInPlace(UnaryOp.tanh);

        /// <summary>The integer part of each element.</summary>
        public Tensor trunc() => Unary(UnaryOp.trunc);

        /// <summary>The integer part of each element, in place.</summary>
        public Tensor trunc_() => UnaryInPlace(UnaryOp.trunc);

        /// <summary>The complement of the bits of each element.</summary>
        public Tensor bitwise_not() => Unary(UnaryOp.bitwise_not);

        /// <summary>The complement of the bits of each element, in place.</summary>
        public Tensor bitwise_not_() => UnaryInPlace(UnaryOp.bitwise_not);

        /// <summary>Whether each element is neither infinite nor not a number.</summary>
        public Tensor isfinite() => Unary(UnaryOp.isfinite);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Unary(UnaryOp.isinf);

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => Unary(UnaryOp.isnan);

        private Tensor Unary(UnaryOp op) => NativeMethods.scfm_unary((int)op, this);

        private Tensor UnaryInPlace(UnaryOp op) => Done(NativeMethods.scfm_unary_((int)op, this));
    }
}
