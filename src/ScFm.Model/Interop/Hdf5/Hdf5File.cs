using System.Text;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Interop.Hdf5;

/// <summary>An HDF5 file that is written (<see cref="Files.Hdf5.Hdf5Reader"/> reads); only one thread may use the library at a time (<see cref="Hdf5Library.Gate"/>).</summary>
internal sealed unsafe class Hdf5File : IDisposable
{
    private readonly long id;
    private bool closed;

    private Hdf5File(string path, long id)
    {
        this.id = id;
        Root = new Hdf5Node(path, "", Hdf5Node.Check(Oopen(id, "/"), path, "be opened at its root"));
    }

    /// <summary>The group that holds all others.</summary>
    internal Hdf5Node Root { get; }

    /// <summary>Makes a file, in the place of one that is there.</summary>
    /// <exception cref="Hdf5Exception">The file cannot be written.</exception>
    internal static Hdf5File Create(string path)
    {
        Hdf5Library.Prepare();
        var access = Access();
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            var id = H5.Fcreate(name, H5.Truncate, 0, access);
            _ = H5.Pclose(access);
            return id >= 0 ? new Hdf5File(path, id) : throw new Hdf5Exception($"'{path}' cannot be written; expected a folder that exists and a file that may be replaced.");
        }
    }

    /// <summary>Closes the file and says so where its last data could not be written.</summary>
    internal void Close()
    {
        Root.Dispose();
        closed = true;
        Hdf5Node.Check(H5.Fclose(id), Root.Where, "be closed: is the disk full?");
    }

    public void Dispose()
    {
        Root.Dispose();
        if (!closed)
        {
            closed = true;
            _ = H5.Fclose(id);
        }
    }

    // Closing the file closes what an error left open in it, so that it can be replaced or deleted.
    // The library's lock would outlive the file: a process that another thread starts meanwhile inherits it. Our files appear whole by a rename, so none is needed.
    private static long Access()
    {
        var access = H5.Pcreate(H5.FileAccess);
        _ = H5.PsetFcloseDegree(access, H5.CloseStrong);
        if (H5.PsetFileLocking != null)
        {
            _ = H5.PsetFileLocking(access, 0, 1);
        }
        return access;
    }

    private static long Oopen(long id, string name)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(name + "\0"))
        {
            return H5.Oopen(id, bytes, 0);
        }
    }
}
