using ScFm.Model.Cells;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tests.Regression.Logistic;

public class LogisticParityTests
{
    private const double CoefficientTolerance = 1e-3;
    private const double ProbabilityTolerance = 2e-3;
    private const double ObjectiveTolerance = 1e-6;

    private static readonly LogisticOptions Exact = new() { Tolerance = 1e-9 };
    private static readonly LogisticOptions AsLiblinear = Exact with { PenaliseIntercept = true };
    private static readonly LogisticOptions AsMultinomial = Exact with { Scheme = LogisticScheme.Multinomial };

    public static TheoryData<double> Cs => [0.1, 1, 100];

    [Theory]
    [MemberData(nameof(Cs))]
    public void Two_classes_are_fitted_as_by_liblinear(double c) => Compare("liblinear", "y", AsLiblinear with { C = c });

    [Theory]
    [MemberData(nameof(Cs))]
    public void Two_classes_are_fitted_as_by_saga(double c) => Compare("saga", "y", Exact with { C = c });

    [Theory]
    [MemberData(nameof(Cs))]
    public void Two_classes_are_one_function_in_either_scheme(double c) => Compare("saga", "y", AsMultinomial with { C = c });

    [Theory]
    [MemberData(nameof(Cs))]
    public void Three_classes_are_fitted_as_by_liblinear(double c) => Compare("ovr_liblinear", "y3", AsLiblinear with { C = c });

    [Theory]
    [MemberData(nameof(Cs))]
    public void Three_classes_are_fitted_as_by_saga(double c) => Compare("multinomial_saga", "y3", AsMultinomial with { C = c });

    private static void Compare(string solver, string labels, LogisticOptions options)
    {
        foreach (var golden in Golden.AllOrSkip("l1_logistic_regression*"))
        {
            var x = golden.Points("X");
            var predictors = CsrMatrix.FromDense(new DenseMatrix(x.Count, x.Dimensions, Array.ConvertAll(golden.Numbers("X"), value => (float)value)));
            int[] classes = Array.ConvertAll(golden.Integers(labels), label => (int)label);
            var prefix = FormattableString.Invariant($"{solver}_C{options.C}.");

            var model = LogisticRegression.Fit(predictors, classes, classes.Max() + 1, options);

            Near(golden.Numbers(prefix + "coef"), model.Coefficients.SelectMany(row => row), CoefficientTolerance);
            // Of a softmax one number may be added to all intercepts.
            Near(Centred(golden.Numbers(prefix + "intercept")), Centred(model.Intercepts), CoefficientTolerance);
            var probabilities = model.Probabilities(predictors);
            Near(golden.Numbers(prefix + "prob"), probabilities.Columns > 2
                ? probabilities.Values.Select(p => (double)p)
                : Enumerable.Range(0, probabilities.Rows).Select(i => (double)probabilities[i, 1]), ProbabilityTolerance);
            if (golden.Has(prefix + "objective"))
            {
                Assert.True(model.Objective <= golden.Number(prefix + "objective") * (1 + ObjectiveTolerance), $"{model.Objective} > {golden.Number(prefix + "objective")}");
            }
            Assert.InRange(model.Gap, -1e-9 * model.Objective, options.Tolerance * model.Objective);
        }
    }

    private static double[] Centred(double[] values) => values.Length == 1 ? values : Array.ConvertAll(values, value => value - values.Average());

    private static void Near(double[] expected, IEnumerable<double> found, double tolerance)
    {
        double[] values = [.. found];
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
