using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public class ClusteringParityTests
{
    private const double Tolerance = 1e-10;

    private static readonly Dictionary<string, Func<Golden, double>> Scores = new()
    {
        ["nmi_arithmetic"] = c => Nmi(c, InformationAverage.Arithmetic),
        ["nmi_max"] = c => Nmi(c, InformationAverage.Maximum),
        ["nmi_min"] = c => Nmi(c, InformationAverage.Minimum),
        ["nmi_geometric"] = c => Nmi(c, InformationAverage.Geometric),
        ["mutual_info"] = c => ClusterAgreement.MutualInformation(True(c), Found(c)),
        ["ami"] = c => ClusterAgreement.AdjustedMutualInformation(True(c), Found(c)),
        ["ari"] = c => ClusterAgreement.AdjustedRandIndex(True(c), Found(c)),
        ["homogeneity"] = c => ClusterAgreement.Homogeneity(True(c), Found(c)),
        ["completeness"] = c => ClusterAgreement.Completeness(True(c), Found(c)),
        ["v_measure"] = c => ClusterAgreement.VMeasure(True(c), Found(c)),
        ["silhouette_true"] = c => Silhouette.Mean(c.Points("X"), True(c)),
        ["silhouette_pred"] = c => Silhouette.Mean(c.Points("X"), Found(c)),
        ["silhouette_cosine"] = c => Silhouette.Mean(c.Points("X"), True(c), DistanceMetric.Cosine),
        ["calinski_harabasz_true"] = c => ClusterSeparation.CalinskiHarabasz(c.Points("X"), True(c)),
        ["calinski_harabasz_pred"] = c => ClusterSeparation.CalinskiHarabasz(c.Points("X"), Found(c)),
        ["davies_bouldin"] = c => ClusterSeparation.DaviesBouldin(c.Points("X"), True(c)),
    };

    public static TheoryData<string> Names => [.. Scores.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_score_is_that_of_scikit_learn(string name)
    {
        var covered = 0;
        foreach (var golden in Golden.AllOrSkip("metrics_clustering*").Where(c => c.Has(name)))
        {
            var expected = golden.Number(name);
            Assert.Equal(expected, Scores[name](golden), Tolerance * Math.Max(1e-3, Math.Abs(expected)));
            covered++;
        }
        Assert.True(covered > 0, $"No fixture has {name}.");
    }

    [Theory]
    [InlineData("silhouette_samples", "labels_true")]
    [InlineData("silhouette_samples_singleton", "labels_with_singleton")]
    public void Silhouettes_of_single_points_are_those_of_scikit_learn(string name, string labels)
    {
        foreach (var golden in Golden.AllOrSkip("metrics_clustering*"))
        {
            var found = Silhouette.Samples(golden.Points("X"), golden.Integers(labels));

            Assert.All(golden.Numbers(name).Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    [Fact]
    public void Degenerate_labels_score_as_in_scikit_learn()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_clustering*"))
        {
            var labels = True(golden);
            var constant = new long[labels.Length];
            long[] distinct = [.. Enumerable.Range(0, labels.Length)];

            double[] found =
            [
                ClusterAgreement.NormalisedMutualInformation(constant, constant),
                ClusterAgreement.NormalisedMutualInformation(constant, labels),
                ClusterAgreement.AdjustedRandIndex(constant, constant),
                ClusterAgreement.AdjustedRandIndex(constant, distinct),
                ClusterAgreement.AdjustedRandIndex(distinct, distinct),
                ClusterAgreement.NormalisedMutualInformation(distinct, distinct),
            ];

            Assert.All(golden.Numbers("degenerate").Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    [Fact]
    public void Labels_may_be_renamed_without_changing_a_score()
    {
        string[] a = ["B", "B", "T", "T", "NK", "T"];
        int[] b = [4, 4, 1, 1, 1, 0];

        Assert.Equal(ClusterAgreement.AdjustedRandIndex([0, 0, 1, 1, 2, 1], ["x", "x", "y", "y", "y", "z"]), ClusterAgreement.AdjustedRandIndex(a, b), 1e-15);
        Assert.Equal(1, ClusterAgreement.NormalisedMutualInformation(a, ["3", "3", "2", "2", "1", "2"]), 1e-12);
    }

    [Fact]
    public void Labellings_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ClusterAgreement.AdjustedRandIndex([1, 2, 3], [1, 2]));

        Assert.Contains("3 and 2", error.Message);
    }

    [Fact]
    public void A_single_group_has_no_silhouette() =>
        Assert.Contains("1 different labels", Assert.Throws<ArgumentException>(() => Silhouette.Mean(new Points(3, 1, [1, 2, 3]), [0, 0, 0])).Message);

    private static long[] True(Golden golden) => golden.Integers("labels_true");

    private static long[] Found(Golden golden) => golden.Integers("labels_pred");

    private static double Nmi(Golden golden, InformationAverage average) =>
        ClusterAgreement.NormalisedMutualInformation(True(golden), Found(golden), average);
}
