namespace ScFm.Model.Files.Hdf5;

/// <summary>Tells a chunk from all others.</summary>
/// <param name="File">Stands for the open file, and does not keep it open.</param>
/// <param name="Array">Where the array's header lies in it.</param>
/// <param name="Number">The chunk's number in the array.</param>
internal readonly record struct ChunkKey(object File, long Array, long Number);
