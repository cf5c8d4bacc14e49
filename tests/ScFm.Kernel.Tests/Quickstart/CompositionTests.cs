using System.Globalization;
using System.Text.RegularExpressions;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of training data, whatever the cells.</summary>
public abstract class CompositionTests(Tutorial notebook) : TutorialTests(notebook)
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("which cells these are", output => output.Text.Contains("SIMULATED: ", StringComparison.Ordinal) || output.Text.Contains("Real cells of ", StringComparison.Ordinal));
        story.Then("the map of scores", output => output.IsFigure && Story.Mentions(output.Text, "LDVAE: R²", "change from Blood"));
        story.Then("the scores with both errors", output => output.IsFigure && Story.Mentions(output.Text, "over seeds (thick) and over cells (thin)", "brain"));
        story.Then("their table", output => output.IsTable && Story.Mentions(output.Text, "SE cells", "SE seeds", "log2 fold", "training mean", "own mean", "PCA 10"));
        story.Then("the genes that suffer", output => output.IsTable && Story.Mentions(output.Text, "held out", "normalised_change", "No Mono", "No B"));
        story.Then("the latent spaces", output => output.IsTable && Story.Mentions(output.Text, "latent space", "mean R²"));
        story.Then("the three findings", output => Story.Mentions(output.Text, "1. Do models", "2. Does adding", "3. Does adding", "what must be beaten"));
    }

    [Fact]
    public void The_findings_are_what_the_table_says()
    {
        string table = Notebook.Outputs.First(output => output.IsTable && output.Text.Contains("SE seeds", StringComparison.Ordinal)).Text;
        // A row: model, evaluation, training, score, ..., with at least two blanks between columns.
        Dictionary<(string Evaluation, string Training), string> scores = table.Split('\n').Select(line => Regex.Split(line.Trim(), @"\s{2,}"))
            .Where(row => row[0] == "LDVAE").ToDictionary(row => (row[1], row[2]), row => row[3]);
        string findings = Notebook.Outputs.Last(output => output.Text.Contains("1. Do models", StringComparison.Ordinal)).Text;
        MatchCollection lines = Regex.Matches(findings, @"(?m)^  (\S+(?: \S+)?): (No Mono|No B|Blood \+ \w+) (\d\.\d{3}), (Blood(?: \+ Blood)?) (\d\.\d{3}): ([+-]\d\.\d{3}) ± (\S+), (.*)$");
        Assert.True(lines.Count >= 6, findings);
        foreach (Match line in lines)
        {
            string Group(int group) => line.Groups[group].Value.TrimEnd('\r');
            Assert.Equal(scores[(Group(1), Group(2))], Group(3));
            Assert.Equal(scores[(Group(1), Group(4))], Group(5));
            double difference = Number(Group(6));
            Assert.Equal(Number(Group(3)) - Number(Group(5)), difference, 0.0011);
            double half = Number(Group(7));
            Assert.Equal(difference > half ? "better" : difference < -half ? "worse" : "no clear difference", Group(8));
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
