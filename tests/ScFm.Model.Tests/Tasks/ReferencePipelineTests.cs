using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Tasks;

/// <summary>Equality with every run of the reference's get_embedding.py, from the file that is read to the array that is saved.</summary>
public sealed class ReferencePipelineTests
{
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Runs => PipelineRun.Names();

    [Theory]
    [MemberData(nameof(Runs))]
    public void Rows_that_the_model_reads_are_the_reference_s(string name)
    {
        var run = PipelineRun.Read(name);
        var tokens = ModelProfiles.Read(run.Model, run.Cells, run.Input, aliases: null).Tokens(run.Depth, _ => null);
        var allowed = run.Input is { Kind: SampleKind.Bulk, Scale: ValueScale.Counts } ? 2e-6 : 1e-6;
        for (var i = 0; i < run.Rows.Length; i++)
        {
            var row = new double[run.Model.Config.Positions];
            var cell = tokens[run.CellOfRow(i)];
            foreach (var (position, value) in cell.Visible.Zip(cell.VisibleValues))
            {
                row[position] = value;
            }
            Assert.Equal(run.Rows[i].Length, row.Length);
            Assert.All(row.Zip(run.Rows[i]), pair => Assert.Equal(pair.Second, pair.First, allowed * Math.Abs(pair.Second)));
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void What_is_saved_is_the_reference_s(string name)
    {
        var run = PipelineRun.Read(name);
        var found = run.Compute();
        Assert.True(Golden.LargestDifference(found, run.Saved) <= Tolerance, $"{Golden.LargestDifference(found, run.Saved)}");
    }

    [Fact]
    public void The_sensible_way_gives_the_same_for_single_cells_with_raw_counts()
    {
        var compared = 0;
        foreach (var run in PipelineRun.Names().Select(name => PipelineRun.Read(name.Data)))
        {
            var input = run.Input with { Compat = Compat.Sensible, GenesInOrder = run.Cells.VarNames[0] == "0" };
            var isNamed = run.Cells.Var.Find("gene_name") is null; // whose index holds names that are no Ensembl ids
            if (isNamed && input is { Kind: SampleKind.SingleCell, Scale: ValueScale.Counts } && run.Compute(input) is { } found)
            {
                // negative expression is the one thing that is put right
                var expected = run.Output == "gene_expression" ? run.Saved.clamp(min: 0) : run.Saved;
                Assert.True(Golden.LargestDifference(found, expected) <= Tolerance);
                compared++;
            }
        }
        Assert.True(compared >= 10, $"only {compared} runs were compared");
    }
}
