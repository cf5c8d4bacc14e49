using System.Text.Json;
using ScFm.Model.Files;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScGpt;

/// <summary>Our files and the published folders.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScGptFileTests
{
    private const string Case = "scgpt_integration_tiny";

    [Theory]
    [InlineData("self_attn.in_proj_", "self_attn.out_proj.")]
    [InlineData("self_attn.Wqkv.", "self_attn.out_proj.")]
    [InlineData("self_attn._impl.Wqkv.", "self_attn._impl.out_proj.")]
    public void A_published_folder_opens_in_every_spelling_of_its_attention_and_computes_as_the_reference(string joined, string output)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScGptCase(Case);
        WriteFolder(folder.Path, golden, joined, output);
        var model = Assert.IsType<ScGptModel>(ModelFiles.Open(folder.Path));
        Assert.True(ModelFiles.IsModel(folder.Path));
        Assert.Equal(golden.Config with { ClsValue = -2, MaxLength = 33, Dropout = 0.2 }, model.Config);
        Assert.Equal(golden.Vocabulary.Names, model.Vocabulary.Names);
        Assert.Equal((37, 38), (model.Vocabulary.Padding, model.Vocabulary.Cls));
        Assert.Equal((5, 3), (model.Types.Count, model.BatchLabels.Count));
        var found = model.Module.call(golden.Batch(predictsAll: false, isPadded: true));
        Assert.InRange(Golden.LargestDifference(found.Tokens, golden.Packed("transformer_output", isPadded: true)), 0, 1e-5);
    }

    [Fact]
    public void A_published_folder_that_does_not_fit_is_refused_with_all_that_differs()
    {
        using var folder = new TemporaryFolder();
        var golden = new ScGptCase(Case);
        WriteFolder(folder.Path, golden, "self_attn.Wqkv.", "self_attn.out_proj.");
        var args = Path.Combine(folder.Path, "args.json");
        var text = File.ReadAllText(args);

        File.WriteAllText(args, text.Replace("\"nlayers\": 2", "\"nlayers\": 3").Replace("\"d_hid\": 32", "\"d_hid\": 8"));
        var shapes = Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message;
        Assert.Contains("transformer_encoder.layers.2.norm1.weight is missing", shapes);
        Assert.Contains("transformer_encoder.layers.0.linear1.weight is [32, 16], expected [8, 16]", shapes);

        File.WriteAllText(args, text.Replace("\"nheads\": 4", "\"nheads\": 3"));
        Assert.Contains("Width is 16 with 3 heads", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
        File.WriteAllText(args, text.Replace("\"embsize\": 16, ", ""));
        Assert.Contains("embsize is missing", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
        File.WriteAllText(args, text.Replace("\"pad_value\": -2", "\"pad_value\": 0"));
        Assert.Contains("pad_value is 0; expected -2", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
        File.WriteAllText(args, "{");
        Assert.Contains("args.json' does not hold the options", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);

        File.WriteAllText(args, text);
        var vocabulary = Path.Combine(folder.Path, "vocab.json");
        File.WriteAllText(vocabulary, """{"CD3E": 0, "<pad>": 1, "<cls>": 1}""");
        Assert.Contains("the token 1; expected the whole numbers 0 to 2, each once", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
        File.WriteAllText(vocabulary, """{"CD3E": 0, "<pad>": 1}""");
        Assert.Contains("no <cls>", Assert.Throws<InvalidDataException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
        File.Delete(Path.Combine(folder.Path, "best_model.pt"));
        Assert.Contains("best_model.pt", Assert.Throws<FileNotFoundException>(() => ScGptModel.OpenPublished(folder.Path)).Message);
    }

    [Fact]
    public void A_saved_model_loads_to_the_same_bits_and_says_the_same()
    {
        using var folder = new TemporaryFolder();
        var cells = PlantedModules.Make(40);
        var model = ScGptModel.Train(cells, ScGptTrainingTests.Small with { Training = ScGptTrainingTests.Small.Training with { Epochs = 1 } });
        model.Save(folder.File("model"));
        var loaded = Assert.IsType<ScGptModel>(ModelFiles.Open(folder.File("model")));
        Assert.Equal(model.Config, loaded.Config);
        Assert.Equal(model.Vocabulary.Names, loaded.Vocabulary.Names);
        Assert.Equal(model.Embed(cells).Values, loaded.Embed(cells).Values);
    }

    [Fact]
    public void A_file_of_another_kind_or_of_wrong_sizes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var model = ScGptModel.Create(ScGptTrainingTests.Small.Config, ScGptVocabulary.Of(new(["A", "B"])));
        model.Save(folder.File("model"));
        var (weights, metadata) = (Safetensors.Read(folder.File("model")).Tensors, Safetensors.ReadMetadata(folder.File("model")));
        Safetensors.Write(folder.File("other"), weights, new Dictionary<string, string> { ["else"] = "{}" });
        Assert.Contains("describes no scGPT", Assert.Throws<InvalidDataException>(() => ScGptModel.Load(folder.File("other"))).Message);
        Safetensors.Write(folder.File("wide"), weights, metadata.ToDictionary(p => p.Key, p => p.Value.Replace("\"FeedForward\":32", "\"FeedForward\":64")));
        Assert.Contains("linear1.weight is [32, 16], expected [64, 16]", Assert.Throws<InvalidDataException>(() => ScGptModel.Load(folder.File("wide"))).Message);
    }

    /// <summary>Writes a fixture's weights as the published folders hold them, by PyTorch itself.</summary>
    private static void WriteFolder(string folder, ScGptCase golden, string joined, string output)
    {
        var c = golden.Config;
        File.WriteAllText(Path.Combine(folder, "args.json"), $$"""
            {"embsize": {{c.Width}}, "nlayers": {{c.Layers}}, "nheads": {{c.Heads}}, "d_hid": {{c.FeedForward}}, "n_layers_cls": {{c.HeadLayers}},
             "n_bins": 51, "dropout": 0.2, "max_seq_len": 33, "input_emb_style": "continuous", "pad_token": "<pad>", "pad_value": -2, "mask_value": -1, "MVC": true}
            """);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(golden.Vocabulary.Names.Select((name, token) => (name, token)).ToDictionary()));
        Peer.Run($$"""
            import json, torch
            raw = open('{{TestFolders.Fixture(golden.Golden.Name + ".safetensors")}}', 'rb').read()
            length = int.from_bytes(raw[:8], 'little')
            header, data = json.loads(raw[8:8 + length]), raw[8 + length:]
            weights = {}
            for name, about in header.items():
                if name.startswith('state.'):
                    start, end = about['data_offsets']
                    values = np.frombuffer(data[start:end], dtype=np.float32).reshape(about['shape'])
                    weights[name[6:].replace('self_attn.in_proj_', '{{joined}}').replace('self_attn.out_proj.', '{{output}}')] = torch.from_numpy(values.copy())
            weights['flag_encoder.weight'] = torch.zeros(2, 16)
            torch.save(weights, '{{Path.Combine(folder, "best_model.pt")}}')
            """);
    }
}
