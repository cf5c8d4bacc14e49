using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.Scad;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Model.Tasks;

/// <summary>Reads a model of whatever kind from where it was saved.</summary>
public static class ModelFiles
{
    // A model in one file says in the file's header what it is; a classifier that holds a model says so of both, and is found first.
    private static readonly (string Key, Func<string, IModel> Load)[] SingleFiles =
    [
        (ScViModel.DescriptionKey, ScViModel.Load),
        (DeepCdrModel.DescriptionKey, DeepCdrModel.Load),
        (GearsModel.DescriptionKey, GearsModel.Load),
        (GeneformerModel.DescriptionKey, GeneformerModel.Load),
        (ScadModel.DescriptionKey, ScadModel.Load),
        (MajorityClassifier.DescriptionKey, MajorityClassifier.Load),
        (CentroidClassifier.DescriptionKey, CentroidClassifier.Load),
        (LogisticClassifier.DescriptionKey, LogisticClassifier.Load),
        (ScBertClassifier.DescriptionKey, ScBertClassifier.Load),
        (ScBertModel.DescriptionKey, ScBertModel.Load),
        (ScGptClassifier.DescriptionKey, ScGptClassifier.Load),
        (ScGptModel.DescriptionKey, ScGptModel.Load),
        (HeadClassifier.DescriptionKey, HeadClassifier.Load),
        (NeighbourClassifier.DescriptionKey, NeighbourClassifier.Load),
    ];

    /// <summary>Reads a model: a folder or a safetensors file that a model was saved to, or a published checkpoint.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="key">The version of a published scFoundation, where there are several: gene, cell or rde. Default: the only one.</param>
    /// <param name="vocabulary">The genes of a scFoundation in the order of training, where the file does not hold them. Default: those in the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or a part of it is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or holds something else.</exception>
    public static IModel Open(string path, string? key = null, GeneVocabulary? vocabulary = null)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no model '{path}'; expected the file or folder that one was saved to.", path);
        }
        if (ScGptModel.IsPublished(path))
        {
            return ScGptModel.OpenPublished(path);
        }
        if (!File.Exists(path))
        {
            return ScFoundationModel.Load(key is null ? path : Path.Combine(path, key), vocabulary);
        }
        if (!Safetensors.IsFile(path))
        {
            return ScFoundationModel.OpenPublished(path, key, vocabulary);
        }
        var metadata = Safetensors.ReadMetadata(path);
        return Array.Find(SingleFiles, kind => metadata.ContainsKey(kind.Key)).Load is { } load
            ? load(path)
            : throw new InvalidDataException($"'{path}' says of no model in its header; expected one of {string.Join(", ", SingleFiles.Select(kind => kind.Key))}.");
    }

    /// <summary>True where a model was saved, as far as names and first bytes tell.</summary>
    public static bool IsModel(string path) =>
        File.Exists(path) ? Safetensors.IsFile(path) : ScFoundationModel.IsSaved(path) || ScGptModel.IsPublished(path);
}
