using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Tasks.Annotation.Heads;

/// <summary>Cells of four planted kinds, and small encoders with random weights that know their genes.</summary>
internal static class HeadCases
{
    public static TheoryData<string, HeadTuning> All =>
        new(from encoder in new[] { "scFoundation", "Geneformer" } from tuning in Enum.GetValues<HeadTuning>() select (encoder, tuning));

    public static HeadOptions Options(HeadTuning tuning) => new()
    {
        Tuned = tuning,
        Kind = HeadKind.Linear,
        Training = new() { Epochs = 2, BatchSize = 16, LearningRate = 1e-2, WarmUpSteps = 2, Patience = 0, Seed = 5 },
    };

    public static LabelledCells Labelled(int cells = 90, int seed = 1) => Of(PlantedModules.Make(cells, seed));

    public static LabelledCells Of(AnnData cells)
    {
        var kinds = (CategoryColumn)cells.Obs["kind"];
        return new(cells, [.. kinds.Categories], kinds.Codes.ToArray());
    }

    public static ICellEncoder Encoder(string name, ICellSource cells, double dropout = 0)
    {
        if (name == "Geneformer")
        {
            var config = GeneformerConfig.Tiny with { Width = 16, Layers = 3, FeedForward = 32, MaxLength = 32, Dropout = dropout };
            return new GeneformerEncoder(GeneformerModel.Create(config, GeneformerGenes.FromCells(cells), seed: 2));
        }
        var vocabulary = GeneVocabulary.FromCells(cells, 3);
        return new ScFoundationEncoder(ScFoundationModel.Create(Presets.Find("tiny", vocabulary.Count) with { EncoderWidth = 16, Bins = 8, Dropout = dropout }, vocabulary, seed: 2));
    }

    public static double Accuracy(ICellClassifier classifier, LabelledCells cells)
    {
        var probabilities = classifier.Probabilities(cells.Cells);
        var right = Enumerable.Range(0, probabilities.Rows).Count(cell => MostLikely.Of(probabilities.Row(cell)) == cells.Labels[cell]);
        return (double)right / probabilities.Rows;
    }
}
