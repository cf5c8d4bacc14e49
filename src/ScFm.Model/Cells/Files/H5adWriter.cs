using ScFm.Model.Interop.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Writes the parts of an .h5ad file with the names and versions of their encodings (anndata documentation, "On-disk format").</summary>
internal static class H5adWriter
{
    private const string IndexName = "_index";

    internal static void Write(Hdf5Node root, AnnData cells, bool compress)
    {
        WriteFrame(root, cells.ObsNames, cells.Obs, cells.VarNames, cells.Var, cells.Uns);
        WriteMatrix(root, "X", cells.X, compress);
        WriteGroup(root, "obsm", cells.Obsm, (group, name, matrix) => WriteDense(group, name, matrix, compress));
        WriteGroup(root, "layers", cells.Layers, (group, name, matrix) => WriteMatrix(group, name, matrix, compress));
    }

    /// <summary>Writes all but X, obsm and layers.</summary>
    internal static void WriteFrame(Hdf5Node root, string[] obsNames, Table obs, string[] varNames, Table var, IEnumerable<KeyValuePair<string, object>> uns)
    {
        Encode(root, "anndata", "0.1.0");
        WriteTable(root, "obs", obsNames, obs);
        WriteTable(root, "var", varNames, var);
        WriteGroup(root, "uns", uns, WriteValue);
        foreach (var empty in (string[])["varm", "obsp", "varp"])
        {
            CreateDictionary(root, empty).Dispose();
        }
    }

    /// <summary>Makes an empty group that holds members by their names.</summary>
    internal static Hdf5Node CreateDictionary(Hdf5Node parent, string name) => Encode(parent.CreateGroup(name), "dict", "0.1.0");

    /// <summary>Writes where the rows of a sparse matrix begin.</summary>
    /// <remarks>scipy wants both index arrays of one type, and turns them into it where they are not: 32 bits wherever the values are few enough.</remarks>
    internal static void WriteOffsets(Hdf5Node group, long[] offsets, bool compress) => (offsets[^1] <= int.MaxValue
        ? group.Write("indptr", Array.ConvertAll(offsets, offset => (int)offset), [offsets.Length], compress)
        : group.Write("indptr", offsets, [offsets.Length], compress)).Dispose();

    private static void WriteGroup<T>(Hdf5Node parent, string name, IEnumerable<KeyValuePair<string, T>> members, Action<Hdf5Node, string, T> write)
    {
        using var group = CreateDictionary(parent, name);
        foreach (var (key, value) in members)
        {
            write(group, key, value);
        }
    }

    private static void WriteMatrix(Hdf5Node parent, string name, CsrMatrix matrix, bool compress)
    {
        using var group = Encode(parent.CreateGroup(name), "csr_matrix", "0.1.0").SetAttribute("shape", [matrix.Rows, matrix.Columns]);
        group.Write("data", matrix.Values, [matrix.NonZeros], compress).Dispose();
        group.Write("indices", matrix.Indices, [matrix.NonZeros], compress).Dispose();
        WriteOffsets(group, matrix.Offsets, compress);
    }

    private static void WriteDense(Hdf5Node parent, string name, DenseMatrix matrix, bool compress) =>
        Encode(parent.Write(name, matrix.Values, [matrix.Rows, matrix.Columns], compress), "array").Dispose();

    private static void WriteTable(Hdf5Node parent, string name, string[] index, Table table)
    {
        using var group = Encode(parent.CreateGroup(name), "dataframe").SetAttribute("_index", IndexName)
            .SetAttribute("column-order", [.. table.Columns.Select(column => column.Name)]);
        Encode(group.Write(IndexName, index, [index.Length]), "string-array").Dispose();
        foreach (var column in table.Columns)
        {
            WriteColumn(group, column);
        }
    }

    private static void WriteColumn(Hdf5Node group, Column column)
    {
        long[] shape = [column.Length];
        switch (column)
        {
            case CategoryColumn categories:
                WriteCategories(group, categories);
                break;
            case TextColumn text when text.Values.Contains(null):
                WriteCategories(group, CategoryColumn.FromLabels(text.Name, text.Values.ToArray()));
                break;
            case TextColumn text:
                Encode(group.Write(column.Name, Array.ConvertAll(text.Values.ToArray(), value => value!), shape), "string-array").Dispose();
                break;
            case NumberColumn numbers:
                Encode(group.Write(column.Name, numbers.Values.ToArray(), shape), "array").Dispose();
                break;
            case IntegerColumn integers:
                Encode(group.Write(column.Name, integers.Values.ToArray(), shape), "array").Dispose();
                break;
            case BooleanColumn booleans:
                Encode(group.Write(column.Name, booleans.Values.ToArray(), shape), "array").Dispose();
                break;
            default:
                throw new NotSupportedException($"Column '{column.Name}' is a {column.GetType().Name}; .h5ad holds text, numbers, integers, booleans and categories.");
        }
    }

    private static void WriteCategories(Hdf5Node parent, CategoryColumn column)
    {
        using var group = Encode(parent.CreateGroup(column.Name), "categorical").SetAttribute("ordered", column.Ordered);
        long[] shape = [column.Length];
        var codes = column.Codes.ToArray();
        var node = column.Categories.Count <= sbyte.MaxValue
            ? group.Write("codes", Array.ConvertAll(codes, code => (sbyte)code), shape)
            : group.Write("codes", codes, shape);
        Encode(node, "array").Dispose();
        Encode(group.Write("categories", [.. column.Categories], [column.Categories.Count]), "string-array").Dispose();
    }

    private static void WriteValue(Hdf5Node parent, string name, object value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object> members:
                WriteGroup(parent, name, members, WriteValue);
                break;
            case CsrMatrix matrix:
                WriteMatrix(parent, name, matrix, compress: false);
                break;
            case DenseMatrix matrix:
                WriteDense(parent, name, matrix, compress: false);
                break;
            case Table table:
                WriteUnsTable(parent, name, table);
                break;
            default:
                using (var node = WriteArray(parent, name, value))
                {
                    Encode(node, value switch { string => "string", string[] => "string-array", Array => "array", _ => "numeric-scalar" });
                }
                break;
        }
    }

    private static void WriteUnsTable(Hdf5Node parent, string name, Table table)
    {
        var index = table.Find(IndexName);
        var names = Enumerable.Range(0, table.RowCount).Select(row => index?.Text(row) ?? row.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteTable(parent, name, [.. names], table.Without(IndexName));
    }

    private static Hdf5Node WriteArray(Hdf5Node parent, string name, object value) => value switch
    {
        string text => parent.Write(name, [text], []),
        bool yes => parent.Write(name, [yes], []),
        int number => parent.Write(name, [number], []),
        long number => parent.Write(name, [number], []),
        float number => parent.Write(name, [number], []),
        double number => parent.Write(name, [number], []),
        string[] texts => parent.Write(name, texts, [texts.Length]),
        bool[] values => parent.Write(name, values, [values.Length]),
        int[] values => parent.Write(name, values, [values.Length]),
        long[] values => parent.Write(name, values, [values.Length]),
        float[] values => parent.Write(name, values, [values.Length]),
        double[] values => parent.Write(name, values, [values.Length]),
        _ => throw new NotSupportedException($"uns holds '{name}' of type {value.GetType().Name}; .h5ad holds strings, numbers, booleans, arrays of these, matrices, tables and dictionaries."),
    };

    /// <summary>Says of a group or dataset what it is.</summary>
    internal static Hdf5Node Encode(Hdf5Node node, string type, string version = "0.2.0") =>
        node.SetAttribute("encoding-type", type).SetAttribute("encoding-version", version);
}
