using System.Reflection;

namespace ScFm.Model;

/// <summary>What this program is: numbers that it computes may differ from those of another.</summary>
internal static class ProgramVersions
{
    /// <summary>Its own version and libtorch's, with their names.</summary>
    public static IEnumerable<(string Name, string Version)> All =>
    [
        ("ScFm's version", typeof(ProgramVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
        ("libtorch's version", TorchSharp.torch.__version__),
    ];
}
