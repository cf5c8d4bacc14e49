using ScFm.Model.Devices;
using ScFm.Model.Models;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.Scad;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Nn;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tasks.Annotation.Mapping;
using ScFm.Model.Tasks.DrugResponse;
using ScFm.Model.Tasks.Sensitivity;
using ScFm.Model.Tests.Models.Gears;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Models.ScBert;
using ScFm.Model.Tests.Models.ScGpt;
using ScFm.Model.Tests.Models.ScVi;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Devices;

/// <summary>Each kind of model trained, used, stopped and taken up again on a device: the same numbers come out as on the processor.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class WholeRunTests
{
    private const double Near = 2e-3; // of the largest: a few steps of training enlarge what rounding leaves

    private static readonly TrainingOptions fewSteps = new() { Epochs = 1, BatchSize = 8, LearningRate = 1e-3, WarmUpSteps = 2, Patience = 1, Seed = 3 };

    private static readonly Dictionary<string, Func<(IModel Model, IEnumerable<float> Numbers)>> runs = new()
    {
        ["scFoundation"] = () =>
        {
            var cells = TaskCells.First(24);
            var model = Pretraining.Run(cells, new() { LeastCells = 15, Training = fewSteps });
            var genes = GeneEmbedding.Of(model, cells, model.Vocabulary.Names.Take(2).ToArray());
            return (model, [.. Embedding.Run(model, cells).Values, .. Enhancement.Run(model, cells).Values, .. genes.Values.SelectMany(vectors => vectors.Values)]);
        },
        ["scFoundation, recomputed, of several decoder blocks"] = () =>
        {
            var cells = TaskCells.First(16);
            var sizes = Presets.Find("tiny", 1) with { DecoderDepth = 2 };
            var model = Pretraining.Run(cells, new() { LeastCells = 10, Sizes = sizes, RecomputeActivations = true, Training = fewSteps });
            return (model, Embedding.Run(model, cells, new() { Pooling = Pooling.Max }).Values);
        },
        ["scFoundation, adapters"] = () =>
        {
            var cells = TaskCells.First(24);
            var start = Pretraining.Run(cells, new() { LeastCells = 10, Training = fewSteps with { Steps = 1 } });
            var model = Pretraining.Run(cells, new() { StartFrom = start, Adapters = new LoraOptions { Rank = 2 }, Training = fewSteps });
            return (model, Embedding.Run(model, cells).Values);
        },
        ["Geneformer"] = () =>
        {
            var cells = PlantedModules.Make(60);
            var config = new GeneformerConfig { Width = 16, Layers = 2, Heads = 2, FeedForward = 32, MaxLength = 64, Dropout = 0, AttentionDropout = 0 };
            var model = GeneformerModel.Train(cells, new() { Config = config, Training = fewSteps });
            return (model, model.Embed(cells).Values);
        },
        ["scBERT with its classifier"] = () =>
        {
            var cells = LeveledGenes.Make(60);
            var model = ScBertModel.Train(cells, ScBertTrainingTests.Small with { Training = fewSteps });
            using var classifier = ScBertClassifier.FineTune(model, HeadCases.Of(cells), new() { Training = fewSteps });
            return (model, [.. model.Embed(cells).Values, .. classifier.Probabilities(cells).Values]);
        },
        ["scGPT"] = () =>
        {
            var cells = PlantedModules.Make(60);
            var model = ScGptModel.Train(cells, ScGptTrainingTests.Small with { Training = fewSteps });
            return (model, model.Embed(cells).Values);
        },
        ["scVI"] = () => OfScVi(new ScViConfig { Hidden = 16, Latent = 4, Dropout = 0 }),
        ["LDVAE"] = () => OfScVi(ScViConfig.Linear with { Hidden = 16, Latent = 4, Dropout = 0 }),
        ["GEARS"] = () =>
        {
            var screen = PlantedScreen.Singles();
            var model = GearsModel.Train(screen, [.. screen.Groups], options: new() { Config = new() { Width = 8 }, Epochs = 1, BatchSize = 96 }, sets: PlantedScreen.Sets);
            return (model, model.Predict(screen.Conditions[1], screen, cells: 5).Mean);
        },
        ["SCAD"] = () =>
        {
            var (source, target) = SimulatedTransfer.Make(samples: 60, cells: 80);
            var model = ScadModel.Train(CellSensitivity.Examples(source, target, new() { Genes = 50 }), new() { Config = new ScadConfig { Hidden = 32, Latent = 16, Dropout = 0 }, Epochs = 2 });
            return (model, CellSensitivity.Of(model, target).Select(probability => (float)probability));
        },
        ["a head on a frozen Geneformer"] = () => OfHead("Geneformer", HeadTuning.Frozen),
        ["a head on a scFoundation with adapters"] = () => OfHead("scFoundation", HeadTuning.Lora),
        ["a head on a scFoundation's last blocks"] = () => OfHead("scFoundation", HeadTuning.LastBlocks),
        ["neighbours in a model's space"] = () =>
        {
            var cells = HeadCases.Labelled();
            var model = GeneformerModel.Create(GeneformerConfig.Tiny with { Width = 16, Layers = 3, FeedForward = 32, MaxLength = 32, Dropout = 0 }, GeneformerGenes.FromCells(cells.Cells), seed: 2);
            var classifier = NeighbourClassifier.Of(cells, new ModelSpace(model));
            return (classifier, classifier.Probabilities(cells.Cells).Values);
        },
    };

    public static TheoryData<string, string> Runs => TestDevices.Times([.. runs.Keys], TestDevices.Away);

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_model_learns_and_answers_the_same_on_a_device(string name, string device)
    {
        using var place = TestDevices.Use(device);
        var (model, numbers) = runs[name]();
        float[] found = [.. numbers];
        Assert.Equal($"{ComputeDevice.Current}", $"{model.DeviceOf()}");
        using (ComputeDevice.Use(CPU))
        {
            (model, numbers) = runs[name]();
            Assert.Equal("cpu", $"{model.DeviceOf()}");
            AssertNear([.. numbers], found);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.Away), MemberType = typeof(TestDevices))]
    public void DeepCDR_predicts_the_same_on_a_device(string device)
    {
        using var place = TestDevices.Use(device);
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.Of("few", Enumerable.Range(0, 80), [.. Enumerable.Range(80, 16)]);
        var method = new DeepCdrMethod(new() { Config = new DeepCdrConfig { Units = [16, 16], Dropout = 0, LastDropout = 0, Slots = 12 }, Epochs = 1, BatchSize = 64, Patience = 0 });
        float[] Predicted() => [.. method.Predict(problem, split, 0, default).Select(value => (float)value)];
        var found = Predicted();
        using var processor = ComputeDevice.Use(CPU);
        AssertNear(Predicted(), found);
    }

    [Theory]
    [MemberData(nameof(TestDevices.Away), MemberType = typeof(TestDevices))]
    public void A_run_that_was_stopped_on_the_processor_goes_on_on_a_device_and_its_model_moves_and_is_saved(string device)
    {
        using var place = TestDevices.Use(device);
        using var folder = new TemporaryFolder();
        var (cells, options) = (TaskCells.First(24), new PretrainingOptions { LeastCells = 15, Training = fewSteps with { Epochs = 2 } });
        ScFoundationModel whole;
        using (ComputeDevice.Use(CPU))
        {
            whole = Pretraining.Run(cells, options);
            using var stop = new CancellationTokenSource();
            Pretraining.Run(cells, options, folder.File("run"), new Told(told => { if (told.Step == 4) { stop.Cancel(); } }), stop.Token);
        }
        var resumed = Pretraining.Run(cells, options, folder.File("run"));
        Assert.Equal(whole.Report!.Run.Losses.Count, resumed.Report!.Run.Losses.Count);
        AssertNear([.. whole.Report.Run.Losses.Select(loss => (float)loss)], [.. resumed.Report.Run.Losses.Select(loss => (float)loss)]);

        resumed.Save(folder.File("model"));
        var opened = ScFoundationModel.Load(folder.File("model"));
        Assert.Equal($"{ComputeDevice.Current}", $"{opened.DeviceOf()}");
        var there = Embedding.Run(opened, cells).Values;
        Assert.Equal("cpu", $"{opened.MoveTo(CPU).DeviceOf()}");
        AssertNear(Embedding.Run(opened, cells).Values, there);
    }

    private static (IModel, IEnumerable<float>) OfScVi(ScViConfig config)
    {
        var cells = PlantedCells.Make(80);
        var model = ScViModel.Train(cells, new() { Config = config, Epochs = 2, BatchSize = 32, LearningRate = 0.01, BatchColumn = "lab", Seed = 3 });
        return (model, [.. model.Latent(cells).Values, .. model.NormalisedExpression(cells).Values]);
    }

    private static (IModel, IEnumerable<float>) OfHead(string encoder, HeadTuning tuning)
    {
        var cells = HeadCases.Labelled();
        var classifier = HeadClassifier.FineTune(HeadCases.Encoder(encoder, cells.Cells), cells, HeadCases.Options(tuning));
        return (classifier, classifier.Probabilities(cells.Cells).Values);
    }

    private static void AssertNear(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.True(expected.Length > 0 && found.All(float.IsFinite));
        var (largest, difference) = (expected.Max(Math.Abs), expected.Zip(found).Max(pair => Math.Abs(pair.First - pair.Second)));
        Assert.True(difference <= Near * largest, $"{difference} of {largest}");
    }
}
