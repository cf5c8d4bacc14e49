using System.Globalization;
using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Which cells of a target belong to a class, such as those sensitive to a drug, when the class is known of samples of another kind alone: bulk samples, another patient, another plate.</summary>
public sealed class TransferProblem
{
    /// <summary>Checks and keeps the parts.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="positive">What the class that is asked about is called.</param>
    /// <param name="source">The samples whose classes are learnt from.</param>
    /// <param name="target">The cells that are asked about; their classes serve to score and no method sees them.</param>
    /// <param name="tables">What is known of both, at least one table.</param>
    /// <exception cref="ArgumentException">Numbers differ, two tables share a name, a domain has one class alone, or a value is not finite.</exception>
    public TransferProblem(string name, string positive, TransferSide source, TransferSide target, params IReadOnlyList<TransferTable> tables)
    {
        (Name, Positive, Source, Target, Tables) = (name, positive, source, target, tables);
        foreach (var (side, what, rows) in new[] { (source, "source", "samples"), (target, "target", "cells") })
        {
            if (side.Names.Count != side.Count)
            {
                throw new ArgumentException($"The {what} of '{name}' has {side.Names.Count} names and {side.Count} labels; expected as many.");
            }
            if (side.Positives == 0 || side.Positives == side.Count)
            {
                throw new ArgumentException($"{side.Positives} of the {side.Count} {rows} of the {what} of '{name}' are {positive}; expected some that are and some that are not.");
            }
        }
        if (tables.Count == 0 || tables.GroupBy(table => table.Name).Any(group => group.Count() > 1))
        {
            throw new ArgumentException($"The tables of '{name}' are {string.Join(", ", tables.Select(table => $"'{table.Name}'").DefaultIfEmpty("none"))}; expected at least one, and distinct names.");
        }
        foreach (var table in tables)
        {
            if (table.Source.Rows != source.Count || table.Target.Rows != target.Count || table.Source.Columns != table.Target.Columns || table.Source.Columns == 0)
            {
                throw new ArgumentException(
                    $"The table '{table.Name}' of '{name}' is {table.Source.Rows} x {table.Source.Columns} for {source.Count} samples and {table.Target.Rows} x {table.Target.Columns} for {target.Count} cells; expected a row each, and as many columns in both.");
            }
            RequireFinite(table, table.Source, source, "source");
            RequireFinite(table, table.Target, target, "target");
        }
    }

    /// <summary>What tables call it.</summary>
    public string Name { get; }

    /// <summary>What the class that is asked about is called.</summary>
    public string Positive { get; }

    /// <summary>The samples whose classes are learnt from.</summary>
    public TransferSide Source { get; }

    /// <summary>The cells that are asked about.</summary>
    public TransferSide Target { get; }

    /// <summary>What is known of both.</summary>
    public IReadOnlyList<TransferTable> Tables { get; }

    /// <summary>Changes with anything in it.</summary>
    public string Identity => Fingerprint.Of(hash =>
    {
        hash.Add(Name).Add(Positive).Add([.. Source.Names]).Add<bool>(Source.Labels).Add([.. Target.Names]).Add<bool>(Target.Labels);
        foreach (var table in Tables)
        {
            hash.Add(table.Name).Add<float>(table.Source.Values).Add<float>(table.Target.Values).Add<bool>([table.Standardise]);
        }
    });

    /// <summary>The table of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TransferTable this[string table] => Tables.FirstOrDefault(one => one.Name == table)
        ?? throw new KeyNotFoundException($"'{Name}' has no table '{table}'; it has {string.Join(", ", Tables.Select(one => $"'{one.Name}'"))}.");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {Source.Count:N0} source samples, {Source.Positives:N0} {Positive}; {Target.Count:N0} target cells, {Target.Positives:N0} {Positive}; {string.Join(", ", Tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name} ({table.Source.Columns:N0})")))}");

    private void RequireFinite(TransferTable table, DenseMatrix values, TransferSide side, string what)
    {
        if (values.FirstNotFinite() is var (row, feature))
        {
            throw new ArgumentException(
                $"The feature {(table.Features is { } names ? $"'{names[feature]}'" : feature)} of '{side.Names[row]}' in the {what} of '{Name}' is {values[row, feature]} in the table '{table.Name}'; expected a finite number.");
        }
    }
}
