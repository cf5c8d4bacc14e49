using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Nn;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>What users do with a model: embed, perturb, compare ranks, save and load.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class GeneformerModelTests
{
    private static readonly GeneformerConfig Sizes = new() { Width = 24, Layers = 3, Heads = 2, FeedForward = 40, MaxLength = 64, Dropout = 0.1, AttentionDropout = 0.1 };

    private static GeneformerModel Model(AnnData cells) => GeneformerModel.Create(Sizes, GeneformerGenes.FromCells(cells, leastCells: 1), seed: 5);

    [Fact]
    public void A_cell_s_vector_has_the_same_bits_alone_and_in_any_company()
    {
        var cells = PlantedModules.Make(40);
        var model = Model(cells);
        foreach (var layer in Enum.GetValues<EmbeddingLayer>())
        {
            var together = model.Embed(cells, layer);
            Assert.Equal((40, 24), (together.Rows, together.Columns));
            var backwards = model.Embed(cells.SelectCells([.. Enumerable.Range(0, 40).Reverse()]), layer);
            for (var cell = 0; cell < 40; cell++)
            {
                Assert.Equal(together.Row(cell), backwards.Row(39 - cell));
                Assert.Equal(together.Row(cell), model.Embed(cells.SelectCells([cell]), layer).Row(0));
            }
        }
        Assert.NotEqual(model.Embed(cells).Values, model.Embed(cells, EmbeddingLayer.Last).Values);
    }

    [Fact]
    public void Packed_cells_give_what_padded_cells_give()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var cells = PlantedModules.Make(9);
        var model = Model(cells);
        model.Module.eval();
        var tokens = new RankReader(cells, model.Genes, 64).Read([.. Enumerable.Range(0, 9)]);
        var packed = model.Module.Encode(RankBatch.Pack(tokens));
        // cells of one length, the missing tokens padding that nothing attends to: what the plain attention does with a mask
        var longest = tokens.Max(cell => cell.Length);
        Assert.True(tokens.Min(cell => cell.Length) < longest);
        var padded = RankBatch.Pack([.. tokens.Select(cell => cell.Concat(new int[longest - cell.Length]).ToArray())]);
        var attended = padded.Tokens.ne(GeneformerGenes.PaddingToken);
        var states = model.Module.Encode(padded, 0);
        foreach (var block in model.Module.named_modules().Select(named => named.module).OfType<EncoderBlock>())
        {
            states = block.forward(states, padded.Rows, attended);
        }
        Assert.True(Golden.LargestDifference(packed, states.masked_select(attended.unsqueeze(1)).view(packed.shape)) < 1e-5);
    }

    [Fact]
    public void A_gene_s_vectors_in_a_cell_have_the_cell_s_vector_as_their_mean()
    {
        var cells = PlantedModules.Make(5);
        var model = Model(cells);
        var (genes, vectors) = model.EmbedGenes(cells, 3);
        Assert.Equal(cells.X.RowIndices(3).Length, genes.Length);
        Assert.Equal(genes.Order(StringComparer.Ordinal), cells.X.RowIndices(3).ToArray().Select(gene => cells.VarNames[gene]).Order(StringComparer.Ordinal));
        var cell = model.Embed(cells).Row(3).ToArray();
        for (var i = 0; i < cell.Length; i++)
        {
            Assert.Equal(cell[i], Enumerable.Range(0, vectors.Rows).Average(row => (double)vectors[row, i]), 1e-5);
        }
    }

    [Fact]
    public void A_saved_model_gives_the_same_vectors_and_a_published_folder_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var cells = PlantedModules.Make(12);
        var model = Model(cells);
        var path = folder.File("model.safetensors");
        model.Save(path);
        var loaded = Assert.IsType<GeneformerModel>(ModelFiles.Open(path));
        Assert.Equal(model.Genes.Medians, loaded.Genes.Medians);
        Assert.Equal(model.Genes.Vocabulary.Names, loaded.Genes.Vocabulary.Names);
        Assert.Equal(model.Config, loaded.Config);
        Assert.Equal(model.Embed(cells).Values, loaded.Embed(cells).Values);

        File.WriteAllText(folder.File("config.json"), Config(model, "relu"));
        var published = GeneformerModel.OpenPublished(Path.GetDirectoryName(path)!, model.Genes);
        Assert.Equal(model.Config, published.Config);
        Assert.Equal(model.Embed(cells).Values, published.Embed(cells).Values);
    }

    [Fact]
    public void Files_that_do_not_fit_say_why()
    {
        using var folder = new TemporaryFolder();
        var cells = PlantedModules.Make(12);
        var model = Model(cells);
        var root = Path.GetDirectoryName(folder.File("x"))!;
        Assert.Contains("has no config.json", Assert.Throws<FileNotFoundException>(() => GeneformerModel.OpenPublished(root, model.Genes)).Message);
        File.WriteAllText(folder.File("config.json"), Config(model, "gelu"));
        Assert.Contains("hidden_act is gelu; expected relu", Assert.Throws<InvalidDataException>(() => GeneformerModel.OpenPublished(root, model.Genes)).Message);
        File.WriteAllText(folder.File("config.json"), Config(model, "relu"));
        Assert.Throws<FileNotFoundException>(() => GeneformerModel.OpenPublished(root, model.Genes));
        var fewer = new GeneformerGenes(new GeneVocabulary(["A"]), [1]);
        Assert.Contains($"has {model.Genes.Tokens} tokens; expected 3", Assert.Throws<InvalidDataException>(() => GeneformerModel.OpenPublished(root, fewer)).Message);

        GeneformerModel.Create(Sizes with { Width = 12 }, model.Genes).Save(folder.File("model.safetensors"));
        var wrong = Assert.Throws<InvalidDataException>(() => GeneformerModel.OpenPublished(root, model.Genes)).Message;
        Assert.Contains("cls.predictions.transform.dense.weight is [12, 12], expected [24, 24]", wrong);
        Assert.Contains("bert.encoder.layer.2.attention.self.key.bias is [12], expected [24]", wrong);
        Assert.Contains("expected a multiple of the heads", Assert.Throws<ArgumentException>(() => GeneformerModel.Create(Sizes with { Heads = 5 }, model.Genes)).Message);
    }

    [Fact]
    public void Tied_weights_are_taken_under_either_name()
    {
        using var scope = NewDisposeScope();
        var model = Model(PlantedModules.Make(12));
        var weights = CheckpointNames.ToPublished(model.Module.state_dict());
        weights["cls.predictions.decoder.weight"] = weights["bert.embeddings.word_embeddings.weight"];
        weights["cls.predictions.decoder.bias"] = weights["cls.predictions.bias"];
        weights.Remove("cls.predictions.bias");
        weights["bert.embeddings.position_ids"] = arange(Sizes.MaxLength);
        var other = GeneformerModel.Create(Sizes, model.Genes, seed: 6);
        other.Module.LoadPublished(weights, "weights");
        Assert.All(SmallRun.BitsOf(model.Module), weight => Assert.Equal(weight.Value, SmallRun.BitsOf(other.Module)[weight.Key]));
    }

    [Fact]
    public void A_gene_that_a_model_leans_on_moves_cells_more_than_others_of_its_rank()
    {
        var cells = PlantedModules.Make(60);
        var model = Model(cells);
        using (no_grad())
        {
            // one gene whose embedding outshines all others
            model.Module.get_parameter("word_embeddings.weight")![model.Genes.TokenOf("M1G3")].mul_(30);
        }
        var effects = model.Perturb(cells, ["S1", "M1G3", "M0G2"]);
        Assert.Equal("M1G3", effects.Effects[0].Gene);
        Assert.True(effects.Effects[0].Excess.Low > 0, effects.ToTable().ToString());
        var column = Array.IndexOf(cells.VarNames, "M1G3");
        Assert.Equal(cells.X.ColumnCounts()[column], effects.Effects[0].Cells);
        Assert.Equal(3, effects.ToTable().RowCount);
        Assert.Equal(effects.Effects[0].Shift.Mean - effects.Effects[0].Null.Mean, effects.Effects[0].Excess.Mean, 1e-9);

        // by hand, of one cell
        var cell = Enumerable.Range(0, 60).First(row => cells.X.RowIndices(row).Contains(column));
        var alone = cells.SelectCells([cell]);
        var (before, after) = (model.Embed(alone).Row(0).ToArray(), model.Embed(alone.WithX(Without(alone.X, column))).Row(0).ToArray());
        var cosine = before.Zip(after, (a, b) => (double)a * b).Sum() / Math.Sqrt(before.Sum(a => (double)a * a) * after.Sum(b => (double)b * b));
        Assert.Equal(1 - cosine, model.Perturb(alone, ["M1G3"]).Effects[0].Shift.Mean, 1e-6);

        var everywhere = model.Perturb(cells, ["M1G3"], new PerturbationOptions { Kind = Perturbation.Overexpress });
        Assert.Equal(60, everywhere.Effects[0].Cells);
        Assert.Contains("does not know the gene 'NONE'", Assert.Throws<ArgumentException>(() => model.Perturb(cells, ["NONE"])).Message);
    }

    [Fact]
    public void A_deleted_gene_and_its_null_are_left_out_once_and_stand_near_each_other()
    {
        int[] tokens = [.. Enumerable.Range(10, 50)];
        var options = new PerturbationOptions { NullRanks = 3 };
        foreach (var rank in new[] { 0, 1, 25, 48, 49 })
        {
            var seen = new HashSet<int>();
            for (var seed = 0; seed < 200; seed++)
            {
                var variant = PerturbedTokens.Of(tokens, 10 + rank, options, 100, 64, new Random(seed))!;
                Assert.Equal(tokens.Where(token => token != 10 + rank), variant.Gene);
                var random = Assert.Single(tokens.Except(variant.Random)) - 10;
                Assert.Equal(tokens.Where(token => token != 10 + random), variant.Random);
                seen.Add(random - rank);
            }
            Assert.Equal(Enumerable.Range(-3, 7).Where(step => step != 0 && rank + step is >= 0 and < 50), seen.Order());
        }
        Assert.Null(PerturbedTokens.Of(tokens, 5, options, 100, 64, new Random(1)));
        Assert.Null(PerturbedTokens.Of([7], 7, options, 100, 64, new Random(1)));
        var first = PerturbedTokens.Of(tokens, 5, options with { Kind = Perturbation.Overexpress }, 100, 50, new Random(1))!;
        Assert.Equal([5, .. tokens[..49]], first.Gene);
        Assert.DoesNotContain(first.Random[0], tokens);
        Assert.Equal(tokens[..49], first.Random[1..]);
    }

    [Fact]
    public void Rank_correlations_are_those_of_places_given_back()
    {
        // given 7 8 9 4, back 7 7 5 4: places 1, 2/3, 1/3, 0 and 7: 5/6, 5: 1/3, 4: 0
        var places = RankPlaces.Of([7, 8, 9, 4], [7, 7, 5, 4]);
        Assert.Equal([7, 8, 9, 4, 5], places.Tokens);
        double[] input = [1, 2 / 3.0, 1 / 3.0, 0, 0], output = [5 / 6.0, 0, 0, 0, 1 / 3.0];
        Assert.Equal(Correlation.Pearson<double>(input, output).Coefficient, places.Correlation, 1e-12);
        Assert.Equal(1, RankPlaces.Of([7, 8, 9], [7, 8, 9]).Correlation, 1e-12);
        Assert.Equal(-1, RankPlaces.Of([7, 8, 9], [9, 8, 7]).Correlation, 1e-12);
        Assert.True(double.IsNaN(RankPlaces.Of([7], [7]).Correlation));
    }

    [Fact]
    public void Mean_ranks_are_those_of_the_other_cells()
    {
        RankPlaces[] cells = [RankPlaces.Of([7, 8, 9, 4], [7, 7, 5, 4]), RankPlaces.Of([8, 9, 7], [8, 9, 7]), RankPlaces.Of([9, 7], [9, 7])];
        var found = RankPlaces.CorrelationsWithOthers(cells, 10);
        // others of the first, tokens 7 8 9 4 5: 7 stands last in both, which counts; nobody else has 4 or 5
        Assert.Equal(Correlation.Pearson<double>([1, 2 / 3.0, 1 / 3.0, 0, 0], [0, 1, 0.75, 0, 0]).Coefficient, found[0], 1e-6);
        Assert.Equal(Correlation.Pearson<double>([1, 0.5, 0], [2 / 3.0, (1 / 3.0 + 1) / 2, 0.5]).Coefficient, found[1], 1e-6);
        Assert.True(double.IsNaN(RankPlaces.CorrelationsWithOthers([cells[0], RankPlaces.Of([1, 2, 3], [1, 2, 3])], 10)[0])); // nothing is known of it without itself
    }

    [Fact]
    public void Mean_ranks_of_cells_without_order_tell_nothing()
    {
        var random = new Random(3);
        var found = Enumerable.Range(0, 200).SelectMany(_ => RankPlaces.CorrelationsWithOthers([.. Enumerable.Range(0, 3).Select(_ =>
        {
            long[] tokens = [.. Enumerable.Range(0, 40).Select(token => (long)token)];
            random.Shuffle(tokens);
            return RankPlaces.Of(tokens, tokens);
        })], 40)).ToArray();
        Assert.Equal(0, found.Average(), 4 * 0.16 / Math.Sqrt(600 / 3.0)); // r of 40 scatters by 0.16; cells of a trio share cells
    }

    [Fact]
    public void A_trained_model_gives_ranks_back_better_than_a_random_one()
    {
        var cells = PlantedModules.Make(200);
        var options = new GeneformerOptions { Config = Sizes with { Dropout = 0, AttentionDropout = 0 }, Training = new GeneformerOptions().Training with { Epochs = 10, BatchSize = 16, LearningRate = 5e-3 } };
        var trained = GeneformerModel.Train(cells, options);
        var (untrained, found) = (Model(cells).RankCorrelations(cells), trained.ReconstructRanks(cells));
        Assert.Equal(200, found.Correlations.Length);
        Assert.True(found.Correlations.Average() > untrained.Average() + 0.2, $"{found.Correlations.Average()} after {untrained.Average()}");
        Assert.Equal(found.Correlations, trained.RankCorrelations(cells));
        Assert.All(found.MeanRankCorrelations, correlation => Assert.InRange(correlation, -1, 1));
    }

    private static CsrMatrix Without(CsrMatrix counts, int column)
    {
        // the cell's total falls too, which moves no rank
        var target = Enumerable.Range(0, counts.Columns).Select(gene => gene == column ? -1 : gene).ToArray();
        return counts.MapColumns(target, counts.Columns);
    }

    private static string Config(GeneformerModel model, string activation) => FormattableString.Invariant($$"""
        { "model_type": "bert", "hidden_act": "{{activation}}", "hidden_size": {{model.Config.Width}}, "num_hidden_layers": {{model.Config.Layers}},
          "num_attention_heads": {{model.Config.Heads}}, "intermediate_size": {{model.Config.FeedForward}}, "max_position_embeddings": {{model.Config.MaxLength}},
          "layer_norm_eps": {{model.Config.Epsilon}}, "hidden_dropout_prob": {{model.Config.Dropout}}, "attention_probs_dropout_prob": {{model.Config.AttentionDropout}},
          "initializer_range": {{model.Config.InitialDeviation}}, "pad_token_id": 0, "vocab_size": {{model.Genes.Tokens}} }
        """);
}
