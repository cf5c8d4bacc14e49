namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of single-cell sensitivity on simulated samples and cells, with few passes.</summary>
public sealed class SampleSensitivity() : Tutorial(
    "06-single-cell-sensitivity.ipynb",
    () => new()
    {
        ["folds"] = "2",
        ["seeds"] = "1",
        ["epochs"] = "5",
        ["hidden"] = "64",
        ["pretraining"] = "1",
    },
    limit: TimeSpan.FromMinutes(5));
