using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

public sealed partial class HeadClassifier
{
    /// <summary>The part of a file's header that says it is a head on an encoder.</summary>
    internal const string DescriptionKey = "head-classifier";

    private const string HeadPrefix = "head.";
    private const string TrainedPrefix = "trained.";
    private const string AdapterPrefix = "adapters.";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(string[] Types, int[] Seen, HeadOptions Options, string Reading, string Encoder, ClassifierFit Fit);

    /// <summary>
    /// Writes one safetensors file: the head, and of the encoder what was tuned: adapters alone where there are any. The encoder itself lies within, unless
    /// <see cref="HeadOptions.EncoderFile"/> names its own file.
    /// </summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var description = new Description([.. Types], known.Seen, Settings, Encoder.Reading, encoderBefore, Fit);
        var metadata = ClassifierFile.Header(DescriptionKey, description);
        var tensors = Named(HeadPrefix, Head.state_dict());
        if (tuned.Lora is { } lora)
        {
            var (adapters, about) = lora.ToFile();
            Add(tensors, Named(AdapterPrefix, adapters));
            Add(metadata, about);
        }
        Add(tensors, Settings.EncoderFile is null
            ? WholeEncoder()
            : Named(TrainedPrefix, Encoder.Module.state_dict().Where(weight => tuned.Trained.Contains(weight.Key))));
        Safetensors.Write(path, tensors, metadata);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or the encoder's own file is gone.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else, or the encoder's own file has changed.</exception>
    public static HeadClassifier Load(string path)
    {
        var described = Described(path);
        var (tensors, metadata) = Safetensors.Read(path);
        try
        {
            var encoder = EncoderFile.Open(path, tensors, described.Options.EncoderFile, described.Reading, described.Encoder);
            Put(path, encoder.Module, [.. Part(tensors, TrainedPrefix)], all: false);
            var head = new HeadModule(encoder.Width, described.Seen.Length, described.Options.Kind, described.Options.Hidden, described.Options.Dropout);
            Put(path, head, [.. Part(tensors, HeadPrefix)], all: true);
            var adapters = Part(tensors, AdapterPrefix).ToDictionary();
            var lora = adapters.Count == 0 ? null : Lora.Of(adapters, metadata, path, encoder.Module);
            lora?.Apply();
            encoder.Module.eval();
            var tuned = new TunedEncoder(encoder, lora, [.. Part(tensors, TrainedPrefix).Select(weight => weight.Key)], 0);
            return new HeadClassifier(tuned, head, new KnownTypes(described.Types, described.Seen), described.Options, described.Encoder, described.Fit);
        }
        finally
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }

    private static Description Described(string path)
    {
        var found = ClassifierFile.Describe<Description>(path, DescriptionKey);
        if (found is not { Types.Length: > 1, Seen.Length: > 1, Options: { Lora: not null, Training: not null } options, Reading: not null, Encoder: not null, Fit: not null } || found.Seen.Any(type => type < 0 || type >= found.Types.Length))
        {
            throw ClassifierFile.Wrong(path, DescriptionKey);
        }
        try
        {
            options.Validated();
            return found;
        }
        catch (ArgumentException error)
        {
            throw ClassifierFile.Wrong(path, DescriptionKey, error);
        }
    }

    /// <summary>The encoder without adapters, which are kept apart.</summary>
    private Dictionary<string, Tensor> WholeEncoder()
    {
        tuned.Lora?.Restore();
        try
        {
            return ModelBytes.Of(Encoder.Model);
        }
        finally
        {
            tuned.Lora?.Apply();
        }
    }

    /// <summary>Copies weights into a module: all that it has, or some.</summary>
    private static void Put(string path, nn.Module module, KeyValuePair<string, Tensor>[] weights, bool all)
    {
        var (own, given) = (module.state_dict(), weights.ToDictionary());
        var wanted = all ? own : own.Where(weight => given.ContainsKey(weight.Key)).ToDictionary();
        var wrong = StateDifferences.Between(wanted, given, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' does not fit the classifier it describes: {string.Join("; ", wrong)}.");
        }
        using var _ = no_grad();
        foreach (var (name, weight) in given)
        {
            own[name].copy_(weight);
        }
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Part(Dictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value));

    private static Dictionary<string, Tensor> Named(string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        tensors.ToDictionary(tensor => prefix + tensor.Key, tensor => tensor.Value);

    private static void Add<T>(Dictionary<string, T> all, Dictionary<string, T> more)
    {
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }
    }
}
