using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Corpora.Store;

namespace ScFm.Model.Corpora;

/// <summary>Opens cells wherever they lie.</summary>
public static class CellFiles
{
    /// <summary>Opens a file or folder so that as little of it as can be is taken into memory.</summary>
    /// <param name="path">A corpus store, an .h5ad, .h5 or .loom file, which are read some cells at a time; or whatever else <see cref="AnnDataReader"/> reads, which is taken into memory.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">It holds no cells; the message says why.</exception>
    public static ICellSource Open(string path) => Path.GetExtension(path) switch
    {
        _ when CorpusStore.IsStore(path) => CorpusStore.Open(path),
        ".h5ad" or ".h5" or ".hdf5" or ".loom" => BackedCells.Open(path),
        _ => AnnDataReader.Read(path),
    };
}
