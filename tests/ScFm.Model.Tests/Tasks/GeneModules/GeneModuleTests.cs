using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.GeneModules;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.GeneModules;

[Collection(nameof(TorchGenerator))]
public sealed class GeneModuleTests
{
    [Fact]
    public void Groups_that_were_planted_are_found_whatever_all_genes_share()
    {
        var modules = GeneModuleSet.Find(PlantedModules.Names, PlantedModules.Vectors(), new GeneModuleOptions { Resolution = 0.5 });
        Assert.Equal(PlantedModules.Groups, modules.Modules.Count);
        foreach (var module in modules.Modules)
        {
            Assert.Single(module.Genes.Select(PlantedModules.GroupOf).Distinct());
            Assert.Equal([.. module.Centrality.OrderDescending()], module.Centrality);
            Assert.All(module.Centrality, cosine => Assert.InRange(cosine, 0.3, 1.000001));
        }
        Assert.Equal(PlantedModules.Genes, modules.Modules.Sum(module => module.Genes.Count));
        Assert.Equal(["M0", "M1", "M2", "M3"], modules.Modules.Select(module => module.Name));
    }

    [Fact]
    public void A_module_s_types_and_gene_sets_are_those_that_were_planted()
    {
        var modules = GeneModuleSet.Find(PlantedModules.Names, PlantedModules.Vectors(), new GeneModuleOptions { Resolution = 0.5 });
        var expression = ModuleExpression.Of(modules, PlantedModules.Cells(), "cell_type");
        GeneSet[] sets = [.. Enumerable.Range(0, PlantedModules.Groups).Select(group => new GeneSet($"set {group}", "", [.. PlantedModules.Names.Where(gene => PlantedModules.GroupOf(gene) == group).Take(20)]))];
        var enrichment = modules.Enrichment(sets);
        Assert.Equal(["A", "B", "C"], expression.Types);
        for (var i = 0; i < modules.Modules.Count; i++)
        {
            var group = PlantedModules.GroupOf(modules.Modules[i].Genes[0]);
            Assert.Equal($"set {group}", enrichment.Of(modules.Modules[i].Name).First().Set.Name);
            Assert.Single(enrichment.Of(modules.Modules[i].Name)); // of the other sets it has no gene
            if (group < expression.Types.Count)
            {
                Assert.Equal(group, expression.Highest(i));
                Assert.InRange(expression.Scores[i, group], 1.2, 1.5); // one high of three: √2
                Assert.True(expression.Means[i, group] > expression.Means[i, (group + 1) % 3] + 0.5);
            }
        }
        var summary = modules.Summary(expression, enrichment);
        Assert.Equal("20 of 20", summary["shared"].Text(0));
        GeneSet chance = new("chance", "", [.. modules.Modules.SelectMany(module => module.Genes.Take(2))]);
        var doubtful = modules.Summary(expression, modules.Enrichment([chance]));
        Assert.Equal(Enumerable.Repeat("", modules.Modules.Count), Enumerable.Range(0, modules.Modules.Count).Select(doubtful["most enriched set"].Text)); // its best set is above the rate
        Assert.All(((NumberColumn)doubtful["q_value"]).Values.ToArray(), rate => Assert.Equal(double.NaN, rate));
        Assert.Equal("chance", modules.Summary(expression, modules.Enrichment([chance]), rate: 1)["most enriched set"].Text(0));
        Assert.Equal(modules.Modules.Count, expression.ToTable().RowCount);
    }

    [Fact]
    public void Clusters_that_are_too_small_are_no_modules()
    {
        var modules = GeneModuleSet.Find(PlantedModules.Names, PlantedModules.Vectors(), new GeneModuleOptions { Resolution = 0.5, LeastGenes = 31 });
        Assert.Empty(modules.Modules);
        Assert.All(Enumerable.Range(0, PlantedModules.Genes), gene => Assert.Equal("none", modules.ToTable()["module"].Text(gene)));
    }

