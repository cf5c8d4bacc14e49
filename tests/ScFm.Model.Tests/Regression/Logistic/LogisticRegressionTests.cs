using ScFm.Model.Cells;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tests.Regression.Logistic;

public class LogisticRegressionTests
{
    private static readonly (CsrMatrix X, int[] Labels) Three = SimulatedClasses.Draw(samples: 240, predictors: 40, classes: 3, seed: 5);

    public static TheoryData<LogisticScheme> Schemes => [LogisticScheme.OneVersusRest, LogisticScheme.Multinomial];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void No_solution_near_the_minimum_is_better(LogisticScheme scheme)
    {
        var model = LogisticRegression.Fit(Three.X, Three.Labels, 3, new() { Scheme = scheme, C = 0.5, Tolerance = 1e-10 });
        var random = new Random(1);

        Assert.InRange(model.Selected, 1, 119);
        Assert.Equal(Objective(model), model.Objective, 1e-9 * model.Objective);
        for (var trial = 0; trial < 50; trial++)
        {
            var moved = model with
            {
                Intercepts = Array.ConvertAll(model.Intercepts, b => b + 0.01 * (random.NextDouble() - 0.5)),
                Coefficients = Array.ConvertAll(model.Coefficients, row => Array.ConvertAll(row, w => random.Next(4) == 0 ? w + 0.01 * (random.NextDouble() - 0.5) : w)),
            };
            Assert.True(Objective(moved) >= model.Objective - model.Gap);
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_solution_on_a_path_is_that_of_a_cold_start(LogisticScheme scheme)
    {
        var options = new LogisticOptions { Scheme = scheme, Tolerance = 1e-9 };
        var path = LogisticRegression.Path(Three.X, Three.Labels, 3, [0.05, 0.5, 5], options);

        foreach (var warm in path)
        {
            var cold = LogisticRegression.Fit(Three.X, Three.Labels, 3, options with { C = warm.C });
            Assert.Equal(cold.Objective, warm.Objective, 1e-8 * cold.Objective);
            Assert.All(cold.Coefficients.SelectMany(row => row).Zip(warm.Coefficients.SelectMany(row => row)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
        Assert.True(path[0].Selected < path[1].Selected);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_number_of_threads_changes_no_bit(LogisticScheme scheme)
    {
        LogisticModel Fit(int threads) => LogisticRegression.Fit(Three.X, Three.Labels, 3, new() { Scheme = scheme, Threads = threads });

        var (one, four) = (Fit(1), Fit(4));

        Assert.Equal(one.Coefficients, four.Coefficients);
        Assert.Equal(one.Intercepts, four.Intercepts);
    }

    [Fact]
    public void Standardising_is_dividing_by_deviations_and_stays_sparse()
    {
        var scaled = new DenseMatrix(Three.X.Rows, Three.X.Columns);
        var deviations = new double[Three.X.Columns];
        for (var j = 0; j < deviations.Length; j++)
        {
            double[] column = [.. Enumerable.Range(0, Three.X.Rows).Select(i => (double)Three.X.ToDense()[i, j])];
            deviations[j] = MathNet.Numerics.Statistics.ArrayStatistics.PopulationStandardDeviation(column);
            for (var i = 0; i < column.Length; i++)
            {
                scaled[i, j] = (float)(column[i] / deviations[j]);
            }
        }
        var options = new LogisticOptions { Tolerance = 1e-10 };

        var standardised = LogisticRegression.Fit(Three.X, Three.Labels, 3, options with { Standardise = true });
        var byHand = LogisticRegression.Fit(CsrMatrix.FromDense(scaled), Three.Labels, 3, options);

        Assert.Equal(byHand.Objective, standardised.Objective, 1e-6 * byHand.Objective);
        Assert.All(Enumerable.Range(0, deviations.Length), j => Assert.Equal(byHand.Coefficients[1][j] / deviations[j], standardised.Coefficients[1][j], 1e-4));
    }

    [Fact]
    public void Balanced_classes_count_as_if_the_rare_one_came_more_often()
    {
        // Class 1 has a quarter of the samples of class 0; four times the same samples are as many.
        int[] rows = [.. Enumerable.Range(0, Three.X.Rows).Where(i => Three.Labels[i] == 0).Take(60), .. Enumerable.Range(0, Three.X.Rows).Where(i => Three.Labels[i] == 1).Take(15)];
        int[] labels = Array.ConvertAll(rows, row => Three.Labels[row]);
        int[] repeated = [.. rows.SelectMany((row, i) => Enumerable.Repeat(i, labels[i] == 1 ? 4 : 1))];

        // The weights are 75 / (2 * 60) and 75 / (2 * 15): five eighths of 1 and 4.
        var balanced = LogisticRegression.Fit(Three.X.SelectRows(rows), labels, 2, new() { Balanced = true, C = 1, Tolerance = 1e-10 });
        var byHand = LogisticRegression.Fit(
            Three.X.SelectRows(rows).SelectRows(repeated), Array.ConvertAll(repeated, i => labels[i]), 2, new() { C = 0.625, Tolerance = 1e-10 });

        Assert.Equal(byHand.Objective, balanced.Objective, 1e-8 * byHand.Objective);
        Assert.All(byHand.Coefficients[0].Zip(balanced.Coefficients[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_class_without_a_sample_has_probability_zero(LogisticScheme scheme)
    {
        int[] labels = Array.ConvertAll(Three.Labels, label => label == 2 ? 3 : label);

        var model = LogisticRegression.Fit(Three.X, labels, 4, new() { Scheme = scheme });
        var probabilities = model.Probabilities(Three.X);

        Assert.All(Enumerable.Range(0, Three.X.Rows), i => Assert.Equal(0, probabilities[i, 2]));
        Assert.All(Enumerable.Range(0, Three.X.Rows), i => Assert.Equal(1, probabilities.Row(i).ToArray().Sum(), 1e-6f));
    }

    [Fact]
    public void Classes_that_one_gene_separates_are_learnt_under_a_huge_C()
    {
        var x = CsrMatrix.FromDense(new DenseMatrix(6, 2, [0, 1, 0, 2, 0, 1, 3, 1, 4, 2, 5, 1]));

        var model = LogisticRegression.Fit(x, [0, 0, 0, 1, 1, 1], 2, new() { C = 1e4 });
        var probabilities = model.Probabilities(x);

        Assert.All(Enumerable.Range(0, 6), i => Assert.True(probabilities[i, i / 3] > 0.99));
        Assert.All(model.Coefficients[0], w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void Progress_is_told_of_each_class_and_C()
    {
        var told = new List<LogisticProgress>();

        LogisticRegression.Path(Three.X, Three.Labels, 3, [0.1, 1], progress: new Told(told));

        Assert.Equal([1, 2, 3, 4, 5, 6], told.Select(progress => progress.Done));
        Assert.All(told, progress => Assert.Equal(6, progress.Total));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => LogisticRegression.Fit(Three.X, Three.Labels, 3, cancellation: source.Token));
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused_in_a_sentence()
    {
        string Refused(Action fit) => Assert.ThrowsAny<ArgumentException>(fit).Message;
        var one = CsrMatrix.FromDense(new DenseMatrix(2, 1, [1, 2]));

        Assert.Contains("C is 0; expected 1E-10 to", Refused(() => LogisticRegression.Fit(one, [0, 1], 2, new() { C = 0 })));
        Assert.Contains("C is -1; expected", Refused(() => LogisticRegression.Fit(one, [0, 1], 2, new() { C = -1 })));
        Assert.Contains("All 2 samples are of class 1; expected at least two", Refused(() => LogisticRegression.Fit(one, [1, 1], 2)));
        Assert.Contains("2 samples and 3 labels; expected one label a sample", Refused(() => LogisticRegression.Fit(one, [0, 1, 0], 2)));
        Assert.Contains("0 samples and 0 labels", Refused(() => LogisticRegression.Fit(CsrMatrix.FromDense(new DenseMatrix(0, 1)), [], 2)));
        Assert.Contains("Sample 1 is of class 2; expected 0 to 1", Refused(() => LogisticRegression.Fit(one, [0, 2], 2)));
        Assert.Contains("value is NaN; expected numbers", Refused(() => LogisticRegression.Fit(CsrMatrix.FromDense(new DenseMatrix(2, 1, [1, float.NaN])), [0, 1], 2)));
        Assert.Contains("3 predictors; expected 1", Refused(() => LogisticRegression.Fit(one, [0, 1], 2).Probabilities(CsrMatrix.FromDense(new DenseMatrix(1, 3, [1, 2, 3])))));
    }

    private static double Objective(LogisticModel model)
    {
        var sum = model.Coefficients.Sum(row => row.Sum(Math.Abs));
        for (var i = 0; i < Three.X.Rows; i++)
        {
            double[] linear = [.. model.Coefficients.Select((row, k) => model.Intercepts[k] + Three.X.RowIndices(i).ToArray().Zip(Three.X.RowValues(i).ToArray(), (j, x) => row[j] * x).Sum())];
            sum += model.C * (model.Scheme == LogisticScheme.Multinomial
                ? Math.Log(linear.Sum(Math.Exp)) - linear[Three.Labels[i]]
                : linear.Select((f, k) => Math.Log(1 + Math.Exp(Three.Labels[i] == k ? -f : f))).Sum());
        }
        return sum;
    }

    private sealed class Told(List<LogisticProgress> told) : IProgress<LogisticProgress>
    {
        public void Report(LogisticProgress value) => told.Add(value);
    }
}
