using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.Geneformer;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class GeneformerTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Magic_and_command_line_give_the_same_model()
    {
        var notebook = few.Notebook();
        notebook.Run("geneformer --epochs 1 --seed 7");
        var model = Assert.IsType<GeneformerModel>(notebook["model"]);
        Assert.Contains(notebook.Shown, shown => shown.ToString()!.Length > 0);
        Assert.Equal(0, VerbCommands.RunCommandLine(["geneformer", "--cells", few.File, "--epochs", "1", "--seed", "7", "--into", few.Within("by command.safetensors")]));
        model.Save(few.Within("by magic.safetensors"));
        Assert.Equal(File.ReadAllBytes(few.Within("by magic.safetensors")), File.ReadAllBytes(few.Within("by command.safetensors")));
    }

    [Fact]
    public void The_recipe_of_a_corpus_is_told()
    {
        var notebook = few.Notebook();
        var cells = (AnnData)notebook["cells"]!;
        notebook["corpus"] = Corpus.Of(cells, "few").Subsample(cells.CellCount / 2, seed: 3);
        using var said = new StringWriter();
        var console = Console.Out;
        Console.SetOut(said);
        try
        {
            notebook.Run("geneformer --cells corpus --epochs 1");
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.Contains($"Trained on {cells.CellCount / 2} of few, seed 3.", said.ToString());
    }

    [Fact]
    public void Deleted_genes_come_as_a_table_with_their_null()
    {
        var notebook = few.Notebook();
        notebook.Run("geneformer --epochs 1");
        var model = (GeneformerModel)notebook["model"]!;
        var genes = model.Genes.Vocabulary.Names.Take(3).ToArray();
        notebook.Run($"delete-genes --genes {string.Join(',', genes)}");
        var effects = Assert.IsType<PerturbationEffects>(notebook["effects"]);
        Assert.Equal(genes.Order(StringComparer.Ordinal), effects.Effects.Select(effect => effect.Gene).Order(StringComparer.Ordinal));
        Assert.Throws<VerbException>(() => notebook.Run("delete-genes --genes NO-SUCH-GENE"));
    }

    [Fact]
    public void A_table_of_tokens_without_one_of_medians_is_refused() =>
        Assert.Contains("--tokens is named without --medians", Assert.Throws<VerbException>(() => few.Notebook().Run($"geneformer --tokens \"{few.Vocabulary}\"")).Message);
}
