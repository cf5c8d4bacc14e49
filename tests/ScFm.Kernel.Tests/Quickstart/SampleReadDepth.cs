namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of read depth on the bundled sample, with few cells, genes and methods.</summary>
public sealed class SampleReadDepth() : Tutorial(
    "02-read-depth.ipynb",
    () => new()
    {
        ["cellsPath"] = Path.Combine(Feed.Root, "samples-data", "pbmc-simulated"),
        ["methods"] = "observed,gene mean,MAGIC,scFoundation",
        ["rates"] = "0.05,0.2",
        ["folds"] = "1,5",
        ["seeds"] = "2",
        ["mostCells"] = "80",
        ["mostGenes"] = "400",
        ["epochs"] = "1",
    },
    limit: TimeSpan.FromMinutes(5));
