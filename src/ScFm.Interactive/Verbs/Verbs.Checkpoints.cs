using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Files.PyTorch;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string AllKeys = "all";

    /// <summary>Writes a file of torch.save as what is opened here: a folder a model, or all tensors as one .safetensors file.</summary>
    /// <param name="path">The file, such as the published models.ckpt.</param>
    /// <param name="out">The folder, or a file that ends in .safetensors.</param>
    /// <param name="key">The version of a published scFoundation: gene, cell, rde, or all for a folder of each. Default: all.</param>
    /// <param name="vocabulary">The genes of a scFoundation in the order of training. Default: those in the file; the published one has none.</param>
    [Verb("convert", "Writes a PyTorch checkpoint as a model's folder, or as safetensors.")]
    public static void Convert(
        [Option("file that torch.save wrote", Positional = true)] string path,
        [Option("folder to write, or a file .safetensors for the tensors alone")] string @out,
        [Option("version of a published scFoundation", Allowed = ["gene", "cell", "rde", AllKeys])] string key = AllKeys,
        [Option("file of the genes in the order of training (default: those in the checkpoint)")] string? vocabulary = null)
    {
        using var scope = torch.NewDisposeScope();
        if (@out.EndsWith(Safetensors.Ending, StringComparison.OrdinalIgnoreCase))
        {
            using var checkpoint = PyTorchCheckpoint.Open(path);
            var tensors = checkpoint.Tensors();
            Safetensors.Write(@out, tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToTensor()));
            Say($"{tensors.Count} tensors were written to {@out}.");
            return;
        }
        using var published = PublishedCheckpoint.Open(path);
        var genes = Vocabulary(vocabulary);
        if (key != AllKeys)
        {
            published.Model(key, genes).Save(@out);
            Say($"The model {key} was written to {@out}.");
            return;
        }
        AtomicFolder.Write(@out, folder =>
        {
            foreach (var each in published.Keys)
            {
                using var handles = torch.NewDisposeScope(); // with the module's own: one version's weights at a time
                var model = published.Model(each, genes);
                using var module = model.Module;
                model.Save(Path.Combine(folder, each));
            }
        });
        Say($"The models {string.Join(", ", published.Keys.Select(each => Path.Combine(@out, each)))} were written.");
    }

    private static GeneVocabulary? Vocabulary(string? path) => path is null ? null : GeneVocabulary.Read(path);
}
