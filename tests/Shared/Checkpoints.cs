using System.Text;
using System.Text.Json;

namespace ScFm.Tests;

/// <summary>What a checkpoint of a training says.</summary>
internal static class Checkpoints
{
    /// <summary>The step that it was written after.</summary>
    internal static int StepOf(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        using var header = JsonDocument.Parse(file.ReadBytes((int)file.ReadInt64())); // a safetensors file begins with the length of its header
        using var training = JsonDocument.Parse(Encoding.UTF8.GetBytes(header.RootElement.GetProperty("__metadata__").GetProperty("training").GetString()!));
        return training.RootElement.GetProperty("Step").GetInt32();
    }
}
