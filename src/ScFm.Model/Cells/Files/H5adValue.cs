using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a value of uns: a string, a number, yes or no, an array of these, a matrix, a table, or a dictionary.</summary>
internal static class H5adValue
{
    /// <summary>Reads the value; one of another kind is named in the notes, and null comes back.</summary>
    internal static object? Read(Hdf5Object node, List<string> notes)
    {
        if (!node.IsGroup && node.Shape is [] && node.IsEmpty)
        {
            notes.Add($"{node.Path} was left out: it is null, which is how anndata writes None.");
            return null;
        }
        var value = node.IsGroup ? ReadGroup(node, notes) : ReadArray(node);
        if (value is null)
        {
            notes.Add($"{node.Path} was left out: it is of no kind that can be read.");
        }
        return value;
    }

    private static object? ReadGroup(Hdf5Object node, List<string> notes)
    {
        switch (node.TextAttribute("encoding-type"))
        {
            case "csr_matrix" or "csc_matrix":
                return H5adMatrix.Open(node).ReadAll(null, default);
            case "dataframe":
                var (index, table) = H5adTable.Read(node, notes);
                return new Table((IEnumerable<Column>)[new TextColumn("_index", index), .. table.Columns.Where(column => column.Name != "_index")]);
            case null or "dict":
                var members = new Dictionary<string, object>();
                foreach (var name in node.Children)
                {
                    var member = node.Open(name);
                    if (Read(member, notes) is { } value)
                    {
                        members[name] = value;
                    }
                }
                return members;
            default:
                return null;
        }
    }

    private static object? ReadArray(Hdf5Object node) => (node.Shape, node.Class) switch
    {
        ([], Hdf5Class.Text) => node.ReadTexts()[0],
        ([], Hdf5Class.Integer) => node.Read<long>()[0],
        ([], Hdf5Class.Float) => node.Read<double>()[0],
        ([], Hdf5Class.Enum) => node.Read<sbyte>()[0] != 0,
        ([_], Hdf5Class.Text) => node.ReadTexts(),
        ([_], Hdf5Class.Integer) => node.Read<long>(),
        ([_], Hdf5Class.Float) => node.Read<double>(),
        ([_], Hdf5Class.Enum) => Array.ConvertAll(node.Read<sbyte>(), value => value != 0),
        ([_, _], Hdf5Class.Integer or Hdf5Class.Float) => H5adMatrix.ReadDense(node),
        _ => null,
    };
}
