using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Tasks.Composition;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Tasks.Composition;

public class LatentExplanationTests
{
    [Fact]
    public void R2_of_held_out_cells_is_that_of_scikit_learn()
    {
        var (target, reference) = (Random(90, 4, 1), Random(90, 3, 2));
        for (var cell = 0; cell < 90; cell++)
        {
            target[cell, 0] += 2 * reference[cell, 0] - reference[cell, 2] + 5;
            target[cell, 1] += 0.5f * reference[cell, 1];
        }
        var split = Splits.Random(90, 0, 0.3, seed: 7);

        var found = LatentExplanation.Of(target, reference, seed: 7);
        var expected = Peer.Run($"""
            from sklearn.linear_model import LinearRegression
            from sklearn.metrics import r2_score
            y = np.array([{Text(target.Values)}]).reshape(90, 4); x = np.array([{Text(reference.Values)}]).reshape(90, 3)
            train = [{string.Join(",", split.Train)}]; test = [{string.Join(",", split.Test)}]
            fit = LinearRegression().fit(x[train], y[train])
            print(*[repr(float(v)) for v in r2_score(y[test], fit.predict(x[test]), multioutput='raw_values')])
            """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal((63, 27), (found.TrainCells, found.TestCells));
        Assert.Equal(expected, found.R2, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(expected.Average(), found.Mean, 1e-9);
    }

    [Fact]
    public void A_rotated_and_scaled_latent_space_is_explained_wholly_and_noise_not_at_all()
    {
        var reference = Random(2000, 3, 3);
        var turned = new DenseMatrix(2000, 2);
        for (var cell = 0; cell < 2000; cell++)
        {
            turned[cell, 0] = 100 * (reference[cell, 0] - reference[cell, 1]) + 7;
            turned[cell, 1] = 0.01f * reference[cell, 2];
        }

        Assert.All(LatentExplanation.Of(turned, reference).R2, r2 => Assert.Equal(1, r2, 1e-6));
        Assert.InRange(LatentExplanation.Of(Random(2000, 2, 4), reference).Mean, -0.03, 0.03);
    }

    [Fact]
    public void Dimensions_that_repeat_each_other_or_do_not_vary_do_no_harm()
    {
        var plain = Random(300, 2, 5);
        var target = Random(300, 2, 6);
        var repeated = new DenseMatrix(300, 4);
        for (var cell = 0; cell < 300; cell++)
        {
            target[cell, 0] += plain[cell, 1];
            target[cell, 1] = 3;
            (repeated[cell, 0], repeated[cell, 1], repeated[cell, 2], repeated[cell, 3]) = (plain[cell, 0], plain[cell, 1], -2 * plain[cell, 0], 1.5f);
        }

        var found = LatentExplanation.Of(target, repeated);

        Assert.Equal(LatentExplanation.Of(target, plain).R2[0], found.R2[0], 1e-9);
        Assert.True(double.IsNaN(found.R2[1]));
        Assert.Equal(found.R2[0], found.Mean);
    }

    [Fact]
    public void Latent_spaces_of_other_cells_are_refused()
    {
        Assert.Contains("90 and 80", Assert.Throws<ArgumentException>(() => LatentExplanation.Of(Random(90, 2, 1), Random(80, 2, 1))).Message);
        Assert.Contains("5 cells to fit 20", Assert.Throws<ArgumentException>(() => LatentExplanation.Of(Random(7, 2, 1), Random(7, 20, 1))).Message);
    }

    private static DenseMatrix Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return new DenseMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))]);
    }

    private static string Text(float[] values) => string.Join(",", values.Select(value => ((double)value).ToString("R", CultureInfo.InvariantCulture)));
}
