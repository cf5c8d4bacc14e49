using ScFm.Model.Cells;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Forty cells of the bundled sample and a vocabulary of 200 genes, in files whose paths have spaces.</summary>
public sealed class FewCells : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("scfm few cells ").FullName;

    public FewCells()
    {
        var all = AnnDataReader.Read(TestFolders.Sample);
        var cells = all.SelectCells([.. Enumerable.Range(0, 40).Select(i => i * all.CellCount / 40)]);
        AnnDataWriter.Write(cells, File);
        System.IO.File.WriteAllLines(Vocabulary, GeneVocabulary.FromCells(cells, 10).Names.Take(200));
    }

    public string File => Within("few cells.h5ad");

    public string Vocabulary => Within("few genes.txt");

    /// <summary>A path in a folder that is deleted in the end.</summary>
    public string Within(string name) => Path.Combine(folder, name);

    /// <summary>A notebook that has the cells in its variable <c>cells</c>.</summary>
    internal VerbNotebook Notebook() => new() { ["cells"] = AnnDataReader.Read(File) };

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
