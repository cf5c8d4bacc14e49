namespace ScFm.Model.Corpora.Store;

/// <summary>What the manifest says of a column of obs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="File">The file.</param>
internal sealed record ColumnEntry(string Name, ColumnKind Kind, StoreFile File);
