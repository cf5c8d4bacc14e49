using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Brings named cells of a study into memory, in its genes.</summary>
internal sealed class CellLoading(IReadOnlyList<StudySource> sources, StudyGenes genes)
{
    private const int Block = 4096;

    /// <summary>Reads cells source after source; cells without a count of the study's genes are left out.</summary>
    /// <returns>Raw counts, [cells, genes]; obs has the column source.</returns>
    internal AnnData Load(IReadOnlyList<CellKey> cells, CancellationToken cancellation)
    {
        var (offsets, indices, values) = (new List<long> { 0 }, new List<int>(), new List<float>());
        var (names, from) = (new List<string>(), new List<string>());
        foreach (var (source, part) in Blocks(cells, cancellation))
        {
            for (var row = 0; row < part.CellCount; row++)
            {
                if (part.X.RowIndices(row).IsEmpty)
                {
                    continue;
                }
                indices.AddRange(part.X.RowIndices(row));
                values.AddRange(part.X.RowValues(row));
                offsets.Add(indices.Count);
                names.Add(part.ObsNames[row]);
                from.Add(source.Name);
            }
        }
        var matrix = new CsrMatrix(names.Count, genes.Vocabulary.Count, [.. offsets], [.. indices], [.. values]);
        return new AnnData(matrix, [.. names], [.. genes.Vocabulary.Names], new Table(CategoryColumn.FromLabels(StudySource.SourceColumn, from)));
    }

    /// <summary>Some cells of one source at a time, in the study's genes: rows in ascending order.</summary>
    internal IEnumerable<(StudySource Source, AnnData Cells)> Blocks(IEnumerable<CellKey> cells, CancellationToken cancellation)
    {
        foreach (var group in cells.GroupBy(cell => cell.Source).OrderBy(group => group.Key))
        {
            var source = sources[group.Key];
            foreach (var rows in group.Select(cell => cell.Row).Order().Chunk(Block))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return (source, genes.Map(source, source.Cells.Read(rows, cancellation), Array.ConvertAll(rows, row => source.Cells.ObsNames[row])));
            }
        }
    }
}
