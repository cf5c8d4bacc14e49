using System.Text.RegularExpressions;
using ScFm.Model.Devices;
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
            LaunchException => line, // names the rank; what it says of memory is a guess
            _ when MemoryShortage.Is(cause) => $"There is not enough memory{Asked(line)}{Free(line)}; take a smaller preset, batch or vocabulary, or fewer cells.",
            ArgumentException { ParamName: { } parameter } => line.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal),
            _ => line,
        };
    }

    private static string Asked(string line) => Size().Match(line) is { Success: true } size ? $": {size.Groups[1]} more were asked for" : "";

    private static string Free(string line) => FreeOfCard().Match(line) is { Success: true } card
        ? $" on card {card.Groups["card"]}, where {card.Groups["free"]} of {card.Groups["total"]} are free" : "";

    // "you tried to allocate 1229423616 bytes" from the CPU's allocator, "Tried to allocate 20.00 MiB" from CUDA's.
    [GeneratedRegex(@"tried to allocate ([\d.]+ (?:bytes|[KMGT]iB))", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    // libtorch 1: "(GPU 0; 15.78 GiB total capacity; 14.56 GiB already allocated; 38.44 MiB free; ..."; libtorch 2: "GPU 0 has a total capacity of 139.72 GiB of which 5.31 GiB is free."
    [GeneratedRegex(@"GPU (?<card>\d+)(?:; (?<total>[\d.]+ \w+) total capacity;.*?(?<free>[\d.]+ \w+) free| has a total capacity of (?<total>[\d.]+ \w+) of which (?<free>[\d.]+ \w+) is free)")]
    private static partial Regex FreeOfCard();
}
