using ScFm.Model.Molecules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The graphs of the drugs a model is given, prepared so that a batch of pairs convolves each of its drugs once.</summary>
/// <remarks>
/// The published network gives every pair a copy of its drug, of 100 atoms whatever the drug has. That is the same as convolving each drug once, with as many rows as it has atoms and one row for all
/// empty slots, when normalisation counts a row as often as it would come: an empty slot has no neighbour but itself, so all of them are equal. Only dropout differs: pairs of a drug share what is dropped.
/// </remarks>
public sealed class DrugGraphs
{
    private readonly MoleculeGraph[] graphs;
    private readonly (int[] Offsets, int[] Places, float[] Weights)[] neighbourhoods;
    private readonly float[][] features; // summed over neighbourhoods, the neighbourhood's weight behind
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
        neighbourhoods = new (int[], int[], float[])[graphs.Count];
        features = new float[graphs.Count][];
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
            neighbourhoods[drug] = Normalised(graph);
            features[drug] = Summed(graph, neighbourhoods[drug]);
        }
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
        var (atoms, width) = (drugs.Sum(drug => graphs[drug].Atoms), graphs[0].Features.Columns + 1);
        var (empty, most) = (atoms, drugs.Max(drug => graphs[drug].Atoms) + 1); // one slot more, so that the largest drug has an empty one, too
        var input = new float[(atoms + 1) * width];
        var shares = new float[atoms + 1];
        var rows = new long[drugs.Length * most];
        var (adjacency, means) = (new RowSumsBuilder(), new RowSumsBuilder());
        var total = (double)drugOfPair.Length * slots;
        var first = 0;
        for (var i = 0; i < drugs.Length; i++)
        {
            var (own, (offsets, places, weights)) = (graphs[drugs[i]].Atoms, neighbourhoods[drugs[i]]);
            features[drugs[i]].CopyTo(input, first * width);
            shares.AsSpan(first, own).Fill((float)(count[i] / total));
            shares[empty] += (float)((double)count[i] * (slots - own) / total);
            for (var atom = 0; atom < own; atom++)
            {
                for (var term = offsets[atom]; term < offsets[atom + 1]; term++)
                {
                    adjacency.Add(first + places[term], weights[term]);
                }
                adjacency.EndRow();
                means.Add(first + atom, 1f / slots);
            }
            means.Add(empty, (float)(slots - own) / slots);
            means.EndRow();
            for (var slot = 0; slot < most; slot++)
            {
                rows[i * most + slot] = slot < own ? first + slot : own < slots ? empty : first;
            }
            first += own;
        }
        input[^1] = 1; // an empty slot has no features, and itself for a neighbourhood
        adjacency.Add(empty, 1);
        adjacency.EndRow();
        return new DrugBatch
        {
            Neighbourhoods = tensor(input, [atoms + 1, width], device: device),
            Adjacency = adjacency.Build(atoms + 1, symmetric: true),
            Shares = tensor(shares, [1, atoms + 1], device: device),
            ShareValues = shares,
            Slots = (long)total,
            Means = means.Build(atoms + 1),
            Rows = tensor(rows, [drugs.Length, most], device: device),
            DrugOfPair = tensor(drugOfPair, device: device),
        };
    }

    /// <summary>Each atom's neighbourhood: itself and its neighbours, each weighted by one over the root of both degrees, the atom itself counted (Kipf and Welling 2017).</summary>
    private static (int[] Offsets, int[] Places, float[] Weights) Normalised(MoleculeGraph graph)
    {
        var neighbours = graph.Neighbours();
        var scale = Array.ConvertAll(neighbours, atom => 1 / Math.Sqrt(atom.Count + 1));
        var (offsets, places, weights) = (new int[graph.Atoms + 1], new List<int>(), new List<float>());
        for (var atom = 0; atom < graph.Atoms; atom++)
        {
            foreach (var other in neighbours[atom].Append(atom).Order())
            {
                places.Add(other);
                weights.Add((float)(scale[atom] * scale[other]));
            }
            offsets[atom + 1] = places.Count;
        }
        return (offsets, [.. places], [.. weights]);
    }

    private static float[] Summed(MoleculeGraph graph, (int[] Offsets, int[] Places, float[] Weights) around)
    {
        var width = graph.Features.Columns;
        var summed = new float[graph.Atoms * (width + 1)];
        for (var atom = 0; atom < graph.Atoms; atom++)
        {
            var sum = summed.AsSpan(atom * (width + 1), width + 1);
            for (var term = around.Offsets[atom]; term < around.Offsets[atom + 1]; term++)
            {
                var row = graph.Features.Row(around.Places[term]);
                for (var feature = 0; feature < width; feature++)
                {
                    sum[feature] += around.Weights[term] * row[feature];
                }
                sum[width] += around.Weights[term];
            }
        }
        return summed;
    }
}
