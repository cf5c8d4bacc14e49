namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Tests that change what belongs to the whole process: the console, a memory limit.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
