using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class GeneModuleTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_model_s_genes_become_modules_with_a_map_types_of_cells_and_gene_sets()
    {
        using var folder = new TemporaryFolder();
        var notebook = few.Notebook();
        var genes = ((AnnData)notebook["cells"]!).VarNames;
        var sets = folder.Write("sets.gmt", $"SOME\t\t{string.Join('\t', genes.Take(200))}\nOTHER\t\t{string.Join('\t', genes.Skip(200).Take(200))}\n");
        notebook.Run("scvi --linear --epochs 2 --latent 6 --into ldvae");

        var printed = notebook.Printed($"gene-modules --model ldvae --genes 200 --resolution 0.5 --sets \"{sets}\" --rate 1");

        var table = (Table)notebook["gene_modules"]!;
        Assert.Equal(["gene", "module", "centrality", "umap_1", "umap_2"], table.Columns.Select(column => column.Name));
        Assert.Equal(200, table.RowCount);
        Assert.Matches(@"\d+ modules of \d+ of 200 genes; the model knows 200 of the 200 most variable\.", printed);
        Assert.Contains("of the 200 clustered genes, which are the background", printed, StringComparison.Ordinal);
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("modules of 200 genes", StringComparison.Ordinal));
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("Modules by type of cells", StringComparison.Ordinal));
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("most enriched set", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_done_is_told_in_one_sentence()
    {
        var notebook = few.Notebook();
        notebook.Run("scvi --linear --epochs 1 --latent 4 --into ldvae");
        Assert.Contains("There is no column 'tissue'", Failure("gene-modules --model ldvae --labels tissue"), StringComparison.Ordinal);
        Assert.Contains("Neighbours is 1; expected 2 to 10000", Failure("gene-modules --model ldvae --genes 50 --neighbours 1"), StringComparison.Ordinal);
        Assert.Contains("There is no file 'nowhere.gmt'", Failure("gene-modules --model ldvae --sets nowhere.gmt"), StringComparison.Ordinal);

        string Failure(string line) => Assert.Throws<VerbException>(() => notebook.Run(line)).Message;
    }
}
