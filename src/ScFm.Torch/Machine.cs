using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The number of threads inside one operation; all cores at the start.</summary>
    public static int get_num_threads() => NativeMethods.scfm_get_num_threads();

    /// <summary>Sets the number of threads inside one operation.</summary>
    public static void set_num_threads(int num) => NativeError.Check(NativeMethods.scfm_set_num_threads(num));

    /// <summary>The number of threads between operations.</summary>
    public static int get_num_interop_threads() => NativeMethods.scfm_get_num_interop_threads();

    /// <summary>Sets the number of threads between operations; only before the first parallel work.</summary>
    public static void set_num_interop_threads(int num) => NativeError.Check(NativeMethods.scfm_set_num_interop_threads(num));

    /// <summary>NVIDIA GPUs.</summary>
    public static partial class cuda
    {
        /// <summary>Whether libtorch has CUDA and sees a device.</summary>
        public static bool is_available() => NativeMethods.scfm_has_cuda();

        /// <summary>The number of devices.</summary>
        public static int device_count() => NativeMethods.scfm_cuda_device_count();

        /// <summary>Seeds the generators of all devices.</summary>
        public static void manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Seeds the generators of all devices.</summary>
        public static void manual_seed_all(long seed) => torch.manual_seed(seed);

        /// <summary>Waits until a device has done its work.</summary>
        public static void synchronize(Device? device = null) => NativeError.Check(NativeMethods.scfm_cuda_synchronize(device?.index ?? -1));
    }

    /// <summary>Settings of what computes.</summary>
    public static partial class backends
    {
        /// <summary>Settings of CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Settings of CUDA's matrix products.</summary>
            public static partial class matmul
            {
                /// <summary>Whether float32 products may use TF32 tensor cores.</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.scfm_get_allow_tf32();
                    set => NativeError.Check(NativeMethods.scfm_set_allow_tf32(value));
                }
            }
        }
    }
}
