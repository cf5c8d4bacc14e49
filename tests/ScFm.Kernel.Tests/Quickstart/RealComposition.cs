namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of training data on real blood, tumours, pancreas and brain; minutes, so only where SCFM_LONG_TESTS is 1.</summary>
public sealed class RealComposition() : Tutorial("03-training-data.ipynb", Parameters, limit: TimeSpan.FromMinutes(20))
{
    private static Dictionary<string, string> Parameters()
    {
        if (Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") != "1")
        {
            Assert.Skip("The notebook of training data on real cells takes minutes; SCFM_LONG_TESTS=1 (or ./scfm test --all) runs it.");
        }

        return new() { ["dataPath"] = TestFolders.Real("") };
    }
}
