namespace ScFm.Kernel.Notebooks;

/// <summary>Writes files so that a reader sees the old one or the new one, never a part.</summary>
internal static class AtomicFile
{
    internal static void Write(string path, string text)
    {
        string temporary = $"{path}.{Environment.ProcessId}.new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
