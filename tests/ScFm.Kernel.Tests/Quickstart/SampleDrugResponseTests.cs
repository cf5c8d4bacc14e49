namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of drug response.</summary>
public sealed class SampleDrugResponseTests(SampleDrugResponse notebook) : TutorialTests(notebook), IClassFixture<SampleDrugResponse>
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("the screen", output => Story.Mentions(output.Text, "24 drugs", "60 cell lines"));
        story.Then("predicted against measured", output => output.IsFigure && Story.Mentions(output.Text, "measured ln IC50", "DeepCDR", "ridge"));
        story.Then("the gain by drug", output => output.IsFigure && output.Text.Contains("gain in Pearson", StringComparison.Ordinal));
        story.Then("the table", output => output.IsTable && Story.Mentions(output.Text, "drug mean", "drug + cell line effects", "ridge on the features", "DeepCDR", "±"));
        story.Then("drugs left out", output => output.IsTable && Story.Mentions(output.Text, "without NCCO", "without C1CCNCC1"));
        story.Then("a new drug", output => output.Text.Contains("aspirin in line-0: ln IC50", StringComparison.Ordinal));
        story.Then("the conclusions", output => Story.Mentions(output.Text, "DeepCDR", "drug + cell line effects", "over all pairs"));
    }

    [Fact]
    public void The_conclusion_says_what_the_scores_say()
    {
        string conclusion = Notebook.Outputs.Last(output => output.Text.Contains("ridge on the features, Pearson", StringComparison.Ordinal)).Text;
        Assert.Matches(@"DeepCDR (beats|is worse than|does not clearly beat) ridge on the features, Pearson \d\.\d{4} and \d\.\d{4}", conclusion);
    }
}
