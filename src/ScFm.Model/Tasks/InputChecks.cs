using ScFm.Model.Cells;

namespace ScFm.Model.Tasks;

/// <summary>What is refused before a model sees it.</summary>
internal static class InputChecks
{
    /// <summary>Returns quietly where the values are of the scale that the options name.</summary>
    /// <exception cref="InvalidDataException">They are of another; the message says which.</exception>
    public static void Require(AnnData samples, InputOptions options)
    {
        if (options is { Compat: Compat.Sensible, Scale: ValueScale.Counts, Kind: SampleKind.SingleCell })
        {
            Counts.Require(samples);
            return;
        }
        var verdict = Counts.Judge(samples.X);
        var (fits, expected) = options switch
        {
            { Compat: Compat.Reference } => (!double.IsNaN(verdict.Smallest), "finite numbers"),
            { Scale: ValueScale.Counts } => (verdict.Kind is CountKind.Raw or CountKind.Normalised, "counts of bulk samples, or counts per million and the like"),
            _ => (verdict.Kind == CountKind.LogNormalised && (double.IsNaN(verdict.LogBase) || verdict.LogBase == Math.E), "natural logarithms, log1p of counts per 10,000"),
        };
        if (!fits)
        {
            throw new InvalidDataException($"The values are {verdict.Name}: {verdict.Evidence} Expected {expected}.");
        }
    }

    /// <summary>Names the first cell that expresses no gene of the model.</summary>
    /// <exception cref="InvalidDataException">There is such a cell.</exception>
    public static void RequireExpression(CsrMatrix mapped, string[] names, int genes)
    {
        for (var cell = 0; cell < mapped.Rows; cell++)
        {
            if (mapped.RowIndices(cell).IsEmpty)
            {
                throw new InvalidDataException($"Cell {cell} ('{names[cell]}') expresses none of the {genes} genes of the model; expected at least one: filter the cells first.");
            }
        }
    }
}
