using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Screens;

/// <summary>Cells of which some were perturbed, all measured for the same genes.</summary>
public sealed class PerturbationScreen
{
    private readonly Dictionary<PerturbedGroup, int[]> cells;
    private readonly Dictionary<PerturbedGroup, float[]> means = [];
    private readonly Lazy<string> identity;

    /// <summary>Joins cells and what was done to them; <see cref="ScreenReader"/> reads both from annotated cells.</summary>
    /// <param name="counts">The cells as they were counted; a foundation model reads these, of all their genes.</param>
    /// <param name="expression">log1p of counts per 10,000 of each cell, [cells, genes], in the order of <paramref name="counts"/>.</param>
    /// <param name="conditions">The conditions, each once; the first is <see cref="Condition.Control"/>.</param>
    /// <param name="conditionOfCell">The condition of each cell, as its place in <paramref name="conditions"/>.</param>
    /// <param name="contexts">In what the cells were perturbed, such as cell types or patients, each once; one where nothing tells the cells apart.</param>
    /// <param name="contextOfCell">The context of each cell, as its place in <paramref name="contexts"/>.</param>
    /// <param name="genes">The genes of <paramref name="expression"/>. Default: those of <paramref name="counts"/>.</param>
    /// <param name="depths">Counts of all genes of each cell, where the cells have only some of them. Default: not told, the sums of counts stand for them.</param>
    /// <exception cref="ArgumentException">The parts do not fit together, or a context has no control cells.</exception>
    public PerturbationScreen(
        ICellSource counts, CsrMatrix expression, IReadOnlyList<Condition> conditions, int[] conditionOfCell, IReadOnlyList<string> contexts, int[] contextOfCell,
        IReadOnlyList<string>? genes = null, double[]? depths = null)
    {
        (Counts, Expression, Conditions, ConditionOfCell, Contexts, ContextOfCell, Genes) = (counts, expression, conditions, conditionOfCell, contexts, contextOfCell, genes ?? counts.VarNames);
        var count = counts.CellCount;
        if (expression.Rows != count || conditionOfCell.Length != count || contextOfCell.Length != count || (depths ?? new double[count]).Length != count || expression.Columns != Genes.Count)
        {
            throw new ArgumentException(
                $"A screen of {count} cells has {expression.Rows} rows of expression, {conditionOfCell.Length} conditions, {contextOfCell.Length} contexts and {depths?.Length ?? count} depths, and {expression.Columns} columns for {Genes.Count} genes; expected one a cell and one a gene.");
        }
        if (conditions is not [{ IsControl: true }, ..] || conditions.Distinct().Count() < conditions.Count)
        {
            throw new ArgumentException($"The conditions are {string.Join(", ", conditions)}; expected each once, control first.");
        }
        cells = Enumerable.Range(0, count).GroupBy(cell => new PerturbedGroup(conditionOfCell[cell], contextOfCell[cell])).ToDictionary(group => group.Key, group => group.ToArray());
        Groups = [.. cells.Keys.Where(group => group.Condition > 0).OrderBy(group => group.Condition).ThenBy(group => group.Context)];
        if (Groups.FirstOrDefault(group => ControlCells(group.Context).Length == 0) is { Condition: > 0 } alone)
        {
            throw new ArgumentException($"The context '{contexts[alone.Context]}' has cells with {conditions[alone.Condition]} and no control cells; expected both.");
        }
        Depths = depths;
        identity = new(() => Fingerprint.Of(hash => hash.Add(expression).Add([.. Genes]).Add([.. conditions.Select(condition => condition.ToString())])
            .Add<int>(conditionOfCell).Add([.. contexts]).Add<int>(contextOfCell).Add(counts.CountIdentity).Add<double>(depths ?? [])));
    }

    /// <summary>The cells as they were counted, of all their genes.</summary>
    public ICellSource Counts { get; }

    /// <summary>log1p of counts per 10,000 of each cell, [cells, genes].</summary>
    public CsrMatrix Expression { get; }

