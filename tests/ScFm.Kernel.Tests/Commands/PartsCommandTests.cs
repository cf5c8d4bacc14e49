using ScFm.Kernel.Tests.Support;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Parts;
using ScFm.Model.Tasks;

namespace ScFm.Kernel.Tests.Commands;

/// <summary>Ranks of the real program that embed cells together.</summary>
public sealed class PartsCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AnnData cells;
    private readonly ScFoundationModel model;

    public PartsCommandTests()
    {
        cells = AnnDataReader.Read(TestFolders.Sample).SelectCells([.. Enumerable.Range(0, 300)]);
        AnnDataWriter.Write(cells, folder.File("cells.h5ad"));
        var vocabulary = new GeneVocabulary(GeneVocabulary.FromCells(cells, 10).Names.Take(200));
        model = ScFoundationModel.Create(Presets.Find("tiny", vocabulary.Count), vocabulary, seed: 3);
        model.Save(folder.File("model"));
    }

    private string Output => folder.File("vectors.h5ad");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ranks_of_one_machine_share_the_cells_and_show_one_line()
    {
        var (code, output) = Scfm.Run("embed", "--model", folder.File("model"), "--cells", folder.File("cells.h5ad"), "--min-genes", "0", "--output", Output, "--devices", "2");
        Assert.True(code == 0, output);
        AssertVectors();
        Assert.Contains("300/300 cells", output);
        Assert.Single(output.Split($"written to {Output}")[1..]);
    }

    private void AssertVectors()
    {
        var read = AnnDataReader.Read(Output);
        var expected = Embedding.Run(model, cells).Values;
        Assert.Equal(cells.ObsNames, read.ObsNames);
        Assert.InRange(expected.Zip(read.Obsm["X_scfm"].Values).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-6);
        Assert.False(Directory.Exists(PartedRun.FolderOf(Output)));
    }
}
