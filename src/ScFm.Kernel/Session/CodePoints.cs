namespace ScFm.Kernel.Session;

/// <summary>Jupyter counts the cursor in Unicode code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    internal static int ToOffset(string text, int codePoints)
    {
        var offset = 0;
        for (var i = 0; i < codePoints && offset < text.Length; i++)
        {
            offset += offset + 1 < text.Length && char.IsSurrogatePair(text, offset) ? 2 : 1;
        }

        return offset;
    }

    internal static int FromOffset(string text, int offset) => text.AsSpan(0, offset).ToString().EnumerateRunes().Count();
}
