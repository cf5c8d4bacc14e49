using ScFm.Model.Cells;
using ScFm.Model.Devices;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.DeepCdr;

/// <summary>A fixture of DeepCDR as this project's module and batch.</summary>
internal sealed class DeepCdrCase
{
    private readonly Golden golden;

    public DeepCdrCase(Golden golden)
    {
        this.golden = golden;
        var config = golden.Config;
        var branches = config["branches"]!.AsArray().Select(branch => branch!.GetValue<string>()).Where(branch => branch != "drug").ToArray();
        Module = new DeepCdrModule(new DeepCdrConfig
        {
            Units = [.. config["units"]!.AsArray().Select(width => width!.GetValue<int>())],
            AtomFeatures = config["drug_dim"]!.GetValue<int>(),
            Slots = config["max_atoms"]!.GetValue<int>(),
            Pooling = config["use_GMP"]!.GetValue<bool>() ? DrugPooling.Max : DrugPooling.Mean,
            Dropout = 0, // the fixtures were made without
            LastDropout = 0,
            Branches = [.. branches.Select(branch => new CellBranch(branch, (int)Rows(branch).shape[1], branch == "mutation"))],
        });
        var (own, given) = (Module.state_dict(), Translated("weights."));
        Module.load_state_dict(own.ToDictionary(entry => entry.Key, entry => given.GetValueOrDefault(entry.Key, entry.Value))); // Keras counts no batches
        Graphs = new DrugGraphs([.. Enumerable.Range(0, Pairs).Select(pair => $"drug {pair}")], [.. Enumerable.Range(0, Pairs).Select(Graph)], Module.Config);
        Batch = new DeepCdrBatch(Graphs.Batch([.. Enumerable.Range(0, Pairs)], ComputeDevice.Current), [.. branches.Select(Rows)]);
    }

    public DeepCdrModule Module { get; }

    public DrugGraphs Graphs { get; }

    public DeepCdrBatch Batch { get; }

    public int Pairs => (int)golden["y"].shape[0];

    /// <summary>What the fixture holds under a prefix, by this module's names and in its layout.</summary>
    public Dictionary<string, Tensor> Translated(string prefix)
    {
        var given = golden.Under(prefix);
        var ours = new Dictionary<string, Tensor>();
        foreach (var name in Module.state_dict().Keys)
        {
            var (theirs, layout) = Counterpart(name);
            if (given.TryGetValue(theirs, out var found))
            {
                ours[name] = layout(found).contiguous();
            }
        }
        Assert.Equal(given.Count, ours.Count);
        return ours;
    }

    private (string Name, Func<Tensor, Tensor> Layout) Counterpart(string name)
    {
        var parts = name.Split('.');
        var last = parts[^1];
        if (parts[0] == "drug") // drug.convolutions.0.linear.weight
        {
            var layer = int.Parse(parts[2]) + 1;
            return parts[3] == "linear"
                ? ($"graph_conv_{layer}.{(last == "weight" ? "W" : "b")}", Turned)
                : ($"gcn_bn_{layer}.{Norm(last)}", Same);
        }
        var kernel = last == "weight" ? "kernel" : "bias";
        if (parts[0] == "head")
        {
            return parts[1] switch
            {
                "dense" => ($"dense_300.{kernel}", Turned),
                "output" => ($"output.{kernel}", Turned),
                var convolution => ($"conv_{Number(convolution)}.{kernel}", Filters),
            };
        }
        return golden.Config["branches"]![int.Parse(parts[1]) + 1]!.GetValue<string>() switch // cells.0.hidden.weight
        {
            "mutation" => parts[2] == "output" ? ($"mut_dense.{kernel}", Turned) : ($"mut_conv_{Number(parts[2])}.{kernel}", Filters),
            var table => (table == "methylation" ? "methy" : "gexp") is var theirs && parts[2] == "norm"
                ? ($"{theirs}_bn.{Norm(last)}", Same)
                : ($"{theirs}_dense_{(parts[2] == "hidden" ? 1 : 2)}.{kernel}", Turned),
        };
    }

    private static int Number(string convolution) => Array.IndexOf(["first", "second", "third"], convolution) + 1;

    private static string Norm(string name) => name switch
    {
        "weight" => "gamma", "bias" => "beta", "running_mean" => "moving_mean", "running_var" => "moving_variance", var other => other,
    };

    private static Tensor Same(Tensor value) => value;

    // [in, out] to [out, in]
    private static Tensor Turned(Tensor value) => value.dim() == 2 ? value.transpose(0, 1) : value;

    // [1, length, in, out] to [out, in * length]
    private static Tensor Filters(Tensor value) => value.dim() == 4 ? value.squeeze(0).permute(2, 1, 0).flatten(1) : value;

    private Tensor Rows(string branch)
    {
        var rows = golden[branch];
        return rows.dim() == 2 ? rows : rows.squeeze(1).squeeze(2);
    }

    // The adjacency of the fixture tells the bonds; its weights follow from them.
    private MoleculeGraph Graph(int pair)
    {
        var atoms = (int)golden.Integers("n_atoms")[pair];
        var features = golden["drug_feat"][pair].narrow(0, 0, atoms).contiguous();
        var adjacency = golden["drug_adj"][pair];
        var bonds = from first in Enumerable.Range(0, atoms)
                    from second in Enumerable.Range(first + 1, atoms - first - 1)
                    where adjacency[first, second].item<float>() != 0
                    select (first, second);
        return new MoleculeGraph(new DenseMatrix(atoms, (int)features.shape[1], features.data<float>().ToArray()), [.. bonds]);
    }
}
