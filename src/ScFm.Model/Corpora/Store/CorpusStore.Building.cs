using ScFm.Model.Cells;

namespace ScFm.Model.Corpora.Store;

public sealed partial class CorpusStore
{
    /// <summary>Writes cells as a store, reading them once from first to last in bounded memory, and opens it.</summary>
    /// <remarks>
    /// The folder appears whole or not at all, whenever the power goes. Until then as much again as the store needs is used on the same disk.
    /// The same cells and seed give the same bytes.
    /// </remarks>
    /// <param name="cells">The cells.</param>
    /// <param name="folder">The folder to make, NAME.corpus; a store in its place is replaced.</param>
    /// <param name="options">How to make it. Default: <see cref="StoreOptions"/>'s defaults.</param>
    /// <param name="progress">Told the number of cells that are done: half for being read, half for being put into their place. Default: nobody.</param>
    /// <param name="cancellation">Stops the work; nothing is left of it.</param>
    /// <exception cref="ArgumentException">There are no cells or no genes, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">The source is damaged, or a value does not fit the type that was asked for; the message names cell and gene.</exception>
    /// <exception cref="IOException">The disk is full, or the folder holds something else.</exception>
    public static CorpusStore Build(ICellSource cells, string folder, StoreOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        StoreBuilder.Build(cells, folder, Options.Validate(options ?? new StoreOptions()), progress, cancellation);
        return Open(folder);
    }
}
