using ScFm.Model.Corpora;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A set of a plan with its cells at hand.</summary>
internal sealed class StudySet
{
    private const long OrderPurpose = 1;

    private readonly PlannedSet plan;
    private readonly IReadOnlyList<StudySource> sources;
    private readonly int[] own;
    private readonly int place;

    /// <summary>Names the cells.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="plan">The set as planned.</param>
    /// <param name="sources">All sources of the study.</param>
    /// <param name="own">Which of these are the set's.</param>
    /// <param name="place">The set's place in the plan.</param>
    /// <exception cref="InvalidDataException">A source lacks the column that chooses cells, or no cell has a label that is named.</exception>
    internal StudySet(string name, PlannedSet plan, IReadOnlyList<StudySource> sources, int[] own, int place)
    {
        (Name, this.plan, this.sources, this.own, this.place) = (name, plan, sources, own, place);
        Cells = [.. own.SelectMany(source => Enumerable.Range(0, sources[source].Cells.CellCount).Select(row => new CellKey(source, row)))];
        if (plan.Only is { } only)
        {
            Require(only, $"sets.{name}.only");
            Cells = [.. Cells.Where(cell => Is(cell, only))];
        }
    }

    internal string Name { get; }

    /// <summary>The cells, source after source.</summary>
    internal CellKey[] Cells { get; }

    /// <summary>The cells in an order that depends on the seed and the set alone, so that trainings of one seed share what they can.</summary>
    internal CellKey[] InOrder(int seed)
    {
        var order = (CellKey[])Cells.Clone();
        Seeds.For(seed, OrderPurpose, place).Shuffle(order);
        return order;
    }

    /// <summary>What a column says of a cell; null where nothing.</summary>
    internal string? Label(CellKey cell, string column) =>
        column == CorpusSource.Column ? sources[cell.Source].Name
        : plan.Obs.TryGetValue(column, out var ofAll) ? ofAll
        : sources[cell.Source].Labels(column)?[cell.Row];

    /// <summary>True for a cell that is named.</summary>
    internal bool Is(CellKey cell, CellChoice choice) => Label(cell, choice.Column) is { } label && choice.Has(label);

    /// <summary>Returns the labels of a column, which every source has.</summary>
    /// <exception cref="InvalidDataException">A source lacks the column; the message names the plan's field.</exception>
    internal IReadOnlySet<string> LabelsOf(string column, string field)
    {
        var without = own.Select(source => sources[source]).FirstOrDefault(source => column != CorpusSource.Column && !plan.Obs.ContainsKey(column) && source.Labels(column) is null);
        return without is null ? Cells.Select(cell => Label(cell, column)).OfType<string>().ToHashSet()
            : throw new InvalidDataException(
                $"{field} names the column '{column}', but {without.Name} of the set '{Name}' has no such column; it has {string.Join(", ", without.Cells.Obs.Columns.Select(c => c.Name).DefaultIfEmpty("none"))}; expected the column, or a label for all cells in sets.{Name}.obs.");
    }

    /// <summary>Returns quietly where every label that is named is a label of some cell.</summary>
    /// <exception cref="InvalidDataException">One is not; the message names the plan's field and some of the labels there are.</exception>
    internal void Require(CellChoice choice, string field) => RequireLabels(choice, field, LabelsOf(choice.Column, field));

    /// <summary>Returns quietly where every label that is named is among those there are, and some label is of the types that are named.</summary>
    internal static void RequireLabels(CellChoice choice, string field, IReadOnlySet<string> known)
    {
        const int Named = 12;
        var unknown = choice.Labels.FirstOrDefault(label => !known.Contains(label)) is { } label ? $"'{label}', which is no label"
            : choice.BuiltIn is { } types && !known.Any(types.Contains) ? $"the types '{types.Name}', none of whose names is a label"
            : null;
        if (unknown is not null)
        {
            throw new InvalidDataException(
                $"{field} names {unknown} of '{choice.Column}'; expected some of {string.Join(", ", known.Order(StringComparer.Ordinal).Take(Named))}{(known.Count > Named ? ", ..." : "")}.");
        }
    }
}
