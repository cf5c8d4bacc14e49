using ScFm.Model.Devices;
using ScFm.Model.Models.Gears;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Gears;

/// <summary>A fixture of GEARS as this project's module and batch.</summary>
internal sealed class GearsCase
{
    private readonly Golden golden;

    public GearsCase(Golden golden, Compat compat = Compat.Reference, bool genesAlone = false)
    {
        this.golden = golden;
        Module = new GearsModule(
            new GearsConfig
            {
                Genes = Number("num_genes"),
                Perturbations = Number("num_perts"),
                Width = Number("hidden_size"),
                GeneLayers = Number("num_gene_gnn_layers"),
                PerturbationLayers = Number("num_go_gnn_layers"),
                Uncertainty = golden.Config["uncertainty"]!.GetValue<bool>(),
                GivenFeatures = golden.Has("gene_embeddings"),
                Compat = compat,
            },
            genesAlone ? GeneGraph.Empty(Number("num_genes")) : Graph("G_coexpress", Number("num_genes")), Graph("G_go", Number("num_perts")));
        var given = golden.Under("state.");
        Module.load_state_dict(Module.state_dict().ToDictionary(own => own.Key, own => given[own.Key]));
        Names = [.. golden.Json["pert_names"]!.AsArray().Select(name => name!.GetValue<string>())];
    }

    public GearsModule Module { get; }

    public string[] Names { get; }

    public int Genes => Module.Config.Genes;

    /// <summary>The fixture's cells, in some parts.</summary>
    public GearsBatch Batch(int parts = 1) => new(
        [.. golden.Json["pert_idx"]!.AsArray().Select(cell => cell!.AsArray().Select(target => target!.GetValue<int>()).Where(target => target >= 0).ToArray())],
        Module.Config.Perturbations, ComputeDevice.Current, Module.Config.GivenFeatures ? golden["gene_embeddings"].split((Names.Length + parts - 1) / parts) : null, parts);

    /// <summary>Predicted expression and the loss that the fixture was trained on.</summary>
    public (Tensor Output, Tensor? LogVariance, Tensor Loss) Run(int parts = 1)
    {
        var (change, logVariance) = Module.Change(Batch(parts));
        var output = golden["x"] + change;
        return (output, logVariance, GearsLoss.Of(output, logVariance, golden["y"], golden["ctrl_mean"], Weights(), 1e-3, 1));
    }

    private Tensor Weights()
    {
        var conditions = Array.ConvertAll(Names, name => Array.IndexOf(Names, name));
        return tensor(GearsLoss.Weights(conditions, Retained, Genes), [Names.Length, Genes], device: ComputeDevice.Current);
    }

    private bool[] Retained(int condition)
    {
        var kept = new bool[Genes];
        var listed = golden.Json["dict_filter"]![Names[condition]]?.AsArray().Select(gene => gene!.GetValue<int>());
        foreach (var gene in listed ?? Enumerable.Range(0, Genes))
        {
            kept[gene] = true;
        }
        return kept;
    }

    private int Number(string name) => golden.Config[name]!.GetValue<int>();

    private GeneGraph Graph(string name, int nodes)
    {
        var edges = golden[name];
        int[] Row(int row) => Array.ConvertAll(edges[row].contiguous().data<long>().ToArray(), node => (int)node);
        return new GeneGraph(nodes, Row(0), Row(1), golden[name + "_weight"].data<float>().ToArray());
    }
}
