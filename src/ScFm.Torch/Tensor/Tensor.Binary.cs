using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The product, element by element with broadcasting.</summary>
        public Tensor mul(Tensor target) => Binary(BinaryOp.mul, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul(Scalar target) => Binary(BinaryOp.mul, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Scalar target) => BinaryInPlace(BinaryOp.mul, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Tensor target) => BinaryInPlace(BinaryOp.mul, target);

        /// <summary>The power, element by element with broadcasting.</summary>
        public Tensor pow(Tensor exponent) => Binary(BinaryOp.pow, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow(Scalar exponent) => Binary(BinaryOp.pow, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow_(Scalar exponent) => BinaryInPlace(BinaryOp.pow, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow_(Tensor exponent) => BinaryInPlace(BinaryOp.pow, exponent);

        /// <summary>Whether equal, element by element with broadcasting.</summary>
        public Tensor eq(Tensor target) => Binary(BinaryOp.eq, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq(Scalar target) => Binary(BinaryOp.eq, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq_(Scalar target) => BinaryInPlace(BinaryOp.eq, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq_(Tensor target) => BinaryInPlace(BinaryOp.eq, target);

        /// <summary>Whether unequal, element by element with broadcasting.</summary>
        public Tensor ne(Tensor target) => Binary(BinaryOp.ne, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne(Scalar target) => Binary(BinaryOp.ne, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne_(Scalar target) => BinaryInPlace(BinaryOp.ne, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne_(Tensor target) => BinaryInPlace(BinaryOp.ne, target);

        /// <summary>Whether less, element by element with broadcasting.</summary>
        public Tensor lt(Tensor target) => Binary(BinaryOp.lt, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt(Scalar target) => Binary(BinaryOp.lt, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt_(Scalar target) => BinaryInPlace(BinaryOp.lt, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt_(Tensor target) => BinaryInPlace(BinaryOp.lt, target);

        /// <summary>Whether less or equal, element by element with broadcasting.</summary>
        public Tensor le(Tensor target) => Binary(BinaryOp.le, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le(Scalar target) => Binary(BinaryOp.le, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le_(Scalar target) => BinaryInPlace(BinaryOp.le, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le_(Tensor target) => BinaryInPlace(BinaryOp.le, target);

        /// <summary>Whether greater, element by element with broadcasting.</summary>
        public Tensor gt(Tensor target) => Binary(BinaryOp.gt, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt(Scalar target) => Binary(BinaryOp.gt, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt_(Scalar target) => BinaryInPlace(BinaryOp.gt, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt_(Tensor target) => BinaryInPlace(BinaryOp.gt, target);

        /// <summary>Whether greater or equal, element by element with broadcasting.</summary>
        public Tensor ge(Tensor target) => Binary(BinaryOp.ge, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge(Scalar target) => Binary(BinaryOp.ge, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge_(Scalar target) => BinaryInPlace(BinaryOp.ge, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge_(Tensor target) => BinaryInPlace(BinaryOp.ge, target);

        /// <summary>The remainder with the sign of the divisor, element by element with broadcasting.</summary>
        public Tensor remainder(Tensor target) => Binary(BinaryOp.remainder, target);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder(Scalar scalar) => Binary(BinaryOp.remainder, scalar);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder_(Scalar scalar) => BinaryInPlace(BinaryOp.remainder, scalar);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder_(Tensor target) => BinaryInPlace(BinaryOp.remainder, target);

        /// <summary>The remainder with the sign of the dividend, element by element with broadcasting.</summary>
        public Tensor fmod(Tensor target) => Binary(BinaryOp.fmod, target);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod(Scalar scalar) => Binary(BinaryOp.fmod, scalar);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod_(Scalar scalar) => BinaryInPlace(BinaryOp.fmod, scalar);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod_(Tensor target) => BinaryInPlace(BinaryOp.fmod, target);

        /// <summary>The quotient rounded down, element by element with broadcasting.</summary>
        public Tensor floor_divide(Tensor other) => Binary(BinaryOp.floor_divide, other);

        /// <inheritdoc cref="floor_divide(Tensor)"/>
        public Tensor floor_divide(Scalar other) => Binary(BinaryOp.floor_divide, other);

        /// <inheritdoc cref="floor_divide(Tensor)"/>
        public Tensor floor_divide_(Scalar other) => BinaryInPlace(BinaryOp.floor_divide, other);

        /// <inheritdoc cref="floor_divide(Tensor)"/>
        public Tensor floor_divide_(Tensor other) => BinaryInPlace(BinaryOp.floor_divide, other);

        /// <summary>The common bits, element by element with broadcasting.</summary>
        public Tensor bitwise_and(Tensor other) => Binary(BinaryOp.bitwise_and, other);

        /// <inheritdoc cref="bitwise_and(Tensor)"/>
        public Tensor bitwise_and_(Tensor other) => BinaryInPlace(BinaryOp.bitwise_and, other);

        /// <summary>The bits of either, element by element with broadcasting.</summary>
        public Tensor bitwise_or(Tensor other) => Binary(BinaryOp.bitwise_or, other);

        /// <inheritdoc cref="bitwise_or(Tensor)"/>
        public Tensor bitwise_or_(Tensor other) => BinaryInPlace(BinaryOp.bitwise_or, other);

        /// <summary>The bits of one alone, element by element with broadcasting.</summary>
        public Tensor bitwise_xor(Tensor other) => Binary(BinaryOp.bitwise_xor, other);

        /// <inheritdoc cref="bitwise_xor(Tensor)"/>
        public Tensor bitwise_xor_(Tensor other) => BinaryInPlace(BinaryOp.bitwise_xor, other);

        /// <summary>The angle whose tangent is this over the other.</summary>
        public Tensor atan2(Tensor other) => Binary(BinaryOp.atan2, other);

        /// <summary>The larger.</summary>
        public Tensor maximum(Tensor other) => Binary(BinaryOp.maximum, other);

        /// <summary>The smaller.</summary>
        public Tensor minimum(Tensor other) => Binary(BinaryOp.minimum, other);

        /// <summary>Whether both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Binary(BinaryOp.logical_and, other);

        /// <summary>Whether one is not zero.</summary>
        public Tensor logical_or(Tensor other) => Binary(BinaryOp.logical_or, other);

        /// <summary>Whether exactly one is not zero.</summary>
        public Tensor logical_xor(Tensor other) => Binary(BinaryOp.logical_xor, other);

        /// <summary>The matrix product, batched over leading axes.</summary>
        public Tensor matmul(Tensor target) => Binary(BinaryOp.matmul, target);

        /// <summary>The matrix product <c>[n, m] x [m, p]</c>.</summary>
        public Tensor mm(Tensor target) => Binary(BinaryOp.mm, target);

        /// <summary>The batched matrix product <c>[b, n, m] x [b, m, p]</c>.</summary>
        public Tensor bmm(Tensor batch2) => Binary(BinaryOp.bmm, batch2);

        /// <summary>The product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => Binary(BinaryOp.mv, target);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Binary(BinaryOp.dot, target);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Binary(BinaryOp.outer, vec2);

        /// <summary>The inner product over the last axes.</summary>
        public Tensor inner(Tensor vec2) => Binary(BinaryOp.inner, vec2);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => Binary(BinaryOp.kron, other);

        private Tensor Binary(BinaryOp op, Tensor other) => NativeMethods.scfm_binary((int)op, this, other);

        private Tensor Binary(BinaryOp op, Scalar other) => NativeMethods.scfm_binary_scalar((int)op, this, other);

        private Tensor BinaryInPlace(BinaryOp op, Tensor other) => Done(NativeMethods.scfm_binary_((int)op, this, other));

        private Tensor BinaryInPlace(BinaryOp op, Scalar other) => Done(NativeMethods.scfm_binary_scalar_((int)op, this, other));
    }
}
