using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Converts parameters and floating-point buffers, and moves all.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(device, dtype);

            /// <summary>Moves parameters and buffers.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => Move(new Device(deviceType, deviceIndex), null);

            /// <summary>Converts parameters and floating-point buffers.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(null, dtype);

            /// <summary>Puts this module's tensors onto the default or the given device and type; for constructors of layers.</summary>
            internal T MoveModule<T>(Device? device, ScalarType? dtype) where T : Module => (T)Move(device, dtype);

            private Module Move(Device? device, ScalarType? dtype)
            {
                if (dtype is { } type && !is_floating_point(type) && !is_complex(type))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}");
                if (device is not null) InitializeDevice(device);
                // The parts first, through their own overrides.
                foreach (var (_, child) in named_children().ToList())
                {
                    if (device is null && dtype is { } t) child._to(t, false);
                    else if (device is not null && dtype is null) child._to(device.type, device.index, false);
                    else if (device is not null) child._to(device, dtype!.Value, false);
                }

                if (device is null && dtype is null) return this;
                foreach (var (component, old) in named_parameters(false).ToList())
                {
                    var (type_, place) = (Wanted(old, dtype), device ?? old.device);
                    if (!old.toWillCopy(type_, place)) continue;
                    Put(component, Converted(old, type_, place));
                    old.Dispose();
                }

                foreach (var (component, old) in named_buffers(false).ToList())
                {
                    var (type_, place) = (Wanted(old, dtype), device ?? old.device);
                    if (!old.toWillCopy(type_, place)) continue;
                    Put(component, old.to(type_, place).DetachFromDisposeScope());
                    old.Dispose();
                }

                return this;
            }

            private static ScalarType Wanted(Tensor tensor, ScalarType? dtype) =>
                dtype is { } type && (tensor.is_floating_point() || tensor.is_complex()) ? type : tensor.dtype;

            private static Parameter Converted(Parameter old, ScalarType dtype, Device device)
            {
                // The move itself is no operation to differentiate; the new parameter is a leaf.
                using var off = no_grad();
                var parameter = new Parameter(old.to(dtype, device), old.requires_grad);
                parameter.DetachFromDisposeScope();
                using var gradient = old.grad;
                if (gradient is not null)
                {
                    using var moved = gradient.to(dtype, device);
                    parameter.grad = moved;
                }

                return parameter;
            }

            /// <summary>Registers the new tensor and puts it into the field that held the old one.</summary>
            private void Put(string component, Tensor tensor)
            {
                if (tensor is Parameter parameter) ConditionallyRegisterParameter(component, parameter);
                else ConditionallyRegisterBuffer(component, tensor, ownBuffers[component].persistent);
                Fields().FirstOrDefault(field => field.ComponentName() == component && field.FieldType.IsInstanceOfType(tensor))?.SetValue(this, tensor);
            }
        }
    }
}
