using ScFm.Model.Files.PyTorch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Reads the sizes of a scFoundation from the options that a published checkpoint carries.</summary>
/// <remarks>Source: reference file load.py, convertconfig: entries of dataset_config.rnaseq replace those of model_config with the same name.</remarks>
internal sealed class PublishedConfig
{
    private const string ModelName = "mae_autobin";

    private readonly List<string> problems = [];

    private PublishedConfig()
    {
    }

    /// <summary>The sizes.</summary>
    /// <param name="options">The value under config.</param>
    /// <param name="source">What the error names: the file and the key.</param>
    /// <exception cref="InvalidDataException">Options are missing or are not those of a scFoundation; the message lists them all.</exception>
    public static ScFoundationConfig Read(object? options, string source)
    {
        var reader = new PublishedConfig();
        var config = reader.Read(options);
        try
        {
            return reader.problems.Count == 0 ? config.Validated() : throw new ArgumentException($"{string.Join("; ", reader.problems)}.");
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{source} does not hold the options of a scFoundation: {error.Message}", error);
        }
    }

    private ScFoundationConfig Read(object? value)
    {
        var options = value as PythonDictionary ?? [];
        Expect(options["model"], ModelName, "config.model");
        var model = Dictionary(Dictionary(options, "model_config", "config.model_config"), ModelName, $"config.model_config.{ModelName}");
        var data = (options["dataset_config"] as PythonDictionary)?["rnaseq"] as PythonDictionary ?? [];
        var merged = new PythonDictionary();
        foreach (var (key, option) in model.Concat(data))
        {
            merged.Set(key, option);
        }
        var (encoder, decoder) = (Dictionary(merged, "encoder", "encoder"), Dictionary(merged, "decoder", "decoder"));
        Expect(encoder["module_type"], "transformer", "encoder.module_type");
        Expect(decoder["module_type"], "performer", "decoder.module_type");
        return new ScFoundationConfig
        {
            Genes = Whole(merged, "seq_len", "seq_len") - 2, // T and S follow the genes
            EncoderWidth = Whole(encoder, "hidden_dim", "encoder.hidden_dim"),
            EncoderDepth = Whole(encoder, "depth", "encoder.depth"),
            EncoderHeads = Whole(encoder, "heads", "encoder.heads"),
            DecoderWidth = Whole(decoder, "hidden_dim", "decoder.hidden_dim"),
            DecoderDepth = Whole(decoder, "depth", "decoder.depth"),
            DecoderHeads = Whole(decoder, "heads", "decoder.heads"),
            DecoderHeadWidth = Whole(decoder, "dim_head", "decoder.dim_head"),
            Bins = Whole(merged, "bin_num", "bin_num"),
            BinAlpha = Number(merged, "bin_alpha", "bin_alpha"),
        };
    }

    private void Expect(object? found, string expected, string path)
    {
        if (found is not string text || text != expected)
        {
            problems.Add($"{path} is {Said(found)}, expected '{expected}'");
        }
    }

    private PythonDictionary Dictionary(PythonDictionary from, string name, string path) => from[name] as PythonDictionary ?? Missing<PythonDictionary>(from[name], path, "a dict", []);

    private int Whole(PythonDictionary from, string name, string path) =>
        from[name] is long whole and >= 0 and <= int.MaxValue ? (int)whole : Missing(from[name], path, "a whole number", 0);

    private double Number(PythonDictionary from, string name, string path) => from[name] switch
    {
        double number => number,
        long whole => whole,
        var other => Missing(other, path, "a number", 0.0),
    };

    private T Missing<T>(object? found, string path, string expected, T instead)
    {
        problems.Add($"{path} is {Said(found)}, expected {expected}");
        return instead;
    }

    private static string Said(object? value) => value switch
    {
        null => "missing",
        string text => $"'{text}'",
        long or double or bool => FormattableString.Invariant($"{value}"),
        _ => PickleValue.Name(value),
    };
}
