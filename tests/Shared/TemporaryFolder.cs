namespace ScFm.Tests;

/// <summary>A folder of a test's own, deleted afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("scfm-test-").FullName;

    internal string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    internal string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Copies a file into the folder, to be damaged there.</summary>
    internal string Copy(string source, int? bytes = null)
    {
        var target = File(System.IO.Path.GetFileName(source));
        var content = System.IO.File.ReadAllBytes(source);
        System.IO.File.WriteAllBytes(target, content[..(bytes ?? content.Length)]);
        return target;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
