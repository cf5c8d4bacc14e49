using System.Text;
using System.Text.Json.Nodes;
using ScFm.Model.Corpora.Store;

namespace ScFm.Model.Tests.Corpora.Store;

public sealed class DamagedStoreTests
{
    private static readonly StoreOptions Small = new() { CellsPerShard = 16, Shuffle = false };

    [Fact]
    public void Two_hundred_damaged_stores_are_refused_each_with_the_file_that_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        string[] files = [.. Directory.GetFiles(whole).Order().Select(file => Path.GetFileName(file)!)];
        var random = new Random(20);
        for (var round = 0; round < 200; round++)
        {
            var file = files[round % files.Length];
            var path = Path.Combine(whole, file);
            var bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, Damage(bytes, random));
            var error = Assert.ThrowsAny<Exception>(() => ReadAll(whole));
            Assert.True(error is InvalidDataException, $"Round {round}, {file}: {error}");
            Assert.Contains(file, error.Message);
            File.WriteAllBytes(path, bytes);
        }
        ReadAll(whole); // so that it was the damage
    }

    [Fact]
    public void A_damaged_cell_is_found_when_it_is_read_and_its_neighbours_can_still_be_read()
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        var path = Path.Combine(whole, Shard.FileName(1));
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 4; // in the checksum of the shard's last cell
        File.WriteAllBytes(path, bytes);
        using var store = CorpusStore.Open(whole);
        new StreamedCells(40, 300, 30).AssertSame(store, 0, 16, 30, 39);
        Assert.Matches("^Cell 31 in '.*shard-00001.bin' has the checksum [0-9A-F]{8}; expected [0-9A-F]{8}\\.$", Assert.Throws<InvalidDataException>(() => store.Read([30, 31])).Message);
        Assert.Matches("shard-00001.bin' has the checksum [0-9A-F]{8}; expected [0-9A-F]{8}, so it was changed", Assert.Throws<InvalidDataException>(() => store.Verify()).Message);
    }

    [Fact]
    public void A_shard_that_is_cut_short_or_missing_or_in_anothers_place_is_named()
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        var (first, second) = (Path.Combine(whole, Shard.FileName(0)), Path.Combine(whole, Shard.FileName(1)));
        var (one, two) = (File.ReadAllBytes(first), File.ReadAllBytes(second));

        using (var open = CorpusStore.Open(whole))
        {
            open.Read([0]);
            File.WriteAllBytes(first, one[..^40]); // while it is open
            Assert.Contains($"'{first}' ends at", Assert.Throws<InvalidDataException>(() => open.Read([15])).Message);
        }
        using var store = CorpusStore.Open(whole);
        Assert.Contains($"'{first}' has {one.Length - 40:N0} bytes; expected a file of {one.Length:N0} bytes", Assert.Throws<InvalidDataException>(() => store.Read([0])).Message);
        File.Delete(first);
        Assert.Contains($"'{first}' is missing; expected a file of", Assert.Throws<InvalidDataException>(() => store.Read([0])).Message);
        File.WriteAllBytes(first, two);
        Assert.ThrowsAny<InvalidDataException>(() => store.Read([0]));
    }

    [Theory]
    [InlineData("Cells", 41, "has 8 cells; expected 9")]
    [InlineData("Cells", 2_000_000_000, "names 3 shards; expected 125000000 for 2000000000 cells")]
    [InlineData("Cells", -1, "names -1 cells")]
    [InlineData("CellsPerShard", 0, "0 cells a shard")]
    [InlineData("CellsPerShard", 1_000_000, "names 3 shards; expected 1")]
    [InlineData("Values", 5, "values; expected 5")]
    [InlineData("Genes", 299, "genes.bin' does not hold 299 rows")]
    [InlineData("Genes", 2_000_000_000, "genes.bin' does not hold 2,000,000,000 rows")]
    [InlineData("Shards", null, "is no manifest of a corpus")]
    [InlineData("Genes", "many", "is no manifest of a corpus")]
    public void A_manifest_that_lies_is_refused_even_where_its_checksum_is_right(string property, object? lie, string expected)
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        Forge(whole, corpus => corpus[property] = JsonValue.Create(lie));
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => CorpusStore.Open(whole)).Message);
    }

    [Theory]
    [InlineData("Shards", "is null; expected what is known of it")]
    [InlineData("Columns", "is null; expected what is known of it")]
    [InlineData(null, "its content is null")]
    public void A_manifest_with_null_in_the_place_of_a_part_is_refused(string? list, string expected)
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        if (list is not null)
        {
            Forge(whole, corpus => corpus[list] = new JsonArray((JsonNode?)null));
        }
        else
        {
            var checksum = Checksum.Text(Checksum.Of("null"u8));
            File.WriteAllText(Path.Combine(whole, Manifest.FileName), $$"""{"format": "scfm-corpus", "version": 1, "checksum": "{{checksum}}", "corpus": null}""");
        }
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => CorpusStore.Open(whole)).Message);
    }

    [Fact]
    public void Fewer_genes_than_a_cell_has_values_of_are_found_before_a_model_sees_them()
    {
        using var folder = new TemporaryFolder();
        var whole = Build(folder);
        var genes = Path.Combine(whole, StoreFiles.Genes);
        File.Delete(genes);
        var file = StoreFile.Write(genes, writer => StoredTexts.Write(writer, Enumerable.Range(0, 100).Select(gene => $"{gene}")));
        Forge(whole, corpus =>
        {
            corpus["Genes"] = 100;
            corpus["GeneNames"] = new JsonObject { ["Bytes"] = file.Bytes, ["Checksum"] = file.Checksum };
        });
        using var store = CorpusStore.Open(whole);
        Assert.Matches("^Cell 0 in '.*' has a value of gene 2[0-9]{2}; expected 0 to 99\\.$", Assert.Throws<InvalidDataException>(() => store.Read([0])).Message);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "its version is 2; expected 1.")]
    [InlineData("scfm-corpus", "scfm-carpet", "its format is 'scfm-carpet'; expected 'scfm-corpus'.")]
    [InlineData("\"Source\"", "\"source\"", "its content has the checksum")]
    [InlineData("\"format\"", "\"form\"", "is no manifest of a corpus")]
    public void Another_version_or_format_is_named(string text, string changed, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Build(folder), Manifest.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, changed, StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => CorpusStore.Open(folder.File("c.corpus"))).Message;
        Assert.StartsWith($"'{path}' is no manifest of a corpus: ", error);
        Assert.Contains(expected, error);
    }

    private static string Build(TemporaryFolder folder)
    {
        using var store = CorpusStore.Build(new StreamedCells(40, 300, 30), folder.File("c.corpus"), Small);
        return store.Folder;
    }

    private static void ReadAll(string path)
    {
        using var store = CorpusStore.Open(path);
        _ = store.ObsNames;
        _ = store.Obs;
        store.Read([.. Enumerable.Range(0, store.CellCount)]);
    }

    /// <summary>Cuts, lengthens, flips a bit, writes over some bytes, or takes some out.</summary>
    private static byte[] Damage(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length - 1); // the manifest's last byte is the end of its line, which says nothing
        switch (random.Next(5))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[at..], .. Encoding.ASCII.GetBytes("more")];
            case 2:
                return [.. bytes[..at], (byte)(bytes[at] ^ 1 << random.Next(8)), .. bytes[(at + 1)..]];
            case 3:
                var length = Math.Min(bytes.Length - at, 1 + random.Next(16));
                var noise = new byte[length];
                random.NextBytes(noise);
                noise[0] = (byte)(bytes[at] + 1);
                return [.. bytes[..at], .. noise, .. bytes[(at + length)..]];
            default:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.Next(8))..]];
        }
    }

    /// <summary>Changes a manifest and gives it the checksum that it then has.</summary>
    private static void Forge(string folder, Action<JsonObject> change)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var corpus = root["corpus"]!.AsObject();
        change(corpus);
        var content = corpus.ToJsonString();
        root["checksum"] = Checksum.Text(Checksum.Of(Encoding.UTF8.GetBytes(content)));
        File.WriteAllText(path, root.ToJsonString());
    }
}
