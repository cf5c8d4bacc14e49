namespace ScFm.Model.Corpora.Store;

/// <summary>Texts in a file: for each a byte that says whether there is one, its length and its UTF-8.</summary>
internal static class StoredTexts
{
    /// <summary>Writes texts, null for a missing one.</summary>
    public static void Write(BinaryWriter writer, IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            writer.Write(text is not null);
            if (text is not null)
            {
                writer.Write(text);
            }
        }
    }

    /// <summary>Reads texts, null for a missing one.</summary>
    public static string?[] Read(BinaryReader reader, int count)
    {
        var texts = new string?[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = reader.ReadBoolean() ? reader.ReadString() : null;
        }
        return texts;
    }

    /// <summary>Reads texts of which none may be missing.</summary>
    /// <exception cref="FormatException">One is missing.</exception>
    public static string[] ReadAll(BinaryReader reader, int count) =>
        Array.ConvertAll(Read(reader, count), text => text ?? throw new FormatException("a text is missing"));
}
