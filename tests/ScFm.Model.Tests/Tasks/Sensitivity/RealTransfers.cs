using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>Transfers between real samples and cells whose classes are known on both sides.</summary>
internal static class RealTransfers
{
    private static readonly string[] Lines = ["H1975", "H2228", "HCC827"];

    /// <summary>Glioblastoma slices under panobinostat or vehicle: each patient's cells told by those of the others.</summary>
    public static IReadOnlyList<TransferProblem> Patients()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("gbm-panobinostat"), new ReadOptions { CellTable = TestFolders.Real("gbm-panobinostat/cells.tsv") });
        return CellTransfer.LeaveOneOut(cells, "patient_id", new() { Label = "condition", Positive = "panobinostat" });
    }

    /// <summary>Cell lines on two plates: each line against the others.</summary>
    /// <param name="genes">How many genes.</param>
    public static IReadOnlyList<TransferProblem> Plates(int genes)
    {
        var (first, second) = (Plate("sc_celseq2_5cl_p1"), Plate("sc_celseq2_5cl_p2"));
        return [.. ((string[])["A549", "H838", .. Lines]).Select(line => CellTransfer.Of(line, first, second, new() { Label = "cell_line_demuxlet", Positive = line, Genes = genes }))];
    }

    /// <summary>Mixtures of the RNA of three cell lines, by the line that most of it is of, and single cells: each line against the others.</summary>
    /// <remarks>In the tables of the mixtures the shares of H2228 and HCC827 stand in each other's column: what they call H2228 is expressed like the single cells of HCC827.</remarks>
    /// <param name="mixtures">The file of the mixtures.</param>
    /// <param name="genes">How many genes.</param>
    /// <param name="asNamed">True to take the columns by their names all the same. Default: false.</param>
    public static IReadOnlyList<TransferProblem> Mixtures(string mixtures, int genes, bool asNamed = false)
    {
        var (samples, cells) = (Plate(mixtures), Plate("sc_celseq2"));
        string[] columns = asNamed ? Lines : [Lines[0], Lines[2], Lines[1]];
        double[][] shares = [.. columns.Select(line => ((NumberColumn)samples.Obs[line + "_prop"]).Values.ToArray())];
        string?[] most = [.. Enumerable.Range(0, samples.CellCount).Select(sample => Lines.Where((_, line) => shares[line][sample] > 0.5).FirstOrDefault())];
        samples.Obs = samples.Obs.With(CategoryColumn.FromLabels("cell_line", most));
        samples = samples.SelectCells([.. Enumerable.Range(0, most.Length).Where(sample => most[sample] is not null)]); // equal parts of all lines are of none
        return [.. Lines.Select(line => CellTransfer.Of(line, samples, cells, new() { Label = "cell_line", Positive = line, Genes = genes }))];
    }

    private static AnnData Plate(string name) => AnnDataReader.Read(
        TestFolders.Real($"lung-cell-lines/{name}.count.csv.gz"), new ReadOptions { CellTable = TestFolders.Real($"lung-cell-lines/{name}.metadata.csv.gz") });
}
