namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of drug response on its simulated screen, with few passes.</summary>
public sealed class SampleDrugResponse() : Tutorial(
    "05-drug-response.ipynb",
    () => new()
    {
        ["seeds"] = "2",
        ["epochs"] = "30",
    },
    limit: TimeSpan.FromMinutes(5));
