namespace ScFm.Kernel.Scripting;

/// <summary>A compiled cell, ready to run once.</summary>
/// <param name="Factory">Creates the object that holds the cell's variables, and runs the cell.</param>
/// <param name="States">Where that object is kept for the cells that follow.</param>
/// <param name="HasValue">Whether the last expression is to be shown.</param>
internal sealed record Submission(Func<object?[], Task<object?>> Factory, object?[] States, bool HasValue)
{
    /// <summary>A cell without anything to run.</summary>
    internal static Submission Nothing { get; } = new(_ => Task.FromResult<object?>(null), [], false);

    internal Task<object?> RunAsync() => Factory(States);
}
