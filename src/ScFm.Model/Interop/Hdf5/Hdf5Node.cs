using System.Text;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Interop.Hdf5;

/// <summary>A group or a dataset of an HDF5 file that is written.</summary>
internal sealed unsafe partial class Hdf5Node : IDisposable
{
    private readonly string file;
    private readonly string path;
    private readonly long id;
    private bool closed;

    internal Hdf5Node(string file, string path, long id) => (this.file, this.path, this.id) = (file, path, id);

    /// <summary>The file and the place in it, for errors.</summary>
    internal string Where => $"{file}: {(path == "" ? "/" : path)}";

    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            _ = H5.Oclose(id);
        }
    }

    /// <summary>Turns a negative answer of the library into an error.</summary>
    internal static long Check(long answer, string where, string what) =>
        answer >= 0 ? answer : throw new Hdf5Exception($"{where} cannot {what}.");

    private long Check(long answer, string what) => Check(answer, Where, what);

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name + "\0");
}
