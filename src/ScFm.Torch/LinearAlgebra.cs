using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra, batched over leading axes.</summary>
    public static class linalg
    {
        /// <summary>Which parts of the QR decomposition are made.</summary>
        public enum QRMode
        {
            /// <summary>Q with as many columns as needed.</summary>
            Reduced = 0,

            /// <summary>A square Q.</summary>
            Complete = 1,

            /// <summary>R only.</summary>
            R = 2,
        }

        /// <summary>A = Q R, with orthonormal Q and upper triangular R.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced)
        {
            var name = mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" };
            NativeError.Check(NativeMethods.scfm_linalg_qr(input, name, out var q, out var r));
            return (q, r);
        }

        /// <summary>A = U diag(S) Vh.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            NativeError.Check(NativeMethods.scfm_linalg_svd(input, fullMatrices, out var u, out var s, out var vh));
            return (u, s, vh);
        }

        /// <summary>The singular values, largest first.</summary>
        public static Tensor svdvals(Tensor input) => NativeMethods.scfm_linalg_svdvals(input);

        /// <summary>The eigenvalues, ascending, and eigenvectors (columns) of a symmetric matrix.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L')
        {
            NativeError.Check(NativeMethods.scfm_linalg_eigh(input, UPLO.ToString(), out var values, out var vectors));
            return (values, vectors);
        }

        /// <summary>The eigenvalues of a symmetric matrix, ascending.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => NativeMethods.scfm_linalg_eigvalsh(input, UPLO.ToString());

        /// <summary>A = L L^T of a positive definite matrix, with lower triangular L.</summary>
        public static Tensor cholesky(Tensor input) => NativeMethods.scfm_linalg_cholesky(input, false);

        /// <summary>The inverse.</summary>
        public static Tensor inv(Tensor input) => NativeMethods.scfm_linalg_inv(input);

        /// <summary>The determinant.</summary>
        public static Tensor det(Tensor input) => NativeMethods.scfm_linalg_det(input);

        /// <summary>X with A X = B, or X A = B when not left.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => NativeMethods.scfm_linalg_solve(A, B, left);

        /// <summary>X with A X = B for a triangular A.</summary>
        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            var result = NativeMethods.scfm_linalg_solve_triangular(A, B, upper, left, unitriangular);
            if (@out is null) return result;
            using (result) return @out.copy_(result);
        }

        /// <summary>X that makes |A X - B| smallest, with residuals, rank and singular values where they are computed.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other)
        {
            var parts = TensorHandles.Take(NativeMethods.scfm_linalg_lstsq(input, other, out var list), list);
            return (parts[0], parts[1], parts[2], parts[3]);
        }

        /// <summary>The norm of a vector or, over two axes, of a matrix; 2-norm of everything without arguments.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            NativeMethods.scfm_linalg_norm_p(input, 0, false, dims, dims?.Length ?? -1, keepdim);

        /// <inheritdoc cref="norm(Tensor, long[], bool)"/>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            NativeMethods.scfm_linalg_norm_p(input, ord, true, dims, dims?.Length ?? -1, keepdim);

        /// <inheritdoc cref="norm(Tensor, long[], bool)"/>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            NativeMethods.scfm_linalg_norm(input, ord, dims, dims?.Length ?? -1, keepdim);

        /// <summary>The norm over axes taken as vectors.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            NativeMethods.scfm_linalg_vector_norm(input, ord, dims, dims?.Length ?? -1, keepdim);
    }

    /// <summary>The p-distances of all pairs of rows, <c>[n, d] x [m, d] -> [n, m]</c>.</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        NativeMethods.scfm_cdist(x1, x2, p, (long)compute_mode);

    /// <summary>The sum of the diagonal.</summary>
    public static Tensor trace(Tensor input) => NativeMethods.scfm_trace(input);

    public partial class Tensor
    {
        /// <inheritdoc cref="torch.trace(Tensor)"/>
        public Tensor trace() => torch.trace(this);

        /// <summary>A = L L^T (or U^T U) of a positive definite matrix.</summary>
        public Tensor cholesky(bool upper = false) => NativeMethods.scfm_linalg_cholesky(this, upper);

        /// <summary>The determinant.</summary>
        public Tensor det() => linalg.det(this);

        /// <summary>The inverse.</summary>
        public Tensor inverse() => linalg.inv(this);
    }
}
