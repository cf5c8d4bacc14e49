using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Corpora.Store;

/// <summary>What a corpus store says of itself: the file corpus.json.</summary>
internal sealed record Manifest
{
    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The manifest's file in the store.</summary>
    public const string FileName = "corpus.json";

    private const string Format = "scfm-corpus";
    private const long MostBytes = 1 << 28;

    private static readonly JsonSerializerOptions json = new()
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Number of cells.</summary>
    public required int Cells { get; init; }

    /// <summary>Number of genes.</summary>
    public required int Genes { get; init; }

    /// <summary>Stored values of all cells.</summary>
    public required long Values { get; init; }

    /// <summary>Cells in every shard but the last.</summary>
    public required int CellsPerShard { get; init; }

    /// <summary>What the random order was drawn from; null where the cells kept theirs.</summary>
    public required int? Seed { get; init; }

    /// <summary>What the cells were called where they came from.</summary>
    public required string Source { get; init; }

    /// <summary>The identity of the cells where they came from.</summary>
    public required string SourceIdentity { get; init; }

    /// <summary>The genes' names.</summary>
    public required StoreFile GeneNames { get; init; }

    /// <summary>The genes' Ensembl ids; null where none is known.</summary>
    public required StoreFile? GeneIds { get; init; }

    /// <summary>The cells' names.</summary>
    public required StoreFile CellNames { get; init; }

    /// <summary>The columns of obs, in order.</summary>
    public required IReadOnlyList<ColumnEntry> Columns { get; init; }

    /// <summary>The shards, in order.</summary>
    public required IReadOnlyList<ShardEntry> Shards { get; init; }

    /// <summary>CRC-32C of the rest as it stands in the file; changes with anything in the store.</summary>
    [JsonIgnore]
    public string Identity { get; private init; } = "";

    /// <summary>Writes the manifest into the store's folder.</summary>
    public void Write(string folder)
    {
        var content = JsonSerializer.Serialize(this, json);
        var checksum = Checksum.Text(Checksum.Of(Encoding.UTF8.GetBytes(content)));
        File.WriteAllText(Path.Combine(folder, FileName), $$"""{"format": "{{Format}}", "version": {{CurrentVersion}}, "checksum": "{{checksum}}", "corpus": {{content}}}""" + "\n");
    }

    /// <summary>Reads a store's manifest and checks that its parts agree.</summary>
    /// <exception cref="FileNotFoundException">There is no such store.</exception>
    /// <exception cref="InvalidDataException">It is no manifest, of another version, damaged, or its numbers contradict each other.</exception>
    public static Manifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no corpus '{folder}'; expected a folder that holds {FileName}.", path);
        }
        InvalidDataException Bad(string what, Exception? cause = null) => new($"'{path}' is no manifest of a corpus: {what}.", cause);
        if (new FileInfo(path).Length is var bytes and > MostBytes)
        {
            throw Bad($"it has {bytes:N0} bytes; expected at most {MostBytes:N0}");
        }
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.GetProperty("format").GetString() is var format && format != Format)
            {
                throw Bad($"its format is '{format}'; expected '{Format}'");
            }
            if (root.GetProperty("version").GetInt32() is var version && version != CurrentVersion)
            {
                throw Bad($"its version is {version}; expected {CurrentVersion}");
            }
            var (stated, content) = (root.GetProperty("checksum").GetString(), root.GetProperty("corpus"));
            var found = Checksum.Text(Checksum.Of(Encoding.UTF8.GetBytes(content.GetRawText())));
            if (found != stated)
            {
                throw Bad($"its content has the checksum {found}; expected {stated}");
            }
            var manifest = (content.Deserialize<Manifest>(json) ?? throw Bad("its content is null")) with { Identity = found };
            return manifest.Contradiction() is { } contradiction ? throw Bad(contradiction) : manifest;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Bad(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>The first of its numbers that cannot be true beside the others; null where all agree.</summary>
    private string? Contradiction()
    {
        if (Shards.Contains(null!) || Columns.Contains(null!))
        {
            return "a shard or a column of obs is null; expected what is known of it";
        }
        if (Cells < 1 || Genes < 1 || CellsPerShard < 1)
        {
            return $"it names {Cells} cells, {Genes} genes and {CellsPerShard} cells a shard; expected at least one of each";
        }
        var shards = (int)(((long)Cells + CellsPerShard - 1) / CellsPerShard);
        if (Shards.Count != shards)
        {
            return $"it names {Shards.Count} shards; expected {shards} for {Cells} cells of {CellsPerShard} a shard";
        }
        for (var i = 0; i < shards; i++)
        {
            var cells = i < shards - 1 ? CellsPerShard : Cells - (shards - 1) * CellsPerShard;
            if (Shards[i].Cells != cells)
            {
                return $"shard {i} has {Shards[i].Cells} cells; expected {cells}";
            }
        }
        var values = Shards.Aggregate((Int128)0, (sum, shard) => sum + shard.Values);
        return values != Values ? $"its shards have {values} values; expected {Values}"
            : Columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Key == "" || same.Count() > 1) is { } twice ? $"two columns of obs are named '{twice.Key}' or it is empty; expected distinct names"
            : null;
    }
}
