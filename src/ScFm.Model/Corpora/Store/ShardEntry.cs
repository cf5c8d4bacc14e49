namespace ScFm.Model.Corpora.Store;

/// <summary>What the manifest says of a shard.</summary>
/// <param name="Cells">Its cells.</param>
/// <param name="Values">Their stored values, all together.</param>
/// <param name="File">The file.</param>
/// <param name="Index">CRC-32C of the file's first part, which says where each cell lies; eight hexadecimal digits.</param>
/// <param name="Types">How many cells have their values in each type.</param>
internal sealed record ShardEntry(int Cells, long Values, StoreFile File, string Index, IReadOnlyDictionary<StoredValues, int> Types);
