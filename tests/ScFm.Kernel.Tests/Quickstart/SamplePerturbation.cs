namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of perturbations on its simulated screen, with few passes.</summary>
public sealed class SamplePerturbation() : Tutorial(
    "07-perturbation.ipynb",
    () => new()
    {
        ["seeds"] = "2",
        ["epochs"] = "2",
    },
    limit: TimeSpan.FromMinutes(5));
