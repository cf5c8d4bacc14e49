using System.Text;

namespace ScFm.Model.Interop.Hdf5;

/// <summary>A group or a dataset of an HDF5 file.</summary>
internal sealed unsafe partial class Hdf5Node : IDisposable
{
    private readonly string file;
    private readonly string path;
    private readonly long id;
    private bool closed;

    internal Hdf5Node(string file, string path, long id) => (this.file, this.path, this.id) = (file, path, id);

    /// <summary>The file and the place in it, for errors.</summary>
    internal string Where => $"{file}: {(path == "" ? "/" : path)}";

    /// <summary>The last part of the path.</summary>
    internal string Name => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>True for a group, false for a dataset.</summary>
    internal bool IsGroup => H5.IgetType(id) == H5.GroupId;

    /// <summary>The names in a group, in alphabetical order.</summary>
    internal string[] Children
    {
        get
        {
            H5.GroupInfo info;
            Check(H5.GgetInfo(id, &info), "be listed");
            var names = new string[info.LinkCount];
            fixed (byte* here = "."u8)
            {
                for (ulong i = 0; i < info.LinkCount; i++)
                {
                    var length = (int)Check(H5.LgetNameByIdx(id, here, 0, 0, i, null, 0, 0), "be listed");
                    var name = new byte[length + 1];
                    fixed (byte* buffer = name)
                    {
                        Check(H5.LgetNameByIdx(id, here, 0, 0, i, buffer, (nuint)name.Length, 0), "be listed");
                    }
                    names[i] = Encoding.UTF8.GetString(name, 0, length);
                }
            }
            return names;
        }
    }

    /// <summary>Opens a member of a group; null where there is none.</summary>
    internal Hdf5Node? Find(string name)
    {
        fixed (byte* bytes = Bytes(name))
        {
            if (!IsGroup || H5.Lexists(id, bytes, 0) <= 0)
            {
                return null;
            }
            return new Hdf5Node(file, $"{path}/{name}", Check(H5.Oopen(id, bytes, 0), $"open '{name}'"));
        }
    }

    /// <summary>Opens a member of a group.</summary>
    /// <exception cref="Hdf5Exception">There is none; the message lists those there are.</exception>
    internal Hdf5Node Open(string name) => Find(name)
        ?? throw new Hdf5Exception($"{Where} has no '{name}'; it has {(IsGroup ? string.Join(", ", Children.Take(10)) : "no members, being an array")}.");

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
