namespace ScFm.Model.Files.Hdf5;

/// <summary>Where a chunk lies in the file.</summary>
/// <param name="Address">Its first byte.</param>
/// <param name="Size">Bytes as stored.</param>
/// <param name="Skipped">A bit for each filter that it was not passed through.</param>
internal readonly record struct ChunkPlace(long Address, long Size, uint Skipped);
