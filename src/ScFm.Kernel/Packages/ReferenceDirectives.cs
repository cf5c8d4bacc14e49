using System.Text.RegularExpressions;

namespace ScFm.Kernel.Packages;

/// <summary>The <c>#r</c> and <c>#i</c> lines of a cell.</summary>
internal sealed partial class ReferenceDirectives
{
    private ReferenceDirectives(string code) => Code = code;

    /// <summary>The cell with empty lines in place of the directives.</summary>
    internal string Code { get; private set; }

    /// <summary>What <c>#r "nuget: Name, Version"</c> asks for.</summary>
    internal List<PackageRequest> Packages { get; } = [];

    /// <summary>Feeds and folders of <c>#i "nuget: source"</c>.</summary>
    internal List<string> Sources { get; } = [];

    /// <summary>Files of <c>#r "path.dll"</c>.</summary>
    internal List<string> Assemblies { get; } = [];

    /// <summary>Takes the directives out of a cell.</summary>
    /// <exception cref="PackageException">A directive cannot be understood.</exception>
    internal static ReferenceDirectives Read(string code)
    {
        var directives = new ReferenceDirectives(code);
        if (code.Contains('#', StringComparison.Ordinal))
        {
            directives.Code = Directive().Replace(code, directives.Take);
        }

        return directives;
    }

    private string Take(Match match)
    {
        var value = match.Groups["value"].Value.Trim();
        var isSource = match.Groups["kind"].Value == "i";
        if (!value.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            if (isSource)
            {
                throw new PackageException($"'{match.Value.Trim()}' is not understood: #i \"nuget: source\" was expected.");
            }

            Assemblies.Add(value);
            return "";
        }

        var argument = value["nuget:".Length..].Trim();
        if (argument.Length == 0)
        {
            throw new PackageException($"'{match.Value.Trim()}' names nothing: {(isSource ? "#i \"nuget: source\"" : "#r \"nuget: Name, Version\"")} was expected.");
        }

        if (isSource)
        {
            Sources.Add(argument);
        }
        else
        {
            var parts = argument.Split(',', 2, StringSplitOptions.TrimEntries);
            Packages.Add(new PackageRequest(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*"));
        }

        return "";
    }

    [GeneratedRegex("""^[ \t]*#(?<kind>[ri])[ \t]+"(?<value>[^"\n]*)"[ \t]*;?[ \t]*(//[^\n]*)?$""", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
