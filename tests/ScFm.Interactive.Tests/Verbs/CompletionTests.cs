using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Verbs;

public sealed class CompletionTests
{
    [Fact]
    public void An_empty_line_completes_to_every_verb() =>
        Assert.Superset(VerbCommands.Describe().Select(verb => verb.Name.Split(' ')[0]).ToHashSet(), VerbCommands.Complete("").ToHashSet());

    [Theory]
    [InlineData("pretr", "pretrain")]
    [InlineData("pretrain --pres", "--preset")]
    [InlineData("pretrain --preset ti", "tiny")]
    [InlineData("corpus ver", "verify")]
    [InlineData("load somewhere --min-g", "--min-genes")]
    public void A_word_that_was_begun_completes_to_what_fits(string line, string word) => Assert.Equal([word], VerbCommands.Complete(line));

    [Fact]
    public void An_option_with_few_values_completes_to_them() =>
        Assert.Equal(new HashSet<string> { "tiny", "3m", "10m", "100m" }, VerbCommands.Complete("pretrain --preset ").ToHashSet());
}
