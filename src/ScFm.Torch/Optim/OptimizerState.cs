using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer keeps about one parameter.</summary>
/// <param name="parameter">The parameter.</param>
public abstract class OptimizerState(Parameter parameter)
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter = parameter;

    /// <summary>Starts anew.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Writes the state.</summary>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Reads the state.</summary>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Copies the state of another.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Whether another state is about the same.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(Device device) { }

    /// <summary>A tensor like the parameter that belongs to no scope.</summary>
    protected Tensor Fresh(double value = 0) => full_like(_parameter, value).DetachFromDisposeScope();

    /// <summary>A copy on the parameter's device that belongs to no scope.</summary>
    protected Tensor? Copy(Tensor? source) => source?.to(_parameter.device, copy: true).DetachFromDisposeScope();

    /// <summary>Writes whether there is a tensor, and the tensor.</summary>
    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    /// <summary>Reads what <see cref="SaveConditionalStateTensor"/> wrote.</summary>
    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        result?.Dispose();
        result = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).to(device, disposeAfter: false).DetachFromDisposeScope() : null;
    }
}
