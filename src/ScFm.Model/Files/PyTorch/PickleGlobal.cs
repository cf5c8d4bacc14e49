namespace ScFm.Model.Files.PyTorch;

/// <summary>A function or class that a pickle may call, and what stands in for it here.</summary>
internal sealed record PickleGlobal(string Name, Func<object?[], object?> Call);
