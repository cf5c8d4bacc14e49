using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Hosting;

/// <summary>Cells that a command line names by their file: loaded as <c>load</c> does where a verb wants them in memory, otherwise read some at a time.</summary>
/// <remarks>A source like any other, so that a verb has one parameter for both; which of the two it is the verb says.</remarks>
/// <param name="path">The file or folder.</param>
/// <param name="isVariable">True for cells that a notebook gave to the ranks it started.</param>
internal sealed class CellFile(string path, bool isVariable) : ICellSource
{
    private readonly Lazy<ICellSource> cells = new(() => ObjectFiles.IsRecipe(path) ? ObjectFiles.Replay(path) : CellFiles.Open(path));

    /// <summary>The file or folder.</summary>
    public string Path => path;

    /// <summary>True for cells that a notebook gave to the ranks it started: what is in them was chosen there.</summary>
    public bool IsVariable => isVariable;

    /// <summary>The cells, read some at a time.</summary>
    public ICellSource Cells => cells.Value;

    /// <summary>The cells in memory, those of a user's file judged and filtered.</summary>
    public AnnData Load() => ObjectFiles.Cells(path, isVariable);

    /// <inheritdoc/>
    public string Name => Cells.Name;

    /// <inheritdoc/>
    public string Identity => Cells.Identity;

    /// <inheritdoc/>
    public string CountIdentity => Cells.CountIdentity;

    /// <inheritdoc/>
    public int CellCount => Cells.CellCount;

    /// <inheritdoc/>
    public string[] ObsNames => Cells.ObsNames;

    /// <inheritdoc/>
    public string[] VarNames => Cells.VarNames;

    /// <inheritdoc/>
    public string?[]? GeneIds => Cells.GeneIds;

    /// <inheritdoc/>
    public Table Var => Cells.Var;

    /// <inheritdoc/>
    public Table Obs => Cells.Obs;

    /// <inheritdoc/>
    public CsrMatrix Read(ReadOnlySpan<int> which, CancellationToken cancellation = default) => Cells.Read(which, cancellation);
}
