using ScFm.Model.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>A DeepCDR as users hold it: what is trained, saved, loaded and asked for responses.</summary>
/// <remarks>
/// Source: DeepCDR (Liu et al. 2020), scFoundation (Hao et al. 2024). Three things differ from the published runs, none of them in the network: tables of cell lines are brought to mean 0 and standard
/// deviation 1, the answer starts at the training mean, and the epoch is chosen on validation pairs and not on the test pairs.
/// </remarks>
/// <example><code>
/// var model = DeepCdrModel.Train(graphs, [("methylation", methylation)], training, validation);
/// var response = model.Predict(graphs, [methylation], drugs: [3, 3], cells: [0, 7]);
/// model.Save("deepcdr.safetensors");
/// </code></example>
public sealed partial class DeepCdrModel : IModel
{
    private const int PairsAtOnce = 2048;

    private readonly FeatureScale[] scales;

    private DeepCdrModel(DeepCdrModule module, FeatureScale[] scales) => (Module, this.scales) = (module, scales);

    /// <summary>The network.</summary>
    public DeepCdrModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The names of the tables of cell lines, in the order in which they are asked for.</summary>
    public IReadOnlyList<string> Tables => [.. Module.Config.Branches.Select(branch => branch.Name)];

    /// <summary>How it was trained; null for a model that was loaded.</summary>
    public Training.TrainingRun? Run { get; private init; }

    /// <summary>The natural logarithm of the IC50, in micromolar, of some pairs, measured or not.</summary>
    /// <param name="drugs">The drugs' graphs, those it was trained on or new ones.</param>
    /// <param name="tables">[cell lines, width], one a branch; cell lines it was trained on or new ones.</param>
    /// <param name="drugOfPair">Which drug each pair has.</param>
    /// <param name="cellOfPair">Which cell line each pair has.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The tables are others than those of the model, or a pair names a drug or a cell line that is not there.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public float[] Predict(DrugGraphs drugs, IReadOnlyList<DenseMatrix> tables, int[] drugOfPair, int[] cellOfPair, CancellationToken cancellation = default)
    {
        RequireTables(Module.Config, tables);
        RequirePairs(drugs, tables, drugOfPair, cellOfPair);
        using var onDevice = new CellTables(tables, scales, Module.Device);
        Module.eval();
        var predicted = Respond(Module, drugs, onDevice, drugOfPair, cellOfPair, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return predicted;
    }

    /// <summary>What a module in evaluation says of pairs; what was not reached before it was stopped is 0.</summary>
    internal static float[] Respond(DeepCdrModule module, DrugGraphs drugs, CellTables tables, int[] drugOfPair, int[] cellOfPair, CancellationToken cancellation)
    {
        using var unrecorded = no_grad();
        var responses = new float[drugOfPair.Length];
        for (var start = 0; start < responses.Length && !cancellation.IsCancellationRequested; start += PairsAtOnce)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(PairsAtOnce, responses.Length - start);
            var batch = new DeepCdrBatch(drugs.Batch(drugOfPair.AsSpan(start, count), module.Device), tables.Rows(cellOfPair.AsSpan(start, count)));
            module.Respond(batch).cpu().data<float>().CopyTo(responses.AsSpan(start, count));
        }
        return responses;
    }

    private static void RequireTables(DeepCdrConfig config, IReadOnlyList<DenseMatrix> tables)
    {
        if (tables.Count != config.Branches.Length || tables.Where((table, i) => table.Columns != config.Branches[i].Width).Any() || tables.Any(table => table.Rows != tables[0].Rows))
        {
            throw new ArgumentException(
                $"The tables of cell lines are {string.Join(", ", tables.Select(table => $"{table.Rows} x {table.Columns}"))}; expected {string.Join(", ", config.Branches.Select(branch => $"{branch.Name} of {branch.Width} columns"))}, all with the same cell lines.");
        }
    }

    private static void RequirePairs(DrugGraphs drugs, IReadOnlyList<DenseMatrix> tables, int[] drugOfPair, int[] cellOfPair)
    {
        if (drugOfPair.Length != cellOfPair.Length)
        {
            throw new ArgumentException($"There are {drugOfPair.Length} drugs and {cellOfPair.Length} cell lines of pairs; expected as many.");
        }
        for (var pair = 0; pair < drugOfPair.Length; pair++)
        {
            if ((uint)drugOfPair[pair] >= (uint)drugs.Names.Count || (uint)cellOfPair[pair] >= (uint)tables[0].Rows)
            {
                throw new ArgumentException(
                    $"Pair {pair} is of the drug {drugOfPair[pair]} and the cell line {cellOfPair[pair]}; expected a drug of 0 to {drugs.Names.Count - 1} and a cell line of 0 to {tables[0].Rows - 1}.");
            }
        }
    }
}
