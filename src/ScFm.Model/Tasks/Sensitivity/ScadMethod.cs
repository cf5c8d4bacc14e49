using System.Text.Json;
using ScFm.Model.Models.Scad;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>A SCAD on one table.</summary>
/// <param name="table">The table that it reads.</param>
/// <param name="options">How it is trained; the seed is the study's, and whether features are standardised the table's. Default: SCAD's own.</param>
/// <param name="name">What tables call it. Default: SCAD and the table.</param>
/// <param name="progress">Told after every step. Default: nobody.</param>
public sealed class ScadMethod(string table, ScadOptions? options = null, string? name = null, IProgress<TrainingProgress>? progress = null) : ITransferMethod
{
    private readonly ScadOptions options = Options.Validate(options ?? new());

    /// <inheritdoc/>
    public string Name => name ?? $"SCAD, {table}";

    /// <inheritdoc/>
    public string Settings => $"SCAD, {table}: {JsonSerializer.Serialize(options)}";

    /// <inheritdoc/>
    public float[] Predict(TransferView view, int seed, CancellationToken cancellation)
    {
        var rows = view[table];
        var examples = new ScadExamples(rows.Source, view.Labels, rows.Target) { Class = view.Positive };
        var model = ScadModel.Train(examples, options with { Seed = seed, Standardise = rows.Standardise }, progress: progress, cancellation: cancellation);
        using var network = model.Module;
        cancellation.ThrowIfCancellationRequested();
        model.Run!.WithoutFailure(Name);
        return model.Predict(rows.Asked, cancellation);
    }
}
