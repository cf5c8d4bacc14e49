using System.Globalization;
using System.Text.RegularExpressions;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of annotation, whatever the cells.</summary>
public abstract class AnnotationTests(Tutorial notebook) : TutorialTests(notebook)
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("what the classifier makes of held-out cells", output => output.IsTable && Story.Mentions(output.Text, "held-out cells", "precision", "recall"));
        story.Then("how many cells have each type", output => output.IsTable && Story.Mentions(output.Text, "mean probability"));
        story.Then("which cells these are", output => output.Text.Contains("SIMULATED: ", StringComparison.Ordinal) || output.Text.Contains("Real cells of ", StringComparison.Ordinal));
        story.Then("the learning curves", output => output.IsFigure && Story.Mentions(output.Text, "few labels", "macro-F1"));
        story.Then("every run", output => output.IsFigure && Story.Mentions(output.Text, "Every run a dot"));
        story.Then("the types", output => output.IsFigure && Story.Mentions(output.Text, "F1 of every type"));
        story.Then("the confusions", output => output.IsFigure && Story.Mentions(output.Text, "taken for"));
        story.Then("the table", output => output.IsTable && Story.Mentions(output.Text, "majority vote", "logistic regression", "scBERT, not pretrained", "P accuracy", "FLOPs"));
        story.Then("the questions", output => Story.Mentions(output.Text, "1. Does a foundation model", "2. Does pretraining help?", "3. And with types", "4. How much depends on the seed?"));
    }

    [Fact]
    public void The_answers_are_what_the_corrected_chances_say()
    {
        string answers = Notebook.Outputs.Last(output => output.Text.Contains("2. Does pretraining help?", StringComparison.Ordinal)).Text;
        MatchCollection lines = Regex.Matches(answers, @"(\d\.\d{3}), .+ (\d\.\d{3}): ([+-]?\d\.\d{3}) (?:± (\d+\.\d{3}), P = (\S+): (better|worse|no clear difference)|in every seed: (better|worse|no difference))");
        Assert.True(lines.Count >= 10, answers);
        foreach (Match line in lines)
        {
            double Number(int group) => double.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);
            Assert.Equal(Number(1) - Number(2), Number(3), 0.0011);
            string sign = Number(3) > 0 ? "better" : Number(3) < 0 ? "worse" : "no difference";
            if (!line.Groups[5].Success)
            {
                Assert.Equal(sign, line.Groups[7].Value);
            }
            else if (Number(5) != 0.05) // which may have been rounded up or down
            {
                Assert.Equal(Number(5) < 0.05 ? sign : "no clear difference", line.Groups[6].Value);
                Assert.True(Number(5) > 0.05 || Math.Abs(Number(3)) >= Number(4) - 0.001, line.Value); // what survives the correction excludes zero
            }
        }
    }
}
