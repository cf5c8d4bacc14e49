using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

public sealed partial class NeighbourClassifier
{
    /// <summary>The part of a file's header that says it is a reference to map to.</summary>
    internal const string DescriptionKey = "neighbour-classifier";

    private const string PlacesKey = "reference.places";
    private const string LabelsKey = "reference.labels";
    private const string DistancesKey = "reference.distances";

    /// <summary>What stands beside the tensors in the file.</summary>
    private sealed record Description(string[] Types, MappingOptions Options, string Space);

    /// <summary>Writes one safetensors file: the space, with the model where it is one's, and the reference's places, types and distances to its neighbours.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var (tensors, about) = Space.ToFile();
        tensors[PlacesKey] = tensor(reference.Values, [reference.Rows, reference.Columns]);
        tensors[LabelsKey] = tensor(labels);
        tensors[DistancesKey] = tensor(distances);
        Safetensors.Write(path, tensors, ClassifierFile.Header(DescriptionKey, new Description([.. Types], Settings, about)));
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else.</exception>
    public static NeighbourClassifier Load(string path)
    {
        var (types, options, space) = ClassifierFile.Describe<Description>(path, DescriptionKey);
        var (tensors, _) = Safetensors.Read(path);
        try
        {
            if (types is not { Length: > 1 } || options is null || space is null
                || !tensors.TryGetValue(PlacesKey, out var places) || !tensors.TryGetValue(LabelsKey, out var labels) || !tensors.TryGetValue(DistancesKey, out var distances))
            {
                throw ClassifierFile.Wrong(path, DescriptionKey);
            }
            if (places.dim() != 2 || places.shape[0] < 2 || labels.numel() != places.shape[0] || distances.numel() != places.shape[0]
                || (places.dtype, labels.dtype, distances.dtype) != (ScalarType.Float32, ScalarType.Int32, ScalarType.Float32))
            {
                throw new InvalidDataException($"'{path}' has {labels.numel()} types and {distances.numel()} distances for places [{string.Join(", ", places.shape)}]; expected one of each a cell.");
            }
            var reference = new DenseMatrix((int)places.shape[0], (int)places.shape[1], places.data<float>().ToArray());
            var codes = labels.data<int>().ToArray();
            return Array.TrueForAll(codes, type => type >= 0 && type < types.Length)
                ? new NeighbourClassifier(CellSpaces.Read(tensors, space), reference, codes, distances.data<float>().ToArray(), types, Options.Validate(options))
                : throw new InvalidDataException($"'{path}' has a cell of the type {codes.Max()}; expected 0 to {types.Length - 1}.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw ClassifierFile.Wrong(path, DescriptionKey, error);
        }
        finally
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose(); // and not by a scope, which would free the model that is opened, too
            }
        }
    }
}
