namespace ScFm.Model.Launching;

/// <summary>A program that ranks run.</summary>
/// <param name="File">Its path, or its name on the PATH.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record RankProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program, started as it was: by its own executable, or by dotnet.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static RankProgram This(params IEnumerable<string> arguments)
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is unknown; expected one, to start the same program again.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? new(process, [Path.Combine(AppContext.BaseDirectory, $"{System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name}.dll"), .. arguments])
            : new(process, [.. arguments]);
    }
}
