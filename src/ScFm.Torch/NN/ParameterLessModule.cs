using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A layer without parameters.</summary>
public interface IParameterLessModule;

/// <summary>A layer of one argument without parameters.</summary>
/// <typeparam name="T1">The argument.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
public abstract class ParameterLessModule<T1, TResult>(string name) : nn.Module<T1, TResult>(name), IParameterLessModule
{
    /// <inheritdoc/>
    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;
}
