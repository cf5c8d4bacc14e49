using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>Cells that a corpus takes from, with what they are called and where they lie.</summary>
internal sealed class CorpusSource
{
    /// <summary>The column of obs that says which source a cell is from.</summary>
    public const string Column = "source";

    private readonly Lazy<string> identity;

    /// <summary>Names cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="path">The file or folder they were opened from; null for cells that were given as an object.</param>
    public CorpusSource(ICellSource cells, string name, string? path = null) => (Cells, Name, Path, identity) = (cells, name, path, new(() => cells.Identity));

    public ICellSource Cells { get; }

    public string Name { get; }

    public string? Path { get; }

    /// <summary>The cells' identity; taken once, when it is first asked for, since it may read them all.</summary>
    public string Identity => identity.Value;

    /// <summary>What is known of each cell, the source among it; cells that were put together before say themselves where they are from.</summary>
    /// <param name="label">What the source is called among the others of a corpus.</param>
    public Table ObsUnder(string label) => Cells.Obs.Find(Column) is null
        ? Cells.Obs.With(new CategoryColumn(Column, new int[Cells.CellCount], [label]))
        : Cells.Obs;

    /// <summary>How a recipe names these cells.</summary>
    public OpenRecipe Recipe => new(Name, Path, Identity, Cells.CellCount);
}
