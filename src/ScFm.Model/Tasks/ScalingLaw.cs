using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks;

/// <summary>Trains models of several sizes for the same number of operations each and fits how the loss falls with them.</summary>
/// <remarks>Source: scFoundation (Hao et al. 2024), where models of 3, 10 and 100 million parameters are compared so; Kaplan et al. 2020 for the law.</remarks>
/// <example><code>
/// var report = ScalingLaw.Run(cells, "scaling");
/// Plots.ScalingLaw(report);
/// </code></example>
public static class ScalingLaw
{
    private const int SampledBatches = 32;

    /// <summary>Trains the models one after the other.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="folder">Where each run is kept; a run that is there is not made again, and one that was stopped goes on.</param>
    /// <param name="options">Models and budget. Default: the small presets.</param>
    /// <param name="progress">Told after every step, with the model's name. Default: nobody.</param>
    /// <param name="cancellation">Ends the run under way after its step; the report then tells what there is.</param>
    /// <exception cref="ArgumentException">An option is out of range, two models have one name, or there are fewer than two cells.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the folder holds runs of other cells or options.</exception>
    public static ScalingLawReport Run(
        AnnData cells, string folder, ScalingLawOptions? options = null, IProgress<(string Model, TrainingProgress Progress)>? progress = null, CancellationToken cancellation = default)
    {
        options = Validated(options ?? new());
        var prepared = PretrainingCells.Of(cells, options.Pretraining);
        var described = prepared.Description;
        var runs = new List<ScalingLawRun>();
        foreach (var model in options.Models)
        {
            var pretraining = For(model, prepared, options);
            var identity = $"{described}, {pretraining.Sizes}, {pretraining.ReadDepth}, {pretraining.Training}, {pretraining.Precision}, warm start {pretraining.WarmStart}";
            var file = Path.Combine(folder, model.Name + ".json");
            if (Saved(file, identity) is { } saved)
            {
                runs.Add(saved);
                continue;
            }
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            var checkpoint = Path.Combine(folder, model.Name + ".checkpoint.safetensors");
            var trained = Pretraining.Run(cells, pretraining, checkpoint, progress is null ? null : new Named(model.Name, progress), cancellation);
            var run = RunOf(model.Name, trained, identity);
            runs.Add(run);
            if (trained.Report!.Run.End == TrainingEnd.Finished)
            {
                AtomicFile.WriteText(file, JsonSerializer.Serialize(run));
                File.Delete(checkpoint);
            }
        }
        return ScalingLawReport.Of(runs, options.Budget * options.FitFrom);
    }

    private static ScalingLawOptions Validated(ScalingLawOptions options)
    {
        Options.Validate(options);
        options.Pretraining.Validated();
        if (options.Pretraining.StartFrom is not null)
        {
            throw new ArgumentException("A scaling law trains new models of several sizes; expected no model to start from.");
        }
        if (options.Models.Count == 0 || options.Models.Select(model => model.Name).Distinct().Count() < options.Models.Count)
        {
            throw new ArgumentException($"The models are named '{string.Join("', '", options.Models.Select(model => model.Name))}'; expected at least one, and each name once.");
        }
        return options;
    }

    /// <summary>The options of one model: as many steps as spend the budget.</summary>
    private static PretrainingOptions For(ScalingLawModel model, PretrainingCells cells, ScalingLawOptions options)
    {
        var sizes = (model.Sizes with { Genes = cells.Vocabulary.Count }).Validated();
        var training = options.Pretraining.Training;
        var steps = (int)Math.Clamp(Math.Ceiling(options.Budget / FlopsOfStep(cells, sizes, options.Pretraining)), 1, int.MaxValue);
        return options.Pretraining with { Sizes = sizes, Training = training with { Steps = steps, ValidateEvery = (int)Math.Ceiling((double)steps / options.Validations) } };
    }

    /// <summary>The mean cost of a step, from the examples of the first batches.</summary>
    private static double FlopsOfStep(PretrainingCells cells, ScFoundationConfig sizes, PretrainingOptions options)
    {
        var (objective, seed) = (new ReadDepthObjective(options.ReadDepth, sizes.Genes), options.Training.Seed);
        var batches = BatchPlan.Shuffled(cells.Training.Lengths, options.Training.BatchSize, Seeds.For(seed, 0)).Take(SampledBatches);
        var flops = batches.Average(batch => ModelSummary.ForwardFlops(sizes, Examples(batch)));
        return ModelSummary.ForwardAndBackward * flops * options.Training.Accumulation;

        CellTokens[] Examples(int[] batch)
        {
            var counts = cells.Training.Read(batch);
            return [.. batch.Select((cell, row) => objective.Example(counts, row, Seeds.For(seed, 0, cell)))];
        }
    }

    private static ScalingLawRun RunOf(string name, ScFoundationModel model, string identity)
    {
        var run = model.Report!.Run;
        return new ScalingLawRun
        {
            Name = name,
            Parameters = model.Module.parameters().Sum(parameter => parameter.numel()),
            Steps = run.Steps,
            Flops = run.ValidationFlops,
            Losses = [.. run.Validations.Select(validation => validation.Loss)],
            Identity = identity,
        };
    }

    private static ScalingLawRun? Saved(string file, string identity)
    {
        if (!File.Exists(file))
        {
            return null;
        }
        ScalingLawRun? run;
        try
        {
            run = JsonSerializer.Deserialize<ScalingLawRun>(File.ReadAllText(file));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{file}' cannot be read ({error.Message}); expected a run of a scaling law.", error);
        }
        return run?.Identity == identity
            ? run
            : throw new InvalidDataException($"'{file}' is a run of {run?.Identity ?? "nothing"}; expected {identity}: name another folder, or delete it.");
    }

    /// <summary>Passes progress on with the model's name, in the run's own thread.</summary>
    private sealed class Named(string name, IProgress<(string, TrainingProgress)> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((name, value));
    }
}
