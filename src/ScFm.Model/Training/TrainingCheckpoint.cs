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
    private const string OptimizerKey = "optimizer";
    private const string RandomKey = "random";
    private const string StateKey = "training";
    private const string OptionsKey = "options";
    private const string IdentityKey = "identity";

    private static readonly JsonSerializerOptions format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals }; // a held-out loss may be infinite

    public static void Write(
        string path, ITrainingTask task, IReadOnlyDictionary<string, Tensor> best, optim.Optimizer optimizer, TrainingState state, TrainingOptions options)
    {
        using var scope = NewDisposeScope();
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer))
        {
            ((OptimizerHelper)optimizer).save_state_dict(writer);
        }
        var tensors = new Dictionary<string, Tensor>
        {
            [OptimizerKey] = tensor(buffer.ToArray()),
            [RandomKey] = GeneratorState.Get(DeviceOf(task)),
        };
        foreach (var (name, value) in task.Module.state_dict())
        {
            tensors[WeightsPrefix + name] = value;
        }
        foreach (var (name, value) in best)
        {
            tensors[BestPrefix + name] = value;
        }
        Safetensors.Write(path, tensors, new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state, format),
            [OptionsKey] = JsonSerializer.Serialize(options),
            [IdentityKey] = task.Identity,
        });
    }

    /// <summary>Puts everything back; returns the state and the best weights.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint of this run.</exception>
    public static (TrainingState State, Dictionary<string, Tensor> Best) Read(string path, ITrainingTask task, optim.Optimizer optimizer, TrainingOptions options)
    {
        using var scope = NewDisposeScope(); // else the weights and the optimizer's state would be held twice while the run lasts
        var (tensors, metadata) = Safetensors.Read(path);
        if (!metadata.TryGetValue(StateKey, out var stateJson) || !metadata.TryGetValue(OptionsKey, out var optionsJson)
            || !metadata.TryGetValue(IdentityKey, out var identity) || !tensors.ContainsKey(OptimizerKey) || !tensors.ContainsKey(RandomKey))
        {
            throw new InvalidDataException($"'{path}' holds no training state; expected a checkpoint that a training run wrote.");
        }
        var (state, written) = (FromJson<TrainingState>(path, stateJson), FromJson<TrainingOptions>(path, optionsJson));
        if (written != options)
        {
            throw new InvalidDataException($"'{path}' was written with other training options, {optionsJson}; expected {JsonSerializer.Serialize(options)}.");
        }
        var (weights, best) = (Part(tensors, WeightsPrefix), Part(tensors, BestPrefix));
        var wrong = StateDifferences.Between(task.Module.state_dict(), weights, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' is a checkpoint of another model: {string.Join("; ", wrong)}.");
        }
        if (identity != task.Identity)
        {
            throw new InvalidDataException($"'{path}' is a checkpoint of another run, of {identity}; expected {task.Identity}.");
        }
        task.Module.load_state_dict(weights);
        using (var reader = new BinaryReader(new MemoryStream(tensors[OptimizerKey].data<byte>().ToArray())))
        {
            ((OptimizerHelper)optimizer).load_state_dict(reader);
        }
        GeneratorState.Set(DeviceOf(task), tensors[RandomKey]);
        foreach (var value in best.Values)
        {
            value.MoveToOuterDisposeScope();
        }
        return (state, best);
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
