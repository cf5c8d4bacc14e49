using System.Diagnostics;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Packages;

/// <summary>Packages of a folder, asked for in cells of the real kernel.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Greeter =
        """
        using System.Runtime.InteropServices;
        namespace Greetings;
        public static class Greeter { [DllImport("greeter")] private static extern int answer(); public static int Answer() => answer(); public static string Version => "one"; }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment;

    public PackageTests()
    {
        Directory.CreateDirectory(folder.File("feed"));
        environment = new Dictionary<string, string>
        {
            ["SCFM_FEED"] = folder.File("feed"),
            ["XDG_CACHE_HOME"] = folder.File("cache"),
            ["NUGET_PACKAGES"] = folder.File("packages"),
        };
    }

    private string Feed => folder.File("feed");

    [Fact]
    public void A_package_of_a_folder_is_loaded_with_its_native_library_and_the_second_time_from_the_cache()
    {
        if (!File.Exists(NativeLibraryFile.Compiler))
        {
            Assert.Skip("There is no C compiler to make a native library with.");
        }

        PackedPackage.Pack(Feed, "Greetings", "1.2.0", Greeter, "int answer(void) { return 42; }");
        using (var kernel = new KernelClient(environment))
        {
            var exchange = kernel.Execute("#r \"nuget: Greetings, 1.2.0\"\nGreetings.Greeter.Answer()");
            Assert.True(exchange.Result == "42", exchange.Trace);
            Assert.Contains("Loaded Greetings 1.2.0.", exchange.Stdout);
        }

        using (var kernel = new KernelClient(environment))
        {
            kernel.Execute("1");
            var start = Stopwatch.GetTimestamp();
            var exchange = kernel.Execute("#r \"nuget: Greetings, 1.2.0\"\nGreetings.Greeter.Answer()");
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), $"The warm restore took {Stopwatch.GetElapsedTime(start)}.");
            Assert.Equal("42", exchange.Result);
            Assert.DoesNotContain("Restoring", exchange.Stdout);
        }
    }

    [Fact]
    public void A_package_rebuilt_under_its_old_version_is_noticed()
    {
        const string request = "#r \"nuget: Greetings\"\nGreetings.Greeter.Version";
        PackedPackage.Pack(Feed, "Greetings", "1.0.0", Greeter);
        using (var kernel = new KernelClient(environment))
        {
            Assert.Equal("one", kernel.Execute(request).Result?.Trim('"'));
        }

        PackedPackage.Pack(Feed, "Greetings", "1.0.0", Greeter.Replace("\"one\"", "\"two\""));
        using (var kernel = new KernelClient(environment))
        {
            Assert.Equal("two", kernel.Execute(request).Result?.Trim('"'));
        }
    }

    [Fact]
    public void A_lost_copy_is_restored_again()
    {
        PackedPackage.Pack(Feed, "Greetings", "1.0.0", Greeter);
        using (var kernel = new KernelClient(environment))
        {
            Assert.Equal("ok", kernel.Execute("#r \"nuget: Greetings, 1.0.0\"").Status);
        }

        Directory.Delete(folder.File("packages"), recursive: true);
        using (var kernel = new KernelClient(environment))
        {
            Assert.Equal("one", kernel.Execute("#r \"nuget: Greetings, 1.0.0\"\nGreetings.Greeter.Version").Result?.Trim('"'));
        }
    }

    [Fact]
    public void A_folder_named_in_a_cell_is_a_source_and_the_newest_package_is_taken()
    {
        Directory.CreateDirectory(folder.File("other"));
        PackedPackage.Pack(folder.File("other"), "Greetings", "1.0.0", Greeter);
        PackedPackage.Pack(folder.File("other"), "Greetings", "1.1.0", Greeter.Replace("\"one\"", "\"newer\""));
        using var kernel = new KernelClient(environment);
        var exchange = kernel.Execute($"#i \"nuget: {folder.File("other")}\"\n#r \"nuget: Greetings, *-*\"\nGreetings.Greeter.Version");
        Assert.Equal("newer", exchange.Result?.Trim('"'));
    }

    [Fact]
    public void A_second_version_in_one_session_is_told_in_one_sentence()
    {
        PackedPackage.Pack(Feed, "Greetings", "1.0.0", Greeter);
        PackedPackage.Pack(Feed, "Greetings", "2.0.0", Greeter.Replace("\"one\"", "\"two\""));
        using var kernel = new KernelClient(environment);
        kernel.Execute("#r \"nuget: Greetings, [1.0.0]\"\nGreetings.Greeter.Version");
        var exchange = kernel.Execute("#r \"nuget: Greetings, [2.0.0]\"\nGreetings.Greeter.Version");
        Assert.Contains("Greetings 2.0.0.0 was asked for; 1.0.0.0 is already in use and stays until the kernel is restarted.", exchange.Stdout);
        Assert.Equal("one", exchange.Result?.Trim('"'));
    }

    [Fact]
    public void A_package_greets_the_kernel_and_its_types_are_those_of_the_tool()
    {
        PackedPackage.Pack(Feed, "Greetings", "1.0.0",
            "using ScFm.Interactive.Hosting;\npublic static class KernelExtension { public static void Load(INotebookHost host) => host.SetVariable(\"greeting\", new[] { 1, 2 }, typeof(int[])); }");
        using var kernel = new KernelClient(environment);
        var exchange = kernel.Execute("#r \"nuget: Greetings, 1.0.0\"\ngreeting.Length");
        Assert.True(exchange.Result == "2", exchange.Trace + exchange.Stdout);
    }

    [Fact]
    public void A_package_that_nobody_has_is_told_in_NuGets_words_and_the_kernel_lives()
    {
        using var kernel = new KernelClient(environment);
        var exchange = kernel.Execute("#r \"nuget: Greetings, 9.9.9\"");
        Assert.Equal("PackageException", (string?)exchange.Reply.Content["ename"]);
        Assert.Contains("Greetings", (string?)exchange.Reply.Content["evalue"]);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }

    [Fact]
    public void A_missing_assembly_is_named()
    {
        using var kernel = new KernelClient(environment);
        Assert.Contains("'nowhere.dll' was not found", (string?)kernel.Execute("#r \"nowhere.dll\"").Reply.Content["evalue"]);
        Assert.Equal("ok", kernel.Execute("#r \"System.Xml.Linq\"").Status);
    }

    public void Dispose() => folder.Dispose();
}
