using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ScFm.Model.Cells;
using ScFm.Model.Cells.Files;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Models;

namespace ScFm.Model.Parts;

/// <summary>All that the parts of a run depend on, as names and values: only who finds the same may add to them.</summary>
internal sealed class PartsHeader
{
    /// <summary>The name under which the finished file keeps it, in uns.</summary>
    public const string Key = "scfm_run";

    private static readonly JsonSerializerOptions format = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly IReadOnlyDictionary<string, string> facts;

    private PartsHeader(IReadOnlyDictionary<string, string> facts) => this.facts = facts;

    /// <summary>The header of a run.</summary>
    /// <param name="task">What is computed.</param>
    /// <param name="cells">Of which cells; a file is read once for it.</param>
    /// <param name="options">How it is parted and where it goes.</param>
    /// <param name="partSize">Cells of a part.</param>
    public static PartsHeader Of(PartedTask task, ICellSource cells, PartsOptions options, int partSize)
    {
        var facts = new Dictionary<string, string>
        {
            ["task"] = task.Name,
            ["model"] = ModelBytes.IdentityOf(task.Model),
            ["source"] = FormattableString.Invariant($"{cells.Name}, {cells.CellCount} cells, {cells.Identity}"),
            ["cells"] = options.Cells is { } chosen ? FormattableString.Invariant($"{chosen.Count}, {Fingerprint.Of<int>([.. chosen])}") : "all",
            ["aliases"] = task.Aliases is null ? "none" : Fingerprint.Of(JsonSerializer.Serialize(task.Aliases)),
            ["computed on"] = $"{task.Model.DeviceOf()?.type ?? TorchSharp.DeviceType.CPU}",
            ["part size"] = FormattableString.Invariant($"{partSize}"),
            ["place"] = $"{options.Place} {options.Name}{(options.Compress ? ", packed" : "")}",
        };
        foreach (var (name, version) in ProgramVersions.All)
        {
            facts[name] = version;
        }
        Flatten(JsonSerializer.SerializeToNode(task.Settings, format), "", facts);
        return new PartsHeader(facts);
    }

    /// <summary>Changes with any of the facts.</summary>
    public string Identity => Fingerprint.Of(ToJson());

    /// <summary>The header as it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(facts, format);

    /// <summary>The first thing in which another header, as it is kept, differs; null where it is the same.</summary>
    /// <exception cref="JsonException">The text is no header.</exception>
    public (string Name, string Own, string Other)? DifferenceFrom(string json)
    {
        const string Absent = "nothing";
        var others = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? throw new JsonException("it is null");
        foreach (var name in facts.Keys.Union(others.Keys))
        {
            var (own, other) = (facts.GetValueOrDefault(name, Absent), others.GetValueOrDefault(name, Absent));
            if (own != other)
            {
                return (name, own, other);
            }
        }
        return null;
    }

    /// <summary>True where a file is what this run ends with.</summary>
    public bool IsIn(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        try
        {
            using var file = Hdf5Reader.Open(path);
            return file.Root.Find("uns")?.Find(Key) is { } node && H5adValue.Read(node, []) is string json && DifferenceFrom(json) is null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException)
        {
            return false; // some other file
        }
    }

    /// <summary>The properties of a record, those of records in it too, as names and values.</summary>
    private static void Flatten(JsonNode? node, string name, Dictionary<string, string> facts)
    {
        if (node is JsonObject members)
        {
            foreach (var (member, value) in members)
            {
                Flatten(value, name == "" ? member : $"{name}.{member}", facts);
            }
        }
        else if (name != "")
        {
            facts[name] = node?.ToJsonString(format).Trim('"') ?? "none";
        }
    }
}
