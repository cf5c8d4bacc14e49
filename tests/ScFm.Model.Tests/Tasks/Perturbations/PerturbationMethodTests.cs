using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Screens;
using ScFm.Model.Tasks.Perturbations;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Tests.Screens;

namespace ScFm.Model.Tests.Tasks.Perturbations;

/// <summary>What methods that learn little predict, by hand and where the answer is known.</summary>
public sealed class PerturbationMethodTests
{
    // Counts of one total, so that changes can be told from means; one context.
    private static readonly PerturbationScreen Screen = Of(("ctrl", [10, 10, 10, 10, 10, 50]), ("CEBPE", [0, 10, 10, 10, 20, 50]), ("ETS2", [10, 0, 10, 10, 10, 60]), ("KLF1", [10, 10, 0, 20, 10, 50]), ("CEBPE+ETS2", [0, 0, 10, 10, 25, 55]), ("CEBPE+MYC", [0, 10, 5, 0, 25, 60]));

    private static PerturbationScreen Of(params (string Label, float[] Counts)[] conditions) => ScreenReader.Read(
        LabelledCounts.Of([.. conditions.SelectMany(one => LabelledCounts.Times(2, one.Label))], counts: cell => conditions[cell / 2].Counts), new() { FewestCells = 2 });

    private static PerturbedGroup Group(string name) => Screen.Groups.Single(group => Screen.NameOf(group) == name);

    private static PerturbationSplit Split(string[] training, params string[] test) => new("by hand", [.. training.Select(Group)], [], [.. test.Select(Group)]);

    private static void Predicts(IPerturbationMethod method, PerturbationSplit split, params double[] change)
    {
        var predicted = method.Predict(Screen, split, 0, default).Single().Mean;
        Assert.Equal(Screen.ControlMean(0).Zip(change, (control, by) => (float)(control + by)), predicted, (one, other) => Math.Abs(one - other) < 1e-5);
    }

    private static double[] Sum(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];

    [Fact]
    public void No_change_is_the_mean_of_the_control_cells() => Predicts(new NoChangeMethod(), Split(["CEBPE"], "ETS2"), new double[6]);

    [Fact]
    public void The_mean_of_perturbations_counts_each_alike() =>
        Predicts(new MeanEffectMethod(), Split(["CEBPE", "ETS2"], "KLF1"), [.. Sum(Screen.Change(Group("CEBPE")), Screen.Change(Group("ETS2"))).Select(sum => sum / 2)]);

    [Fact]
    public void The_additive_method_sums_what_each_does_alone_and_takes_the_mean_of_the_singles_for_what_is_not_known()
    {
        Predicts(new AdditiveMethod(), Split(["CEBPE", "ETS2", "KLF1"], "CEBPE+ETS2"), Sum(Screen.Change(Group("CEBPE")), Screen.Change(Group("ETS2"))));
        double[] mean = [.. Sum(Screen.Change(Group("CEBPE")), Screen.Change(Group("ETS2"))).Select(sum => sum / 2)];
        Predicts(new AdditiveMethod(), Split(["CEBPE", "ETS2"], "CEBPE+MYC"), Sum(Screen.Change(Group("CEBPE")), mean));
        Predicts(new AdditiveMethod(), Split(["CEBPE", "ETS2", "CEBPE+ETS2"], "CEBPE+MYC"), Sum(Screen.Change(Group("CEBPE")), mean)); // a pair does more than one target
        Predicts(new AdditiveMethod(), Split(["CEBPE+ETS2"], "KLF1"), Screen.Change(Group("CEBPE+ETS2"))); // where no single is known
    }

    [Fact]
    public void The_linear_method_solves_its_two_sided_ridge()
    {
        // With every gene its own embedding on the perturbed side the weights must solve (G'G + l)W(P'P + l) = G'(Y - b)P.
        string[] training = ["CEBPE", "ETS2", "KLF1"];
        var options = new LinearOptions { Components = 2, Penalty = 0.5, Vectors = new GeneVectors(["CEBPE", "ETS2", "KLF1", "MYC"], new DenseMatrix(4, 2, [1, 0, 0, 1, 1, 1, 0.5f, 2])), VectorsName = "made up" };
        Assert.Equal("linear, made up", new LinearMethod(options).Name);
        var output = Peer.Run($"""
            X = np.array({Rows([.. training.Select(name => Screen.Mean(Group(name))), Screen.ControlMean(0)])}).T
            Y = np.array({Rows([.. training.Select(name => Array.ConvertAll(Screen.Change(Group(name)), value => (float)value))])}).T
            P = np.array([[1.,0],[0,1],[1,1]])
            U, S, V = np.linalg.svd(X - X.mean(0), full_matrices=False)
            G = U[:, :2] * S[:2]
            b = Y.mean(1, keepdims=True)
            W = np.linalg.solve(G.T @ G + 0.5 * np.eye(2), G.T @ (Y - b) @ P) @ np.linalg.inv(P.T @ P + 0.5 * np.eye(2))
            print(' '.join(repr(float(v)) for v in (G @ W @ np.array([1.5, 2]))[:] + b[:, 0]))
            """); // CEBPE + MYC
        Predicts(new LinearMethod(options), Split(training, "CEBPE+MYC"), [.. output.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))]);

        static string Rows(float[][] rows) => "[" + string.Join(',', rows.Select(row => "[" + string.Join(',', row.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "]")) + "]";
    }

    [Fact]
    public void The_linear_method_predicts_the_mean_of_what_has_no_embedding()
    {
        var options = new LinearOptions { Vectors = new GeneVectors(["CEBPE", "ETS2"], new DenseMatrix(2, 1, [1, 2])) };
        Predicts(new LinearMethod(options), Split(["CEBPE", "ETS2"], "KLF1"), [.. Sum(Screen.Change(Group("CEBPE")), Screen.Change(Group("ETS2"))).Select(sum => sum / 2)]);
    }

    [Fact]
    public void A_condition_that_is_known_from_another_context_does_there_what_it_did_here()
    {
        float[][] counts = [[10, 10, 10, 10, 10, 50], [0, 10, 10, 10, 20, 50], [10, 10, 10, 10, 20, 40], [0, 10, 10, 10, 40, 30]];
        var screen = ScreenReader.Read(LabelledCounts.Of(LabelledCounts.Times(2, "ctrl", "CEBPE", "ctrl", "CEBPE"), [.. LabelledCounts.Times(4, "B", "T")], cell => counts[cell / 2]), new() { FewestCells = 2, Context = "type" });
        var split = PerturbationSplits.WithoutContext(screen, "T");
        var predicted = new AdditiveMethod().Predict(screen, split, 0, default).Single().Mean;
        Assert.Equal(screen.ControlMean(1).Zip(screen.Change(split.Training[0]), (control, change) => (float)(control + change)), predicted, (one, other) => Math.Abs(one - other) < 1e-5);
        Assert.Equal(predicted, new MeanEffectMethod().Predict(screen, split, 0, default).Single().Mean);
    }
}
