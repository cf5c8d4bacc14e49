namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of training data on the bundled sample, whose types stand in for tissues, with few genes and passes.</summary>
public sealed class SampleComposition() : Tutorial(
    "03-training-data.ipynb",
    () => new()
    {
        ["samplePath"] = Path.Combine(Feed.Root, "samples-data", "pbmc-simulated"),
        ["seeds"] = "2",
        ["epochs"] = "8",
        ["mostGenes"] = "300",
    },
    limit: TimeSpan.FromMinutes(5));
