using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements one after another in memory; this tensor itself where they are already.</summary>
        public Tensor contiguous() => NativeMethods.scfm_contiguous(this);

        /// <summary>A copy in memory that CUDA copies from without waiting; the same tensor where it lies there already. It needs CUDA.</summary>
        public Tensor pin_memory() => NativeMethods.scfm_pin_memory(this);

        /// <summary>A copy, through which gradients flow.</summary>
        public Tensor clone() => NativeMethods.scfm_clone(this);

        /// <summary>Overwrites the elements with those of another, converted and broadcast.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(NativeMethods.scfm_copy_(this, source, nonBlocking));

        /// <summary>The tensor in this type; itself where it has the type already.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        /// <summary>The tensor on this device; itself where it is there already.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, InitializeDevice(device), copy, disposeAfter, non_blocking);

        /// <summary>The tensor in this type on this device; itself where both hold already.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, InitializeDevice(device), copy, disposeAfter, non_blocking);

        /// <summary>The tensor on this kind of device.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>The tensor on the device of this description.</summary>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>The tensor with the type and device of another.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <inheritdoc cref="to(ScalarType, bool, bool, bool)"/>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(ScalarType, bool, bool, bool)"/>
        public Tensor type(ScalarType dtype) => to(dtype);

        /// <summary>The tensor in the type of another.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        /// <summary>The tensor in the processor's memory.</summary>
        public Tensor cpu() => To(null, CPU, false, false, false);

        /// <summary>The tensor on a CUDA device.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        /// <summary>The tensor in float32.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>The tensor in float64.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>The tensor in int64.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>The tensor in int32.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>The tensor in int16.</summary>
        public Tensor @short() => to(ScalarType.Int16);

        /// <summary>The tensor in unsigned int8.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>The tensor in int8.</summary>
        public Tensor @char() => to(ScalarType.Int8);

        /// <summary>The tensor as truth values.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>The tensor in float16.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>The tensor in bfloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        internal bool toWillCopy(ScalarType type, Device device) =>
            type != dtype || device.type != device_type || (device.index >= 0 && device.index != device_index && device.type != DeviceType.CPU);

        private Tensor To(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var converted = NativeMethods.scfm_to(this, type, device, nonBlocking, copy);
            if (disposeAfter && !ReferenceEquals(converted, this)) Dispose();
            return converted;
        }
    }
}
