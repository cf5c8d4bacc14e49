using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;

namespace ScFm.Model.Parts;

/// <summary>How work on many cells is parted, and what the file holds in the end.</summary>
public sealed record PartsOptions
{
    private const int UsualParts = 64; // so that several ranks have something to do, and little is lost where one dies
    private const int FewestCells = 64;
    private const int MostCells = 4096;
    private const int MostNumbers = 1 << 24; // of a part: 64 MB

    /// <summary>The number of this process among those that work together, 0 to below <see cref="Ranks"/>: it begins with other parts than they do. Default: 0.</summary>
    public int Rank { get; init; }

    /// <summary>The number of processes that work together. Default: 1.</summary>
    [Range(1, 65_536)] public int Ranks { get; init; } = 1;

    /// <summary>Cells of a part, the same for all who work on it. Default: a sixty-fourth of the cells, but 64 at least and 4,096 at most, and fewer where their rows would be more than 64 MB.</summary>
    [Range(1, 1 << 20)] public int? PartSize { get; init; }

    /// <summary>Which cells of the source, in order. Default: all.</summary>
    public IReadOnlyList<int>? Cells { get; init; }

    /// <summary>Where the rows stand in the file. Default: obsm for vectors, X for expression.</summary>
    public ResultPlace? Place { get; init; }

    /// <summary>The name of the rows in obsm or among the layers. Default: X_scfm for vectors, scfm for expression.</summary>
    public string? Name { get; init; }

    /// <summary>Packs the file with gzip, which takes several times as long as writing it plain. Default: false.</summary>
    public bool Compress { get; init; }

    /// <summary>The same with what is left open, for a task and its cells.</summary>
    /// <exception cref="ArgumentException">An option is out of range, there is no cell, a row depends on other cells, or the rows cannot stand where they are to.</exception>
    internal PartsOptions For(PartedTask task, ICellSource cells)
    {
        Options.Validate(this);
        var count = Cells?.Count ?? cells.CellCount;
        if (task.WholeOnly is { } reason)
        {
            throw new ArgumentException(reason);
        }
        if (count == 0)
        {
            throw new ArgumentException($"'{cells.Name}' has no cell; expected at least one.");
        }
        if ((uint)Rank >= (uint)Ranks)
        {
            throw new ArgumentException($"Rank is {Rank}; expected 0 to {Ranks - 1}.");
        }
        if (Place == ResultPlace.Layer && task.Genes is null)
        {
            throw new ArgumentException($"The rows of '{task.Name}' are vectors, and no layer of the cells' genes; expected the place {nameof(ResultPlace.Obsm)} or {nameof(ResultPlace.Matrix)}.");
        }
        if (Place == ResultPlace.Layer)
        {
            _ = GenePlaces.Of(cells, task.Genes!, task.Aliases); // better told now than when all is computed
        }
        return this with
        {
            PartSize = PartSize ?? Math.Clamp(MostNumbers / task.Width, 1, Math.Clamp(count / UsualParts, FewestCells, MostCells)),
            Place = Place ?? (task.Genes is null ? ResultPlace.Obsm : ResultPlace.Matrix),
            Name = Name ?? (task.Genes is null ? "X_scfm" : "scfm"),
        };
    }
}
