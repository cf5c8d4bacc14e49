using System.Text;

namespace ScFm.Model.Cells.Files;

/// <summary>Splits the lines of tab- or comma-separated files; a field may stand in double quotes.</summary>
internal static class Fields
{
    /// <summary>The separator of a file by its name: a comma for .csv, a tab otherwise.</summary>
    internal static char Separator(string path) => DataFile.FormatName(path).EndsWith(".csv", StringComparison.Ordinal) ? ',' : '\t';

    /// <summary>All fields of a line, without their quotes.</summary>
    internal static List<string> Split(ReadOnlySpan<byte> line, char separator)
    {
        var fields = new List<string>();
        var rest = line;
        bool more;
        do
        {
            more = Next(ref rest, separator, out var field);
            fields.Add(Text(field));
        }
        while (more);
        return fields;
    }

    /// <summary>Takes one field, its quotes included, off the front of a line.</summary>
    /// <returns>True where a separator, and so another field, follows.</returns>
    internal static bool Next(ref ReadOnlySpan<byte> rest, char separator, out ReadOnlySpan<byte> field)
    {
        var length = rest is [(byte)'"', ..] ? QuotedLength(rest) : 0;
        length = rest[length..].IndexOf((byte)separator) is >= 0 and var at ? length + at : rest.Length;
        field = rest[..length];
        var more = length < rest.Length;
        rest = more ? rest[(length + 1)..] : default;
        return more;
    }

    /// <summary>A field as text, without its quotes.</summary>
    internal static string Text(ReadOnlySpan<byte> field) => field is [(byte)'"', .., (byte)'"']
        ? Encoding.UTF8.GetString(field[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal)
        : Encoding.UTF8.GetString(field);

    private static int QuotedLength(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'"')
            {
                if (i + 1 == rest.Length || rest[i + 1] != (byte)'"')
                {
                    return i + 1;
                }
                i++;
            }
        }
        return rest.Length;
    }
}
