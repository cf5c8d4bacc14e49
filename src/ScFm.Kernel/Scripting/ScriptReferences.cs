using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ScFm.Kernel.Scripting;

/// <summary>The assemblies that cells compile against: the framework, what the tool carries, and what packages bring. One a simple name.</summary>
internal sealed class ScriptReferences
{
    /// <summary>
    /// Carried for the kernel's own work; a cell sees them only after asking for the package. The compiler has them from the start, under another
    /// alias: were they to come later, it would take the kernel's own assembly, which needs them, for a new one, and <c>display</c> for two functions.
    /// </summary>
    private static readonly string[] Hidden = ["Microsoft.CodeAnalysis", "Markdig", "System.CommandLine"];

    private const string HiddenAlias = "kernel";

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly XmlDocumentation _frameworkDocumentation = XmlDocumentation.OfFramework();
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataReference> _hidden = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MetadataReference> _all = [];

    internal ScriptReferences()
    {
        foreach (string path in TrustedAssemblies())
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (Hidden.Any(hidden => name.StartsWith(hidden, StringComparison.Ordinal)))
            {
                MetadataReference reference = Reference(path);
                _hidden[name] = reference;
                _all.Add(reference.WithAliases([HiddenAlias]));
            }
            else
            {
                Add(path);
            }
        }
    }

    /// <summary>What was added after the first <paramref name="known"/> references, in order.</summary>
    internal MetadataReference[] Since(int known)
    {
        lock (_all)
        {
            return [.. _all.Skip(known)];
        }
    }

    /// <summary>The managed assemblies that the runtime was started with: the framework's and the tool's.</summary>
    internal static string[] TrustedAssemblies() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .DistinctBy(Path.GetFileName),
    ];

    /// <summary>Whether a file is one of the framework's.</summary>
    internal static bool IsFramework(string path) => Path.GetDirectoryName(path) == FrameworkFolder;

    /// <summary>Makes the types of an assembly file known to cells, unless they know one of that simple name.</summary>
    internal void Add(string path)
    {
        lock (_all)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (_names.Add(name))
            {
                _all.Add(_hidden.GetValueOrDefault(name) ?? Reference(path));
            }
        }
    }

    /// <summary>Makes sure that cells know an assembly that is already loaded; those made of cells they know anyway.</summary>
    internal void Add(Assembly assembly)
    {
        if (assembly.Location.Length > 0)
        {
            Add(assembly.Location);
        }
    }

    private PortableExecutableReference Reference(string path) => MetadataReference.CreateFromFile(path, documentation: DocumentationOf(path));

    private DocumentationProvider? DocumentationOf(string assembly)
    {
        if (IsFramework(assembly))
        {
            return _frameworkDocumentation;
        }

        string file = Path.ChangeExtension(assembly, ".xml");
        return File.Exists(file) ? new XmlDocumentation([file]) : null;
    }
}
