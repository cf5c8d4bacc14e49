using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly ScalarValue One = 1L;

        /// <summary>The sum, element by element with broadcasting.</summary>
        public Tensor add(Tensor target) => NativeMethods.scfm_add(this, target);

        /// <summary>This plus alpha times the other.</summary>
        public Tensor add(Tensor target, Scalar alpha) => NativeMethods.scfm_add_scaled(this, target, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Scalar scalar) => NativeMethods.scfm_add_scalar(this, scalar, One);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add(Scalar scalar, Scalar alpha) => NativeMethods.scfm_add_scalar(this, scalar, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Tensor target) => Done(NativeMethods.scfm_add_(this, target));

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Tensor target, Scalar alpha) => Done(NativeMethods.scfm_add_scaled_(this, target, alpha));

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Scalar scalar) => Done(NativeMethods.scfm_add_scalar_(this, scalar, One));

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Scalar scalar, Scalar alpha) => Done(NativeMethods.scfm_add_scalar_(this, scalar, alpha));

        /// <summary>The difference, element by element with broadcasting.</summary>
        public Tensor sub(Tensor target) => NativeMethods.scfm_sub(this, target, One);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub(Scalar target) => NativeMethods.scfm_sub_scalar(this, target, One);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Tensor target) => Done(NativeMethods.scfm_sub_(this, target, One));

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Scalar target) => Done(NativeMethods.scfm_sub_scalar_(this, target, One));

        internal Tensor rsub(Scalar left) => NativeMethods.scfm_rsub_scalar(this, left);

        /// <summary>The quotient, element by element with broadcasting.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Binary(BinaryOp.div, target) : NativeMethods.scfm_div_rounded(this, target, (int)rounding_mode);

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Binary(BinaryOp.div, target) : NativeMethods.scfm_div_scalar_rounded(this, target, (int)rounding_mode);

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? BinaryInPlace(BinaryOp.div, target) : Done(NativeMethods.scfm_div_rounded_(this, target, (int)rounding_mode));

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? BinaryInPlace(BinaryOp.div, target) : Done(NativeMethods.scfm_div_scalar_rounded_(this, target, (int)rounding_mode));

        /// <summary>This + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => NativeMethods.scfm_addcmul(this, tensor1, tensor2, value);

        /// <inheritdoc cref="addcmul(Tensor, Tensor, Scalar)"/>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(NativeMethods.scfm_addcmul_(this, tensor1, tensor2, value));

        /// <summary>This + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => NativeMethods.scfm_addcdiv(this, tensor1, tensor2, value);

        /// <summary>This + tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => NativeMethods.scfm_addcdiv(this, tensor1, tensor2, One);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor, Scalar)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(NativeMethods.scfm_addcdiv_(this, tensor1, tensor2, value));

        /// <inheritdoc cref="addcdiv(Tensor, Tensor)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Done(NativeMethods.scfm_addcdiv_(this, tensor1, tensor2, One));

        /// <summary>This + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => NativeMethods.scfm_lerp(this, end, weight);

        /// <inheritdoc cref="lerp(Tensor, Tensor)"/>
        public Tensor lerp_(Tensor end, Tensor weight) => Done(NativeMethods.scfm_lerp_(this, end, weight));

        /// <summary>The elements, not below min and not above max.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => NativeMethods.scfm_clamp(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => NativeMethods.scfm_clamp_tensor(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Done(NativeMethods.scfm_clamp_(this, min, max));

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Done(NativeMethods.scfm_clamp_tensor_(this, min, max));

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>The elements, not above max.</summary>
        public Tensor clamp_max(Scalar max) => clamp(null, max);

        /// <summary>The elements, not below min.</summary>
        public Tensor clamp_min(Scalar min) => clamp(min, null);

        /// <inheritdoc cref="clamp_max(Scalar)"/>
        public Tensor clamp_max_(Scalar max) => clamp_(null, max);

        /// <inheritdoc cref="clamp_min(Scalar)"/>
        public Tensor clamp_min_(Scalar min) => clamp_(min, null);

        /// <summary>NaN and infinities replaced by numbers; by default the infinities become the largest and smallest of the type.</summary>
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            NativeMethods.scfm_nan_to_num(this, nan, posinf ?? 0, neginf ?? 0, (posinf.HasValue ? 1 : 0) | (neginf.HasValue ? 2 : 0));

        /// <summary>The p-th derivative of the digamma function.</summary>
        public Tensor polygamma(long p) => NativeMethods.scfm_polygamma(this, p);

        /// <summary>This times the logarithm of y, 0 where this is 0.</summary>
        public Tensor xlogy(Tensor y) => NativeMethods.scfm_xlogy(this, y);

        /// <summary>x * sigmoid(x).</summary>
        public Tensor silu() => NativeMethods.scfm_silu(this);

        /// <summary>beta * this + alpha * mat1 x mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            NativeMethods.scfm_addmm(this, mat1, mat2, (double)beta, (double)alpha);

        /// <summary>beta * this + alpha * mat x vec.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            NativeMethods.scfm_addmv(this, mat, vec, (double)beta, (double)alpha);

        /// <summary>beta * this + alpha * batch1 x batch2, batched.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            NativeMethods.scfm_baddbmm(this, batch1, batch2, (double)beta, (double)alpha);

        /// <summary>Whether close: |a - b| at most atol + rtol * |b|, element by element.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            NativeMethods.scfm_isclose(this, other, rtol, atol, nanEqual);

        /// <summary>Whether all elements are close: |a - b| at most atol + rtol * |b|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            var close = NativeMethods.scfm_allclose(this, target, rtol, atol, equal_nan);
            NativeError.Check(close);
            return close == 1;
        }
    }
}
