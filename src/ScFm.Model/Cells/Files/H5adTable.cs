using System.Globalization;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a data frame of an .h5ad file: obs or var, in the encodings 0.1.0 (categories in __categories) and 0.2.0.</summary>
internal static class H5adTable
{
    private const string OldCategories = "__categories";

    /// <summary>Reads the index and the columns; a column that cannot be had is named in the notes.</summary>
    internal static (string[] Index, Table Table) Read(Hdf5Object node, List<string> notes)
    {
        if (!node.IsGroup)
        {
            throw new InvalidDataException($"{node.Where} is a compound array, as anndata before 0.7 wrote it; expected a group: open the file with a newer anndata and save it again.");
        }
        var indexName = node.TextAttribute("_index") ?? (node.Children.Contains("index") ? "index" : "_index");
        var indexNode = node.Open(indexName);
        var index = ReadTexts(indexNode);
        var names = node.TextsAttribute("column-order") ?? [.. node.Children.Where(name => name != indexName && name != OldCategories)];
        var table = new Table(index.Length);
        foreach (var name in names)
        {
            var column = node.Open(name);
            if (ReadColumn(node, column, name) is not { } read)
            {
                notes.Add($"{node.Name}/{name} was left out: it is no column of a known kind.");
                continue;
            }
            table = read.Length == index.Length ? table.With(read) : throw new InvalidDataException($"{column.Where} has {read.Length} rows; expected {index.Length}, as the index has.");
        }
        return (index, table);
    }

    private static Column? ReadColumn(Hdf5Object frame, Hdf5Object node, string name)
    {
        if (node.IsGroup)
        {
            return node.TextAttribute("encoding-type") switch
            {
                "categorical" => ReadCategories(node, name),
                "nullable-integer" => ReadNullable(node, name, (values, mask) => Array.Exists(mask, missing => missing)
                    ? new NumberColumn(name, [.. values.Select((value, i) => mask[i] ? double.NaN : value)])
                    : new IntegerColumn(name, values)),
                "nullable-boolean" => ReadNullable(node, name, (values, mask) => Array.Exists(mask, missing => missing)
                    ? new CategoryColumn(name, [.. values.Select((value, i) => mask[i] ? -1 : (int)value)], ["False", "True"])
                    : new BooleanColumn(name, Array.ConvertAll(values, value => value != 0))),
                "nullable-string-array" => ReadNullableTexts(node, name),
                _ => null,
            };
        }
        var old = frame.Find(OldCategories);
        var categories = old?.Find(name);
        if (categories is not null && node.Class == Hdf5Class.Integer)
        {
            return new CategoryColumn(name, node.Read<int>(), ReadTexts(categories), categories.IntegersAttribute("ordered") is [1]);
        }
        return node.Shape.Length != 1 ? null : node.Class switch
        {
            Hdf5Class.Text => new TextColumn(name, node.ReadTexts()),
            Hdf5Class.Enum => new BooleanColumn(name, Array.ConvertAll(node.Read<sbyte>(), value => value != 0)),
            Hdf5Class.Integer => new IntegerColumn(name, node.Read<long>()),
            Hdf5Class.Float => new NumberColumn(name, node.Read<double>()),
            _ => null,
        };
    }

    private static CategoryColumn ReadCategories(Hdf5Object node, string name)
    {
        var codes = node.Open("codes");
        var categories = node.Open("categories");
        return new CategoryColumn(name, codes.Read<int>(), ReadTexts(categories), node.IntegersAttribute("ordered") is [1]);
    }

    private static Column ReadNullable(Hdf5Object node, string name, Func<long[], bool[], Column> make)
    {
        var values = node.Open("values");
        var numbers = values.Read<long>();
        return make(numbers, ReadMask(node, numbers.Length));
    }

    private static TextColumn ReadNullableTexts(Hdf5Object node, string name)
    {
        var values = node.Open("values");
        var texts = values.ReadTexts();
        var missing = ReadMask(node, texts.Length);
        return new TextColumn(name, [.. texts.Select((text, i) => missing[i] ? null : text)]);
    }

    private static bool[] ReadMask(Hdf5Object node, int count)
    {
        var mask = node.Open("mask");
        var missing = Array.ConvertAll(mask.Read<sbyte>(), value => value != 0);
        return missing.Length == count ? missing : throw new InvalidDataException($"{mask.Where} has {missing.Length} rows; expected {count}, as the values have.");
    }

    /// <summary>The names in an index or the labels of categories, which may be numbers.</summary>
    private static string[] ReadTexts(Hdf5Object node)
    {
        if (node.IsGroup)
        {
            var values = node.Open("values");
            return ReadTexts(values);
        }
        return node.Class switch
        {
            Hdf5Class.Text => node.ReadTexts(),
            Hdf5Class.Integer => Array.ConvertAll(node.Read<long>(), value => value.ToString(CultureInfo.InvariantCulture)),
            Hdf5Class.Float => Array.ConvertAll(node.Read<double>(), value => value.ToString("R", CultureInfo.InvariantCulture)),
            Hdf5Class.Enum => Array.ConvertAll(node.Read<sbyte>(), value => value != 0 ? "True" : "False"),
            var other => throw new InvalidDataException($"{node.Where} holds {other} values; expected names."),
        };
    }
}
