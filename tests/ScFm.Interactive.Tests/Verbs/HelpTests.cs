using System.Text.RegularExpressions;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed partial class HelpTests
{
    public static TheoryData<string> VerbNames => [.. VerbCommands.Describe().Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void Every_option_of_a_verb_stands_in_its_help(string name)
    {
        var help = Printed($"help {name}");
        var verb = VerbCommands.Describe().Single(v => v.Name == name);
        Assert.Contains(verb.Help, help);
        Assert.NotEmpty(verb.Options);
        foreach (var option in verb.Options)
        {
            Assert.Contains(option.Name, help);
            Assert.Contains(option.Help, help);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("--help")]
    public void Help_lists_every_verb(string line)
    {
        var help = Printed(line);
        Assert.Contains("scfm [command] [options]", help);
        foreach (var verb in VerbCommands.Describe())
        {
            Assert.Contains(verb.Name.Split(' ')[0], help); // verbs of two words stand under the first
            Assert.Contains(verb.Help, help);
        }
    }

    [Fact]
    public void Help_of_a_word_that_verbs_share_lists_them()
    {
        var help = Printed("help corpus");
        foreach (var verb in VerbCommands.Describe().Where(verb => verb.Name.StartsWith("corpus ", StringComparison.Ordinal)))
        {
            Assert.Contains($"{verb.Name.Split(' ')[1]} ", help);
            Assert.Contains(verb.Help, help);
        }
    }

    [Fact]
    public void Help_of_a_verb_says_the_values_that_are_allowed_and_the_defaults()
    {
        var help = Printed("help pretrain");
        Assert.Equal(help, Printed("pretrain --help"));
        Assert.Contains("--preset <tiny|3m|10m|100m>", help);
        Assert.Contains("cells in a step (default: 8)", help);
        Assert.Contains("(default: model)", help);
    }

    [Fact]
    public void Help_changes_no_variable()
    {
        var notebook = new VerbNotebook { ["cells"] = 1 };
        notebook.Run("help load");
        Assert.Equal([new("cells", 1)], notebook.Variables);
    }

    /// <summary>What a line prints, with blanks and line ends as one blank each.</summary>
    private static string Printed(string line) => Blanks().Replace(new VerbNotebook().Printed(line), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
