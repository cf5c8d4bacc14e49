using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;

namespace ScFm.Interactive.Tests.Verbs;

public sealed class WrongLineTests(FewCells few) : IClassFixture<FewCells>
{
    [Theory]
    [InlineData("pretrian --cells cells", "'pretrian' is no verb; expected one of load, ")]
    [InlineData("help pretrian", "'pretrian' is no verb; expected one of load, ")]
    [InlineData("--epochs 3", "'--epochs' is no verb; expected one of load, ")]
    [InlineData("pretrain --colour red", "pretrain has no option '--colour'; expected one of --cells, --preset, --epochs, ")]
    [InlineData("pretrain cells", "pretrain has no option 'cells'; expected one of --cells, ")]
    [InlineData("pretrain --epochs", "--epochs has no value; expected passes over the cells (default: as many as see about 9,000 cells in all).")]
    [InlineData("pretrain --epochs 1 --epochs 2", "--epochs is given 2 times; expected once.")]
    [InlineData("pretrain --epochs many", "--epochs is 'many'; expected a whole number.")]
    [InlineData("pretrain --epochs 1.5", "--epochs is '1.5'; expected a whole number.")]
    [InlineData("pretrain --epochs 99999999999", "--epochs is '99999999999'; expected a whole number.")]
    [InlineData("pretrain --learning-rate fast", "--learning-rate is 'fast'; expected a number.")]
    [InlineData("pretrain --learning-rate NaN", "--learning-rate is 'NaN'; expected a number.")]
    [InlineData("pretrain --preset huge", "--preset is 'huge'; expected one of tiny, 3m, 10m, 100m.")]
    [InlineData("load", "load has no path; expected 10x folder, .h5ad, .h5 or .loom file, CSV/TSV table, or corpus.")]
    [InlineData("pretrain --cells nothing", "There is no variable 'nothing' for --cells; expected one of type ICellSource.")]
    [InlineData("embed --cells cells", "There is no variable 'model' for --model; expected one of type IModel.")]
    [InlineData("enhance --model cells", "The variable 'cells' is of type AnnData; --model expects ScFoundationModel.")]
    [InlineData("pretrain --cells number", "The variable 'number' is of type Int32; --cells expects ICellSource.")]
    [InlineData("save somewhere --value number", "A Int32 cannot be saved; expected cells, a model or a table.")]
    [InlineData("cluster --representation X_none", "obsm has no 'X_none'; it has ")]
    [InlineData("load \"/no where/few cells.h5ad\"", "There is no file or folder '/no where/few cells.h5ad'.")]
    public void A_wrong_line_is_told_in_one_sentence_and_changes_no_variable(string line, string sentence)
    {
        var notebook = few.Notebook();
        notebook["number"] = 3;
        var before = notebook.Variables;
        var error = Assert.Throws<VerbException>(() => notebook.Run(line));
        Assert.StartsWith(sentence, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.Equal(before, notebook.Variables);
    }

    [Theory]
    [InlineData("pretrain --epochs 0", "Epochs")]
    [InlineData("pretrain --batch-size -1", "BatchSize")]
    [InlineData("load \"{0}\" --min-genes 100000", "100000")]
    [InlineData("cluster --labels nothing", "nothing")]
    [InlineData("cluster --neighbours 0", "must be greater than or equal to '2'.")]
    public void A_value_out_of_range_is_named_and_changes_no_variable(string line, string named)
    {
        var notebook = few.Notebook();
        var before = notebook.Variables;
        var error = Assert.Throws<VerbException>(() => notebook.Run(string.Format(line, few.File)));
        Assert.Contains(named, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, notebook.Variables);
    }

    [Fact]
    public void A_path_with_spaces_is_quoted_and_the_result_goes_where_into_says()
    {
        var notebook = new VerbNotebook();
        notebook.Run($"load \"{few.File}\" --into pbmc");
        Assert.Equal(40, Assert.IsType<Model.Cells.AnnData>(notebook["pbmc"]).CellCount);
        notebook.Run($"save \"{few.Within("a copy.h5ad")}\" --value pbmc");
        notebook.Run($"load \"{few.Within("a copy.h5ad")}\" --into again");
        Assert.Equal(40, ((Model.Cells.AnnData)notebook["again"]!).CellCount);
    }

    [Fact]
    public void A_command_line_tells_a_mistake_by_its_exit_code()
    {
        Assert.Equal(1, VerbCommands.RunCommandLine(["pretrain"]));
        Assert.Equal(1, VerbCommands.RunCommandLine(["load", "/nowhere"]));
        Assert.Equal(0, VerbCommands.RunCommandLine(["help", "load"]));
    }
}
