using System.Text.RegularExpressions;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed quickstart, whatever the cells.</summary>
public abstract class QuickstartTests(Quickstart quickstart) : TutorialTests(quickstart)
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("the verdict on the values", output => output.Text.Contains("raw counts", StringComparison.Ordinal));
        story.Then("the cells", output => output.Text.Contains("cells × ", StringComparison.Ordinal));
        story.Then("the loss curve", output => output.IsFigure && output.Text.Contains("loss", StringComparison.Ordinal));
        story.Then("the held-out loss beside both baselines", output => output.IsTable && Story.Mentions(output.Text, "zero", "gene mean", "model"));
        story.Then("the scatter before and after", output => output.IsFigure && Story.Mentions(output.Text, "thinned", "enhanced"));
        story.Then("the scores before and after", output => output.IsTable && Story.Mentions(output.Text, "thinned", "gene mean", "model", "Pearson"));
        story.Then("the embedding or its map", output => output.IsFigure);
        story.Then("the map of the clusters", output => output.IsFigure && Story.Mentions(output.Text, "cluster"));
        story.Then("a gene as measured", output => output.IsFigure && Story.Mentions(output.Text, "measured"));
        story.Then("the gene enhanced", output => output.IsFigure && Story.Mentions(output.Text, "enhanced"));
        story.Then("the summary", output => output.IsTable && Story.Mentions(output.Text, "masked MSE", "MAE at 10", "baseline", "gene mean", "model"));
    }

    [Fact]
    public void The_model_beats_the_predictors_that_learn_nothing_on_held_out_cells()
    {
        string text = Notebook.Outputs.First(output => output.IsTable && Story.Mentions(output.Text, "zero", "gene mean", "model", "masked MSE")).Text;
        double Loss(string predictor) => double.Parse(Regex.Match(text, $@"(?m)^\s*{predictor}\s.*?(\d+\.\d+)\s*$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Loss("model") < Loss("zero") && Loss("model") < Loss("gene mean"), text);
    }
}
