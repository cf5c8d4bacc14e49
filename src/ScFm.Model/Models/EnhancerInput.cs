using ScFm.Model.Cells;

namespace ScFm.Model.Models;

/// <summary>What the methods that learn from the given cells themselves expect of these.</summary>
internal static class EnhancerInput
{
    /// <summary>Returns quietly where the cells hold raw counts, each cell expresses a gene and there are enough of them.</summary>
    /// <param name="method">The method's name, for the message.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="least">The smallest number of cells that the method can learn from.</param>
    /// <exception cref="InvalidDataException">Something is otherwise.</exception>
    internal static void Require(string method, AnnData cells, int least)
    {
        if (cells.CellCount < least)
        {
            throw new InvalidDataException($"{method} was given {cells.CellCount} cell{(cells.CellCount == 1 ? "" : "s")}; expected at least {least}, since it recovers a cell from others.");
        }
        Counts.Require(cells);
        Counts.RequireExpression(cells);
    }
}
