using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

public class ConnectivitiesTests
{
    [Fact]
    public void Weights_are_symmetric_and_every_cell_is_sure_of_its_nearest()
    {
        var neighbours = Neighbours.Find(Blobs.Make(300, 5, 3, 9), new() { Count = 10 });

        var graph = Blobs.Dense(Connectivities.From(neighbours));

        for (var cell = 0; cell < 300; cell++)
        {
            Assert.Equal(0, graph[cell, cell]);
            Assert.Equal(1, graph[cell, neighbours.Of(cell)[1]], 1e-6);
            for (var other = 0; other < cell; other++)
            {
                Assert.Equal(graph[cell, other], graph[other, cell]);
                Assert.InRange(graph[cell, other], 0, 1);
            }
        }
    }

    [Fact]
    public void Cells_that_coincide_have_finite_weights()
    {
        var graph = Connectivities.From(Neighbours.Find(new ScFm.Model.Cells.DenseMatrix(30, 2)));

        Assert.All(graph.Values, w => Assert.Equal(1, w));
    }
}
