namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of read depth on real blood cells and cells of the cortex that were sequenced twice, with all methods; minutes, so only where SCFM_LONG_TESTS is 1.</summary>
public sealed class RealReadDepth() : Tutorial("02-read-depth.ipynb", Parameters, limit: TimeSpan.FromMinutes(30))
{
    private static Dictionary<string, string> Parameters()
    {
        if (Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") != "1")
        {
            Assert.Skip("The notebook of read depth on real cells takes minutes; SCFM_LONG_TESTS=1 (or ./scfm test --all) runs it.");
        }

        return new() { ["cellsPath"] = TestFolders.Real("pbmc3k"), ["pairsPath"] = TestFolders.Real("pollen-brain"), ["seeds"] = "2" };
    }
}
