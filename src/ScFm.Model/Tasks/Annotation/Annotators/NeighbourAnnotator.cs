using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Graphs;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tasks.Annotation.Mapping;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>The types of the nearest labelled cells: what any trained classifier should beat.</summary>
public sealed class NeighbourAnnotator : IAnnotator
{
    private static readonly JsonSerializerOptions readable = new() { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly NeighbourAnnotatorOptions options;
    private readonly Lazy<string?> modelIdentity;

    /// <summary>Makes the annotator.</summary>
    /// <param name="options">Space and votes. Default: the 15 nearest by 50 principal components.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public NeighbourAnnotator(NeighbourAnnotatorOptions? options = null)
    {
        this.options = Options.Validate(options ?? new());
        Options.Validate(this.options.Mapping);
        modelIdentity = new Lazy<string?>(() => PlannedModelFile.Identity(this.options.Model));
    }

    /// <inheritdoc/>
    public string Name => $"{options.Mapping.Neighbours} nearest neighbours, {(options.Model is { } file ? Path.GetFileNameWithoutExtension(file) : $"PCA {options.Components}")}{(options.Mapping.Metric == DistanceMetric.Cosine ? ", cosine" : "")}";

    /// <inheritdoc/>
    /// <remarks>A model's file stands there by its content.</remarks>
    public string Settings => JsonSerializer.Serialize(options with { Model = modelIdentity.Value }, readable);

    /// <inheritdoc/>
    /// <remarks>Nothing is trained step by step, so that no progress is told.</remarks>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        TypeCounts.Of(cells); // refuses what cannot be learnt before a space is found
        ICellSpace space = options.Model is { } file
            ? new ModelSpace(ModelFiles.Open(file), options.Reading, owns: true)
            : PcaSpace.Of(unlabelled ?? cells.Cells, options.Components, seed, cancellation);
        try
        {
            return NeighbourClassifier.Of(cells, space, options.Mapping, cancellation);
        }
        catch
        {
            space.Dispose();
            throw;
        }
    }
}
