using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>A model of whatever kind inside another one's file: what it saves, byte for byte.</summary>
internal static class ModelBytes
{
    private const string Prefix = "model/";

    /// <summary>The files that a model saves, as tensors of bytes.</summary>
    public static Dictionary<string, Tensor> Of(IModel model) => WithTemporary(path =>
    {
        model.Save(path);
        return File.Exists(path)
            ? new Dictionary<string, Tensor> { [Prefix] = tensor(File.ReadAllBytes(path)) }
            : Directory.GetFiles(path).ToDictionary(file => Prefix + Path.GetFileName(file), file => tensor(File.ReadAllBytes(file)));
    });

    /// <summary>Changes with anything that the model saves: weights, genes, sizes, and how its cells were chosen.</summary>
    public static string IdentityOf(IModel model) => WithTemporary(path =>
    {
        model.Save(path);
        return Fingerprint.Of(hash =>
        {
            string[] files = File.Exists(path) ? [path] : Directory.GetFiles(path);
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                hash.Add(Path.GetFileName(file)).AddFile(file);
            }
        });
    });

    /// <summary>The model that lies among tensors; null where none does.</summary>
    /// <param name="tensors">What a file holds.</param>
    /// <param name="open">Reads a model of the kind, or kinds, that are looked for.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static T? Open<T>(IReadOnlyDictionary<string, Tensor> tensors, Func<string, T> open) where T : class, IModel
    {
        var files = tensors.Where(tensor => tensor.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToArray();
        return files.Length == 0 ? null : WithTemporary(path =>
        {
            foreach (var (name, bytes) in files)
            {
                // only the last part of a name: a file made by others must not write elsewhere
                var file = name == Prefix ? path : Path.Combine(Directory.CreateDirectory(path).FullName, Path.GetFileName(name));
                File.WriteAllBytes(file, bytes.data<byte>().ToArray());
            }
            return open(path);
        });
    }

    private static T WithTemporary<T>(Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("scfm-model-");
        try
        {
            return use(Path.Combine(folder.FullName, "model"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
