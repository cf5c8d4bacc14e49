using ScFm.Model.Cells;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tests.Regression.Logistic;

public class LogisticCrossValidationTests
{
    private static readonly (CsrMatrix X, int[] Labels) Three = SimulatedClasses.Draw(samples: 240, predictors: 40, classes: 3, seed: 5);

    [Fact]
    public void Each_class_is_dealt_to_all_folds_and_the_same_seed_deals_alike()
    {
        int[] labels = [.. Enumerable.Repeat(0, 53), .. Enumerable.Repeat(1, 12), 2];

        var folds = StratifiedFolds.Of(labels, 5, seed: 1);

        Assert.Equal(folds, StratifiedFolds.Of(labels, 5, seed: 1));
        Assert.NotEqual(folds, StratifiedFolds.Of(labels, 5, seed: 2));
        foreach (var label in new[] { 0, 1 })
        {
            var sizes = folds.Where((_, i) => labels[i] == label).CountBy(fold => fold).Select(fold => fold.Value).ToArray();
            Assert.Equal(5, sizes.Length);
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }
        Assert.InRange(folds.CountBy(fold => fold).Max(fold => fold.Value) - folds.CountBy(fold => fold).Min(fold => fold.Value), 0, 1);
    }

    [Theory]
    [InlineData(LogisticScheme.OneVersusRest)]
    [InlineData(LogisticScheme.Multinomial)]
    public void An_accuracy_is_that_of_models_fitted_without_the_fold(LogisticScheme scheme)
    {
        var options = new LogisticOptions { Scheme = scheme, Tolerance = 1e-8 };
        var choice = new LogisticCrossValidationOptions { Smallest = 0.02, Largest = 2, Values = 3, Folds = 3, Tolerance = 1e-8 };

        var found = LogisticCrossValidation.Run(Three.X, Three.Labels, 3, seed: 4, choice, options);

        var foldOf = StratifiedFolds.Of(Three.Labels, 3, seed: 4);
        for (var c = 0; c < 3; c++)
        {
            var byHand = Enumerable.Range(0, 3).Average(fold =>
            {
                int[] rest = [.. Enumerable.Range(0, 240).Where(i => foldOf[i] != fold)];
                int[] left = [.. Enumerable.Range(0, 240).Where(i => foldOf[i] == fold)];
                var model = LogisticRegression.Fit(Three.X.SelectRows(rest), Array.ConvertAll(rest, i => Three.Labels[i]), 3, options with { C = found.Cs[c] });
                var probabilities = model.Probabilities(Three.X.SelectRows(left));
                return left.Select((i, row) => Array.IndexOf(probabilities.Row(row).ToArray(), probabilities.Row(row).ToArray().Max()) == Three.Labels[i] ? 1.0 : 0).Average();
            });
            Assert.Equal(byHand, found.Accuracies[c], 1e-12);
        }
        Assert.Equal(found.Cs[Array.IndexOf(found.Accuracies, found.Accuracies.Max())], found.Model.C);
    }

    [Fact]
    public void Of_equally_good_values_the_smallest_is_chosen()
    {
        // One predictor tells the two classes apart without error at any C that lets it in.
        var x = CsrMatrix.FromDense(new DenseMatrix(40, 1, [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 0f : 3f)]));
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 2)];

        var found = LogisticCrossValidation.Run(x, labels, 2);

        Assert.Equal(1, found.Accuracies[^1]);
        Assert.Equal(found.Cs[Array.IndexOf(found.Accuracies, 1)], found.Model.C);
        Assert.True(found.Model.C < 1);
        Assert.Equal([1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4], found.Cs.Select(c => Math.Round(c, 6)));
    }

    [Fact]
    public void A_class_with_one_sample_is_missing_from_one_fold_and_does_no_harm()
    {
        int[] labels = [.. Three.Labels.Select((label, i) => i == 17 ? 3 : label)];

        var found = LogisticCrossValidation.Run(Three.X, labels, 4, choice: new() { Largest = 1, Values = 3 });

        Assert.Equal(4, found.Model.Intercepts.Length);
        Assert.True(double.IsFinite(found.Model.Intercepts[3]));
    }

    [Fact]
    public void A_fold_that_leaves_one_class_alone_is_refused() =>
        Assert.Contains("Without a fold", Assert.Throws<ArgumentException>(() =>
            LogisticCrossValidation.Run(CsrMatrix.FromDense(new DenseMatrix(6, 1, [1, 2, 3, 4, 5, 6])), [0, 0, 0, 0, 0, 1], 2)).Message);

    [Fact]
    public void More_folds_than_samples_are_refused() =>
        Assert.Contains("5 folds are wanted of 4 samples", Assert.ThrowsAny<ArgumentException>(() =>
            LogisticCrossValidation.Run(CsrMatrix.FromDense(new DenseMatrix(4, 1, [1, 2, 3, 4])), [0, 1, 0, 1], 2)).Message);
}
