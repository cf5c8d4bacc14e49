using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Model.Files;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>
/// One file from which a run goes on as if it had never stopped: weights, best weights, optimizer, torch's random state and the position in the data.
/// Batches and examples are drawn from the seed, the epoch and the cell, so no other random state exists.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string WeightsPrefix = "weights.";
    private const string BestPrefix = "best.";
    private const string OptimizerPrefix = "optimizer.";
    private const string OptimizerKey = "optimizer";
    private const string RandomKey = "random";
    private const string StateKey = "training";
    private const string OptionsKey = "options";
    private const string IdentityKey = "identity";

    private static readonly JsonSerializerOptions format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals }; // a held-out loss may be infinite

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    /// <param name="task">Module and identity.</param>
    /// <param name="best">The best weights; empty where none are kept.</param>
    /// <param name="kind">The optimizer's type.</param>
    /// <param name="states">Its states, <see cref="OptimizerStates.Gather"/>.</param>
    /// <param name="state">The position.</param>
    /// <param name="options">The options.</param>
    public static void Write(
        string path, ITrainingTask task, IReadOnlyDictionary<string, Tensor> best, string kind, IReadOnlyDictionary<string, Tensor> states, TrainingState state, TrainingOptions options)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { [RandomKey] = GeneratorState.Get(DeviceOf(task)) };
        foreach (var (prefix, part) in new[] { (WeightsPrefix, task.Module.state_dict()), (BestPrefix, best), (OptimizerPrefix, states) })
        {
            foreach (var (name, value) in part)
            {
                tensors[prefix + name] = value;
            }
        }
        Safetensors.Write(path, tensors, new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state, format),
            [OptionsKey] = JsonSerializer.Serialize(options),
            [IdentityKey] = task.Identity,
            [OptimizerKey] = kind,
        });
    }

    /// <summary>Puts weights and random state back; returns the position, the best weights and the optimizer's states, which belong to the scope around.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">Module and identity.</param>
    /// <param name="kind">The optimizer's type.</param>
    /// <param name="trained">The names of the parameters that it has states of.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">The file is not a checkpoint of this run.</exception>
    public static (TrainingState State, Dictionary<string, Tensor> Best, Dictionary<string, Tensor> States) Read(
        string path, ITrainingTask task, string kind, IEnumerable<string> trained, TrainingOptions options)
    {
        var (tensors, metadata) = Safetensors.Read(path);
        if (!metadata.TryGetValue(StateKey, out var stateJson) || !metadata.TryGetValue(OptionsKey, out var optionsJson)
            || !metadata.TryGetValue(IdentityKey, out var identity) || !metadata.TryGetValue(OptimizerKey, out var optimizer) || !tensors.ContainsKey(RandomKey))
        {
            throw new InvalidDataException($"'{path}' holds no training state; expected a checkpoint that a training run wrote.");
        }
        var (state, written) = (FromJson<TrainingState>(path, stateJson), FromJson<TrainingOptions>(path, optionsJson));
        if (written != options)
        {
            throw new InvalidDataException($"'{path}' was written with other training options, {optionsJson}; expected {JsonSerializer.Serialize(options)}.");
        }
        var (weights, states) = (Part(tensors, WeightsPrefix), Part(tensors, OptimizerPrefix));
        var wrong = StateDifferences.Between(task.Module.state_dict(), weights, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' is a checkpoint of another model: {string.Join("; ", wrong)}.");
        }
        if (identity != task.Identity)
        {
            throw new InvalidDataException($"'{path}' is a checkpoint of another run, of {identity}; expected {task.Identity}.");
        }
        if (optimizer != kind || !states.Keys.ToHashSet().SetEquals(trained))
        {
            throw new InvalidDataException($"'{path}' holds the state of {optimizer} for {states.Count} parameters; expected that of {kind} for the {trained.Count()} that are trained.");
        }
        task.Module.load_state_dict(weights);
        GeneratorState.Set(DeviceOf(task), tensors[RandomKey]);
        return (state, Part(tensors, BestPrefix), states);
    }

    /// <summary>The options with the batches of the run that a file holds, which were found for its memory; null where there is no such file.</summary>
    public static TrainingOptions? BatchesOf(string? path, TrainingOptions options) =>
        File.Exists(path) && Safetensors.ReadMetadata(path).TryGetValue(OptionsKey, out var json) && FromJson<TrainingOptions>(path, json) is var written
            ? options with { BatchSize = written.BatchSize, Accumulation = written.Accumulation }
            : null;

    private static Device DeviceOf(ITrainingTask task) => task.Module.parameters().First().device;

    private static T FromJson<T>(string path, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, format) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' holds a {typeof(T).Name} that cannot be read ({error.Message}); expected a checkpoint that a training run wrote.", error);
        }
    }

    private static Dictionary<string, Tensor> Part(Dictionary<string, Tensor> tensors, string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
}
