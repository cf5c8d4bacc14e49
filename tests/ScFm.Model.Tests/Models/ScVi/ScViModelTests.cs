using System.Text.Json.Nodes;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

[Collection(nameof(TorchGenerator))]
public sealed class ScViModelTests
{
    private static readonly AnnData Cells = PlantedCells.Make(80);

    private static readonly Lazy<ScViModel> Linear = new(() => Train(ScViConfig.Linear));

    private static ScViModel Train(ScViConfig config) =>
        ScViModel.Train(Cells, new ScViOptions { Config = config with { Hidden = 8, Latent = 3 }, BatchColumn = "lab", Epochs = 4, BatchSize = 16 });

    [Fact]
    public void A_model_comes_back_with_the_same_bits_genes_and_batches()
    {
        using var folder = new TemporaryFolder();
        foreach (var model in new[] { Linear.Value, Train(new ScViConfig { Dispersion = DispersionKind.GeneBatch, EncoderNorm = HiddenNorm.Layer, DecoderNorm = HiddenNorm.Batch | HiddenNorm.Layer }) })
        {
            model.Save(folder.File("model.safetensors"));
            var loaded = ScViModel.Load(folder.File("model.safetensors"));
            Assert.Equal(model.Module.Config, loaded.Module.Config);
            Assert.Equal(model.Genes.Names, loaded.Genes.Names);
            Assert.Equal("lab", loaded.BatchColumn);
            Assert.Equal(["A", "B"], loaded.BatchLabels);
            var bits = SmallRun.BitsOf(loaded.Module);
            Assert.All(SmallRun.BitsOf(model.Module), b => Assert.Equal(b.Value, bits[b.Key]));
            Assert.Equal(model.NormalisedExpression(Cells).Values, loaded.NormalisedExpression(Cells).Values);
        }
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Weights_stand_in_the_file_under_the_published_names()
    {
        using var folder = new TemporaryFolder();
        Linear.Value.Save(folder.File("model.safetensors"));
        var golden = Golden.Read("ldvae_nb_1batch");
        // the official module has a dropout decoder even where nothing is zero-inflated
        var published = golden.Under("state.").Keys.Where(name => !name.Contains("px_dropout_decoder", StringComparison.Ordinal)).Order();
        Assert.Equal(published, Safetensors.Read(folder.File("model.safetensors")).Tensors.Keys.Order());
    }

    [Fact]
    public void A_damaged_or_foreign_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        Linear.Value.Save(path);
        var (tensors, metadata) = Safetensors.Read(path);
        string Error() => Assert.Throws<InvalidDataException>(() => ScViModel.Load(path)).Message;
        void Describe(Action<JsonObject> change)
        {
            var json = JsonNode.Parse(metadata["scvi"])!.AsObject();
            change(json);
            Safetensors.Write(path, tensors, new Dictionary<string, string> { ["scvi"] = json.ToJsonString() });
        }

        Describe(json => json["Config"]!["Hidden"] = 9);
        Assert.StartsWith($"'{path}' does not fit the shape it names: z_encoder.", Error(), StringComparison.Ordinal);
        Describe(json => json["Config"]!["Hidden"] = 0);
        Assert.Equal($"'{path}' describes no scVI that can be: Hidden is 0; expected 1 to 16384.", Error());
        Describe(json => json["Genes"] = "all");
        Assert.StartsWith($"'{path}' describes no scVI that can be: ", Error(), StringComparison.Ordinal);
        Describe(json => json.Remove("Genes"));
        Assert.Equal($"'{path}' describes no scVI; expected a file that such a model was saved to.", Error());
        Safetensors.Write(path, tensors);
        Assert.Equal($"'{path}' describes no scVI; expected a file that such a model was saved to.", Error());
        Linear.Value.Save(path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        Assert.Contains(path, Error(), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ScViModel.Load(folder.File("none.safetensors")));
    }

    [Fact]
    public void Expression_sums_to_one_and_reconstructed_counts_to_the_library_size()
    {
        var model = ScViModel.Train(Cells, new ScViOptions { Config = new() { Hidden = 8, Likelihood = CountLikelihood.NegativeBinomial }, Epochs = 2, BatchSize = 16 });
        var (scale, counts, totals) = (model.NormalisedExpression(Cells), model.Reconstruct(Cells), Cells.X.RowSums());
        for (var cell = 0; cell < Cells.CellCount; cell++)
        {
            Assert.Equal(1, scale.Row(cell).ToArray().Sum(v => (double)v), 1e-5);
            Assert.Equal(totals[cell], counts.Row(cell).ToArray().Sum(v => (double)v), 1e-4 * totals[cell]);
            Assert.Equal(scale[cell, 3] * totals[cell], counts[cell, 3], 1e-4 * totals[cell]);
        }
        Assert.Equal((80, 10), (model.Latent(Cells).Rows, model.Latent(Cells).Columns));
        Assert.Equal(80, model.LogProbability(Cells).Count(p => p < 0));
    }

    [Fact]
    public void A_linear_decoder_s_loadings_are_what_moves_the_logarithms_of_expression()
    {
        Assert.Throws<InvalidOperationException>(Train(new ScViConfig()).Loadings);
        var (module, loadings) = (Linear.Value.Module, Linear.Value.Loadings());
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        module.eval();
        var batch = new CountReader(Cells, new long[80]).Read([0], CPU);
        var here = module.Generate(zeros(1, 3), zeros(1, 1), batch).Scale.log();
        var moved = module.Generate(tensor(new float[] { 0, 1, 0 }).unsqueeze(0), zeros(1, 1), batch).Scale.log();
        var change = (moved - here)[0].data<float>().ToArray();
        for (var gene = 1; gene < 40; gene++)
        {
            Assert.Equal(loadings[gene, 1] - loadings[0, 1], change[gene] - change[0], 1e-4);
        }
    }

    [Fact]
    public void Decoding_as_another_batch_changes_the_other_batch_s_cells_alone()
    {
        var (own, asA) = (Linear.Value.NormalisedExpression(Cells), Linear.Value.NormalisedExpression(Cells, new() { AsBatches = ["A"] }));
        for (var cell = 0; cell < Cells.CellCount; cell++)
        {
            Assert.Equal(cell % 2 == 0, own.Row(cell).SequenceEqual(asA.Row(cell)));
        }
        Assert.Equal("Expression was asked for as of the batch 'C', which the model does not know; expected one of A, B.",
            Assert.Throws<InvalidDataException>(() => Linear.Value.NormalisedExpression(Cells, new() { AsBatches = ["C"] })).Message);
    }

    [Fact]
    public void Genes_are_found_by_name_in_any_order_and_more_of_them_are_left_out()
    {
        var reversed = Cells.SelectGenes([.. Enumerable.Range(0, 40).Reverse()]);
        Assert.True(TaskCells.LargestDifference(Linear.Value.Latent(Cells).Values, Linear.Value.Latent(reversed).Values) == 0);
        var few = Cells.SelectGenes([.. Enumerable.Range(2, 38)]);
        Assert.Equal("The cells lack 2 of the model's 40 genes (GENE0, GENE1); expected all of them.", Assert.Throws<InvalidDataException>(() => Linear.Value.Latent(few)).Message);
    }

    [Fact]
    public void A_cell_s_values_do_not_depend_on_the_cells_it_comes_with() =>
        Assert.True(TaskCells.LargestDifference(
            Linear.Value.Latent(Cells).Row(17), Linear.Value.Latent(Cells.SelectCells([17])).Values) < 1e-6);

    [Fact]
    public void A_cell_of_an_unknown_batch_and_values_that_are_no_counts_are_named()
    {
        var strange = Cells.SelectCells([0, 1, 2]);
        strange.Obs = new Table(CategoryColumn.FromLabels("lab", ["A", "B", "Z"]));
        Assert.Equal("Cell 2 ('cell-2') is of the batch 'Z', which the model does not know; expected one of A, B.",
            Assert.Throws<InvalidDataException>(() => Linear.Value.Latent(strange)).Message);
        Assert.StartsWith("Raw counts are needed, ", Assert.Throws<InvalidDataException>(() => Linear.Value.Latent(Normalisation.LogNormalise(Cells))).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => Linear.Value.Latent(Cells, cancellation: new CancellationToken(canceled: true)));
    }
}
