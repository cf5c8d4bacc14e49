using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScBert;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Annotators;

public sealed partial class ScBertClassifier
{
    /// <summary>The part of a file's header that says it is a fine-tuned scBERT.</summary>
    internal const string DescriptionKey = "scbert-classifier";

    /// <summary>What stands beside the weights in the file, apart from what describes the model itself.</summary>
    private sealed record Description(string[] Types, ClassifierFit Fit, GeneAliases? Aliases);

    /// <summary>Writes one safetensors file: the weights under their published names, and sizes, genes and their other names, types and what the fitting came to as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var header = ClassifierFile.Header(DescriptionKey, new Description([.. Types], Fit, Aliases));
        header[ScBertModel.DescriptionKey] = new ScBertModel(module.Body, genes).Describe();
        Safetensors.Write(path, CheckpointNames.Of(module.Body, module.Head), header);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the sizes, the message lists all that differ.</exception>
    public static ScBertClassifier Load(string path)
    {
        var found = ClassifierFile.Describe<Description>(path, DescriptionKey);
        var model = ScBertModel.Described(Safetensors.ReadMetadata(path), path);
        return Filled(model, found.Types, found.Fit, found.Aliases, () => Safetensors.Read(path).Tensors, path);
    }

    /// <summary>Reads a published fine-tuned model: a checkpoint of the reference's fine-tuning.</summary>
    /// <param name="path">The checkpoint; its sizes are read off its weights.</param>
    /// <param name="genes">Its genes in its order, which it does not hold.</param>
    /// <param name="types">Its types in its order, which stand in a file beside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, holds another kind of model, or one of other numbers of genes or types.</exception>
    public static ScBertClassifier OpenPublished(string path, GeneVocabulary genes, IReadOnlyList<string> types)
    {
        using var checkpoint = PublishedCheckpoint.Open(path);
        return Filled(checkpoint.Sized(genes), types, new ClassifierFit(checkpoint.Parameters, double.NaN, ["published"]), aliases: null, checkpoint.Read, path);
    }

    private static ScBertClassifier Filled(ScBertModel model, IReadOnlyList<string> types, ClassifierFit fit, GeneAliases? aliases, Func<Dictionary<string, Tensor>> read, string path)
    {
        var module = new ScBertClassifierModule(model.Module, Head(model, types.Count, seed: 0));
        using var scope = NewDisposeScope();
        PublishedWeights.Load(CheckpointNames.Of(module.Body, module.Head), read(), path);
        module.eval();
        return new ScBertClassifier(module, model.Genes, types, fit, aliases);
    }
}