    [Fact]
    public void The_vectors_of_an_ldvae_find_the_genes_that_go_together()
    {
        var cells = PlantedModules.Cells();
        var model = ScViModel.Train(cells, new ScViOptions { Config = ScViConfig.Linear with { Latent = 4 }, Epochs = 300, LearningRate = 1e-2, Seed = 1 });
        int[] moving = [.. Enumerable.Range(0, 3 * PlantedModules.GenesOfGroup)]; // the last group is alike in all cells
        var (genes, vectors) = ModelGenes.Of(model, cells, moving);
        var modules = GeneModuleSet.Find(genes, vectors, new GeneModuleOptions { Resolution = 0.5 });
        var together = modules.Modules.Sum(module => module.Genes.CountBy(PlantedModules.GroupOf).Max(group => group.Value));
        Assert.True(modules.Modules.Count <= 5 && together > 0.9 * moving.Length, $"{together} of {moving.Length} genes are in a module of their group, of {modules.Modules.Count} modules");
    }

    [Fact]
    public void Every_model_of_genes_gives_vectors_by_the_cells_names()
    {
        var cells = PlantedModules.Cells();
        var vocabulary = new GeneVocabulary([.. PlantedModules.Names.Reverse(), "OTHER"]);
        IModel[] models =
        [
            GeneformerModel.Create(GeneformerConfig.Tiny, new GeneformerGenes(vocabulary, Enumerable.Repeat(1.0, vocabulary.Count))),
            ScGptModel.Create(ScGptConfig.Tiny, ScGptVocabulary.Of(vocabulary)),
            ScBertModel.Create(new ScBertConfig(), vocabulary),
            ScFoundationModel.Create(Presets.Find("tiny", vocabulary.Count), vocabulary),
        ];
        foreach (var model in models)
        {
            var (genes, vectors) = ModelGenes.Of(model, cells, [5, 0, 7]);
            Assert.Equal(["G5", "G0", "G7"], genes);
            Assert.Equal(3, vectors.Rows);
            var (again, single) = ModelGenes.Of(model, cells, [7]);
            Assert.Equal(vectors.Row(2).ToArray(), single.Row(0).ToArray());
            Assert.NotEqual(vectors.Row(0).ToArray(), vectors.Row(1).ToArray());
        }
        // a scFoundation's are the mean over the cells
        var scFoundation = (ScFoundationModel)models[^1];
        var each = GeneEmbedding.Of(scFoundation, cells, ["G5"])["G5"];
        var mean = Enumerable.Range(0, cells.CellCount).Average(cell => each[cell, 0]);
        Assert.Equal(mean, ModelGenes.Of(scFoundation, cells, [5]).Vectors[0, 0], 1e-4);
    }

    [Fact]
    public void What_cannot_be_clustered_is_named()
    {
        Assert.Contains("There are 2 genes and 3 vectors", Assert.Throws<ArgumentException>(() => GeneModuleSet.Find(["a", "b"], new DenseMatrix(3, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("The gene 'a' comes twice", Assert.Throws<ArgumentException>(() => GeneModuleSet.Find(["a", "a"], new DenseMatrix(2, 2))).Message, StringComparison.Ordinal);
        var cells = PlantedModules.Cells();
        var modules = GeneModuleSet.Find(PlantedModules.Names, PlantedModules.Vectors());
        Assert.Contains("no gene 'G", Assert.Throws<KeyNotFoundException>(() => ModuleExpression.Of(modules, cells.SelectGenes([0, 1]), "cell_type")).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => ModuleExpression.Of(modules, cells, "tissue"));
        var model = GeneformerModel.Create(GeneformerConfig.Tiny, new GeneformerGenes(new GeneVocabulary(["OTHER", "G1"]), [1, 1]));
        Assert.Contains("The model knows none of the 1 wanted genes", Assert.Throws<ArgumentException>(() => ModelGenes.Of(model, cells, [0])).Message, StringComparison.Ordinal);
    }
}
