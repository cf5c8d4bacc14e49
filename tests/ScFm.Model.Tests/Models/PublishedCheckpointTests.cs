using ScFm.Model.Cells;
using ScFm.Model.Files.PyTorch;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Files.PyTorch;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

/// <summary>Published checkpoints become the models that the official loader makes of them.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class PublishedCheckpointTests
{
    private const double Tolerance = 2e-5; // stated by the fixture

    public static TheoryData<string, string> Files => PyTorchFixtureTests.CheckpointFiles;

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_version_has_the_sizes_weights_and_expression_of_the_official_loader(string name, string file)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        using var published = PublishedCheckpoint.Open(TestFolders.Fixture(file));
        Assert.Equal(["gene", "cell", "rde"], published.Keys);
        foreach (var key in published.Keys)
        {
            var options = golden.Config[key]!;
            var genes = options["seq_len"]!.GetValue<int>() - 2;
            var model = published.Model(key, Genes(genes));
            Assert.Equal(options["bin_alpha"]!.GetValue<double>(), model.Config.BinAlpha);
            Assert.Equal(options["encoder"]!["heads"]!.GetValue<int>(), model.Config.EncoderHeads);
            Assert.Equal(options["decoder"]!["heads"]!.GetValue<int>(), model.Config.DecoderHeads);
            var state = model.Module.state_dict();
            var expected = golden.Under($"{key}.state.");
            Assert.Equal(expected.Keys.Order(), state.Keys.Select(CheckpointNames.ToPublished).Order());
            Assert.All(state, own => Assert.True(own.Value.bytes.SequenceEqual(expected[CheckpointNames.ToPublished(own.Key)].bytes), own.Key));
            if (golden.Has($"{key}.predicted_expression"))
            {
                using var _ = no_grad();
                var row = golden["forward.input"][0].data<float>().ToArray();
                int[] visible = [.. Enumerable.Range(0, genes).Where(gene => row[gene] > 0)];
                var cell = new CellTokens
                {
                    Visible = visible, VisibleValues = [.. visible.Select(gene => row[gene])], TargetDepth = row[genes], SourceDepth = row[genes + 1],
                    Hidden = [], HiddenValues = [], Targets = [],
                };
                var predicted = model.Module.call(TokenBatch.Pack([cell], genes));
                Assert.InRange(Golden.LargestDifference(predicted, golden[$"{key}.predicted_expression"]), 0, Tolerance);
            }
        }
    }

    [Fact]
    public void A_model_that_was_opened_is_saved_and_loaded_with_the_same_bits()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var opened = ScFoundationModel.OpenPublished(Tiny(), "rde", Genes(64));
        opened.Save(folder.Path);
        var loaded = ScFoundationModel.Load(folder.Path, Genes(64));
        Assert.Equal(opened.Config, loaded.Config);
        var (expected, found) = (SmallRun.BitsOf(opened.Module), SmallRun.BitsOf(loaded.Module));
        Assert.All(expected, bits => Assert.Equal(bits.Value, found[bits.Key]));
        Assert.False(opened.Module.training);
    }

    [Fact]
    public void A_wrong_key_and_no_key_name_those_that_there_are()
    {
        var path = Tiny();
        Assert.Equal($"'{path}' holds no 'drug'; expected one of gene, cell, rde.", Assert.Throws<ArgumentException>(() => ScFoundationModel.OpenPublished(path, "drug", Genes(64))).Message);
        Assert.Equal($"'{path}' holds gene, cell, rde; expected the key of one of them.", Assert.Throws<ArgumentException>(() => ScFoundationModel.OpenPublished(path, null, Genes(64))).Message);
    }

    [Fact]
    public void Genes_that_are_absent_too_few_or_in_another_order_are_named()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Tiny();
        Assert.Equal($"'{path}: rde' holds no gene names; give the vocabulary that it was trained with, 64 genes in their order.",
            Assert.Throws<ArgumentException>(() => ScFoundationModel.OpenPublished(path, "rde")).Message);
        Assert.Equal($"The vocabulary has 63 genes; expected 64, as '{path}: rde'.",
            Assert.Throws<InvalidDataException>(() => ScFoundationModel.OpenPublished(path, "rde", Genes(63))).Message);

        ScFoundationModel.OpenPublished(path, "rde", Genes(64)).Save(folder.Path);
        var swapped = Genes(64).Names.ToArray();
        (swapped[5], swapped[6]) = (swapped[6], swapped[5]);
        Assert.Equal($"The vocabulary is not that of '{folder.Path}': 2 places have another gene, the first: place 5 has GENE6, expected GENE5, place 6 has GENE5, expected GENE6.",
            Assert.Throws<InvalidDataException>(() => ScFoundationModel.Load(folder.Path, new GeneVocabulary(swapped))).Message);
        Assert.Equal($"The vocabulary is not that of '{folder.Path}': it has 3 genes, expected 64; 3 places have another gene, the first: place 0 has C, expected GENE0, place 1 has B, expected GENE1, place 2 has A, expected GENE2.",
            Assert.Throws<InvalidDataException>(() => ScFoundationModel.Load(folder.Path, new GeneVocabulary(["C", "B", "A"]))).Message);
    }

    [Fact]
    public void Genes_that_the_checkpoint_states_are_used_and_others_are_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var pickle = Pickle().Op("}").Text("genes").Op("](").Text("A").Text("B").Op("es").Text("rde").Op("}").Text("config").Op("}");
        pickle.Text("model").Text("mae_autobin").Op("s").Text("model_config").Op("}").Text("mae_autobin").Op("}");
        foreach (var (name, value) in new[] { ("seq_len", 4), ("bin_num", 5), ("bin_alpha", 1) })
        {
            pickle.Text(name).Whole(value).Op("s");
        }
        foreach (var (name, kind) in new[] { ("encoder", "transformer"), ("decoder", "performer") })
        {
            pickle.Text(name).Op("}").Text("module_type").Text(kind).Op("s");
            foreach (var size in new[] { "hidden_dim", "depth", "heads", "dim_head" })
            {
                pickle.Text(size).Whole(2).Op("s");
            }
            pickle.Op("s");
        }
        var path = pickle.Op("sss").Op("s.").Save(folder.File("genes.pt"));
        string Message(GeneVocabulary? given) => Assert.Throws<InvalidDataException>(() => ScFoundationModel.OpenPublished(path, "rde", given)).Message;
        Assert.Equal($"The vocabulary is not that of '{path}: rde': 2 places have another gene, the first: place 0 has B, expected A, place 1 has A, expected B.", Message(new GeneVocabulary(["B", "A"])));
        Assert.StartsWith($"'{path}: rde' does not fit this model: ", Message(null)); // the genes are known; the weights are what is missing
        Assert.Contains("pos_emb.weight is missing; ", Message(new GeneVocabulary(["A", "B"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_told_from_its_keys()
    {
        using var folder = new TemporaryFolder();
        var other = Pickle().Op("}").Text("epoch").Whole(3).Op("s").Text("state_dict").Op("}s.").Save(folder.File("other.pt"));
        Assert.Equal($"'{other}' is no published scFoundation: it holds a dict with epoch, state_dict; expected a dict with gene, cell, rde.",
            Assert.Throws<InvalidDataException>(() => PublishedCheckpoint.Open(other)).Message);
        var list = Pickle().Op("].").Save(folder.File("list.pt"));
        Assert.Contains("it holds a list; expected a dict", Assert.Throws<InvalidDataException>(() => PublishedCheckpoint.Open(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_options_that_are_missing_or_wrong_are_listed_at_once()
    {
        using var folder = new TemporaryFolder();
        var pickle = Pickle().Op("}").Text("rde").Op("}").Text("config").Op("}");
        pickle.Text("model").Text("mae_bin").Op("s").Text("model_config").Op("}").Text("mae_autobin").Op("}");
        pickle.Text("seq_len").Text("long").Op("s").Text("bin_num").Whole(10).Op("s").Text("encoder").Op("}");
        pickle.Text("module_type").Text("performer").Op("s").Text("depth").Whole(-1).Op("s").Op("sss").Op("s").Op("s.");
        var path = pickle.Save(folder.File("options.pt"));
        Assert.Equal(
            $"'{path}: rde' does not hold the options of a scFoundation: config.model is 'mae_bin', expected 'mae_autobin'; decoder is missing, expected a dict; "
            + "encoder.module_type is 'performer', expected 'transformer'; decoder.module_type is missing, expected 'performer'; seq_len is 'long', expected a whole number; "
            + "encoder.hidden_dim is missing, expected a whole number; encoder.depth is -1, expected a whole number; encoder.heads is missing, expected a whole number; "
            + "decoder.hidden_dim is missing, expected a whole number; decoder.depth is missing, expected a whole number; decoder.heads is missing, expected a whole number; "
            + "decoder.dim_head is missing, expected a whole number; bin_alpha is missing, expected a number.",
            Assert.Throws<InvalidDataException>(() => ScFoundationModel.OpenPublished(path)).Message);
    }

    [Fact]
    public void All_weights_that_do_not_fit_the_options_are_listed_with_their_published_names()
    {
        using var scope = NewDisposeScope();
        using var checkpoint = PyTorchCheckpoint.Open(Tiny());
        var weights = checkpoint.Tensors(((PythonDictionary)((PythonDictionary)checkpoint.Root!)["rde"]!)["state_dict"])
            .ToDictionary(tensor => CheckpointNames.WithoutPrefix(tensor.Key), tensor => tensor.Value);
        var module = ScFoundationModel.OpenPublished(Tiny(), "gene", Genes(64)).Module;
        weights["to_final.bias"] = weights["norm.bias"];
        weights.Remove("norm.bias");
        weights["more"] = weights["norm.weight"];
        weights["decoder.calls_since_last_redraw"] = weights["norm.weight"];
        var before = SmallRun.BitsOf(module);
        Assert.Equal("'x.ckpt' does not fit this model: norm.bias is missing; more is unknown; to_final.bias is [24], expected [1]; decoder.calls_since_last_redraw stands twice, under two names.",
            Assert.Throws<InvalidDataException>(() => module.LoadPublished(weights, "x.ckpt")).Message);
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(module)[bits.Key]));
    }

    [Fact]
    public void The_prefix_is_what_stands_before_the_first_model()
    {
        Assert.Equal("token_emb.mlp.weight", CheckpointNames.WithoutPrefix("model.token_emb.mlp.weight"));
        Assert.Equal("norm.weight", CheckpointNames.WithoutPrefix("module.model.norm.weight"));
        Assert.Equal("a.", CheckpointNames.WithoutPrefix("model.a.model.b")); // as the reference: up to the second one
        Assert.Equal("norm.weight", CheckpointNames.WithoutPrefix("norm.weight"));
    }

    private static PickleBytes Pickle() => new();

    private static string Tiny() => TestFolders.Fixture("models_tiny.ckpt");

    private static GeneVocabulary Genes(int count) => new(Enumerable.Range(0, count).Select(gene => $"GENE{gene}"));
}
