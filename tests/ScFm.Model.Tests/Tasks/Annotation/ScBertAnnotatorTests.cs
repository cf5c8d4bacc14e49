using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tests.Models.ScBert;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Tasks.Annotation;

/// <summary>Fine-tuning: what is trained, what a classifier says, and that files keep it.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScBertAnnotatorTests
{
    private static readonly ScBertTuningOptions Short = new() { Tuned = TunedBlocks.All, Training = new() { Epochs = 6, BatchSize = 16, LearningRate = 3e-3, WarmUpSteps = 10, Patience = 0 } };

    internal static readonly ScBertAnnotatorOptions Small = new() { Pretraining = ScBertTrainingTests.Small with { Training = ScBertTrainingTests.Small.Training with { Epochs = 2 } }, Tuning = Short };

    private static readonly string[] Types = ["kind0", "kind1", "kind2"];

    [Theory]
    [InlineData(true, true, "scBERT")]
    [InlineData(false, true, "scBERT, not pretrained")]
    [InlineData(true, false, "scBERT, no gene vectors")]
    public void Planted_kinds_are_told_apart_with_and_without_the_ablations(bool pretrain, bool tells, string name)
    {
        var annotator = new ScBertAnnotator(Small with { Pretrain = pretrain, TellsGenesApart = tells });
        Assert.Equal(name, annotator.Name);
        using var classifier = annotator.Fit(Labelled(240), null, seed: 1);
        var test = LeveledGenes.Make(100, seed: 9);
        var (found, labels) = (classifier.Probabilities(test), ColumnLabels.Of(test.Obs["kind"]));
        var right = Enumerable.Range(0, 100).Count(cell => Types[Likeliest(found, cell)] == labels[cell]);
        Assert.InRange(right, 95, 100);
        Assert.All(Enumerable.Range(0, 100), cell => Assert.Equal(1, found.Row(cell).ToArray().Sum(), 1e-5));
        Assert.Equal(pretrain, classifier.Fit.Notes.Any(note => note.Contains("commonest bin", StringComparison.Ordinal)));
        Assert.True(classifier.Fit.Flops > 0 && classifier.Fit.Parameters > 0);
    }

    [Fact]
    public void Settings_tell_the_learning_rate_and_the_genes()
    {
        ScBertAnnotator Annotator(double rate) => new(Small with { Tuning = Short with { Training = Short.Training with { Epochs = 1, LearningRate = rate } } });
        Assert.NotEqual(Annotator(1e-3).Settings, Annotator(2e-3).Settings);
        Assert.NotEqual(Annotator(1e-3).Settings, new ScBertAnnotator(Small with { Pretraining = Small.Pretraining with { VariableGenes = 9 } }).Settings);
    }

    [Theory]
    [InlineData(TunedBlocks.SecondToLast, 0)]
    [InlineData(TunedBlocks.Last, 1)]
    [InlineData(TunedBlocks.All, null)]
    public void Only_what_is_named_is_trained(TunedBlocks tuned, int? block)
    {
        var cells = LeveledGenes.Make(60);
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.VarNames), seed: 2);
        var before = SmallRun.BitsOf(model.Module);
        using var classifier = ScBertClassifier.FineTune(model, Labelled(60), Short with { Tuned = tuned, Training = Short.Training with { Epochs = 1 } });
        var changed = SmallRun.BitsOf(classifier.Module.Body).Where(weight => !weight.Value.AsSpan().SequenceEqual(before[weight.Key])).Select(weight => weight.Key).ToArray();
        Assert.Equal(before, SmallRun.BitsOf(model.Module)); // the model itself stays
        Assert.DoesNotContain(changed, name => name.StartsWith("to_out", StringComparison.Ordinal));
        Assert.Contains("norm.weight", changed);
        foreach (var i in new[] { 0, 1 })
        {
            Assert.Equal(block is null || block == i, changed.Any(name => name.StartsWith($"blocks.{i}.", StringComparison.Ordinal)));
        }
        Assert.Equal(block is null, changed.Contains("token_emb.weight") && changed.Contains("gene_vectors"));
    }

    [Fact]
    public void A_type_without_cells_is_never_likely_and_one_type_alone_is_refused()
    {
        var cells = Labelled(60);
        var more = cells with { Types = [.. Types, "absent"] };
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.Cells.VarNames));
        using var classifier = ScBertClassifier.FineTune(model, more, Short with { Training = Short.Training with { Epochs = 1 } });
        var found = classifier.Probabilities(cells.Cells);
        Assert.All(Enumerable.Range(0, 60), cell => Assert.InRange(found[cell, 3], 0, 1e-6f));
        var error = Assert.Throws<ArgumentException>(() => ScBertClassifier.FineTune(model, cells with { Labels = new int[60] }, Short));
        Assert.Contains("expected at least 2 types", error.Message);
    }

    [Fact]
    public void Cells_that_are_like_no_type_are_unassigned()
    {
        var cells = Labelled(60);
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.Cells.VarNames));
        using var classifier = ScBertClassifier.FineTune(model, cells, Short with { Training = Short.Training with { Epochs = 1 } });
        var likelihoods = Enumerable.Range(0, 60).Select(cell => classifier.Probabilities(cells.Cells).Row(cell).ToArray().Max()).Order().ToArray();
        var threshold = (likelihoods[20] + likelihoods[21]) / 2;
        Assert.Equal(21, CellAnnotation.Of(classifier, cells.Cells, threshold).Types.Count(type => type is null));
        Assert.All(CellAnnotation.Of(classifier, cells.Cells).Types, type => Assert.Contains(type, Types));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellAnnotation.Of(classifier, cells.Cells, 1.5));
    }

    [Theory]
    [InlineData(Compat.Sensible)]
    [InlineData(Compat.Reference)]
    public void A_head_begins_with_half_of_its_tokens_alive_however_alike_a_model_s_states_are(Compat compat)
    {
        var cells = Labelled(60);
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config with { Compat = compat }, new GeneVocabulary(cells.Cells.VarNames), seed: 2);
        using (var _ = torch.no_grad())
        {
            model.Module.state_dict()["norm.bias"].add_(30); // what pretrained states have in common, exaggerated
        }
        using var classifier = ScBertClassifier.FineTune(model, cells, Short with { Training = Short.Training with { Steps = 1, LearningRate = 1e-9, WeightDecay = 0 } });
        using var scope = torch.NewDisposeScope();
        var read = new BinReader(cells.Cells, model.Genes, model.Config).Read([.. Enumerable.Range(0, 60)]);
        var numbers = classifier.Module.Head.Convolve(classifier.Module.Body.Encode(BinBatch.Pack(read, model.Genes.Count)));
        var alive = numbers.gt(0).to(torch.ScalarType.Float32).mean().item<float>();
        Assert.True(compat == Compat.Sensible ? alive is > 0.4f and < 0.6f : alive is 0 or 1, $"{alive}");
    }

    [Fact]
    public void Types_that_are_balanced_change_what_is_learnt()
    {
        var labelled = Labelled(60);
        var uneven = labelled with { Labels = [.. labelled.Labels.Select((label, cell) => cell % 3 == 0 ? label : 0)] };
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(labelled.Cells.VarNames));
        float[] Fitted(bool weighted)
        {
            using var classifier = ScBertClassifier.FineTune(model, uneven, Short with { Balanced = weighted, Training = Short.Training with { Epochs = 1 } });
            return classifier.Probabilities(labelled.Cells).Values;
        }
        var (plain, weighted) = (Fitted(false), Fitted(true));
        // the common type counts less, so it is thought less likely
        Assert.True(Enumerable.Range(0, 60).Average(cell => weighted[3 * cell]) < Enumerable.Range(0, 60).Average(cell => plain[3 * cell]));
    }

    [Fact]
    public void A_comparison_pretrains_once_a_seed_whatever_the_share_of_the_labels()
    {
        using var folder = new TemporaryFolder();
        var plan = PlantedTypes.Plan with
        {
            Methods = [new PlannedMethod("scbert") { Options = OptionText.Parse("variableGenes=20,pretraining.steps=2,tuning.steps=2") }], Fractions = [0.5, 1], Seeds = 2,
        };
        var study = PlantedTypes.Run(PlantedTypes.Make([40, 40]), plan, folder.Path);
        Assert.Equal([false, true, false, true], study.Outcomes.Select(run => run.Notes[0].EndsWith("Found again.", StringComparison.Ordinal)));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.Path, "models"), "*.cost.json").Length);
        Assert.DoesNotContain(folder.Path, study.Plan.ToJson(), StringComparison.Ordinal); // where models are kept is no part of what was asked
    }

    [Fact]
    public void A_saved_classifier_gives_the_same_probabilities_and_what_its_fitting_came_to()
    {
        using var folder = new TemporaryFolder();
        var cells = Labelled(60);
        using var classifier = new ScBertAnnotator(Small with { Tuning = Short with { Training = Short.Training with { Epochs = 1 } } }).Fit(cells, null, seed: 4);
        var path = folder.File("classifier.safetensors");
        classifier.Save(path);
        using var loaded = Assert.IsType<ScBertClassifier>(ModelFiles.Open(path));
        Assert.Equal(classifier.Probabilities(cells.Cells).Values, loaded.Probabilities(cells.Cells).Values);
        Assert.Equal(classifier.Types, loaded.Types);
        Assert.Equal(classifier.Fit.Notes, loaded.Fit.Notes);
        Assert.Equal(classifier.Fit.Flops, loaded.Fit.Flops);
    }

    [Fact]
    public void A_stopped_fine_tuning_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var cells = Labelled(60);
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.Cells.VarNames));
        var options = Short with { Training = Short.Training with { Epochs = 2 } };
        using var expected = ScBertClassifier.FineTune(model, cells, options);
        var checkpoint = folder.File("run.safetensors");
        using (var stop = new CancellationTokenSource())
        {
            using var stopped = ScBertClassifier.FineTune(model, cells, options, checkpoint, new Told(progress => { if (progress.Step == 5) { stop.Cancel(); } }), stop.Token);
        }
        using var resumed = ScBertClassifier.FineTune(model, cells, options, checkpoint);
        Assert.Equal(expected.Probabilities(cells.Cells).Values, resumed.Probabilities(cells.Cells).Values);
    }

    [Fact]
    public void A_checkpoint_of_a_model_with_other_weights_or_genes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var cells = Labelled(60);
        ScBertModel Model(int seed) => ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.Cells.VarNames), seed: seed);
        var options = Short with { Training = Short.Training with { Epochs = 1 } };
        using var classifier = ScBertClassifier.FineTune(Model(1), cells, options, folder.File("run"));
        Assert.Contains("checkpoint of another", Assert.Throws<InvalidDataException>(() => ScBertClassifier.FineTune(Model(2), cells, options, folder.File("run"))).Message);
    }

    [Fact]
    public void Other_names_of_genes_are_used_in_tuning_and_known_to_the_classifier_and_its_file()
    {
        using var folder = new TemporaryFolder();
        var cells = Labelled(60);
        var source = (AnnData)cells.Cells;
        var renamed = new AnnData(source.X, source.ObsNames, [.. source.VarNames.Select(name => "old " + name)]);
        var aliases = new GeneAliases().Add("GONE", "NEVER");
        Array.ForEach(source.VarNames, gene => aliases.Add("old " + gene, gene));
        var model = ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(source.VarNames), seed: 2);
        var options = Short with { Aliases = aliases, Training = Short.Training with { Epochs = 1 } };
        using var plain = ScBertClassifier.FineTune(model, cells, options with { Aliases = null });
        using var classifier = ScBertClassifier.FineTune(model, cells with { Cells = renamed }, options);
        Assert.Equal(plain.Probabilities(source).Values, classifier.Probabilities(renamed).Values);
        Assert.Equal(model.Genes.Count, classifier.Aliases!.Count);
        classifier.Save(folder.File("types"));
        using var loaded = ScBertClassifier.Load(folder.File("types"));
        Assert.Equal(classifier.Probabilities(renamed).Values, loaded.Probabilities(renamed).Values);
        Assert.Contains("None of the", Assert.Throws<InvalidDataException>(() => plain.Probabilities(renamed)).Message);
        Assert.Throws<InvalidDataException>(() => plain.Probabilities(Normalisation.LogNormalise(source)));
    }

    [Fact]
    public void Gene_vectors_cannot_be_left_out_of_a_model_that_was_trained_with_them()
    {
        ScBertAnnotatorOptions From(GeneVectorKind kind) => Small with
        {
            TellsGenesApart = false,
            Pretraining = Small.Pretraining with { StartFrom = ScBertModel.Create(Small.Pretraining.Config with { GeneVectors = kind }, new GeneVocabulary(["A", "B"])) },
        };
        Assert.Contains("trained with gene vectors (Learnt)", Assert.Throws<ArgumentException>(() => new ScBertAnnotator(From(GeneVectorKind.Learnt))).Message);
        Assert.EndsWith("no gene vectors", new ScBertAnnotator(From(GeneVectorKind.None)).Name);
    }

    [Fact]
    public void Settings_tell_each_gene_and_each_other_name()
    {
        string Of(ScBertOptions pretraining) => new ScBertAnnotator(Small with { Pretraining = pretraining }).Settings;
        ScBertOptions With(string last) => Small.Pretraining with { Genes = new GeneVocabulary(["A", "B", "C", "D", "E", "F", last]) };
        Assert.Equal(Of(With("G")), Of(With("G")));
        Assert.NotEqual(Of(With("G")), Of(With("H")));
        Assert.NotEqual(Of(Small.Pretraining with { Aliases = new GeneAliases().Add("A", "B") }), Of(Small.Pretraining with { Aliases = new GeneAliases().Add("A", "C") }));
    }

    [Fact]
    public void Genes_are_chosen_alike_where_a_name_stands_twice()
    {
        var cells = LeveledGenes.Make(60);
        var doubled = new AnnData(cells.X, cells.ObsNames, [.. cells.VarNames.Select((name, gene) => gene == 1 ? "G0" : name)]);
        string[] Chosen(ICellSource source) =>
            [.. ScBertModel.Begin(source, Small.Pretraining with { VariableGenes = 9 }, CancellationToken.None).Genes.Names];
        Assert.Equal(Chosen(ScFm.Model.Corpora.Corpus.Of(doubled).Load()), Chosen(doubled));
    }

    internal static LabelledCells Labelled(int cells)
    {
        var made = LeveledGenes.Make(cells, seed: 4);
        return new LabelledCells(made, Types, [.. ColumnLabels.Of(made.Obs["kind"]).Select(kind => Array.IndexOf(Types, kind))]);
    }

    private static int Likeliest(DenseMatrix probabilities, int cell)
    {
        var row = probabilities.Row(cell).ToArray();
        return Array.IndexOf(row, row.Max());
    }
}
