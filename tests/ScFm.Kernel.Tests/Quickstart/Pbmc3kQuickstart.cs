
namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The quickstart on 2,700 real blood cells; minutes, so only where SCFM_LONG_TESTS is 1.</summary>
public sealed class Pbmc3kQuickstart() : Quickstart(Cells, epochs: 1, limit: TimeSpan.FromMinutes(15))
{
    private static string Cells()
    {
        if (Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") != "1")
        {
            Assert.Skip("The quickstart on pbmc3k takes minutes; SCFM_LONG_TESTS=1 (or ./scfm test --all) runs it.");
        }

        string data = Environment.GetEnvironmentVariable("SCFM_DATA") is { Length: > 0 } named ? named : Path.Combine(Feed.Root, "..", "shared", "data");
        return Path.GetFullPath(Path.Combine(data, "pbmc3k"));
    }
}
