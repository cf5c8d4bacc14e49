using ScFm.Kernel.Tests.Commands;
using ScFm.Kernel.Tests.Support;
using ScFm.Model.Cells;

namespace ScFm.Kernel.Tests.Session;

public sealed class RankedCellTests(KernelClient kernel, RankCells cells) : IClassFixture<KernelClient>, IClassFixture<RankCells>
{
    [Fact]
    public void Verbs_that_ranks_share_take_a_notebooks_variables_write_files_of_their_own_and_end_when_they_are_interrupted()
    {
        kernel.Patience = TimeSpan.FromMinutes(2); // its cells start programs
        // Of these genes no cell expresses the 200 that a file's cells need: the ranks take the variable's as they are.
        Assert.Equal("ok", kernel.Execute($"#!scfm load \"{cells.Cells}\"").Status);
        Assert.Equal("100", kernel.Execute($"var names = System.IO.File.ReadAllLines(\"{cells.Vocabulary}\"); cells = cells.SelectGenes([.. Enumerable.Range(0, cells.GeneCount).Where(gene => names.Contains(cells.VarNames[gene]))]); cells.GeneCount").Result);
        var exchange = kernel.Execute($"#!scfm pretrain --vocabulary \"{cells.Vocabulary}\" --epochs 1 --devices 2 --into both");
        Assert.True(exchange.Status == "ok", exchange.Trace + exchange.Stderr);
        Assert.Equal("100", kernel.Execute("both.Vocabulary.Count").Result);
        Assert.Equal("4", kernel.Execute("Enumerable.Range(0, cells.CellCount).Count(cell => cells.Obs[\"scfm_split\"].Text(cell) == \"held-out\")").Result);
        Assert.DoesNotContain("Written to", exchange.Stdout);
        string[] shown = [.. exchange.Published.Where(message => message.Type == "display_data").Select(message => (string?)message.Content["data"]!["text/html"] ?? "")];
        Assert.Single(shown, html => html.Contains("scfm-progress", StringComparison.Ordinal));

        // What goes to a file as it is made goes there from the ranks.
        exchange = kernel.Execute($"#!scfm embed --model both --output \"{cells.Within("vectors.h5ad")}\" --devices 2");
        Assert.True(exchange.Status == "ok", exchange.Trace + exchange.Stderr);
        var vectors = AnnDataReader.Read(cells.Within("vectors.h5ad"));
        Assert.Equal((40, 100), (vectors.CellCount, vectors.GeneCount));
        Assert.Equal("0", kernel.Execute("cells.Obsm.Count").Result);
        Assert.Equal("true", kernel.Execute($"ScFm.Model.Cells.AnnDataReader.Read(\"{cells.Within("vectors.h5ad")}\").Obsm[\"X_scfm\"].Values.Zip(ScFm.Model.Tasks.Embedding.Run(both, cells).Values).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5)").Result);

        // Interrupting the cell stops both, and the model has learnt up to there.
        var header = kernel.Send("execute_request", KernelClient.ExecuteContent($"#!scfm pretrain --vocabulary \"{cells.Vocabulary}\" --epochs 100000 --learning-rate 0.00001 --devices 2 --into part"));
        kernel.AwaitPublished(header, message => message.Type == "update_display_data");
        kernel.Control("interrupt_request");
        Assert.Equal("ok", kernel.Await(header).Status);
        Assert.Equal("100", kernel.Execute("part.Vocabulary.Count").Result);
        Assert.Equal("0", kernel.Execute("System.Diagnostics.Process.GetProcessesByName(\"scfm\").Count(one => one.Id != Environment.ProcessId && System.IO.File.ReadAllText($\"/proc/{one.Id}/stat\").Split(' ')[3] == $\"{Environment.ProcessId}\")").Result);
    }
}
