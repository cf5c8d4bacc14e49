using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What is done with the gradients of several parameters; one that has none is passed over.</summary>
internal static class Gradients
{
    /// <summary>Sets them to zero.</summary>
    public static void Clear(IEnumerable<Parameter> parameters) => Change(parameters, gradient => gradient.zero_());

    /// <summary>Multiplies them.</summary>
    public static void Scale(IEnumerable<Parameter> parameters, double factor) => Change(parameters, gradient => gradient.mul_(factor));

    private static void Change(IEnumerable<Parameter> parameters, Action<Tensor> change)
    {
        using var _ = no_grad();
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
            {
                change(gradient);
            }
        }
    }
}
