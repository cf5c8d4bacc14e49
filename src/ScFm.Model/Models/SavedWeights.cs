using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>Weights that were saved beside the shape they belong to.</summary>
internal static class SavedWeights
{
    /// <summary>Reads the weights of a file into a module, which is then in evaluation.</summary>
    /// <param name="path">A safetensors file whose tensors carry the module's names.</param>
    /// <param name="module">A module of the shape that the file names.</param>
    /// <exception cref="InvalidDataException">The weights do not fit; the message lists all that differ.</exception>
    public static void Into(nn.Module module, string path)
    {
        using var scope = NewDisposeScope();
        var (weights, _) = Safetensors.Read(path);
        var wrong = StateDifferences.Between(module.state_dict(), weights, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' does not fit the shape it names: {string.Join("; ", wrong)}.");
        }
        module.load_state_dict(weights);
        module.eval();
    }
}
