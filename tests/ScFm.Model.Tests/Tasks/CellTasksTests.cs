using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Parts;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Models.ScBert;
using ScFm.Model.Tests.Models.ScGpt;
using ScFm.Model.Tests.Models.ScVi;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class CellTasksTests
{
    [Theory]
    [InlineData("scFoundation")]
    [InlineData("Geneformer")]
    [InlineData("scBERT")]
    [InlineData("scGPT")]
    [InlineData("scVI")]
    public void In_parts_every_model_gives_the_bits_that_it_gives_at_once(string kind)
    {
        var cells = kind == "scFoundation" ? TaskCells.First(40) : PlantedCells.Make(40);
        var task = CellTasks.Embed(Model(kind, cells));
        var expected = task.Rows(cells, 0, null, default);
        Assert.Equal((40, task.Width), (expected.Rows, expected.Columns));
        Assert.Equal(expected.Values, InParts(cells, task, new PartsOptions { PartSize = 11 }).Obsm["X_scfm"].Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Enhanced_in_parts_a_cell_is_masked_where_it_is_masked_among_all(int folds)
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(20));
        var options = new EnhancementOptions { Depth = Depth.Fold(3), Folds = folds, Seed = 5 };
        var expected = Enhancement.Run(model, cells, options);

        var read = InParts(cells, CellTasks.Enhance(model, options), new PartsOptions { PartSize = 7 });
        Assert.Equal(model.Vocabulary.Names, read.VarNames);
        Assert.InRange(TaskCells.LargestDifference(expected.Values, read.X.ToDense().Values), 0, 1e-6);

        read = InParts(cells, CellTasks.Enhance(model, options), new PartsOptions { PartSize = 7, Place = ResultPlace.Layer });
        Assert.InRange(TaskCells.LargestDifference(expected.Values, read.Layers["scfm"].ToDense().Values), 0, 1e-6);
        Assert.Equal(model.Read(cells).Counts.Values, read.X.Values);
    }

    [Fact]
    public void Another_depth_is_another_run_down_to_the_last_digit()
    {
        using var folder = new TemporaryFolder();
        var (model, cells) = (TaskCells.Model(), TaskCells.First(6));
        using var cancelled = new CancellationTokenSource();
        PartedTask Task(string depth) => CellTasks.Embed(model, new EmbeddingOptions { Depth = Depth.Parse(depth) });
        var stopped = Task("f1.0001") with
        {
            Rows = (block, first, progress, cancellation) =>
            {
                cancelled.Cancel();
                return Task("f1.0001").Rows(block, first, progress, default);
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => PartedRun.Run(stopped, cells, folder.File("a.h5ad"), new PartsOptions { PartSize = 3 }, cancellation: cancelled.Token));
        Assert.Contains("Depth is 'f1.0001' there and 'f1.0002' here", Assert.Throws<InvalidDataException>(() => PartedRun.Run(Task("f1.0002"), cells, folder.File("a.h5ad"), new PartsOptions { PartSize = 3 })).Message);
    }

    [Fact]
    public void What_depends_on_all_cells_is_not_done_in_parts()
    {
        var bulk = new InputOptions { Kind = SampleKind.Bulk, Compat = Compat.Reference };
        Assert.Contains("the median total of all", CellTasks.Embed(TaskCells.Model(), new EmbeddingOptions { Input = bulk }).WholeOnly);
        Assert.Contains("the median total of all", CellTasks.Enhance(TaskCells.Model(), new EnhancementOptions { Input = bulk }).WholeOnly);
        Assert.Null(CellTasks.Embed(TaskCells.Model(), new EmbeddingOptions { Input = bulk with { Compat = Compat.Sensible } }).WholeOnly);
    }

    private static IModel Model(string kind, AnnData cells) => kind switch
    {
        "scFoundation" => TaskCells.Model(),
        "Geneformer" => GeneformerModel.Create(GeneformerConfig.Tiny, GeneformerGenes.FromCells(cells, leastCells: 1), seed: 5),
        "scBERT" => ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.VarNames), seed: 5),
        "scGPT" => ScGptModel.Create(ScGptTrainingTests.Small.Config, ScGptVocabulary.Of(new GeneVocabulary(cells.VarNames))),
        _ => ScViModel.Train(cells, new() { Config = new() { Hidden = 8, Latent = 2 }, Epochs = 1, BatchColumn = "lab" }),
    };

    private static AnnData InParts(AnnData cells, PartedTask task, PartsOptions options)
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(cells, folder.File("cells.h5ad"));
        using var source = BackedCells.Open(folder.File("cells.h5ad"));
        PartedRun.Run(task, source, folder.File("rows.h5ad"), options);
        return AnnDataReader.Read(folder.File("rows.h5ad"));
    }
}
