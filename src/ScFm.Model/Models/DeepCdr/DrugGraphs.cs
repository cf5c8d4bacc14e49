using ScFm.Model.Molecules;
using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The graphs of the drugs a model is given, prepared so that a batch of pairs convolves each of its drugs once.</summary>
/// <remarks>
/// The published network gives every pair a copy of its drug, of 100 atoms whatever the drug has. That is the same as convolving each drug once, and of its atoms and empty slots each kind once (see
/// <see cref="AtomKinds"/>), when normalisation counts a row as often as it would come. Only dropout differs: pairs of a drug, and atoms of a kind, share what is dropped.
/// </remarks>
public sealed class DrugGraphs
{
    private readonly MoleculeGraph[] graphs;
    private readonly AtomKinds kinds;
    private readonly int slots;

    /// <summary>Prepares the graphs.</summary>
    /// <param name="names">The drugs' names, each once.</param>
    /// <param name="graphs">One graph a drug.</param>
    /// <param name="config">The shape of the model: slots and features of an atom.</param>
    /// <exception cref="ArgumentException">A name comes twice, or a drug has more atoms than there are slots, or other features.</exception>
    public DrugGraphs(IReadOnlyList<string> names, IReadOnlyList<MoleculeGraph> graphs, DeepCdrConfig config)
    {
        if (names.Count != graphs.Count)
        {
            throw new ArgumentException($"There are {names.Count} names and {graphs.Count} graphs of drugs; expected as many.");
        }
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two drugs are named '{twice.Key}'; expected distinct names.");
        }
        (Names, this.graphs, slots) = (names, [.. graphs], config.Slots);
        for (var drug = 0; drug < graphs.Count; drug++)
        {
            var graph = graphs[drug];
            if (graph.Atoms > config.Slots)
            {
                throw new ArgumentException($"The drug '{names[drug]}' has {graph.Atoms} atoms; expected at most {config.Slots}, the slots of the model.");
            }
            if (graph.Features.Columns != config.AtomFeatures)
            {
                throw new ArgumentException($"The drug '{names[drug]}' has {graph.Features.Columns} features an atom; expected {config.AtomFeatures}.");
            }
        }
        kinds = new AtomKinds(this.graphs, config.Units.Length);
    }

    /// <summary>The drugs' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The graph of a drug.</summary>
    public MoleculeGraph this[int drug] => graphs[drug];

    /// <summary>The drugs of some pairs.</summary>
    /// <param name="drugOfPair">Which drug each pair has, at least one pair.</param>
    /// <param name="device">Where the tensors go.</param>
    internal DrugBatch Batch(ReadOnlySpan<int> drugOfPair, Device device)
    {
        var count = new int[graphs.Length];
        foreach (var drug in drugOfPair)
        {
            count[drug]++;
        }
        int[] drugs = [.. Enumerable.Range(0, graphs.Length).Where(drug => count[drug] > 0)];
        var place = new long[graphs.Length];
        for (var i = 0; i < drugs.Length; i++)
        {
            place[drugs[i]] = i;
        }
        var pairPlaces = new long[drugOfPair.Length];
        for (var pair = 0; pair < pairPlaces.Length; pair++)
        {
            pairPlaces[pair] = place[drugOfPair[pair]];
        }
        return Joined(drugs, [.. drugs.Select(drug => count[drug])], pairPlaces, device);
    }

    private DrugBatch Joined(int[] drugs, int[] count, long[] drugOfPair, Device device)
    {
        var total = (long)drugOfPair.Length * slots;
        LayerRows[] rows = [.. Enumerable.Range(0, kinds.Layers).Select(layer => RowsOf(layer, drugs, count, total))];
        float[] inputs = [.. rows[0].Kinds.SelectMany(kinds.Input)];
        var (means, last) = Pooled(drugs, rows[^1]);
        return new DrugBatch
        {
            Neighbourhoods = tensor(inputs, [rows[0].Kinds.Count, inputs.Length / rows[0].Kinds.Count], device: device),
            Layers = [.. rows.Select((own, layer) => new DrugLayer
            {
                Sums = layer == 0 ? null : Sums(layer, own, rows[layer - 1]),
                Shares = tensor(own.Shares, [1, own.Shares.Length], device: device),
                ShareValues = own.Shares,
                Slots = total,
            })],
            Means = means,
            Rows = tensor(last, [drugs.Length, last.Length / drugs.Length], device: device),
            DrugOfPair = tensor(drugOfPair, device: device),
        };
    }

    /// <summary>The rows of a layer.</summary>
    /// <param name="Kinds">The kind of each, the empty slot first.</param>
    /// <param name="Places">The row of each kind that comes.</param>
    /// <param name="Shares">How often each comes, as a share of all slots.</param>
    private sealed record LayerRows(List<int> Kinds, int[] Places, float[] Shares);

    private LayerRows RowsOf(int layer, int[] drugs, int[] count, long total)
    {
        var (rows, places, often) = (new List<int> { 0 }, new int[kinds.Count(layer)], new List<long> { 0 });
        for (var i = 0; i < drugs.Length; i++)
        {
            var own = kinds.Of(layer, drugs[i]);
            often[0] += (long)count[i] * (slots - own.Length);
            foreach (var kind in own)
            {
                if (places[kind] == 0)
                {
                    places[kind] = rows.Count;
                    rows.Add(kind);
                    often.Add(0);
                }
                often[places[kind]] += count[i];
            }
        }
        return new LayerRows(rows, places, [.. often.Select(times => (float)((double)times / total))]);
    }

    private WeightedSums Sums(int layer, LayerRows own, LayerRows before)
    {
        var sums = new WeightedSumsBuilder();
        foreach (var kind in own.Kinds)
        {
            var (from, weights) = kinds.SumOf(layer, kind);
            for (var term = 0; term < from.Length; term++)
            {
                sums.Add(before.Places[from[term]], weights[term]);
            }
            sums.EndRow();
        }
        return sums.Build(before.Kinds.Count);
    }

    /// <summary>How the rows of the last layer are pooled to drugs.</summary>
    private (WeightedSums Means, long[] Rows) Pooled(int[] drugs, LayerRows last)
    {
        var most = drugs.Max(drug => graphs[drug].Atoms) + 1; // one slot more, so that the largest drug has an empty one, too
        var (means, rows) = (new WeightedSumsBuilder(), new long[drugs.Length * most]);
        for (var i = 0; i < drugs.Length; i++)
        {
            var own = kinds.Of(kinds.Layers - 1, drugs[i]);
            for (var slot = 0; slot < most; slot++)
            {
                rows[i * most + slot] = slot < own.Length ? last.Places[own[slot]] : own.Length < slots ? 0 : last.Places[own[0]];
            }
            foreach (var kind in own)
            {
                means.Add(last.Places[kind], 1f / slots);
            }
            means.Add(0, (float)(slots - own.Length) / slots);
            means.EndRow();
        }
        return (means.Build(last.Kinds.Count), rows);
    }
}
