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
        Into(module, path, Safetensors.Read(path).Tensors);
    }

    /// <summary>Gives weights that were read to a module, which is then in evaluation.</summary>
    /// <param name="module">A module of the shape that the file names.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="weights">The weights, under the module's names.</param>
    /// <exception cref="InvalidDataException">The weights do not fit; the message lists all that differ.</exception>
    public static void Into(nn.Module module, string path, Dictionary<string, Tensor> weights)
    {
        var wrong = StateDifferences.Between(module.state_dict(), weights, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' does not fit the shape it names: {string.Join("; ", wrong)}.");
        }
        module.load_state_dict(weights);
        module.eval();
    }
}
