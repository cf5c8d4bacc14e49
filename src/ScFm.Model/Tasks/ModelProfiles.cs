using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Cells in a model's vocabulary: log-normalised values and log10 totals.</summary>
internal sealed class ModelProfiles
{
    private readonly CsrMatrix values;
    private readonly float[] logTotals;

    private ModelProfiles(CsrMatrix values, float[] logTotals) => (this.values, this.logTotals) = (values, logTotals);

    /// <summary>Maps and normalises cells.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has no gene of the vocabulary.</exception>
    public static ModelProfiles Read(ScFoundationModel model, AnnData cells, GeneAliases? aliases)
    {
        var (counts, _) = model.Read(cells, aliases);
        for (var cell = 0; cell < counts.Rows; cell++)
        {
            if (counts.RowIndices(cell).IsEmpty)
            {
                throw new InvalidDataException(
                    $"Cell {cell} ('{cells.ObsNames[cell]}') expresses none of the {model.Vocabulary.Count} genes of the model; expected at least one: filter the cells first.");
            }
        }
        return new(Normalisation.LogNormalise(counts), Array.ConvertAll(counts.RowSums(), sum => (float)Math.Log10(sum)));
    }

    /// <summary>Number of cells.</summary>
    public int Count => values.Rows;

    /// <summary>Expressed genes of a cell.</summary>
    public ReadOnlySpan<int> Genes(int cell) => values.RowIndices(cell);

    /// <summary>log10 of a cell's total count.</summary>
    public float LogTotal(int cell) => logTotals[cell];

    /// <summary>Tokens of every cell, all expressed genes visible.</summary>
    /// <param name="depth">What T asks for.</param>
    /// <param name="wanted">The genes that are asked of a cell; null asks for all.</param>
    /// <param name="askAsMasked">True to ask for unexpressed genes as if they were masked. Default: false.</param>
    public CellTokens[] Tokens(Depth depth, Func<int, int[]?> wanted, bool askAsMasked = false)
    {
        var tokens = new CellTokens[Count];
        for (var cell = 0; cell < Count; cell++)
        {
            tokens[cell] = new CellTokens
            {
                Visible = Genes(cell).ToArray(),
                VisibleValues = values.RowValues(cell).ToArray(),
                TargetDepth = depth.TargetOf(logTotals[cell]),
                SourceDepth = logTotals[cell],
                Wanted = wanted(cell),
                AskAsMasked = askAsMasked,
            };
        }
        return tokens;
    }

    /// <summary>Tokens of a cell with some of its expressed genes masked, which are what is asked.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="depth">What T asks for.</param>
    /// <param name="hide">True for the expressed genes (by their place among them) to mask.</param>
    public CellTokens Masked(int cell, Depth depth, Func<int, bool> hide)
    {
        var (visible, visibleValues, hidden) = (new List<int>(), new List<float>(), new List<int>());
        var genes = values.RowIndices(cell);
        var own = values.RowValues(cell);
        for (var i = 0; i < genes.Length; i++)
        {
            if (hide(i))
            {
                hidden.Add(genes[i]);
            }
            else
            {
                visible.Add(genes[i]);
                visibleValues.Add(own[i]);
            }
        }
        return new CellTokens
        {
            Visible = [.. visible],
            VisibleValues = [.. visibleValues],
            Hidden = [.. hidden],
            HiddenValues = [.. hidden.Select(_ => float.NaN)],
            TargetDepth = depth.TargetOf(logTotals[cell]),
            SourceDepth = logTotals[cell],
            Wanted = [.. hidden],
        };
    }
}
