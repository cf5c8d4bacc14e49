using System.Globalization;
using ScFm.Model.Files;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>
/// Low-rank adapters on a frozen model: W + (alpha / rank) B A takes the place of chosen weights W, and only A and B are trained and saved.
/// They start as no change, and the model gets its own weights back bit for bit.
/// </summary>
/// <remarks>
/// Source: Hu et al. 2021, "LoRA", equation 3. The sum is written into the model's own weight, so that blocks and their kernels need not know of it.
/// </remarks>
/// <example><code>
/// var adapted = Pretraining.Run(cells, new() { StartFrom = model, Lora = new() });
/// adapted.Report!.Adapters!.Save("lung.safetensors");
/// ...
/// Lora.Read("lung.safetensors", model.Module).Apply();
/// </code></example>
public sealed class Lora : nn.Module
{
    private const string Alpha = "lora_alpha";
    private const string Rank = "lora_rank";
    private const string SuffixA = ".lora_A";
    private const string SuffixB = ".lora_B";

    private readonly nn.Module model;
    private readonly LoraOptions options;
    private readonly ModuleList<LoraAdapter> adapters;

    /// <summary>Puts adapters on a model and freezes it; what it computes stays as it was.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Which weights, and how wide.</param>
    /// <param name="seed">Seed of the first matrices. Default: 0.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the model has none of the weights.</exception>
    public Lora(nn.Module model, LoraOptions options, int seed = 0) : base(nameof(Lora))
    {
        (this.model, this.options) = (model, Options.Validate(options));
        using var random = new Generator((ulong)seed);
        adapters = new ModuleList<LoraAdapter>(
        [
            .. model.named_parameters()
                .Where(p => p.parameter.dim() == 2 && options.Weights.Any(end => p.name.EndsWith(end, StringComparison.Ordinal)))
                .Select(p => new LoraAdapter(p.name, p.parameter, options, random)),
        ]);
        if (adapters.Count == 0)
        {
            throw new ArgumentException($"The model has no matrix whose name ends in {string.Join(" or ", options.Weights)}; expected at least one.");
        }
        foreach (var parameter in model.parameters())
        {
            parameter.requires_grad = false;
        }
        register_module(nameof(adapters), adapters);
    }

    /// <summary>One adapter a weight, in the order of the model's parameters.</summary>
    public IReadOnlyList<LoraAdapter> Adapters => [.. adapters];

    /// <summary>Puts the sums in the weights' places: the model is then the adapted one, at no cost for inference.</summary>
    public void Apply()
    {
        foreach (var adapter in adapters)
        {
            adapter.Apply();
        }
    }

    /// <summary>Gives the model its own weights back, bit for bit.</summary>
    public void Restore()
    {
        foreach (var adapter in adapters)
        {
            adapter.Restore();
        }
    }

    /// <inheritdoc/>
    public override void train(bool train = true)
    {
        base.train(train);
        model.train(train);
    }

    /// <summary>Adds nothing to the adapters: the model is not part of them.</summary>
    protected override void RegisterComponents() { }

    /// <summary>Writes the adapters alone: of each weight NAME the tensors NAME.lora_A and NAME.lora_B.</summary>
    public void Save(string path)
    {
        var (tensors, metadata) = ToFile();
        Safetensors.Write(path, tensors, metadata);
    }

    /// <summary>What <see cref="Save"/> writes, for a file that holds more than that.</summary>
    internal (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) ToFile()
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var adapter in adapters)
        {
            (tensors[adapter.WeightName + SuffixA], tensors[adapter.WeightName + SuffixB]) = (adapter.A, adapter.B);
        }
        var (alpha, rank) = (options.Alpha.ToString("R", CultureInfo.InvariantCulture), options.Rank.ToString(CultureInfo.InvariantCulture));
        return (tensors, new Dictionary<string, string> { [Alpha] = alpha, [Rank] = rank });
    }

    /// <summary>Puts saved adapters on a model and freezes it; <see cref="Apply"/> them to use them.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="model">The model that they were trained on.</param>
    /// <exception cref="InvalidDataException">The file holds no adapters, or they do not fit the model; the message lists all that differ.</exception>
    public static Lora Read(string path, nn.Module model)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = Safetensors.Read(path);
        return Of(tensors, metadata, path, model);
    }

    /// <summary>The same of what <see cref="ToFile"/> gave.</summary>
    internal static Lora Of(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata, string path, nn.Module model)
    {
        if (!double.TryParse(metadata.GetValueOrDefault(Alpha), NumberStyles.Float, CultureInfo.InvariantCulture, out var alpha)
            || !int.TryParse(metadata.GetValueOrDefault(Rank), NumberStyles.None, CultureInfo.InvariantCulture, out var rank))
        {
            throw new InvalidDataException($"'{path}' names no {Alpha} and {Rank}; expected low-rank adapters.");
        }
        string[] names = [.. tensors.Keys.Where(key => key.EndsWith(SuffixA, StringComparison.Ordinal)).Select(key => key[..^SuffixA.Length])];
        var shapes = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.shape);
        string[] wrong =
        [
            .. names.Where(name => !shapes.ContainsKey(name)).Select(name => $"{name} is unknown"),
            .. names.Where(shapes.ContainsKey).SelectMany(name => Misfits(name, shapes[name])),
        ];
        if (names.Length == 0 || wrong.Length > 0)
        {
            throw new InvalidDataException($"'{path}' does not fit this model: {(names.Length == 0 ? "it holds no adapters" : string.Join("; ", wrong))}.");
        }
        var lora = new Lora(model, new LoraOptions { Rank = rank, Alpha = alpha, Weights = names });
        using var _ = no_grad();
        foreach (var adapter in lora.adapters)
        {
            adapter.A.copy_(tensors[adapter.WeightName + SuffixA]);
            adapter.B.copy_(tensors[adapter.WeightName + SuffixB]);
        }
        return lora;

        IEnumerable<string> Misfits(string name, long[] shape)
        {
            foreach (var (key, wanted) in new[] { (name + SuffixA, new[] { rank, shape[^1] }), (name + SuffixB, [shape[0], rank]) })
            {
                if (!tensors.TryGetValue(key, out var found))
                {
                    yield return $"{key} is missing";
                }
                else if (!found.shape.SequenceEqual(wanted))
                {
                    yield return $"{key} is [{string.Join(", ", found.shape)}], expected [{string.Join(", ", wanted)}]";
                }
            }
        }
    }
}
