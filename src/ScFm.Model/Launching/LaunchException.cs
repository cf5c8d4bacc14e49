namespace ScFm.Model.Launching;

/// <summary>A rank that ended before its work was done; the message is one sentence with the rank, its end and the last line that it wrote as an error.</summary>
/// <param name="rank">Which rank.</param>
/// <param name="exitCode">Its exit code, 128 and the signal's number where a signal ended it.</param>
/// <param name="lines">The last lines that it wrote as errors.</param>
/// <param name="message">The sentence.</param>
public sealed class LaunchException(int rank, int exitCode, IReadOnlyList<string> lines, string message) : Exception(message)
{
    /// <summary>Which rank.</summary>
    public int Rank { get; } = rank;

    /// <summary>Its exit code, 128 and the signal's number where a signal ended it.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The last lines that it wrote as errors.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
