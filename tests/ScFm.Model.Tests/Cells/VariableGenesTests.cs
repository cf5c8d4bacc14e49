using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class VariableGenesTests
{
    [Theory]
    [InlineData("seurat", VariableGeneFlavour.Seurat, false, 1e-6)]
    [InlineData("seurat_batch", VariableGeneFlavour.Seurat, true, 1e-6)]
    [InlineData("cell_ranger", VariableGeneFlavour.CellRanger, false, 1e-6)]
    [InlineData("cell_ranger_batch", VariableGeneFlavour.CellRanger, true, 1e-6)]
    [InlineData("seurat_v3", VariableGeneFlavour.SeuratV3, false, 1e-5)]
    [InlineData("seurat_v3_batch", VariableGeneFlavour.SeuratV3, true, 1e-5)]
    public void All_numbers_and_the_chosen_genes_are_those_of_scanpy(string name, VariableGeneFlavour flavour, bool batches, double tolerance)
    {
        var golden = Golden.Read("hvg");
        var v3 = flavour == VariableGeneFlavour.SeuratV3;
        var cells = Cells(golden, withoutEmptyGene: flavour == VariableGeneFlavour.CellRanger);
        var count = Chosen(golden, name).Count(one => one);

        var found = VariableGenes.Find(cells, new() { Flavour = flavour, Count = count, BatchKey = batches ? "batch" : null });

        Near(golden.Numbers($"{name}.means"), found.Table, "means", 1e-6);
        Near(golden.Numbers($"{name}.{(v3 ? "variances" : "dispersions")}"), found.Table, v3 ? "variances" : "dispersions", 1e-6);
        var normalised = v3 ? "variances_norm" : "dispersions_norm";
        Near(golden.Numbers($"{name}.{normalised}"), found.Table, normalised, tolerance);
        Assert.Equal(Indices(Chosen(golden, name)), found.Indices);
        if (v3)
        {
            Near(golden.Numbers($"{name}.rank"), found.Table, "rank", 0);
        }
    }

    [Fact]
    public void Without_a_count_the_limits_choose_as_in_scanpy()
    {
        var golden = Golden.Read("hvg");

        var found = VariableGenes.Find(Cells(golden, withoutEmptyGene: false), new() { Count = null });

        Assert.Equal(Indices(Chosen(golden, "seurat_default")), found.Indices);
    }

    [Theory]
    [InlineData(VariableGeneFlavour.Seurat)]
    [InlineData(VariableGeneFlavour.CellRanger)]
    public void Counts_and_their_log_normalised_values_give_the_same(VariableGeneFlavour flavour)
    {
        var cells = AnnDataReader.Read(TestFolders.Sample);

        var ofCounts = VariableGenes.Find(cells, new() { Flavour = flavour, Count = 200 });
        var ofLogs = VariableGenes.Find(Normalisation.LogNormalise(cells), new() { Flavour = flavour, Count = 200, LogNormalised = true });

        // the logarithms are rounded to float32, which may exchange neighbours at the boundary
        Assert.True(ofCounts.Indices.Intersect(ofLogs.Indices).Count() >= 198);
    }

    [Theory]
    [InlineData(VariableGeneFlavour.Seurat)]
    [InlineData(VariableGeneFlavour.SeuratV3)]
    public void Cells_read_block_by_block_give_the_numbers_of_cells_in_memory(VariableGeneFlavour flavour)
    {
        var few = AnnDataReader.Read(TestFolders.Sample);
        var many = few.SelectCells([.. Enumerable.Range(0, 9000).Select(i => i * 7 % few.CellCount)]);
        var options = new VariableGeneOptions { Flavour = flavour, Count = 300 };
        var source = new ReadByBlock(many);

        var found = VariableGenes.Find(source, options);

        // more cells than a block holds, in the order of the cells: sums are the same to the last bit however they are read
        Assert.Equal(VariableGenes.Find(many, options).Table.ToCsv(), found.Table.ToCsv());
        Assert.InRange(source.Largest, 1, 8999);
        Assert.Equal(flavour == VariableGeneFlavour.SeuratV3 ? 18_000 : 9000, source.Read);
    }

    [Fact]
    public void A_gene_that_only_tells_batches_apart_is_not_chosen_with_batches()
    {
        var random = new Random(4);
        var counts = new DenseMatrix(400, 60);
        for (var cell = 0; cell < 400; cell++)
        {
            for (var gene = 0; gene < 60; gene++)
            {
                var mean = gene == 0 ? (cell < 200 ? 1 : 40) : gene == 1 ? (cell % 2 == 0 ? 2 : 30) : 5 + gene % 20;
                counts[cell, gene] = MathNet.Numerics.Distributions.Poisson.Sample(random, mean);
            }
        }
        var cells = Named(CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, 400).Select(cell => cell < 200 ? "first" : "second")]);

        Assert.Equal([0, 1], VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, Count = 2, Span = 0.8 }).Indices);
        Assert.Equal([1], VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, Count = 1, Span = 0.8, BatchKey = "batch" }).Indices);
        Assert.DoesNotContain(0, VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, Count = 2, Span = 0.8, BatchKey = "batch" }).Indices);
    }

    [Fact]
    public void What_cannot_be_done_is_said_in_one_sentence()
    {
        var cells = AnnDataReader.Read(TestFolders.Sample);

        Assert.Contains("log-normalised", Assert.Throws<InvalidDataException>(() => VariableGenes.Find(Normalisation.LogNormalise(cells))).Message);
        Assert.Contains("donor", Assert.Throws<KeyNotFoundException>(() => VariableGenes.Find(cells, new() { BatchKey = "donor" })).Message);
        Assert.Contains("Count is 0", Assert.Throws<ArgumentException>(() => VariableGenes.Find(cells, new() { Count = 0 })).Message);
        Assert.Contains("raw counts", Assert.Throws<ArgumentException>(() => VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, LogNormalised = true })).Message);
        Assert.Contains("2 genes that vary", Assert.Throws<ArgumentException>(() => VariableGenes.Find(
            Named(CsrMatrix.FromDense(new DenseMatrix(2, 2, [1, 2, 3, 5])), ["a", "a"]), new() { Flavour = VariableGeneFlavour.SeuratV3 })).Message);
    }

    private static AnnData Cells(Golden golden, bool withoutEmptyGene)
    {
        var shape = golden["counts"].shape;
        var counts = CsrMatrix.FromDense(new DenseMatrix((int)shape[0], (int)shape[1], Array.ConvertAll(golden.Numbers("counts"), value => (float)value)));
        var cells = Named(counts, [.. golden.Integers("batch").Select(batch => $"batch {batch}")]);
        return withoutEmptyGene ? cells.SelectGenes([.. Enumerable.Range(0, cells.GeneCount).Where(gene => gene != 5)]) : cells;
    }

    private static AnnData Named(CsrMatrix counts, string[] batches) => new(
        counts, [.. Enumerable.Range(0, counts.Rows).Select(i => $"c{i}")], [.. Enumerable.Range(0, counts.Columns).Select(i => $"g{i}")],
        new Table(CategoryColumn.FromLabels("batch", batches)));

    private static bool[] Chosen(Golden golden, string name) => golden[$"{name}.highly_variable"].data<bool>().ToArray();

    private static int[] Indices(bool[] chosen) => [.. Enumerable.Range(0, chosen.Length).Where(gene => chosen[gene])];

    private static void Near(double[] expected, Table found, string column, double tolerance)
    {
        var values = ((NumberColumn)found[column]).Values;
        for (var gene = 0; gene < expected.Length; gene++)
        {
            Assert.True(double.IsNaN(expected[gene]) ? double.IsNaN(values[gene]) : Math.Abs(expected[gene] - values[gene]) <= tolerance * Math.Abs(expected[gene]) + 1e-12,
                $"{column} of gene {gene} is {values[gene]}; expected {expected[gene]}");
        }
    }

    private sealed class ReadByBlock(AnnData cells) : ICellSource
    {
        public int Largest { get; private set; }

        public int Read { get; private set; }

        public string Name => "blocks";

        public string Identity => "blocks";

        public int CellCount => cells.CellCount;

        public string[] ObsNames => cells.ObsNames;

        public string[] VarNames => cells.VarNames;

        public Table Obs => cells.Obs;

        CsrMatrix ICellSource.Read(ReadOnlySpan<int> which, CancellationToken cancellation)
        {
            (Largest, Read) = (Math.Max(Largest, which.Length), Read + which.Length);
            return cells.X.SelectRows(which);
        }
    }
}
