using System.Text.Json;
using System.Text.Json.Nodes;
using ScFm.Kernel.Notebooks;
using ScFm.Kernel.Packages;
using ScFm.Model.Files;

namespace ScFm.Kernel.Commands;

/// <summary>The entry by which Jupyter finds and starts the kernel: <c>kernels/NAME/kernel.json</c>.</summary>
internal static class KernelSpec
{
    private const string Logo =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#1f3a5f"/><g fill="#7fd1ae"><circle cx="20" cy="22" r="7"/><circle cx="43" cy="19" r="5"/><circle cx="30" cy="40" r="9"/><circle cx="48" cy="42" r="6"/></g><g fill="#1f3a5f"><circle cx="20" cy="22" r="2.5"/><circle cx="43" cy="19" r="2"/><circle cx="30" cy="40" r="3"/><circle cx="48" cy="42" r="2.2"/></g></svg>
        """;

    /// <summary>Settings that the kernel keeps from its installation: Jupyter may be started from an environment without them.</summary>
    private static readonly string[] Inherited = ["DOTNET_ROOT", "LIBTORCH", "SCFM_TORCH_NATIVE", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"];

    /// <summary>Where kernels are installed.</summary>
    /// <param name="prefix">An installation such as a Python environment; null is the user's own folder.</param>
    /// <param name="name">Name of the kernel.</param>
    internal static string Folder(string? prefix, string name) => Path.Combine(prefix is null ? UserData() : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels", name);

    /// <summary>Writes the entry.</summary>
    /// <returns>The folder written.</returns>
    internal static string Install(string? prefix, string name)
    {
        var folder = Folder(prefix, name);
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "kernel.json"), Specification().ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        AtomicFile.WriteText(Path.Combine(folder, "logo-svg.svg"), Logo);
        return folder;
    }

    private static JsonObject Specification()
    {
        var environment = new JsonObject();
        if (DefaultFeed.Find() is { } feed)
        {
            environment[DefaultFeed.Variable] = feed;
        }

        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        return new JsonObject
        {
            ["argv"] = new JsonArray([.. Command().Concat(["kernel", "start", "--connection-file", "{connection_file}"]).Select(word => (JsonNode)word)]),
            ["display_name"] = "C# (ScFm)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = environment,
            ["metadata"] = new JsonObject { ["debugger"] = false },
        };
    }

    /// <summary>How this very program is started: by its own executable (a .NET tool's or the build tree's), or by dotnet.</summary>
    private static IEnumerable<string> Command()
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is unknown, so no kernel can be installed.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "scfm.dll")]
            : [process];
    }

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } folder)
        {
            return folder;
        }

        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "jupyter");
    }
}
