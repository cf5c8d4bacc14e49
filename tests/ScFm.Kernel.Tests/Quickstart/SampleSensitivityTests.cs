namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of single-cell sensitivity.</summary>
public sealed class SampleSensitivityTests(SampleSensitivity notebook) : TutorialTests(notebook), IClassFixture<SampleSensitivity>
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("samples and cells", output => Story.Mentions(output.Text, "300 cells to tell", "200 samples"));
        story.Then("the problem", output => Story.Mentions(output.Text, "100 sensitive", "150 sensitive", "expression (300)", "scFoundation"));
        story.Then("the curves", output => output.IsFigure && Story.Mentions(output.Text, "false alarms") && Story.Mentions(output.Html, "SCAD, expression"));
        story.Then("the scores", output => output.IsFigure && Story.Mentions(output.Text, "AUROC", "AUPR"));
        story.Then("the table", output => output.IsTable && Story.Mentions(output.Text, "source prevalence", "logistic regression, scFoundation", "SCAD without adversary, expression", "±"));
        story.Then("new cells", output => output.IsTable && output.Text.Contains("sensitive_probability", StringComparison.Ordinal));
        story.Then("the conclusions", output => Story.Mentions(output.Text, "SCAD, expression", "logistic regression, expression", "AUROC"));
    }

    [Fact]
    public void The_conclusion_says_what_the_scores_say()
    {
        string conclusion = Notebook.Outputs.Last(output => output.Text.Contains("logistic regression, expression, AUROC", StringComparison.Ordinal)).Text;
        Assert.Matches(@"bulk to cells: SCAD, expression (beats|is worse than|does not clearly beat) logistic regression, expression, AUROC \d\.\d{3} and \d\.\d{3}", conclusion);
    }
}
