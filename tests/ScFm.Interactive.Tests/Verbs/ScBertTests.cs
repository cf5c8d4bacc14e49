using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class ScBertTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Magic_and_command_line_give_the_same_model_and_show_the_majority_beside_its_accuracy()
    {
        var notebook = few.Notebook();
        Assert.Contains("of the predictions are that bin", notebook.Printed("scbert --epochs 1 --variable-genes 30 --seed 7"), StringComparison.Ordinal);
        var model = Assert.IsType<ScBertModel>(notebook["model"]);
        Assert.Equal(30, model.Genes.Count);
        foreach (var form in new[] { "text/plain", "text/html" })
        {
            var shown = (string)notebook.Shown[^1].Data[form];
            Assert.All(["scBERT of 30 genes", "bin embedding", "commonest bin of the cell", "masked accuracy"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        }
        Assert.Equal(0, VerbCommands.RunCommandLine(["scbert", "--cells", few.File, "--epochs", "1", "--variable-genes", "30", "--seed", "7", "--into", few.Within("by command.safetensors")]));
        model.Save(few.Within("by magic.safetensors"));
        Assert.Equal(File.ReadAllBytes(few.Within("by magic.safetensors")), File.ReadAllBytes(few.Within("by command.safetensors")));
    }

    [Fact]
    public void Its_cells_are_embedded_by_the_verb_of_all_models()
    {
        var notebook = few.Notebook();
        notebook.Run("scbert --epochs 1 --variable-genes 30");
        var model = (ScBertModel)notebook["model"]!;
        notebook.Run("embed");
        var cells = (AnnData)notebook["cells"]!;
        Assert.Equal(model.Embed(cells).Values, cells.Obsm["X_scfm"].Values);
    }

    [Fact]
    public void Vectors_beside_none_are_refused() =>
        Assert.Contains("--vectors is named beside", Assert.Throws<VerbException>(() => few.Notebook().Run("scbert --vectors gene2vec.txt --no-gene-vectors")).Message);
}
