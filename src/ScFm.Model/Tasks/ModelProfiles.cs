using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Cells in a model's vocabulary: log-normalised values and the token S.</summary>
/// <param name="values">Log-normalised expression, [cells, genes of the model].</param>
/// <param name="sourceDepths">The token S of each cell.</param>
/// <param name="names">The cells' names.</param>
/// <param name="config">The model's sizes.</param>
/// <param name="options">What the cells are.</param>
internal sealed class ModelProfiles(CsrMatrix values, float[] sourceDepths, string[] names, ScFoundationConfig config, InputOptions options)
{
    /// <summary>The fewest tokens from which the reference's pooling takes the last two and something of the rest.</summary>
    private const int FewestReferenceTokens = 3;

    private bool LikeReference => options.Compat == Compat.Reference;

    /// <summary>Maps and normalises cells.</summary>
    /// <exception cref="InvalidDataException">The values are not of the scale that the options name, or a cell has no gene of the vocabulary.</exception>
    public static ModelProfiles Read(ScFoundationModel model, AnnData cells, InputOptions options, GeneAliases? aliases) =>
        new InputReader(model, options, aliases).Read(cells);

    /// <summary>Number of cells.</summary>
    public int Count => values.Rows;

    /// <summary>Expressed genes of a cell.</summary>
    public ReadOnlySpan<int> Genes(int cell) => values.RowIndices(cell);

    /// <summary>Tokens of every cell, all expressed genes visible.</summary>
    /// <param name="depth">What T asks for.</param>
    /// <param name="wanted">The genes that are asked of a cell; null asks for all.</param>
    /// <param name="askAsMasked">True to ask for unexpressed genes as if they were masked. Default: false.</param>
    /// <exception cref="ArgumentException">The depth asks every cell for less than was observed.</exception>
    public CellTokens[] Tokens(Depth depth, Func<int, int[]?> wanted, bool askAsMasked = false)
    {
        var tokens = new CellTokens[Count];
        for (var cell = 0; cell < Count; cell++)
        {
            tokens[cell] = LikeReference ? ReferenceTokensOf(cell, depth, wanted(cell)) : new CellTokens
            {
                Visible = Genes(cell).ToArray(),
                VisibleValues = values.RowValues(cell).ToArray(),
                TargetDepth = TargetOf(cell, depth),
                SourceDepth = sourceDepths[cell],
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
            TargetDepth = TargetOf(cell, depth),
            SourceDepth = sourceDepths[cell],
            Wanted = [.. hidden],
        };
    }

    private CellTokens ReferenceTokensOf(int cell, Depth depth, int[]? wanted)
    {
        var tokens = ReferenceTokens.Of(Genes(cell), values.RowValues(cell), TargetOf(cell, depth), sourceDepths[cell], config, wanted);
        return tokens.Visible.Length >= FewestReferenceTokens ? tokens : throw new InvalidDataException(
            $"Cell {cell} ('{names[cell]}') has {tokens.Visible.Length} values above zero, T and S included; the reference expects {FewestReferenceTokens} or more.");
    }

    /// <summary>The token T: the reference allows it below S, and lets bulk samples keep their own depth whatever is asked.</summary>
    private float TargetOf(int cell, Depth depth)
    {
        var source = sourceDepths[cell];
        return !LikeReference ? depth.DeeperTargetOf(source) : options.Kind == SampleKind.Bulk ? source : depth.TargetOf(source);
    }
}
