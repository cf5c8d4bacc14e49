using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Corpora;

public sealed partial class Corpus
{
    /// <summary>Leaves out the cells of some labels; <see cref="HeldOut"/> of the result gives them.</summary>
    /// <param name="column">The column of obs that holds the labels.</param>
    /// <param name="labels">The labels. A cell without one is left out too, since it may be one of those; it is not among the held-out cells, and a note says how many there are.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No cell has one of the labels, or none has another.</exception>
    public Corpus HoldOut(string column, params string[] labels)
    {
        var held = Only(column, labels);
        var found = ColumnLabels.Of(Obs[column]);
        var left = labels.ToHashSet(StringComparer.Ordinal);
        var stay = Kept(cell => found[cell] is { } label && !left.Contains(label));
        if (stay.Length == 0)
        {
            throw new ArgumentException($"All {CellCount} cells have the {column} {string.Join(" or ", labels)} or none; expected some that stay.", nameof(labels));
        }
        var unlabelled = CellCount - held.CellCount - stay.Length;
        var note = $"{unlabelled} cells have no {column}, so they were left out with {string.Join(", ", labels)}, which they may be.";
        return new Corpus(slices, stay, VarNames, () => new HoldOutRecipe(Recipe, column, labels), unlabelled > 0 ? [.. Notes, note] : Notes)
        {
            HeldOut = held,
        };
    }

    /// <summary>Leaves out the cells of some types, by whichever of their names the column uses.</summary>
    /// <param name="column">The column of obs that holds cell types.</param>
    /// <param name="types">The types.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No cell is of one of the types, or every cell is.</exception>
    public Corpus HoldOut(string column, HeldOutTypes types) => HoldOut(column, types.In(LabelsOf(column), column));

    /// <summary>Only the cells of some labels.</summary>
    /// <param name="column">The column of obs that holds the labels.</param>
    /// <param name="labels">The labels.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No cell has one of the labels.</exception>
    public Corpus Only(string column, params string[] labels)
    {
        var isWanted = Having(column, labels);
        return new Corpus(slices, Kept(cell => isWanted[cell]), VarNames, () => new OnlyRecipe(Recipe, column, labels), Notes);
    }

    /// <summary>For each label of a column, such as each study, the corpus without its cells; <see cref="HeldOut"/> of each gives them.</summary>
    /// <param name="column">The column of obs that holds the labels.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column has fewer than two labels.</exception>
    public IReadOnlyList<(string Label, Corpus Corpus)> LeaveOneOut(string column)
    {
        var labels = LabelsOf(column);
        return labels.Length > 1
            ? [.. labels.Select(label => (label, HoldOut(column, label)))]
            : throw new ArgumentException($"The column '{column}' has {labels.Length} labels; expected at least 2, to leave out each in turn.", nameof(column));
    }

    /// <summary>Cells that are named one by one, such as those that a study drew; the recipe holds them all.</summary>
    /// <param name="cells">Which, as places in this corpus, in any order, each once.</param>
    /// <param name="reason">What they are, for people.</param>
    /// <exception cref="ArgumentException">There is no such cell, or one is named twice.</exception>
    public Corpus Choose(IReadOnlyList<int> cells, string reason)
    {
        if (cells.Count != cells.Distinct().Count() || cells.Any(cell => cell < 0 || cell >= CellCount))
        {
            throw new ArgumentException($"{cells.Count} cells are named of '{Name}', {cells.Distinct().Count(cell => cell >= 0 && cell < CellCount)} of them different ones of its {CellCount}; expected each once.", nameof(cells));
        }
        return new Corpus(slices, [.. cells.Select(cell => places[cell])], VarNames, () => new CellsRecipe(Recipe, [.. cells], reason), Notes);
    }

    /// <summary>Some cells, drawn at random without replacement; they keep their order.</summary>
    /// <param name="cells">How many, 1 or more.</param>
    /// <param name="seed">Seed of the draw. Default: 0.</param>
    /// <exception cref="ArgumentException">There are fewer cells.</exception>
    public Corpus Subsample(int cells, int seed = 0) => Drawn(cells, seed, 0, () => new SubsampleRecipe(Recipe, cells, seed));

    /// <summary>The same cells with only the given genes, in the given order.</summary>
    /// <param name="genes">Names of genes, each once.</param>
    /// <exception cref="ArgumentException">There is no such gene, none is given, or one stands twice.</exception>
    public Corpus SelectGenes(IReadOnlyList<string> genes)
    {
        string[] chosen = [.. genes];
        var placeOf = GeneAlignment.Places(chosen);
        if (chosen.Length == 0 || placeOf.Count < chosen.Length)
        {
            throw new ArgumentException($"There are {chosen.Length} genes of {placeOf.Count} names; expected at least one, each once.", nameof(genes));
        }
        var unknown = chosen.Except(VarNames, StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"The corpus has no gene '{unknown[0]}' (nor {unknown.Length - 1} others of those asked for); expected names among its {GeneCount}, such as '{VarNames[0]}'.", nameof(genes));
        }
        var moved = Array.ConvertAll(VarNames, gene => placeOf.GetValueOrDefault(gene, -1));
        return new Corpus(Array.ConvertAll(slices, slice => slice.Then(moved, chosen.Length)), places, chosen, () => new GenesRecipe(Recipe, chosen), Notes);
    }

    /// <summary>Cells drawn for one part of a mix.</summary>
    private Corpus Drawn(int cells, int seed, int part, Func<Recipe> recipe)
    {
        if (cells < 1 || cells > CellCount)
        {
            throw new ArgumentException($"{cells} cells are asked of '{Recipe}', which has {CellCount}; expected 1 to {CellCount}.", nameof(cells));
        }
        var order = Enumerable.Range(0, CellCount).ToArray();
        Seeds.For(seed, part).Shuffle(order);
        var drawn = order[..cells];
        Array.Sort(drawn);
        return new Corpus(slices, Array.ConvertAll(drawn, cell => places[cell]), VarNames, recipe, Notes);
    }

    private CellPlace[] Kept(Func<int, bool> isKept)
    {
        var kept = new List<CellPlace>();
        for (var cell = 0; cell < places.Length; cell++)
        {
            if (isKept(cell))
            {
                kept.Add(places[cell]);
            }
        }
        return [.. kept];
    }

    /// <summary>The labels of a column that cells have, in ordinal order.</summary>
    private string[] LabelsOf(string column) => [.. ColumnLabels.Of(Obs[column]).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Which cells have one of the labels.</summary>
    private bool[] Having(string column, string[] labels)
    {
        var found = ColumnLabels.Of(Obs[column]);
        if (labels.Length == 0 || labels.Any(label => !found.Contains(label)))
        {
            var absent = Array.Find(labels, label => !found.Contains(label));
            throw new ArgumentException($"No cell has the {column} '{absent}'; expected one of {string.Join(", ", LabelsOf(column).Take(20))}.", nameof(labels));
        }
        var wanted = labels.ToHashSet(StringComparer.Ordinal);
        return Array.ConvertAll(found, label => label is not null && wanted.Contains(label));
    }
}
