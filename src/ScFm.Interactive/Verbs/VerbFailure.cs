using System.Text.RegularExpressions;
using ScFm.Model.Launching;

namespace ScFm.Interactive.Verbs;

/// <summary>Tells why a verb failed in one line for the user.</summary>
internal static partial class VerbFailure
{
    /// <summary>The exception that a host shows; the cause stays with it.</summary>
    public static VerbException Of(Exception cause) => new(Sentence(cause), cause);

    private static string Sentence(Exception cause)
    {
        // The runtime and libtorch append the parameter, the value or a native trace on lines of their own.
        var line = cause.Message.Split('\n')[0].Trim();
        return cause switch
        {
            OperationCanceledException { InnerException: LaunchException { Lines: [.., var own] } } => own, // what a rank says of its end
            OperationCanceledException => "Interrupted; nothing was changed.",
            _ when cause is OutOfMemoryException || NoMemory().IsMatch(line) => $"There is not enough memory{Asked(line)}; take a smaller preset, batch or vocabulary, or fewer cells.",
            ArgumentException { ParamName: { } parameter } => line.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal),
            _ => line,
        };
    }

    private static string Asked(string line) => Size().Match(line) is { Success: true } size ? $": {size.Groups[1]} more were asked for" : "";

    [GeneratedRegex("allocate memory|out of memory", RegexOptions.IgnoreCase)]
    private static partial Regex NoMemory();

    // "you tried to allocate 1229423616 bytes" from the CPU's allocator, "Tried to allocate 20.00 MiB" from CUDA's.
    [GeneratedRegex(@"tried to allocate ([\d.]+ (?:bytes|[KMGT]iB))", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
