using ScFm.Interactive.Verbs;
using ScFm.Model.Files;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>The verbs that take checkpoints of PyTorch.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string genes;
    private readonly string checkpoint = TestFolders.Fixture("models_tiny.ckpt");
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public ConvertTests() => genes = folder.Write("genes.txt", string.Join('\n', Enumerable.Range(0, 64).Select(gene => $"GENE{gene}")));

    [Fact]
    public void All_versions_become_folders_that_open_reads()
    {
        var notebook = new VerbNotebook();
        notebook.Run($"convert {checkpoint} --out {folder.File("all")} --vocabulary {genes}");
        Assert.Equal(["cell", "gene", "rde"], Directory.GetDirectories(folder.File("all")).Select(Path.GetFileName).Order());
        foreach (var key in new[] { "gene", "cell", "rde" })
        {
            notebook.Run($"open {folder.File("all")} --key {key} --vocabulary {genes} --into converted");
            notebook.Run($"open {checkpoint} --key {key} --vocabulary {genes} --into direct");
            var (converted, direct) = ((ScFoundationModel)notebook["converted"]!, (ScFoundationModel)notebook["direct"]!);
            Assert.Equal(direct.Config, converted.Config);
            Assert.Equal(direct.Vocabulary.Names, converted.Vocabulary.Names);
            var weights = converted.Module.state_dict();
            Assert.All(direct.Module.state_dict(), own => Assert.True(own.Value.bytes.SequenceEqual(weights[own.Key].bytes), own.Key));
        }
    }

    [Fact]
    public void One_version_becomes_the_folder_itself()
    {
        var notebook = new VerbNotebook();
        notebook.Run($"convert {checkpoint} --key rde --out {folder.File("one")} --vocabulary {genes}");
        Assert.Equal(["config.json", "model.safetensors", "vocabulary.json"], Directory.GetFiles(folder.File("one")).Select(Path.GetFileName).Order());
        notebook.Run($"open {folder.File("one")}");
        Assert.Equal(64, ((ScFoundationModel)notebook["model"]!).Config.Genes);
    }

    [Fact]
    public void Any_checkpoint_becomes_safetensors()
    {
        new VerbNotebook().Run($"convert {checkpoint} --out {folder.File("all.safetensors")}");
        var (tensors, _) = Safetensors.Read(folder.File("all.safetensors"));
        Assert.Equal(3, tensors.Count(t => t.Key.EndsWith(".state_dict.model.norm.weight", StringComparison.Ordinal)));
        Assert.Equal([24], tensors["rde.state_dict.model.norm.weight"].shape);
    }

    [Fact]
    public void Where_the_genes_are_not_told_the_line_says_so_and_nothing_appears()
    {
        var error = Assert.Throws<VerbException>(() => new VerbNotebook().Run($"convert {checkpoint} --out {folder.File("none")}"));
        Assert.Equal($"'{checkpoint}: gene' holds no gene names; give the vocabulary that it was trained with, 64 genes in their order.", error.Message);
        Assert.Equal([genes], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_key_that_does_not_exist_is_refused_with_those_that_do()
    {
        var error = Assert.Throws<VerbException>(() => new VerbNotebook().Run($"convert {checkpoint} --key drug --out {folder.File("none")}"));
        Assert.Equal("--key is 'drug'; expected one of gene, cell, rde, all.", error.Message);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
