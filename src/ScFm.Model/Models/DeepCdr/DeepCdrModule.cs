using ScFm.Model.Devices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The mathematics of DeepCDR: the logarithm of a drug's IC50 in a cell line, of the drug's graph and tables of the cell line.</summary>
/// <remarks>
/// Source: DeepCDR (Liu et al. 2020) in the form that scFoundation (Hao et al. 2024) trains; reference files DeepCDR/prog/model.py and layers/graph.py. The result is the reference's; how drugs are batched is
/// told at <see cref="DrugGraphs"/>.
/// </remarks>
public sealed class DeepCdrModule : nn.Module
{
    private readonly DrugEncoder drug;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> cells;
    private readonly ResponseHead head;

    /// <summary>Makes the module with random weights from torch's generator: uniform after Glorot and Bengio, biases 0.</summary>
    /// <param name="config">The shape.</param>
    /// <exception cref="ArgumentException">A value of the shape is out of range.</exception>
    public DeepCdrModule(DeepCdrConfig config) : base(nameof(DeepCdrModule))
    {
        Config = config.Checked();
        drug = new DrugEncoder(config);
        cells = nn.ModuleList([.. config.Branches.Select(branch =>
            branch.Convolved ? (nn.Module<Tensor, Tensor>)new ConvolvedBranch(branch.Width, config.Dropout) : new DenseBranch(branch.Width, config.Dropout))]);
        head = new ResponseHead(config.Units[^1] + (long)DenseBranch.Width * config.Branches.Length, config);
        RegisterComponents();
        using var unrecorded = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() == 2)
            {
                nn.init.xavier_uniform_(parameter);
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
        }
        ComputeDevice.Place(this);
    }

    /// <summary>The shape.</summary>
    public DeepCdrConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => named_parameters().First().parameter.device;

    /// <summary>Sets what is answered before anything is learnt, such as the training mean: far from 0, the first epochs would be spent on it.</summary>
    /// <param name="value">Natural logarithm of the IC50 in micromolar.</param>
    public void StartAt(double value) => head.StartAt(value);

    /// <summary>The natural logarithm of the IC50 of each pair, [pairs].</summary>
    internal Tensor Respond(DeepCdrBatch batch) => head.call(Joined(batch));

    /// <summary>The vectors of drugs and cell lines beside each other, [pairs, width].</summary>
    internal Tensor Joined(DeepCdrBatch batch) =>
        cat([drug.call(batch.Drugs).index_select(0, batch.Drugs.DrugOfPair), .. cells.Zip(batch.Cells, (branch, rows) => branch.call(rows))], 1);

    /// <summary>The atoms of the batch's drugs after the first convolutions, [rows, width].</summary>
    internal Tensor Convolve(DrugBatch batch, int layers) => drug.Convolve(batch, layers);

    /// <summary>What the head's convolutions give of the joined vectors, [pairs, 30].</summary>
    internal Tensor Features(Tensor joined) => head.Features(joined);
}
