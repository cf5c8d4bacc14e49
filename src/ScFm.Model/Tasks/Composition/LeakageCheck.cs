using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Finds cells to train on that are copies of scored ones: the same counts under another file or name, which no bookkeeping of rows can see.</summary>
internal static class LeakageCheck
{
    private const int LeastGenes = 20; // nearly empty cells are alike by chance

    /// <summary>Returns quietly where no cell to train on has the counts of a scored one.</summary>
    /// <param name="loading">Reads the cells.</param>
    /// <param name="evaluations">The scored cells of each evaluation.</param>
    /// <param name="trained">All cells that any training takes.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="InvalidDataException">One has; the message names both.</exception>
    internal static void Require(CellLoading loading, IReadOnlyList<EvaluationCells> evaluations, IEnumerable<CellKey> trained, CancellationToken cancellation)
    {
        var scored = new Dictionary<UInt128, (EvaluationCells Evaluation, int Row)>();
        foreach (var evaluation in evaluations)
        {
            for (var row = 0; row < evaluation.Cells.CellCount; row++)
            {
                scored[Digest(evaluation.Cells, row)] = (evaluation, row);
            }
        }
        foreach (var (source, cells) in loading.Blocks(trained, cancellation))
        {
            for (var row = 0; row < cells.CellCount; row++)
            {
                if (cells.X.RowIndices(row).Length >= LeastGenes && scored.TryGetValue(Digest(cells, row), out var same))
                {
                    var at = same.Evaluation.Cells;
                    throw new InvalidDataException(
                        $"The cell '{cells.ObsNames[row]}' of '{source.Path}', which is to be trained on, has the same counts as '{at.ObsNames[same.Row]}' of {at.Obs[StudySource.SourceColumn].Text(same.Row)}, which the evaluation '{same.Evaluation.Name}' scores; expected no cell twice among the plan's sets.");
                }
            }
        }
    }

    private static UInt128 Digest(AnnData cells, int row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(cells.X.RowIndices(row)));
        hash.AppendData(MemoryMarshal.AsBytes(cells.X.RowValues(row)));
        return MemoryMarshal.Read<UInt128>(hash.GetHashAndReset());
    }
}