    /// <summary>The genes that are predicted: the columns of <see cref="Expression"/>, which may be fewer than those of <see cref="Counts"/>.</summary>
    public IReadOnlyList<string> Genes { get; }

    /// <summary>Counts of all genes of each cell as they were told; null where the sums of counts stand for them.</summary>
    public double[]? Depths { get; }

    /// <summary>The conditions, each once; the first is <see cref="Condition.Control"/>.</summary>
    public IReadOnlyList<Condition> Conditions { get; }

    /// <summary>The condition of each cell, as its place in <see cref="Conditions"/>.</summary>
    public int[] ConditionOfCell { get; }

    /// <summary>In what the cells were perturbed, each once.</summary>
    public IReadOnlyList<string> Contexts { get; }

    /// <summary>The context of each cell, as its place in <see cref="Contexts"/>.</summary>
    public int[] ContextOfCell { get; }

    /// <summary>Every condition but control in every context that has cells of it.</summary>
    public IReadOnlyList<PerturbedGroup> Groups { get; }

    /// <summary>All that was perturbed, each once, in ordinal order.</summary>
    public string[] Targets => [.. Groups.SelectMany(group => Conditions[group.Condition].Targets).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How each label was read: spelling, condition, cells; null where no labels were read.</summary>
    public Table? Spellings { get; init; }

    /// <summary>What was left out and what should be known, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Changes with any cell and with what was done to it.</summary>
    public string Identity => identity.Value;

    /// <summary>The cells of a group, ascending; none where it has none.</summary>
    public int[] CellsOf(PerturbedGroup group) => cells.GetValueOrDefault(group, []);

    /// <summary>The control cells of a context, ascending.</summary>
    public int[] ControlCells(int context) => CellsOf(new PerturbedGroup(0, context));

    /// <summary>The cells that are known where some groups are: theirs, and all control cells.</summary>
    public int[] CellsToLearn(IEnumerable<PerturbedGroup> groups) => [.. groups.SelectMany(CellsOf), .. Enumerable.Range(0, Contexts.Count).SelectMany(ControlCells)];

    /// <summary>Mean expression of a group's cells, [genes]; NaN of no cells.</summary>
    public float[] Mean(PerturbedGroup group)
    {
        lock (means)
        {
            return means.TryGetValue(group, out var known) ? known : means[group] = Array.ConvertAll(Expression.SelectRows(CellsOf(group)).ColumnSums(), sum => (float)(sum / CellsOf(group).Length));
        }
    }

    /// <summary>Mean expression of a context's control cells, [genes].</summary>
    public float[] ControlMean(int context) => Mean(new PerturbedGroup(0, context));

    /// <summary>How far a group's mean is from that of its context's control cells, [genes].</summary>
    public double[] Change(PerturbedGroup group) => [.. Mean(group).Zip(ControlMean(group.Context), (mean, control) => (double)mean - control)];

    /// <summary>The expression of one gene in some cells.</summary>
    /// <param name="cells">Which cells.</param>
    /// <param name="gene">The gene, as its place in <see cref="Genes"/>.</param>
    public IEnumerable<double> Values(int[] cells, int gene) => cells.Select(cell => Expression.RowIndices(cell).BinarySearch(gene) is >= 0 and var place ? (double)Expression.RowValues(cell)[place] : 0);

    /// <summary>Such as "CEBPE+ETS2", or with several contexts "CEBPE+ETS2 in B cells".</summary>
    public string NameOf(PerturbedGroup group) => Contexts.Count == 1 ? Conditions[group.Condition].ToString() : $"{Conditions[group.Condition]} in {Contexts[group.Context]}";

    /// <summary>Such as "18,000 cells of 299 genes: control (2,386) and 20 perturbations in 1 context".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Counts.CellCount:N0} cells of {Genes.Count:N0} genes: control ({ConditionOfCell.Count(condition => condition == 0):N0}) and {Conditions.Count - 1:N0} perturbations in {Contexts.Count:N0} context{(Contexts.Count == 1 ? "" : "s")}");
}
