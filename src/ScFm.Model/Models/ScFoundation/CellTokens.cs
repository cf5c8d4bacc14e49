namespace ScFm.Model.Models.ScFoundation;

/// <summary>One cell as the model reads it: what the encoder sees, what only the decoder sees, and what is asked.</summary>
public sealed class CellTokens
{
    /// <summary>Genes that the encoder sees, ascending.</summary>
    public required int[] Visible { get; init; }

    /// <summary>Their values: log1p of counts per 10,000, above zero. NaN stands for the mask vector, which only the published helper shows the encoder.</summary>
    public required float[] VisibleValues { get; init; }

    /// <summary>Genes that only the decoder sees and whose input is not a plain zero: the masked ones, ascending. Default: none.</summary>
    public int[] Hidden { get; init; } = [];

    /// <summary>The decoder's input for each hidden gene; NaN stands for the mask vector.</summary>
    public float[] HiddenValues { get; init; } = [];

    /// <summary>The token T: log10 of the total count that is wanted.</summary>
    public required float TargetDepth { get; init; }

    /// <summary>The token S: log10 of the total count that was observed.</summary>
    public required float SourceDepth { get; init; }

    /// <summary>
    /// True where T and S stand among <see cref="Visible"/> and <see cref="Hidden"/>, at the two positions behind the genes, so that nothing is appended:
    /// the reference treats them as any gene, and its encoder does not see one that is not above zero. Default: false.
    /// </summary>
    public bool DepthsAmongGenes { get; init; }

    /// <summary>Places within <see cref="Visible"/> that are the padding vector and that no token attends to; see <see cref="ReferenceTokens"/>. Default: none.</summary>
    public int[] Padding { get; init; } = [];

    /// <summary>Number of tokens that the encoder sees.</summary>
    public int VisibleCount => Visible.Length + (DepthsAmongGenes ? 0 : 2);

    /// <summary>Genes whose expression is asked; null asks for all genes and the two depth tokens. Default: null.</summary>
    public int[]? Wanted { get; init; }

    /// <summary>True to ask for unexpressed wanted genes as if they were masked, not as zeros; the other tokens still see them as zeros. Default: false.</summary>
    public bool AskAsMasked { get; init; }

    /// <summary>In training, what the expression of each wanted gene should be. Default: none.</summary>
    public float[] Targets { get; init; } = [];
}
