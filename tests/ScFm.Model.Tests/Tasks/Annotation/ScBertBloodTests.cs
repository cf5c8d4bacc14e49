using System.Diagnostics;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Annotation;

/// <summary>scBERT from scratch on real sorted blood cells, beside what learns nothing and what learns means.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScBertBloodTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void From_scratch_it_is_far_above_majority_vote_and_about_a_nearest_centroid(bool pretrain)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") == "1", "This pretrains and fine-tunes for minutes; set SCFM_LONG_TESTS=1 to run it.");
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc-facs"));
        var names = ColumnLabels.Of(cells.Obs["cell_type"]).Select(name => name!).ToArray();
        string[] types = [.. names.Distinct().Order(StringComparer.Ordinal)];
        var all = new LabelledCells(cells, types, Array.ConvertAll(names, name => Array.IndexOf(types, name)));
        var (training, test) = ValidationPart.Of(all, share: 0.2, seed: 1);

        var watch = Stopwatch.StartNew();
        using var classifier = new ScBertAnnotator(new() { Pretrain = pretrain }).Fit(training, null, seed: 0);
        var seconds = watch.Elapsed.TotalSeconds;
        double Peer(IAnnotator annotator)
        {
            using var peer = annotator.Fit(training, null, seed: 0);
            return Accuracy(peer, test);
        }
        var (accuracy, majority, centroid) = (Accuracy(classifier, test), Peer(new MajorityAnnotator()), Peer(new CentroidAnnotator()));
        output.WriteLine(FormattableString.Invariant($"scBERT {accuracy:P1} in {seconds:F0} s, nearest centroid {centroid:P1}, majority vote {majority:P1}; {string.Join("; ", classifier.Fit.Notes)}"));
        Assert.True(accuracy > majority + 0.5, $"{accuracy} beside a majority vote's {majority}");
        // the centroid of all genes is itself within a few points of logistic regression on these cells
        Assert.True(accuracy > centroid - 0.03, $"{accuracy} beside a nearest centroid's {centroid}");
    }

    private static double Accuracy(ICellClassifier classifier, LabelledCells test)
    {
        var found = classifier.Probabilities(test.Cells);
        return Enumerable.Range(0, test.Labels.Length).Count(cell => found.Row(cell).ToArray() is var row && Array.IndexOf(row, row.Max()) == test.Labels[cell]) / (double)test.Labels.Length;
    }
}
