using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The scored cells of all evaluations together.</summary>
internal static class ScoredCells
{
    /// <summary>Each cell once, with the first evaluation that scores it: evaluations may share cells, and a cell that came twice would be both fitted and tested on.</summary>
    /// <returns>For each evaluation the cells that none before it has, where there are any.</returns>
    internal static IEnumerable<AnnData> Once(IEnumerable<AnnData> evaluations)
    {
        var seen = new HashSet<(string Source, string Name)>();
        foreach (var cells in evaluations)
        {
            var sources = cells.Obs[CorpusSource.Column];
            int[] first = [.. Enumerable.Range(0, cells.CellCount).Where(cell => seen.Add((sources.Text(cell), cells.ObsNames[cell])))];
            if (first.Length > 0)
            {
                yield return first.Length == cells.CellCount ? cells : cells.SelectCells(first);
            }
        }
    }
}
