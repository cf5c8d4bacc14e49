namespace TorchSharp;

public static partial class torch
{
    /// <summary>Writes a tensor to a file in TorchSharp's own format.</summary>
    public static void save(Tensor t, string location) => t.Save(location);

    /// <summary>Reads a tensor from a file in TorchSharp's own format.</summary>
    public static Tensor load(string location)
    {
        if (!File.Exists(location)) throw new FileNotFoundException($"{location} was not found.", location);
        using var reader = new BinaryReader(File.OpenRead(location));
        return TensorExtensionMethods.Load(reader);
    }

    public partial class Tensor
    {
        /// <summary>Writes the tensor to a file in TorchSharp's own format.</summary>
        public void save(string location) => this.Save(location);

        /// <summary>Reads a tensor from a file in TorchSharp's own format.</summary>
        public static Tensor load(string location) => torch.load(location);
    }
}
