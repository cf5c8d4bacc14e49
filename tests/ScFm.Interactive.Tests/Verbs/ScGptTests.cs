using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class ScGptTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Magic_and_command_line_give_the_same_model()
    {
        var notebook = few.Notebook();
        notebook.Run("scgpt --epochs 1 --seed 7 --variable-genes 50");
        var model = Assert.IsType<ScGptModel>(notebook["model"]);
        foreach (var form in new[] { "text/plain", "text/html" })
        {
            var shown = (string)notebook.Shown[^1].Data[form];
            Assert.All(["scGPT of 50 genes", "gene embedding", "value decoder", "squared error of hidden bins"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        }
        Assert.Equal(0, VerbCommands.RunCommandLine(["scgpt", "--cells", few.File, "--epochs", "1", "--seed", "7", "--variable-genes", "50", "--into", few.Within("by command.safetensors")]));
        model.Save(few.Within("by magic.safetensors"));
        Assert.Equal(File.ReadAllBytes(few.Within("by magic.safetensors")), File.ReadAllBytes(few.Within("by command.safetensors")));
        notebook.Run("embed");
        Assert.Equal(model.Config.Width, ((AnnData)notebook["cells"]!).Obsm["X_scfm"].Columns);
    }

    [Fact]
    public void Integration_gives_vectors_and_scores_beside_those_of_principal_components()
    {
        var notebook = few.Notebook();
        var cells = (AnnData)notebook["cells"]!;
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("plate", Enumerable.Range(0, cells.CellCount).Select(cell => $"plate{cell % 2}")));
        notebook.Run("scgpt integrate --batch-column plate --epochs 1 --variable-genes 50");
        var model = Assert.IsType<ScGptModel>(notebook["model"]);
        Assert.Equal(["plate0", "plate1"], model.BatchLabels);
        Assert.Equal((cells.CellCount, model.Config.Width), (cells.Obsm["X_scgpt"].Rows, cells.Obsm["X_scgpt"].Columns));
        Assert.Contains(notebook.Shown, shown => shown.Data["text/plain"] is string text && text.Contains("neighbour mixing", StringComparison.Ordinal) && text.Contains("principal components", StringComparison.Ordinal));
        Assert.Equal(51, model.Config.MaxLength);
        Assert.Throws<VerbException>(() => notebook.Run("scgpt integrate --batch-column absent --epochs 1"));
        Assert.Throws<VerbException>(() => notebook.Run("scgpt separate"));
    }

    [Fact]
    public void A_trained_model_is_kept_where_the_embedding_or_scoring_after_it_is_interrupted()
    {
        var notebook = few.Notebook();
        var cells = (AnnData)notebook["cells"]!;
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("plate", Enumerable.Range(0, cells.CellCount).Select(cell => $"plate{cell % 2}")));
        notebook.WhenShown = () =>
        {
            if (notebook.Shown.ToArray().Any(shown => ((string)shown.Data["text/plain"]).Contains("squared error of hidden bins", StringComparison.Ordinal))) // the training is over
            {
                notebook.Interrupt();
            }
        };
        notebook.Run("scgpt integrate --batch-column plate --epochs 1 --variable-genes 50");
        Assert.IsType<ScGptModel>(notebook["model"]);
    }

    [Fact]
    public void Where_the_cells_of_known_type_are_of_one_batch_all_are_scored_without_types()
    {
        var notebook = few.Notebook();
        var cells = (AnnData)notebook["cells"]!;
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("plate", Enumerable.Range(0, cells.CellCount).Select(cell => $"plate{cell % 2}")))
            .With(CategoryColumn.FromLabels("kind", Enumerable.Range(0, cells.CellCount).Select(cell => cell % 2 == 0 ? $"kind{cell % 4}" : null)));
        Assert.Contains("fewer than two batches", notebook.Printed("scgpt integrate --batch-column plate --labels kind --epochs 1 --variable-genes 50"), StringComparison.Ordinal);
        Assert.IsType<ScGptModel>(notebook["model"]);
        Assert.Contains(notebook.Shown, shown => shown.Data["text/plain"] is string text && text.Contains("neighbour mixing", StringComparison.Ordinal));
    }
}
