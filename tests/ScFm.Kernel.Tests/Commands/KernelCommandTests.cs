using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Commands;

public sealed class KernelCommandTests
{
    [Fact]
    public void The_kernel_is_installed_where_Jupyter_looks_and_removed_again()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["JUPYTER_DATA_DIR"] = folder.Path, ["SCFM_FEED"] = folder.File("feed"), ["OMP_WAIT_POLICY"] = "passive" };
        Assert.Equal(0, Scfm.Run(environment, "kernel", "install", "--user", "--name", "scfm-test").ExitCode);
        var spec = JsonNode.Parse(File.ReadAllText(folder.File("kernels", "scfm-test", "kernel.json")))!;
        Assert.Equal([Scfm.Program, "kernel", "start", "--connection-file", "{connection_file}"], ((JsonArray)spec["argv"]!).Select(word => (string?)word));
        Assert.Equal("message", (string?)spec["interrupt_mode"]);
        Assert.Equal("C#", (string?)spec["language"]);
        Assert.Equal(folder.File("feed"), (string?)spec["env"]!["SCFM_FEED"]);
        Assert.Equal("passive", (string?)spec["env"]!["OMP_WAIT_POLICY"]);

        Assert.Equal(0, Scfm.Run(environment, "kernel", "uninstall", "--name", "scfm-test").ExitCode);
        Assert.False(Directory.Exists(folder.File("kernels", "scfm-test")));
        Assert.Equal(1, Scfm.Run(environment, "kernel", "uninstall", "--name", "scfm-test").ExitCode);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_is_no_folder_of_its_own_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = Scfm.Run(new Dictionary<string, string> { ["JUPYTER_DATA_DIR"] = folder.Path }, "kernel", "install", "--name", name);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("cannot be the name of a kernel", output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_program_that_dotnet_starts_installs_itself_with_dotnet()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Scfm.Command("dotnet", new Dictionary<string, string>(), Scfm.Program + ".dll", "kernel", "install", "--prefix", folder.Path).ExitCode);
        var spec = JsonNode.Parse(File.ReadAllText(folder.File("share", "jupyter", "kernels", "scfm", "kernel.json")))!;
        string[] argv = [.. ((JsonArray)spec["argv"]!).Select(word => (string)word!)];
        Assert.Equal("dotnet", Path.GetFileName(argv[0]));
        Assert.Equal(Scfm.Program + ".dll", argv[1]);
    }
}
