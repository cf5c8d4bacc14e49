using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Tests.Graphs;
using ScFm.Model.Tests.Regression;

namespace ScFm.Model.Tests.Metrics;

public sealed class ProcrustesTests
{
    [Fact]
    public void A_shape_that_was_turned_scaled_and_moved_is_the_same_shape()
    {
        var points = Blobs.Make(40, 2, 3, 1);
        var turned = new DenseMatrix(40, 2);
        for (var i = 0; i < 40; i++)
        {
            (turned[i, 0], turned[i, 1]) = (3 * (0.6f * points[i, 0] - 0.8f * points[i, 1]) + 5, 3 * (0.8f * points[i, 0] + 0.6f * points[i, 1]) - 1);
        }
        Assert.InRange(Procrustes.Disparity(points, turned), 0, 1e-10);
        Assert.InRange(Procrustes.Disparity(points, Blobs.Make(40, 2, 3, 2)), 0.05, 1);
    }

    [Fact]
    public void The_disparity_is_scipy_s()
    {
        var (a, b) = (Blobs.Make(20, 3, 2, 3), Blobs.Make(20, 3, 4, 4));
        var peer = Peer.Run($"from scipy.spatial import procrustes\nprint(procrustes({SimulatedRegression.Python(a)}, {SimulatedRegression.Python(b)})[2])");
        Assert.Equal(SimulatedRegression.Numbers(peer)[0], Procrustes.Disparity(a, b), 1e-6);
    }

    [Fact]
    public void Points_that_coincide_have_no_shape()
    {
        Assert.Equal(0, Procrustes.Disparity(new DenseMatrix(4, 2), new DenseMatrix(4, 2)));
        Assert.Equal(1, Procrustes.Disparity(new DenseMatrix(4, 2), Blobs.Make(4, 2, 1, 5)));
        Assert.Throws<ArgumentException>(() => Procrustes.Disparity(new DenseMatrix(4, 2), new DenseMatrix(4, 3)));
    }
}
