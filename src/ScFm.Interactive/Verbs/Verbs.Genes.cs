using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string GeneColumn = "gene";

    /// <summary>Finds the genes that vary more between cells than their mean explains, and draws them.</summary>
    /// <param name="cells">The cells; of cells in memory, var gets the columns of the table.</param>
    /// <param name="count">How many genes. Default: 2,000.</param>
    /// <param name="flavour">seurat, cell_ranger or seurat_v3, as in scanpy. Default: seurat.</param>
    /// <param name="batchColumn">The column of obs that tells batches apart. Default: none.</param>
    /// <param name="logNormalised">True where the values are log1p of scaled counts. Default: false, raw counts.</param>
    /// <returns>One row a gene, the chosen ones first in their order.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or a batch has too few genes.</exception>
    /// <exception cref="InvalidDataException">The values are not what they are said to be.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    [Verb("variable-genes", "Finds the genes that vary more than their mean explains.", Into = "variable_genes")]
    public static Table VariableGenes(
        [Option("the cells")] ICellSource cells,
        [Option("how many genes")] int count = 2000,
        [Option("what makes a gene variable", Allowed = ["seurat", "cell_ranger", "seurat_v3"])] string flavour = "seurat",
        [Option("column of obs that tells batches apart (default: none)")] string? batchColumn = null,
        [Option("the values are log1p of scaled counts")] bool logNormalised = false)
    {
        var host = NotebookHost.Current;
        var options = new VariableGeneOptions
        {
            Flavour = Enum.Parse<VariableGeneFlavour>(flavour.Replace("_", ""), ignoreCase: true),
            Count = count,
            BatchKey = batchColumn,
            LogNormalised = logNormalised,
        };
        using var progress = new ProgressLine("Reading cells", cells.CellCount, host: host);
        var found = Model.Cells.VariableGenes.Find(cells, options, Cells(progress), host.Cancellation);
        progress.Complete();
        if (cells is AnnData inMemory)
        {
            inMemory.Var = found.Table.Columns.Where(column => column.Name != GeneColumn).Aggregate(inMemory.Var, (var, column) => var.With(column));
        }
        Show(Plots.VariableGenes(found));
        var ranks = ((NumberColumn)found.Table["rank"]).Values.ToArray();
        return found.Table.Select([.. Enumerable.Range(0, ranks.Length).OrderBy(gene => double.IsNaN(ranks[gene]) ? double.PositiveInfinity : ranks[gene])]);
    }

    /// <summary>Looks for gene sets at the ends of a ranking (prerank GSEA), and draws the one that stands out most.</summary>
    /// <param name="ranking">A table of genes with a score, such as a model's loadings.</param>
    /// <param name="sets">A file of gene sets: .gmt, or one of Enrichr's libraries.</param>
    /// <param name="column">The column of scores. Default: the only column of numbers.</param>
    /// <param name="set">The set to draw. Default: the one of largest normalised score.</param>
    /// <param name="permutations">How many random sets each is compared with. Default: 1,000.</param>
    /// <param name="minSize">Sets with fewer ranked genes are left out. Default: 15.</param>
    /// <param name="maxSize">Sets with more ranked genes are left out. Default: 500.</param>
    /// <param name="weight">The power of the score that a gene's step is proportional to. Default: 1.</param>
    /// <param name="smallP">True to estimate P-values that random sets hardly reach. Default: false.</param>
    /// <param name="seed">Seed of the random sets. Default: 0.</param>
    /// <returns>One row a set, the largest normalised score first.</returns>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file holds no gene sets.</exception>
    /// <exception cref="ArgumentException">The table has no genes or no scores, or no set has enough ranked genes.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column or set.</exception>
    [Verb("enrich", "Looks for gene sets at the ends of a ranking.", Into = "enrichment")]
    public static Table Enrich(
        [Option("table of genes with a score, such as loadings")] Table ranking,
        [Option("file of gene sets: .gmt or an Enrichr library")] string sets,
        [Option("column of scores (default: the only one of numbers)")] string? column = null,
        [Option("set to draw (default: the one of largest normalised score)")] string? set = null,
        [Option("random sets to compare each with")] int permutations = 1000,
        [Option("least number of ranked genes of a set")] int minSize = 15,
        [Option("largest number of ranked genes of a set")] int maxSize = 500,
        [Option("power of the score that a step is proportional to")] double weight = 1,
        [Option("estimate P-values that random sets hardly reach, which takes longer")] bool smallP = false,
        [Option("seed of the random sets")] int seed = 0)
    {
        var (genes, scores) = Ranked(ranking, column);
        var options = new PrerankOptions { Permutations = permutations, MinSize = minSize, MaxSize = maxSize, Weight = weight, SmallPValues = smallP, Seed = seed };
        var report = Prerank.Run(genes, scores, GeneSetFile.Read(sets), options, NotebookHost.Current.Cancellation);
        Say($"{report.Results.Count:N0} sets were looked at, of {genes.Length:N0} ranked genes; {report.LeftOut:N0} have fewer than {minSize} of them or more than {maxSize}.");
        Show(Plots.RunningSum(report, set ?? report.Results[0].Set.Name));
        return report.ToTable();
    }

    /// <summary>The genes and scores of a table; genes without a score are left out.</summary>
    private static (string[] Genes, double[] Scores) Ranked(Table table, string? column)
    {
        var names = table.Find(GeneColumn) ?? table.Columns.FirstOrDefault(one => one is TextColumn or CategoryColumn)
            ?? throw new ArgumentException($"The table has the columns {Listed(table.Columns.Select(one => one.Name))}; expected one of genes, named '{GeneColumn}'.");
        var scores = column is null ? OnlyNumbers(table) : table[column] as NumberColumn
            ?? throw new ArgumentException($"The column '{column}' holds no numbers; expected scores.");
        int[] known = [.. Enumerable.Range(0, table.RowCount).Where(row => !double.IsNaN(scores.Values[row]))];
        return (Array.ConvertAll(known, names.Text), Array.ConvertAll(known, row => scores.Values[row]));
    }

    private static NumberColumn OnlyNumbers(Table table)
    {
        NumberColumn[] numbers = [.. table.Columns.OfType<NumberColumn>()];
        return numbers is [var only] ? only : throw new ArgumentException(
            $"The table has {numbers.Length} columns of numbers ({Listed(numbers.Select(one => one.Name))}); expected one, or the name of the one to rank by.");
    }
}
