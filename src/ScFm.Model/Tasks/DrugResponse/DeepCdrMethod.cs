using System.Text.Json;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>A DeepCDR on the tables of the problem.</summary>
/// <param name="options">How it is trained; the seed is the study's.</param>
/// <param name="name">What tables call it. Default: DeepCDR.</param>
/// <param name="progress">Told after every step. Default: nobody.</param>
public sealed class DeepCdrMethod(DeepCdrOptions options, string name = "DeepCDR", IProgress<TrainingProgress>? progress = null) : IResponseMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Settings => $"DeepCDR {JsonSerializer.Serialize(options)}";

    /// <inheritdoc/>
    public float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation)
    {
        var graphs = problem.GraphsFor(options.Config);
        var model = DeepCdrModel.Train(graphs, problem.Tables, problem.Pairs(split.Training), problem.Pairs(split.Validation), options with { Seed = seed }, progress: progress, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        model.Run!.WithoutFailure(Name);
        var asked = problem.Pairs(split.Test);
        return model.Predict(graphs, [.. problem.Tables.Select(table => table.Values)], asked.Drugs, asked.Cells, cancellation);
    }
}
