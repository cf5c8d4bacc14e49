namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The notebook of annotation on FACS-sorted blood, new blood and donors; minutes, so only where SCFM_LONG_TESTS is 1.</summary>
public sealed class RealAnnotation() : Tutorial("04-annotation.ipynb", Parameters, limit: TimeSpan.FromMinutes(15))
{
    private static Dictionary<string, string> Parameters()
    {
        if (Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") != "1")
        {
            Assert.Skip("The notebook of annotation on real cells takes minutes; SCFM_LONG_TESTS=1 (or ./scfm test --all) runs it.");
        }

        return new()
        {
            ["labelledPath"] = TestFolders.Real("pbmc-facs"),
            ["newPath"] = TestFolders.Real("pbmc-donor-a"),
            ["donorsPath"] = TestFolders.Real("kang-pbmc"),
            ["pair"] = "CD8+ Cytotoxic T|CD8+/CD45RA+ Naive Cytotoxic",
        };
    }
}
