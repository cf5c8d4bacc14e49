namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The quickstart on the bundled sample, with one pass over the cells.</summary>
public sealed class SampleQuickstart() : Quickstart(() => Path.Combine(Feed.Root, "samples-data", "pbmc-simulated"), epochs: 1, limit: TimeSpan.FromMinutes(5));
