namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of perturbations.</summary>
public sealed class SamplePerturbationTests(SamplePerturbation notebook) : TutorialTests(notebook), IClassFixture<SamplePerturbation>
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("the screen", output => Story.Mentions(output.Text, "2,490 cells of 120 genes", "78 perturbations"));
        story.Then("how labels were read", output => output.IsTable && Story.Mentions(output.Text, "A1+ctrl", "control"));
        story.Then("predicted against observed", output => output.IsFigure && Story.Mentions(output.Text, "observed change", "GEARS", "no change"));
        story.Then("the gain by perturbation", output => output.IsFigure && output.Text.Contains("error less, top 20 genes", StringComparison.Ordinal));
        story.Then("box plots", output => output.IsFigure && Story.Mentions(output.Text, "boxes in", "groups"));
        story.Then("magnitudes", output => output.IsFigure && output.Text.Contains("measured magnitude", StringComparison.Ordinal));
        story.Then("a Venn picture", output => output.IsFigure && output.Text.Contains("2 sets with", StringComparison.Ordinal));
        story.Then("the table", output => output.IsTable && Story.Mentions(output.Text, "unseen single", "0/2 seen", "1/2 seen", "2/2 seen", "no change", "mean of perturbations", "additive", "linear", "GEARS", "±"));
        story.Then("planted interactions", output => output.IsTable && Story.Mentions(output.Text, "Synergy", "Suppression", "Epistasis"));
        story.Then("found interactions", output => output.IsTable && Story.Mentions(output.Text, "synergies found", "suppressions found"));
        story.Then("new perturbations", output => output.IsTable && Story.Mentions(output.Text, "A1+B1+C1", "D2"));
        story.Then("the conclusions", output => Story.Mentions(output.Text, "2/2 seen:", "GEARS beside the best of"));
    }

    [Fact]
    public void The_conclusion_says_what_the_scores_say()
    {
        string conclusion = Notebook.Outputs.Last(output => output.Text.Contains("GEARS beside the best of", StringComparison.Ordinal)).Text;
        Assert.Matches(@"GEARS beside the best of no change, mean of perturbations, additive, linear: MSE top 20 \d\.\d{4}( ± \d\.\d{4})?, of (no change|mean of perturbations|additive|linear) \d\.\d{4}( ± \d\.\d{4})? \([+-]?\d\.\d{4}( ± \d\.\d{4})?: (better|worse|no clear difference)\)", conclusion);
    }
}
