using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>The cells of a source as a model of counts takes them: its genes in its order, raw counts, none of them empty. What is not so is told as it is read.</summary>
internal sealed class CountSource : ICellSource
{
    private readonly ICellSource source;
    private readonly int[]? target; // null where the genes stand as they are wanted

    private CountSource(ICellSource source, string[] genes, int[]? target) => (this.source, VarNames, this.target) = (source, genes, target);

    /// <summary>The cells with the genes that they have.</summary>
    public static CountSource Of(ICellSource source) => new(source, source.VarNames, null);

    /// <summary>The cells with a model's genes, found by name, Ensembl id or as <see cref="GeneMapping"/> does.</summary>
    /// <exception cref="InvalidDataException">A gene of the model is missing.</exception>
    public static CountSource Of(ICellSource source, GeneVocabulary vocabulary)
    {
        string[] names = [.. vocabulary.Names];
        if (source.VarNames.AsSpan().SequenceEqual(names))
        {
            return Of(source);
        }
        var target = GenePlaces.Of(source, vocabulary, aliases: null).Target;
        var found = target.ToHashSet();
        string[] missing = [.. names.Where((_, place) => !found.Contains(place))];
        return missing.Length == 0
            ? new CountSource(source, names, target)
            : throw new InvalidDataException(
                $"The cells lack {missing.Length} of the model's {names.Length} genes ({string.Join(", ", missing.Take(4))}{(missing.Length > 4 ? ", ..." : "")}); expected all of them.");
    }

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public string Identity => target is null ? source.Identity : Fingerprint.Of(hash => hash.Add(source.Identity).Add(VarNames));

    /// <inheritdoc/>
    public int CellCount => source.CellCount;

    /// <inheritdoc/>
    public string[] ObsNames => source.ObsNames;

    /// <inheritdoc/>
    public string[] VarNames { get; }

    /// <inheritdoc/>
    public Table Obs => source.Obs;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has none; the message names it.</exception>
    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        var values = source.Read(cells, cancellation);
        var mapped = target is null ? values : values.MapColumns(target, VarNames.Length);
        Counts.Require(mapped);
        Counts.RequireExpression(mapped, cells, ObsNames);
        return mapped;
    }
}
