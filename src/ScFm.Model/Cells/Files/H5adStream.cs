using ScFm.Model.Cells.Backed;
using ScFm.Model.Interop.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Writes an .h5ad file whose matrices come block after block; libhdf5 is held while a block is written, not while the next one is made.</summary>
internal sealed class H5adStream : IDisposable
{
    private readonly StreamedCells cells;
    private readonly bool compress;
    private readonly CancellationToken cancellation;
    private readonly Hdf5File file;

    private H5adStream(string path, StreamedCells cells, bool compress, CancellationToken cancellation)
    {
        (this.cells, this.compress, this.cancellation) = (cells, compress, cancellation);
        file = Locked(() => Hdf5File.Create(path));
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="ArgumentException">A matrix has other rows or columns than there are cells or genes.</exception>
    internal static void Write(string path, StreamedCells cells, bool compress, CancellationToken cancellation)
    {
        using var stream = new H5adStream(path, cells, compress, cancellation);
        stream.Write();
    }

    public void Dispose()
    {
        lock (Hdf5Library.Gate)
        {
            file.Dispose();
        }
    }

    private void Write()
    {
        Expect("X", cells.X.Columns, cells.VarNames.Length, "columns");
        Locked(() => H5adWriter.WriteFrame(
            file.Root, cells.ObsNames, cells.Obs ?? new Table(cells.ObsNames.Length), cells.VarNames, cells.Var ?? new Table(cells.VarNames.Length), cells.Uns));
        Write(file.Root, "X", cells.X);
        var (obsm, layers) = Locked(() => (H5adWriter.CreateDictionary(file.Root, "obsm"), H5adWriter.CreateDictionary(file.Root, "layers")));
        foreach (var (name, matrix) in cells.Obsm)
        {
            Write(obsm, name, matrix);
        }
        foreach (var (name, matrix) in cells.Layers)
        {
            Expect(name, matrix.Columns, cells.VarNames.Length, "columns");
            Write(layers, name, matrix);
        }
        Locked(() =>
        {
            obsm.Dispose();
            layers.Dispose();
            file.Close();
        });
    }

    private void Write(Hdf5Node parent, string name, StreamedMatrix matrix)
    {
        switch (matrix)
        {
            case StreamedDense dense:
                WriteDense(parent, name, dense);
                break;
            case StreamedSparse sparse:
                WriteSparse(parent, name, sparse);
                break;
        }
    }

    private void WriteDense(Hdf5Node parent, string name, StreamedDense matrix)
    {
        var node = Locked(() => H5adWriter.Encode(parent.CreateGrowing<float>(name, matrix.Columns, compress), "array"));
        var rows = 0L;
        foreach (var block in matrix.Blocks)
        {
            Expect(name, block.Columns, matrix.Columns, "columns in a block");
            Locked(() => node.Append<float>(block.Values, rows, matrix.Columns));
            rows += block.Rows;
        }
        Locked(node.Dispose);
        Expect(name, rows, cells.ObsNames.Length, "rows");
    }

    private void WriteSparse(Hdf5Node parent, string name, StreamedSparse matrix)
    {
        var (group, data, indices) = Locked(() =>
        {
            var made = H5adWriter.Encode(parent.CreateGroup(name), "csr_matrix", "0.1.0").SetAttribute("shape", [cells.ObsNames.Length, matrix.Columns]);
            return (made, made.CreateGrowing<float>("data", null, compress), made.CreateGrowing<int>("indices", null, compress));
        });
        var (offsets, rows) = (new long[cells.ObsNames.Length + 1L], 0L);
        foreach (var block in matrix.Blocks)
        {
            Expect(name, block.Columns, matrix.Columns, "columns in a block");
            Expect(name, Math.Max(rows + block.Rows, cells.ObsNames.Length), cells.ObsNames.Length, "rows");
            var before = offsets[rows];
            Locked(() =>
            {
                data.Append<float>(block.Values, before, null);
                indices.Append<int>(block.Indices, before, null);
            });
            for (var row = 1; row <= block.Rows; row++)
            {
                offsets[rows + row] = before + block.Offsets[row];
            }
            rows += block.Rows;
        }
        Expect(name, rows, cells.ObsNames.Length, "rows");
        Locked(() =>
        {
            H5adWriter.WriteOffsets(group, offsets, compress);
            data.Dispose();
            indices.Dispose();
            group.Dispose();
        });
    }

    private static void Expect(string name, long found, long expected, string what)
    {
        if (found != expected)
        {
            throw new ArgumentException($"'{name}' has {found} {what}; expected {expected}.");
        }
    }

    private void Locked(Action use) => Locked(() =>
    {
        use();
        return 0;
    });

    private T Locked<T>(Func<T> use)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (Hdf5Library.Gate)
        {
            return use();
        }
    }
}
