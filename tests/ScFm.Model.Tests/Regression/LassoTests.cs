using ScFm.Model.Cells;
using ScFm.Model.Regression;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Regression;

public sealed class LassoTests
{
    private static readonly LassoOptions Exact = new() { Tolerance = 1e-15, PathLength = 30 };

    [Fact]
    public void The_gaussian_solution_is_scikit_learn_s()
    {
        var data = new SimulatedRegression(60, 25, 1);
        var lasso = new Lasso(new DensePredictors(data.X), data.Linear, ResponseFamily.Gaussian, Exact with { Standardise = false });
        foreach (var penalty in new[] { 0.5, 0.1, 0.01 })
        {
            var found = lasso.Solve(penalty);
            var peer = SimulatedRegression.Numbers(Peer.Run($"""
                from sklearn.linear_model import Lasso
                fit = Lasso(alpha={FormattableString.Invariant($"{penalty}")}, tol=1e-14, max_iter=1000000).fit({SimulatedRegression.Python(data.X)}, {SimulatedRegression.Python(data.Linear)})
                print(fit.intercept_, *fit.coef_)
                """));
            Assert.Equal(peer[0], found.Intercept, 1e-6);
            for (var j = 0; j < 25; j++)
            {
                Assert.Equal(peer[j + 1], found.Coefficients[j], 1e-6);
            }
            Assert.InRange(found.Selected, 1, 25);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_poisson_solution_of_a_path_meets_the_conditions_of_the_minimum(bool standardise)
    {
        var data = new SimulatedRegression(80, 120, 2);
        var lasso = new Lasso(new DensePredictors(data.X), data.Counts, ResponseFamily.Poisson, Exact with { Standardise = standardise });
        var path = lasso.Path().ToArray();
        Assert.Equal(30, path.Length);
        Assert.All(path[0].Coefficients, c => Assert.Equal(0, c, 1e-12));
        Assert.True(path[^1].Selected > 20);
        foreach (var solution in path)
        {
            var errors = Enumerable.Range(0, 80).Select(i => data.Counts[i] - Math.Exp(Linear(solution, data.X, i))).ToArray();
            Assert.Equal(0, errors.Average(), 1e-7);
            for (var j = 0; j < 120; j++)
            {
                var column = Enumerable.Range(0, 80).Select(i => (double)data.X[i, j]).ToArray();
                var scale = standardise ? Math.Sqrt(column.Average(x => x * x) - column.Average() * column.Average()) : 1;
                var slope = column.Zip(errors, (x, e) => x * e).Average() / scale;
                if (solution.Coefficients[j] == 0)
                {
                    Assert.InRange(Math.Abs(slope), 0, solution.Penalty * (1 + 1e-6));
                }
                else
                {
                    Assert.Equal(solution.Penalty * Math.Sign(solution.Coefficients[j]), slope, 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Without_a_penalty_one_predictor_of_two_values_gives_the_groups_means()
    {
        var x = new DenseMatrix(5, 1, [0, 0, 1, 1, 1]);
        var solution = new Lasso(new DensePredictors(x), [1, 3, 4, 0, 11], ResponseFamily.Poisson, Exact).Solve(0);
        Assert.Equal(Math.Log(2), solution.Intercept, 1e-7);
        Assert.Equal(Math.Log(5.0 / 2), solution.Coefficients[0], 1e-7);
    }

    [Fact]
    public void Sparse_predictors_with_a_shared_part_give_what_dense_ones_give()
    {
        var random = new Random(3);
        var dense = new DenseMatrix(50, 12);
        var shared = Enumerable.Range(0, 50).Select(_ => (double)(float)random.NextDouble()).ToArray();
        var stored = new DenseMatrix(12, 50);
        for (var i = 0; i < 50; i++)
        {
            for (var j = 0; j < 12; j++)
            {
                stored[j, i] = random.NextDouble() < 0.3 ? 1 + random.Next(4) : 0;
                dense[i, j] = stored[j, i] + (float)shared[i];
            }
        }
        var y = Enumerable.Range(0, 50).Select(i => (double)random.Next(1 + (int)dense[i, 4])).ToArray();
        var (a, b) = (new Lasso(new DensePredictors(dense), y, ResponseFamily.Poisson, Exact), new Lasso(new SparsePredictors(CsrMatrix.FromDense(stored), shared), y, ResponseFamily.Poisson, Exact));
        Assert.Equal(a.LargestPenalty, b.LargestPenalty, 1e-6);
        var (first, second) = (a.Solve(0.1 * a.LargestPenalty), b.Solve(0.1 * a.LargestPenalty));
        Assert.True(first.Selected > 1);
        for (var j = 0; j < 12; j++)
        {
            Assert.Equal(first.Coefficients[j], second.Coefficients[j], 1e-5);
        }
    }

    [Fact]
    public void A_sample_of_weight_zero_is_not_learned_from_but_predicted()
    {
        var data = new SimulatedRegression(60, 10, 4);
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => i < 40 ? 1.0 : 0.0)];
        var options = Exact with { Standardise = false };
        var weighted = new Lasso(new DensePredictors(data.X), data.Counts, ResponseFamily.Poisson, options, weights);
        var alone = new Lasso(new DensePredictors(data.X.SelectRows([.. Enumerable.Range(0, 40)])), data.Counts.AsSpan(0, 40), ResponseFamily.Poisson, options);
        var (a, b) = (weighted.Solve(0.05), alone.Solve(0.05));
        for (var j = 0; j < 10; j++)
        {
            Assert.Equal(b.Coefficients[j], a.Coefficients[j], 1e-6);
        }
        Assert.Equal(Math.Exp(Linear(a, data.X, 50)), weighted.Means[50], 1e-6);
    }

    [Fact]
    public void A_factor_of_infinity_leaves_a_predictor_out_and_one_of_zero_frees_it()
    {
        var data = new SimulatedRegression(100, 8, 5);
        double[] factors = [double.PositiveInfinity, 0, 1, 1, 1, 1, 1, 1];
        var lasso = new Lasso(new DensePredictors(data.X), data.Linear, ResponseFamily.Gaussian, Exact, weights: null, factors);
        var solution = lasso.Solve(lasso.LargestPenalty * 10);
        Assert.Equal(0, solution.Coefficients[0]);
        Assert.Equal([1], Enumerable.Range(0, 8).Where(j => solution.Coefficients[j] != 0));
    }

    [Fact]
    public void A_response_that_does_not_vary_selects_nothing()
    {
        var data = new SimulatedRegression(20, 5, 6);
        foreach (var value in new double[] { 0, 3 })
        {
            var lasso = new Lasso(new DensePredictors(data.X), Enumerable.Repeat(value, 20).ToArray(), ResponseFamily.Poisson);
            Assert.Equal(0, lasso.LargestPenalty);
            Assert.All(lasso.Path(), s => Assert.Equal(0, s.Selected));
            Assert.Equal(value, lasso.Means[7], 1e-9);
        }
    }

    [Fact]
    public void Responses_and_lengths_that_do_not_fit_are_named()
    {
        var x = new DensePredictors(new DenseMatrix(3, 2));
        Assert.StartsWith("The response of sample 1 is -1; expected one that the family can have.", Assert.Throws<ArgumentException>(() => new Lasso(x, [1, -1, 0], ResponseFamily.Poisson)).Message);
        Assert.Equal("There are 2 responses; expected 3, one a sample.", Assert.Throws<ArgumentException>(() => new Lasso(x, [1, 1], ResponseFamily.Poisson)).Message);
        Assert.StartsWith("The weights", Assert.Throws<ArgumentException>(() => new Lasso(x, [1, 1, 2], ResponseFamily.Poisson, weights: [0, 0, 0])).Message);
        Assert.Throws<ArgumentException>(() => new Lasso(x, [1, 1, 2], ResponseFamily.Poisson, new LassoOptions { SmallestShare = 2 }));
    }

    [Fact]
    public void Cross_validation_finds_the_predictors_that_matter_and_chooses_its_least_error()
    {
        var data = new SimulatedRegression(300, 60, 7);
        int[] folds = [.. Enumerable.Range(0, 300).Select(i => i % 5)];
        var chosen = LassoCrossValidation.Run(new DensePredictors(data.X), data.Counts, ResponseFamily.Poisson, folds);
        Assert.All(new[] { 0, 1, 2 }, j => Assert.NotEqual(0, chosen.Solution.Coefficients[j]));
        Assert.Equal(0.5, chosen.Solution.Coefficients[0], 0.1);
        Assert.InRange(chosen.Solution.Selected, 3, 30);
        var best = Array.IndexOf(chosen.Deviances, chosen.Deviances.Min());
        Assert.Equal(chosen.Penalties[best], chosen.Solution.Penalty);
        Assert.True(chosen.Deviances[best] < 0.5 * chosen.Deviances[0]);

        // the error is that of models that have not seen the fold
        var (sum, x) = (0.0, new DensePredictors(data.X));
        for (var fold = 0; fold < 5; fold++)
        {
            var part = new Lasso(x, data.Counts, ResponseFamily.Poisson, weights: Array.ConvertAll(folds, f => f == fold ? 0.0 : 1));
            part.Solve(chosen.Solution.Penalty);
            sum += Enumerable.Range(0, 300).Where(i => folds[i] == fold).Sum(i => ResponseFamily.Poisson.Deviance(data.Counts[i], part.Means[i]));
        }
        Assert.Equal(sum / 300, chosen.Deviances[best], 1e-3);
    }

    [Fact]
    public void Cross_validation_of_noise_selects_next_to_nothing()
    {
        var data = new SimulatedRegression(200, 40, 8);
        var random = new Random(8);
        double[] noise = [.. Enumerable.Range(0, 200).Select(_ => (double)random.Next(4))];
        var chosen = LassoCrossValidation.Run(new DensePredictors(data.X), noise, ResponseFamily.Poisson, [.. Enumerable.Range(0, 200).Select(i => i % 5)]);
        Assert.InRange(chosen.Solution.Selected, 0, 4);
        Assert.Throws<ArgumentException>(() => LassoCrossValidation.Run(new DensePredictors(data.X), noise, ResponseFamily.Poisson, new int[200]));
    }

    private static double Linear(LassoSolution solution, DenseMatrix x, int sample) =>
        solution.Intercept + Enumerable.Range(0, x.Columns).Sum(j => solution.Coefficients[j] * x[sample, j]);
}
