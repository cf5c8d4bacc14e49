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
        foreach (var form in new[] { "text/plain", "text/html" })
        {
            var shown = (string)notebook.Shown[^1].Data[form];
            Assert.All(["Geneformer of ", "gene embedding", "rank embedding", "masked accuracy"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        }
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
        notebook.Run($"geneformer perturb --genes {string.Join(',', genes)}");
        var effects = Assert.IsType<PerturbationEffects>(notebook["effects"]);
        Assert.Equal(genes.Order(StringComparer.Ordinal), effects.Effects.Select(effect => effect.Gene).Order(StringComparer.Ordinal));
        Assert.Throws<VerbException>(() => notebook.Run("geneformer perturb --genes NO-SUCH-GENE"));
    }

    [Fact]
    public void What_it_was_trained_on_is_said()
    {
        var (notebook, corpus) = (few.Notebook(), Corpus.Open(few.File).Subsample(30, seed: 2));
        notebook["corpus"] = corpus;
        Assert.Contains($"Trained on {corpus.Recipe}.", notebook.Printed("geneformer --cells corpus --epochs 1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tiny", 50, 10_000)]
    [InlineData("published", 10_000, 50)]
    public void Each_preset_warms_up_as_its_help_says(string preset, int own, int another)
    {
        byte[] Trained(string warmUp)
        {
            var notebook = few.Notebook();
            notebook.Run($"geneformer --preset {preset} --epochs 1 --batch-size 40 {warmUp}");
            var file = few.Within($"{preset}{warmUp}.safetensors");
            ((GeneformerModel)notebook["model"]!).Save(file);
            return File.ReadAllBytes(file);
        }
        var byDefault = Trained("");
        Assert.Equal(byDefault, Trained($"--warm-up {own}"));
        Assert.NotEqual(byDefault, Trained($"--warm-up {another}"));
    }

    [Fact]
    public void A_table_of_tokens_without_one_of_medians_is_refused() =>
        Assert.Contains("--tokens is named without --medians", Assert.Throws<VerbException>(() => few.Notebook().Run($"geneformer --tokens \"{few.Vocabulary}\"")).Message);
}
