using System.Text.Json;
using ScFm.Model.Files;
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

    public static void Write(
        string path, nn.Module module, IReadOnlyDictionary<string, Tensor> best, optim.Optimizer optimizer, TrainingState state, TrainingOptions options)
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
            [RandomKey] = random.get_rng_state(),
        };
        foreach (var (name, value) in module.state_dict())
        {
            tensors[WeightsPrefix + name] = value;
        }
        foreach (var (name, value) in best)
        {
            tensors[BestPrefix + name] = value;
        }
        Safetensors.Write(path, tensors, new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state),
            [OptionsKey] = JsonSerializer.Serialize(options),
        });
    }

    /// <summary>Puts everything back; returns the state and the best weights.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint of this run.</exception>
    public static (TrainingState State, Dictionary<string, Tensor> Best) Read(string path, nn.Module module, optim.Optimizer optimizer, TrainingOptions options)
    {
        var (tensors, metadata) = Safetensors.Read(path);
        if (!metadata.TryGetValue(StateKey, out var stateJson) || !metadata.TryGetValue(OptionsKey, out var optionsJson)
            || !tensors.ContainsKey(OptimizerKey) || !tensors.ContainsKey(RandomKey))
        {
            throw new InvalidDataException($"'{path}' holds no training state; expected a checkpoint that a training run wrote.");
        }
        if (JsonSerializer.Deserialize<TrainingOptions>(optionsJson) != options)
        {
            throw new InvalidDataException($"'{path}' was written with other training options, {optionsJson}; expected {JsonSerializer.Serialize(options)}.");
        }
        module.load_state_dict(Part(tensors, WeightsPrefix));
        using (var reader = new BinaryReader(new MemoryStream(tensors[OptimizerKey].data<byte>().ToArray())))
        {
            ((OptimizerHelper)optimizer).load_state_dict(reader);
        }
        random.set_rng_state(tensors[RandomKey]);
        return (JsonSerializer.Deserialize<TrainingState>(stateJson)!, Part(tensors, BestPrefix));
    }

    private static Dictionary<string, Tensor> Part(Dictionary<string, Tensor> tensors, string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
}
