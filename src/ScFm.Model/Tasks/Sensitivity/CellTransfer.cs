using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Makes problems of samples and cells: their genes joined by name, log1p of counts per 10,000, and where there is a model its embedding.</summary>
/// <example><code>
/// var problem = CellTransfer.Of("etoposide", cellLines, cells, new() { Source = new() { Kind = SampleKind.Bulk } }, model);
/// var study = SensitivityStudy.Run([problem], [new PrevalenceMethod(), new LogisticMethod("expression"), new ScadMethod("embedding")]);
/// </code></example>
public static class CellTransfer
{
    /// <summary>The name of the table of expression.</summary>
    public const string Expression = "expression";

    /// <summary>The name of the table of embeddings.</summary>
    public const string Embedding = "scFoundation";

    /// <summary>One problem: from the samples of one source to the cells of another.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="source">Samples whose class is learnt from.</param>
    /// <param name="target">Cells whose class is asked about.</param>
    /// <param name="options">Labels, genes and what the values are. Default: see there.</param>
    /// <param name="model">A model whose embedding is a further table. Default: none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a domain has one class alone.</exception>
    /// <exception cref="InvalidDataException">No gene is in both, a label is missing, or values are not what the options say.</exception>
    public static TransferProblem Of(string name, AnnData source, AnnData target, TransferOptions? options = null, ScFoundationModel? model = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var positive = options.Positive ?? ClassLabels.Positive(source, "source", options.Label);
        var (from, to) = (Side(source, "source", options, positive), Side(target, "target", options, positive));
        List<TransferTable> tables = [ExpressionTable(source, target, options, cancellation)];
        if (model is not null)
        {
            tables.Add(new TransferTable(Embedding, Embed(model, source, options.Source, default, cancellation), Embed(model, target, options.Target, options.TargetDepth, cancellation), options.StandardiseEmbedding));
        }
        return new TransferProblem(name, positive, from, to, tables);
    }

    /// <summary>A problem a group of cells: from all other groups to this one, such as from other patients to each patient.</summary>
    /// <param name="cells">Cells with their class.</param>
    /// <param name="by">The column of obs that tells groups apart.</param>
    /// <param name="options">Labels, genes and what the values are, as of the target. Default: see there.</param>
    /// <param name="model">A model whose embedding is a further table. Default: none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Problems by the groups' names, in ordinal order.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or a group has one class alone.</exception>
    /// <exception cref="InvalidDataException">There is no such column, or fewer than two groups; a label is missing, or values are not what the options say.</exception>
    public static IReadOnlyList<TransferProblem> LeaveOneOut(AnnData cells, string by, TransferOptions? options = null, ScFoundationModel? model = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var groups = ColumnLabels.Of(RequiredColumn.Of(cells.Obs, by, "The column of groups is"));
        string[] names = [.. groups.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (names.Length < 2)
        {
            throw new InvalidDataException($"The column '{by}' has {names.Length} groups; expected at least 2, to leave each out in turn.");
        }
        var positive = options.Positive ?? ClassLabels.Positive(cells, "source", options.Label);
        var (all, rows) = (Side(cells, "cells", options, positive), Logged(cells, options.Target).X);
        var vectors = model is null ? null : Embed(model, cells, options.Target, options.TargetDepth, cancellation);
        return [.. names.Select(name =>
        {
            int[] source = [.. Enumerable.Range(0, groups.Length).Where(cell => groups[cell] is { } group && group != name)], target = [.. Enumerable.Range(0, groups.Length).Where(cell => groups[cell] == name)];
            List<TransferTable> tables = [Chosen(rows.SelectRows(source), rows.SelectRows(target), cells.VarNames, options, cancellation)];
            if (vectors is not null)
            {
                tables.Add(new TransferTable(Embedding, vectors.SelectRows(source), vectors.SelectRows(target), options.StandardiseEmbedding));
            }
            return new TransferProblem(name, positive, Some(all, source), Some(all, target), tables);
        })];
    }

    private static TransferSide Side(AnnData cells, string what, TransferOptions options, string positive) => new(cells.ObsNames, ClassLabels.Of(cells, what, options.Label, positive));

    private static TransferSide Some(TransferSide side, int[] places) => new([.. places.Select(place => side.Names[place])], [.. places.Select(place => side.Labels[place])]);

    /// <summary>Expression of the genes that both have, or those of them that vary most in the source.</summary>
    /// <exception cref="InvalidDataException">No gene is in both, or values are not what the options say.</exception>
    internal static TransferTable ExpressionTable(AnnData source, AnnData target, TransferOptions options, CancellationToken cancellation)
    {
        var joined = Corpus.Join([Corpus.Of(Logged(source, options.Source), "source"), Corpus.Of(Logged(target, options.Target), "target")]);
        int[] Cells(int from, int count) => [.. Enumerable.Range(from, count)];
        return Chosen(joined.Read(Cells(0, source.CellCount), cancellation), joined.Read(Cells(source.CellCount, target.CellCount), cancellation), joined.VarNames, options, cancellation);
    }

    private static AnnData Logged(AnnData cells, InputOptions input) => input.Scale == ValueScale.Counts ? Normalisation.LogNormalise(cells) : cells;

    /// <summary>Genes are chosen by the source alone: no cell that is scored has a say in it.</summary>
    private static TransferTable Chosen(CsrMatrix source, CsrMatrix target, string[] genes, TransferOptions options, CancellationToken cancellation)
    {
        int[] chosen = [.. Enumerable.Range(0, genes.Length)];
        if (options.Genes > 0 && options.Genes < genes.Length)
        {
            var samples = new AnnData(source, [.. Enumerable.Range(0, source.Rows).Select(sample => $"{sample}")], genes);
            chosen = VariableGenes.Find(samples, new VariableGeneOptions { Count = options.Genes, LogNormalised = true }, cancellation: cancellation).Indices;
        }
        DenseMatrix Dense(CsrMatrix rows) => rows.SelectColumns(chosen).ToDense();
        return new TransferTable(Expression, Dense(source), Dense(target), Standardise: true) { Features = Array.ConvertAll(chosen, gene => genes[gene]) };
    }

    private static DenseMatrix Embed(ScFoundationModel model, AnnData cells, InputOptions input, Depth depth, CancellationToken cancellation) =>
        Tasks.Embedding.Run(model, cells, new EmbeddingOptions { Input = input, Depth = depth }, cancellation: cancellation);
}
