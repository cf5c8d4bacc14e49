using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class StreamedCellsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CsrMatrix counts = CsrMatrix.FromDense(new DenseMatrix(5, 3, [0, 1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 4, 5, 6, 7]));
    private readonly DenseMatrix vectors = new(5, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    private string Output => folder.File("a.h5ad");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(5, true)]
    public void Blocks_of_any_size_are_read_back_as_one(int size, bool compress)
    {
        AnnDataWriter.Write(Cells(size), Output, compress);
        var read = AnnDataReader.Read(Output);
        Assert.Equal(counts.Values, read.X.Values);
        Assert.Equal(counts.Indices, read.X.Indices);
        Assert.Equal(counts.Offsets, read.X.Offsets);
        Assert.Equal(vectors.Values, read.Obsm["X_v"].Values);
        Assert.Equal(counts.ToDense().Values, read.Layers["dense"].ToDense().Values);
        Assert.Equal(counts.Values, read.Layers["sparse"].Values);
        Assert.Equal(("kept", 3L), (read.Uns["note"], ((IntegerColumn)read.Obs["n"]).Values[2]));
        Assert.Equal("p q r", string.Join(" ", ((TextColumn)read.Var["id"]).Values.ToArray()));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Python_finds_every_part()
    {
        AnnDataWriter.Write(Cells(2), Output);
        var seen = Peer.Run($"""
            a = anndata.read_h5ad('{Output}')
            print(a.X.toarray().tolist(), a.obsm['X_v'].tolist())
            print(a.layers['dense'].tolist() == a.X.toarray().tolist(), (a.layers['sparse'] != a.X).nnz, a.obs['n'].tolist(), a.var['id'].tolist(), a.uns['note'])
            """).TrimEnd().Split('\n');
        Assert.Equal(
            [
                "[[0.0, 1.0, 2.0], [0.0, 0.0, 0.0], [3.0, 0.0, 0.0], [0.0, 0.0, 4.0], [5.0, 6.0, 7.0]] [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0], [9.0, 10.0]]",
                "True 0 [1, 2, 3, 4, 5] ['p', 'q', 'r'] kept",
            ],
            seen);
    }

    [Fact]
    public void A_matrix_that_does_not_fit_is_named_and_no_file_is_left()
    {
        var cells = Cells(2);
        void Expect(string message, StreamedCells wrong) => Assert.Equal(message, Assert.Throws<ArgumentException>(() => AnnDataWriter.Write(wrong, Output)).Message);
        Expect("'X' has 4 rows; expected 5.", cells with { X = new StreamedDense(3, [new DenseMatrix(4, 3)]) });
        Expect("'X' has 6 rows; expected 5.", cells with { X = new StreamedSparse(3, [counts, counts.SelectRows([0])]) });
        Expect("'X' has 2 columns; expected 3.", cells with { X = new StreamedDense(2, [vectors]) });
        Expect("'X_v' has 3 columns in a block; expected 2.", cells with { Obsm = new Dictionary<string, StreamedDense> { ["X_v"] = new(2, [new DenseMatrix(5, 3)]) } });
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Another_file_can_be_written_while_a_block_is_made()
    {
        IEnumerable<DenseMatrix> Blocks()
        {
            Task.Run(() => AnnDataWriter.Write(new AnnData(counts, ["a", "b", "c", "d", "e"], ["P", "Q", "R"]), folder.File("other.h5ad"))).Wait();
            yield return new DenseMatrix(5, 3);
        }
        AnnDataWriter.Write(Cells(2) with { X = new StreamedDense(3, Blocks()) }, Output);
        Assert.Equal(counts.Values, AnnDataReader.Read(folder.File("other.h5ad")).X.Values);
    }

    [Fact]
    public void A_cancelled_writing_leaves_the_file_as_it_was()
    {
        File.WriteAllText(Output, "before");
        using var cancelling = new CancellationTokenSource();
        IEnumerable<DenseMatrix> Blocks()
        {
            cancelling.Cancel();
            yield return new DenseMatrix(5, 3);
        }
        Assert.ThrowsAny<OperationCanceledException>(() => AnnDataWriter.Write(Cells(2) with { X = new StreamedDense(3, Blocks()) }, Output, cancellation: cancelling.Token));
        Assert.Equal("before", File.ReadAllText(Output));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private StreamedCells Cells(int size) => new()
    {
        ObsNames = ["a", "b", "c", "d", "e"],
        VarNames = ["P", "Q", "R"],
        Obs = new Table(new IntegerColumn("n", [1, 2, 3, 4, 5])),
        Var = new Table(new TextColumn("id", ["p", "q", "r"])),
        Uns = new Dictionary<string, object> { ["note"] = "kept" },
        X = new StreamedSparse(3, Blocks(size)),
        Obsm = new Dictionary<string, StreamedDense> { ["X_v"] = new(2, Rows(size).Select(rows => vectors.SelectRows(rows))) },
        Layers = new Dictionary<string, StreamedMatrix> { ["dense"] = new StreamedDense(3, Blocks(size).Select(block => block.ToDense())), ["sparse"] = new StreamedSparse(3, Blocks(size)) },
    };

    private static IEnumerable<int[]> Rows(int size) => Enumerable.Range(0, 5).Chunk(size);

    private IEnumerable<CsrMatrix> Blocks(int size) => Rows(size).Select(rows => counts.SelectRows(rows));
}
