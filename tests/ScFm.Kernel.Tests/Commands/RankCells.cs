using ScFm.Kernel.Tests.Support;
using ScFm.Model.Cells;

namespace ScFm.Kernel.Tests.Commands;

/// <summary>Forty cells of the bundled sample and a hundred genes: a training of an epoch is five steps.</summary>
public sealed class RankCells : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RankCells()
    {
        var all = AnnDataReader.Read(TestFolders.Sample);
        var cells = all.SelectCells([.. Enumerable.Range(0, 40).Select(i => i * all.CellCount / 40)]);
        AnnDataWriter.Write(cells, Cells);
        File.WriteAllLines(Vocabulary, GeneVocabulary.FromCells(cells, 10).Names.Take(100));
    }

    internal string Cells => Within("cells.h5ad");

    internal string Vocabulary => Within("genes.txt");

    internal string Within(string name) => folder.File(name);

    /// <summary>A pretraining of them as words of a command line.</summary>
    internal string[] Pretrain(string into, params string[] more) => ["pretrain", "--cells", Cells, "--vocabulary", Vocabulary, "--into", Within(into), .. more];

    public void Dispose() => folder.Dispose();
}
