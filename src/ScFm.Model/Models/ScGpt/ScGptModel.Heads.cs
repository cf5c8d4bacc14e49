using System.Globalization;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    private const string TypeRows = "cls_decoder.out_layer.";
    private const string BatchNorm = "dsbn.bns.";

    private static readonly string[] batchRows = ["batch_encoder.embedding.", "grad_reverse_discriminator.out_layer."];

    /// <summary>A model with other heads whose weights are this one's where they stand for the same, and as they were made elsewhere.</summary>
    /// <param name="config">The shape with the heads.</param>
    /// <param name="types">The types that it tells.</param>
    /// <param name="own">The batches that it knows.</param>
    /// <param name="seed">Seed of what is new.</param>
    /// <param name="shares">The share of each type, which the head of types starts at. Default: none, it starts at random.</param>
    private ScGptModel WithHeads(ScGptConfig config, IReadOnlyList<string> types, CellBatches own, int seed, IReadOnlyList<double>? shares = null)
    {
        var model = Create(config, Vocabulary, types, own, seed);
        if (shares is not null)
        {
            model.Module.StartTypesAt(shares);
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var known = Module.state_dict();
        var sameTypes = SamePlaces(model.Types, Types);
        var sameBatches = batches.Column is null || own.Column is null ? [] : SamePlaces(own.Labels, batches.Labels);
        foreach (var (name, weight) in model.Module.state_dict())
        {
            if (name.StartsWith(TypeRows, StringComparison.Ordinal))
            {
                CopyRows(weight, known.GetValueOrDefault(name), sameTypes);
            }
            else if (Array.Exists(batchRows, start => name.StartsWith(start, StringComparison.Ordinal)))
            {
                CopyRows(weight, known.GetValueOrDefault(name), sameBatches);
            }
            else if (Before(name, sameBatches) is { } before && known.TryGetValue(before, out var value) && value.shape.SequenceEqual(weight.shape))
            {
                weight.copy_(value);
            }
        }
        return model;
    }

    /// <summary>Places of labels that two lists share: here, and there.</summary>
    private static (int Here, int There)[] SamePlaces(IEnumerable<string> here, IEnumerable<string> there)
    {
        string[] labels = [.. there];
        return [.. here.Select((label, place) => (Here: place, There: Array.IndexOf(labels, label))).Where(same => same.There >= 0)];
    }

    private static void CopyRows(Tensor weight, Tensor? known, (int Here, int There)[] same)
    {
        if (known is null || !known.shape[1..].SequenceEqual(weight.shape[1..]))
        {
            return;
        }
        foreach (var (here, there) in same)
        {
            weight[here].copy_(known[there]);
        }
    }

    /// <summary>The name that a weight had where the norms of batches were others; null for that of a batch that was not known.</summary>
    private static string? Before(string name, (int Here, int There)[] sameBatches)
    {
        if (!name.StartsWith(BatchNorm, StringComparison.Ordinal))
        {
            return name;
        }
        var end = name.IndexOf('.', BatchNorm.Length);
        var here = int.Parse(name.AsSpan(BatchNorm.Length, end - BatchNorm.Length), CultureInfo.InvariantCulture);
        int[] there = [.. sameBatches.Where(same => same.Here == here).Select(same => same.There)];
        return there is [var place] ? string.Create(CultureInfo.InvariantCulture, $"{BatchNorm}{place}{name[end..]}") : null;
    }
}
