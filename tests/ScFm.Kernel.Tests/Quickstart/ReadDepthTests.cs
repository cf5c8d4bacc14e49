using System.Text.RegularExpressions;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed notebook of read depth, whatever the cells.</summary>
public abstract class ReadDepthTests(Tutorial notebook) : TutorialTests(notebook)
{
    [Fact]
    public void The_story_is_told_in_its_order()
    {
        var story = new Story(Notebook.Outputs);
        story.Then("the cells", output => output.Text.Contains("cells × ", StringComparison.Ordinal));
        story.Then("the loss curve", output => output.IsFigure && output.Text.Contains("loss", StringComparison.Ordinal));
        story.Then("the scores of recovery", output => output.IsFigure && Story.Mentions(output.Text, "Recovered expression", "MAE", "MRE", "Pearson"));
        story.Then("their table", output => output.IsTable && Story.Mentions(output.Text, "observed", "gene mean", "MAGIC", "scFoundation", "Pearson", "±"));
        story.Then("the scores of clustering", output => output.IsFigure && Story.Mentions(output.Text, "Types found again", "NMI", "ARI", "silhouette"));
        story.Then("the maps", output => output.IsFigure && Story.Mentions(output.Text, "all reads", "MAGIC", "embedding, T = 5 S"));
        story.Then("their table", output => output.IsTable && Story.Mentions(output.Text, "all reads", "NMI", "ARI"));
        story.Then("the third question", output => output.Text.Contains("sequenced twice", StringComparison.Ordinal));
        story.Then("the conclusions", output => Story.Mentions(output.Text, "scFoundation takes place", "ARI: "));
    }

    [Fact]
    public void The_conclusion_of_a_rate_is_what_its_table_says()
    {
        string table = Notebook.Outputs.First(output => output.IsTable && Story.Mentions(output.Text, "condition", "gene mean")).Text;
        // A row: condition, method, MAE ± ..., with at least two blanks between columns.
        string[][] rows = [.. table.Split('\n').Select(line => Regex.Split(line.Trim(), @"\s{2,}")).Where(row => row.Length > 3 && row[0].EndsWith("of reads", StringComparison.Ordinal))];
        Assert.NotEmpty(rows);
        string conclusions = Notebook.Outputs.Last(output => output.Text.Contains("scFoundation takes place", StringComparison.Ordinal)).Text;
        foreach (IGrouping<string, string[]> condition in rows.GroupBy(row => row[0]))
        {
            Dictionary<string, double> errors = condition.ToDictionary(row => row[1], row => double.Parse(row[2].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
            int place = 1 + errors.Values.Count(error => error < errors["scFoundation"]);
            Assert.Contains($"{condition.Key}: scFoundation takes place {place} of {errors.Count} by MAE", conclusions);
        }
    }
}
