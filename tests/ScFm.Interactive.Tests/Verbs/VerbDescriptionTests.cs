using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using VerbClass = ScFm.Interactive.Verbs.Verbs;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>What extension.dib relies on when it registers the verbs in .NET Interactive.</summary>
public sealed class VerbDescriptionTests
{
    // The properties that every command of .NET Interactive has of its own: an option of that name would never reach the verb.
    private static readonly string[] taken = ["targetKernelName", "originUri", "destinationUri", "invokedDirective"];

    [Fact]
    public void Options_have_different_names_that_no_command_of_NET_Interactive_has()
    {
        foreach (var verb in VerbCommands.Describe())
        {
            string[] keys = [.. verb.Options.Select(option => option.Name.Replace("-", "")), .. taken];
            Assert.Equal(keys.Length, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Fact]
    public void At_most_one_option_of_a_verb_stands_without_its_name() =>
        Assert.All(VerbCommands.Describe(), verb => Assert.InRange(verb.Options.Count(option => option.Positional), 0, 1));

    [Fact]
    public void A_verb_is_described_as_its_method_defines_it()
    {
        var verb = VerbCommands.Describe().Single(v => v.Name == "pretrain");
        Assert.Equal("ScFoundationModel", verb.ResultType.Name);
        Assert.Equal(["tiny", "3m", "10m", "100m"], verb.Options.Single(option => option.Name == "--preset").Allowed);
        Assert.True(verb.Options[0] is { Name: "--cells", NamesVariable: true, Required: false, Positional: false });
        Assert.True(VerbCommands.Describe().Single(v => v.Name == "load").Options[0] is { Name: "path", Required: true, Positional: true });
        var method = typeof(VerbClass).GetMethod(nameof(VerbClass.Pretrain))!;
        Assert.Equal(method.GetParameters().Length + 4, verb.Options.Count);
        Assert.Equal(["--device", "--devices", "--memory", "--into"], verb.Options.TakeLast(4).Select(option => option.Name));
    }

    [Fact]
    public void The_extension_script_names_no_verb_and_no_option()
    {
        var script = File.ReadAllText(Path.Combine(TestFolders.Root, "src", "ScFm.Interactive", "interactive-extensions", "dotnet", "extension.dib"));
        Assert.Contains("VerbCommands.Describe()", script);
        foreach (var verb in VerbCommands.Describe())
        {
            Assert.DoesNotContain($"\"{verb.Name}\"", script);
            Assert.All(verb.Options, option => Assert.DoesNotContain($"\"{option.Name}\"", script));
        }
    }
}
