namespace ScFm.Kernel.Packages;

/// <summary>The folder of packages that is asked beside the configured feeds: so a checkout's own packages work without any setting.</summary>
internal static class DefaultFeed
{
    /// <summary>Names the folder; the kernelspec sets it.</summary>
    internal const string Variable = "SCFM_FEED";

    /// <summary>The folder that the environment names, else <c>artifacts/feed</c> of the checkout that this program or the current folder lies in; it need not exist yet.</summary>
    internal static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "ScFm.Interactive.sln")))
                {
                    return Path.Combine(folder.FullName, "artifacts", "feed");
                }
            }
        }

        return null;
    }
}
