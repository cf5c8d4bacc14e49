using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace ScFm.Kernel.Scripting;

/// <summary>Documentation from the XML files that stand beside assemblies.</summary>
internal sealed class XmlDocumentation(string[] files) : DocumentationProvider
{
    /// <summary>That of the .NET framework, from the reference pack that the SDK installs; silent where there is none.</summary>
    internal static XmlDocumentation OfFramework() => new(FrameworkFiles());

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => files.Length;

    /// <summary>The files are large and rarely asked: they are searched as bytes instead of being kept parsed.</summary>
    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var start = Encoding.UTF8.GetBytes($"<member name=\"{documentationMemberID}\">");
        foreach (var file in files)
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
            var at = bytes.IndexOf(start);
            if (at >= 0)
            {
                var member = bytes[at..];
                return Encoding.UTF8.GetString(member[..(member.IndexOf("</member>"u8) + "</member>".Length)]);
            }
        }

        return null;
    }

    private static string[] FrameworkFiles()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        var newest = Directory.Exists(packs)
            ? Directory.GetDirectories(packs, $"{Environment.Version.Major}.*").OrderByDescending(folder => Version.TryParse(Path.GetFileName(folder), out var version) ? version : new Version()).FirstOrDefault()
            : null;
        var files = Path.Combine(newest ?? "", "ref", $"net{Environment.Version.Major}.0");
        return newest is not null && Directory.Exists(files) ? Directory.GetFiles(files, "*.xml") : [];
    }
}
