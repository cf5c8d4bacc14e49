using ScFm.Model.Cells;
using ScFm.Model.Tasks.ReadDepth;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.ReadDepth;

[Collection(nameof(TorchGenerator))]
public sealed class PairedDepthTests
{
    [Fact]
    public void No_cell_that_is_scored_is_learnt_from()
    {
        var pairs = DepthPair.Thin(TaskCells.First(40), 0.05, seed: 0);
        var learnt = new List<string[]>();
        var trials = PairedDepth.Trials(pairs, new() { Seeds = 2, MostGenes = 300 }, pretrain: (cells, options) =>
        {
            learnt.Add(cells.ObsNames);
            Assert.Equal(300, options.Vocabulary!.Count);
            return Model.Models.ScFoundation.ScFoundationModel.Create(Model.Models.ScFoundation.Presets.Find("tiny", 300), options.Vocabulary, seed: 1);
        }, methods: "observed, gene mean, scFoundation");
        var study = RecoveryStudy.Run(trials);
        Assert.Equal(6, study.Outcomes.Count);
        Assert.Equal(2, learnt.Count);
        Assert.NotEqual(learnt[0], learnt[1]);
        foreach (var (trial, names) in trials.Zip(learnt))
        {
            var scored = trial.Pair();
            Assert.Equal(20, scored.Shallow.CellCount);
            Assert.Equal(300, scored.Shallow.GeneCount);
            Assert.Empty(scored.Shallow.ObsNames.Intersect(names));
            Assert.InRange(trial.Rate, 0.03, 0.07);
        }
    }

    [Fact]
    public void The_most_expressed_genes_hold_most_of_the_reads()
    {
        var cells = TaskCells.First(60);
        var genes = StudyGenes.MostExpressed(cells, 400, leastCells: 2);
        Assert.Equal(400, genes.Length);
        Assert.Equal(genes.Order(), genes);
        Assert.True(cells.SelectGenes(genes).X.Values.Sum() > 0.7 * cells.X.Values.Sum());
        Assert.Equal(cells.X.ColumnCounts().Count(count => count >= 30), StudyGenes.MostExpressed(cells, null, leastCells: 30).Length);
    }

    [Fact]
    public void The_methods_stand_in_the_order_of_the_tables_and_are_chosen_by_name()
    {
        var methods = StudyMethods.All(TaskCells.First(5), StudiedModel.Given(TaskCells.Model()));
        Assert.Equal(["observed", "gene mean", "MAGIC", "SAVER", "scImpute", "scVI", "scFoundation"], methods.Select(method => method.Name));
        Assert.All(methods, method => Assert.Equal(method.Name, method.Make(0.1, 3).Name));
        Assert.Equal(["observed", "scFoundation"], StudyMethods.Select(methods, "scfoundation, observed").Select(method => method.Name));
        var error = Assert.Throws<ArgumentException>(() => StudyMethods.Select(methods, "observed,DCA"));
        Assert.StartsWith("There is no method 'DCA'; expected some of observed, gene mean, MAGIC, ", error.Message);
    }
}
