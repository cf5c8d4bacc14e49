using System.Text.Json.Nodes;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Models.ScVi;
using ScFm.Model.Tests.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models;

/// <summary>Files whose sizes, each within its range, would ask for gigabytes: told before memory is.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class HostileSizesTests
{
    private static readonly GeneVocabulary genes = new(["A", "B", "C"]);

    [Fact]
    public void An_scVI_of_more_weights_than_its_file_has_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("scvi.safetensors");
        ScViModel.Train(PlantedCells.Make(60), new() { Config = new() { Hidden = 8, Latent = 2 }, Epochs = 1 }).Save(path);
        Refused(path, ScViModel.DescriptionKey, ("Hidden", 16_384), ("Layers", 64));
    }

    [Fact]
    public void A_Geneformer_of_more_weights_than_its_file_has_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("geneformer.safetensors");
        GeneformerModel.Create(GeneformerConfig.Tiny, new GeneformerGenes(genes, [1, 2, 3])).Save(path);
        Refused(path, GeneformerModel.DescriptionKey, ("Width", 16_384), ("Layers", 128));
    }

    [Fact]
    public void An_scBERT_of_more_weights_than_its_file_has_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("scbert.safetensors");
        ScBertModel.Create(new() { Width = 8, Layers = 1, Heads = 1, HeadWidth = 4 }, genes).Save(path);
        Refused(path, ScBertModel.DescriptionKey, ("Width", 16_384), ("Layers", 128));
    }

    [Fact]
    public void A_scGPT_of_more_weights_than_its_file_has_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("scgpt.safetensors");
        ScGptModel.Create(ScGptConfig.Tiny, ScGptVocabulary.Of(genes)).Save(path);
        Refused(path, ScGptModel.DescriptionKey, ("Width", 16_384), ("Layers", 128));
    }

    [Fact]
    public void A_scFoundation_of_more_weights_than_its_file_has_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        ScFoundationModel.Create(Presets.Find("tiny", 3), genes).Save(folder.Path);
        var config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!;
        (config["EncoderWidth"], config["EncoderDepth"]) = (16_384, 256);
        File.WriteAllText(folder.File("config.json"), config.ToJsonString());
        Refused(folder.Path, folder.File("model.safetensors"));
    }

    private static void Refused(string path, string key, params (string Field, int Value)[] sizes)
    {
        using (torch.NewDisposeScope())
        {
            var (tensors, metadata) = Safetensors.Read(path);
            var description = JsonNode.Parse(metadata[key])!;
            foreach (var (field, value) in sizes)
            {
                description["Config"]![field] = value;
            }
            metadata[key] = description.ToJsonString();
            Safetensors.Write(path, tensors, metadata);
        }
        Refused(path, path);
    }

    private static void Refused(string model, string weights)
    {
        var error = Assert.Throws<InvalidDataException>(() => ModelFiles.Open(model));
        Assert.Matches($"^'{weights}' has \\d+ bytes, but the sizes that go with it ask for \\d{{11,}} weights or more; expected at least a byte for each.$", error.Message);
    }
}
