using System.Reflection;

namespace ScFm.Kernel.Scripting;

/// <summary>What a cell can name without a <c>using</c>.</summary>
internal static class DefaultImports
{
    private static readonly string[] Framework =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
    ];

    /// <summary>Imported where the tool carries them.</summary>
    private static readonly string[] Ours =
    [
        "ScFm.Interactive", "ScFm.Interactive.Display", "ScFm.Interactive.Figures", "ScFm.Interactive.Hosting", "ScFm.Interactive.Verbs",
        "ScFm.Model", "ScFm.Model.Cells", "ScFm.Model.Cells.Files", "ScFm.Model.Graphs", "ScFm.Model.Metrics", "ScFm.Model.Models", "ScFm.Model.Models.ScFoundation",
        "ScFm.Model.Tables", "ScFm.Model.Tasks", "ScFm.Model.Training", "TorchSharp",
    ];

    /// <summary>Namespaces, and the static class with <c>display</c> and <c>HTML</c>. A namespace that no carried assembly has is left out, for it would be an error in every cell.</summary>
    internal static string[] Find()
    {
        var known = ScriptReferences.TrustedAssemblies()
            .Where(path => Path.GetFileName(path).StartsWith("ScFm.", StringComparison.Ordinal))
            .SelectMany(path => Assembly.Load(AssemblyName.GetAssemblyName(path)).GetExportedTypes())
            .Select(type => type.Namespace)
            .ToHashSet();
        return [.. Framework, .. Ours.Where(known.Contains), typeof(CellFunctions).FullName!];
    }
}
