using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ScFm.Interactive.Tests.Golden;

/// <summary>Compares text with a committed <c>*.verified.*</c> file; on a difference it leaves <c>*.received.*</c> beside it to look at and, where it is right, to rename.</summary>
internal static partial class GoldenFile
{
    public static void Match(string actual, string ending, [CallerMemberName] string test = "", [CallerFilePath] string source = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(source)!, "Verified", $"{Path.GetFileNameWithoutExtension(source)}.{test}");
        var (verified, received) = ($"{stem}.verified.{ending}", $"{stem}.received.{ending}");
        // Pixels are compared elsewhere: their compressed bytes depend on the zlib in use.
        var text = Pictures().Replace(actual, "base64,PICTURE").ReplaceLineEndings("\n").TrimEnd() + "\n";
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (text == expected)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
        File.WriteAllText(received, text);
        Assert.Fail(expected is null
            ? $"There is no {Path.GetFileName(verified)}; look at {Path.GetFileName(received)} and rename it if it is right."
            : $"{Path.GetFileName(received)} differs from {Path.GetFileName(verified)} at {FirstDifference(expected, text)}.");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (old, current) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, current.Length)).First(i => old.ElementAtOrDefault(i) != current.ElementAtOrDefault(i));
        return $"line {line + 1}: '{current.ElementAtOrDefault(line)}', expected '{old.ElementAtOrDefault(line)}'";
    }

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Pictures();
}
