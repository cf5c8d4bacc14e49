using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What is done with the gradients of several parameters; one that has none is passed over.</summary>
internal static class Gradients
{
    /// <summary>Multiplies them.</summary>
    public static void Scale(IEnumerable<Parameter> parameters, double factor)
    {
        using var _ = no_grad();
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            if (factor == 0)
            {
                gradient?.zero_(); // what is not finite, too
            }
            else
            {
                gradient?.mul_(factor);
            }
        }
    }
}
