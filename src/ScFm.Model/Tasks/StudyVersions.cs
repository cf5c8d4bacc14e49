using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks;

/// <summary>What a study was computed with, for its report.</summary>
internal static class StudyVersions
{
    /// <summary>Such as "ScFm 0.1.0, TorchSharp 0.107.0, .NET 10.0.1, 2 cores".</summary>
    internal static string Text { get; } = FormattableString.Invariant(
        $"ScFm {typeof(StudyVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}, torch {__version__}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores");
}
