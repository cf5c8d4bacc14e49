namespace ScFm.Model.Interop.Hdf5;

internal sealed unsafe partial class Hdf5Node
{
    /// <summary>Makes an empty dataset of numbers in this group, to which rows are added with <see cref="Append"/>.</summary>
    /// <param name="name">Its name in this group.</param>
    /// <param name="columns">Numbers of a row; null for a dataset of one dimension, whose rows are single numbers.</param>
    /// <param name="compress">Packs it with gzip, where the library can.</param>
    internal Hdf5Node CreateGrowing<T>(string name, long? columns, bool compress) where T : unmanaged
    {
        long[] shape = columns is { } width ? [0, width] : [0];
        var creation = InChunks(shape, long.MaxValue, compress && H5.ZfilterAvail(H5.DeflateFilter) > 0);
        ulong[] sizes = Array.ConvertAll(shape, size => (ulong)size), most = [H5.Unlimited, .. sizes[1..]];
        fixed (byte* bytes = Bytes(ExpectName(name)))
        fixed (ulong* current = sizes, largest = most)
        {
            var space = H5.ScreateSimple(shape.Length, current, largest);
            var dataset = Check(H5.Dcreate(id, bytes, H5.NativeType<T>(), space, 0, creation, 0), $"get the dataset '{name}'");
            _ = H5.Sclose(space) + H5.Pclose(creation);
            return new Hdf5Node(file, $"{path}/{name}", dataset);
        }
    }

    /// <summary>Adds rows at the end of a dataset that <see cref="CreateGrowing"/> made.</summary>
    /// <param name="values">Their numbers, row after row.</param>
    /// <param name="before">The rows that it has.</param>
    /// <param name="columns">Numbers of a row, as it was made.</param>
    internal void Append<T>(ReadOnlySpan<T> values, long before, long? columns) where T : unmanaged
    {
        var count = values.Length / (columns ?? 1);
        if (count == 0)
        {
            return;
        }
        ulong[] rest = columns is { } width ? [(ulong)width] : [];
        ulong[] size = [(ulong)(before + count), .. rest], start = [(ulong)before, .. rest.Select(_ => 0UL)], added = [(ulong)count, .. rest];
        fixed (T* buffer = values)
        fixed (ulong* sizes = size, starts = start, counts = added)
        {
            Check(H5.DsetExtent(id, sizes), "grow: is the disk full?");
            var (stored, own) = (H5.DgetSpace(id), H5.ScreateSimple(added.Length, counts, null));
            var written = H5.SselectHyperslab(stored, H5.SelectSet, starts, null, counts, null) < 0 ? -1 : H5.Dwrite(id, H5.NativeType<T>(), own, stored, 0, buffer);
            _ = H5.Sclose(stored) + H5.Sclose(own);
            Check(written, "be written: is the disk full?");
        }
    }
}
