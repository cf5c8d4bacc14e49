namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of annotation on the bundled sample, with few genes and passes.</summary>
public sealed class SampleAnnotation() : Tutorial(
    "04-annotation.ipynb",
    () => new()
    {
        ["labelledPath"] = Path.Combine(Feed.Root, "samples-data", "pbmc-simulated"),
        ["newPath"] = Path.Combine(Feed.Root, "samples-data", "pbmc-simulated"),
        ["seeds"] = "2",
        ["genes"] = "200",
        ["bertGenes"] = "60",
        ["pretrainingEpochs"] = "1",
        ["tuningEpochs"] = "1",
        ["leastSteps"] = "0",
        ["runs"] = "2",
    },
    limit: TimeSpan.FromMinutes(5));
