using System.Text.Json.Nodes;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

[Collection(nameof(TorchGenerator))]
public sealed class SavedModelTests
{
    private static ScFoundationModel Model(int genes = 20) =>
        ScFoundationModel.Create(
            new ScFoundationConfig { Genes = genes, EncoderWidth = 8, EncoderDepth = 1, EncoderHeads = 2, DecoderWidth = 6, DecoderDepth = 2, DecoderHeads = 2, DecoderHeadWidth = 4, Bins = 5 },
            new GeneVocabulary(Enumerable.Range(0, genes).Select(i => $"GENE{i}")), seed: 4);

    [Fact]
    public void A_model_comes_back_with_the_same_bits_sizes_and_genes()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var model = Model();
        model.Save(folder.Path);
        var loaded = ScFoundationModel.Load(folder.Path);
        Assert.Equal(model.Config, loaded.Config);
        Assert.Equal(model.Vocabulary.Names, loaded.Vocabulary.Names);
        var (expected, found) = (SmallRun.BitsOf(model.Module), SmallRun.BitsOf(loaded.Module));
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected, bits => Assert.Equal(bits.Value, found[bits.Key]));
        Assert.False(loaded.Module.training);
        Assert.NotEqual(expected["pos_emb.weight"], SmallRun.BitsOf(ScFoundationModel.Create(model.Config, model.Vocabulary, seed: 5).Module)["pos_emb.weight"]);
    }

    [Fact]
    public void The_weights_stand_in_the_file_under_the_published_names_and_nothing_else_is_written()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Model().Save(folder.Path);
        Assert.Equal(["config.json", "model.safetensors", "vocabulary.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());

        var golden = Golden.Read("scfoundation_tiny"); // the names that the official code gives
        string Shape(string name) => System.Text.RegularExpressions.Regex.Replace(name, @"\.\d+\.", ".#.");
        var published = golden.Under("state.").Keys.Select(Shape).Distinct().Order();
        var written = Safetensors.Read(folder.File("model.safetensors")).Tensors.Keys.Select(Shape).Distinct().Order();
        Assert.Equal(published, written);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("vocabulary.json")]
    [InlineData("model.safetensors")]
    public void A_folder_that_lacks_a_file_is_named_with_the_file(string file)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Model().Save(folder.Path);
        File.Delete(folder.File(file));
        var error = Assert.Throws<FileNotFoundException>(() => ScFoundationModel.Load(folder.Path));
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("vocabulary.json")]
    [InlineData("model.safetensors")]
    public void A_truncated_file_is_named_in_the_error(string file)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Model().Save(folder.Path);
        var whole = File.ReadAllBytes(folder.File(file));
        foreach (var length in new[] { 0, 5, whole.Length / 2, whole.Length - 3 })
        {
            File.WriteAllBytes(folder.File(file), whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => ScFoundationModel.Load(folder.Path));
            Assert.Contains(folder.File(file), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_weights_that_are_missing_unknown_or_of_another_shape_are_listed_at_once_and_none_is_changed()
    {
        using var scope = NewDisposeScope();
        var model = Model();
        var weights = model.Module.state_dict().ToDictionary(p => CheckpointNames.ToPublished(p.Key), p => p.Value.clone());
        weights.Remove("norm.weight");
        weights.Remove("decoder.performer.net.layers.1.1.fn.fn.w1.bias");
        weights["token_emb.emb.weight"] = zeros(5, 9);
        weights["extra"] = zeros(1);
        var before = SmallRun.BitsOf(model.Module);
        var error = Assert.Throws<InvalidDataException>(() => model.Module.LoadPublished(weights, "some.safetensors"));
        Assert.Equal(
            "'some.safetensors' does not fit this model: decoder.performer.net.layers.1.1.fn.fn.w1.bias is missing; norm.weight is missing; extra is unknown; "
            + "token_emb.emb.weight is [5, 9], expected [5, 8].", string.Join("; ", Sorted(error.Message)));
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(model.Module)[bits.Key]));

        // the order of the missing names is that of the module; the sentence is compared without it
        static IEnumerable<string> Sorted(string message)
        {
            var (start, end) = (message.IndexOf(": ", StringComparison.Ordinal) + 2, message.Length - 1);
            var parts = message[start..end].Split("; ");
            string[] missing = [.. parts.Where(p => p.EndsWith("missing", StringComparison.Ordinal)).Order()];
            string[] all = [.. missing, .. parts.Except(missing)];
            return [message[..start] + all[0], .. all[1..^1], all[^1] + "."];
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_the_genes_or_their_ranges_are_named()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Model().Save(folder.Path);
        string With(string field, int value)
        {
            var config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!;
            config[field] = value;
            File.WriteAllText(folder.File("config.json"), config.ToJsonString());
            return Assert.Throws<InvalidDataException>(() => ScFoundationModel.Load(folder.Path)).Message;
        }
        Assert.Equal($"'{folder.Path}' has a vocabulary.json of 20 genes; expected 21, as its config.json.", With("Genes", 21));
        Assert.Equal($"'{folder.File("config.json")}' does not hold the sizes of a scFoundation: EncoderDepth is 0; expected 1 to 256.", With("EncoderDepth", 0));
        Assert.Equal("The vocabulary has 2 genes; expected 20, as the model.",
            Assert.Throws<ArgumentException>(() => new ScFoundationModel(Model().Module, new GeneVocabulary(["A", "B"]))).Message);
    }

    [Fact]
    public void Where_nothing_was_saved_there_is_no_model() => Assert.Equal(
        "There is no model 'nowhere'; expected the file or folder that one was saved to.", Assert.Throws<FileNotFoundException>(() => ModelFiles.Open("nowhere")).Message);

    [Fact]
    public void Names_are_translated_there_and_back() =>
        Assert.All(Model().Module.state_dict().Keys, name => Assert.Equal(name, CheckpointNames.FromPublished(CheckpointNames.ToPublished(name))));
}
