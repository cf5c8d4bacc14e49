using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The cells of one evaluation as every model meets them.</summary>
public sealed class EvaluationCells
{
    /// <summary>Prepares cells for scoring.</summary>
    /// <param name="name">The evaluation's name.</param>
    /// <param name="cells">Raw counts of the scored cells, in the study's genes.</param>
    /// <param name="own">Raw counts of cells of the same set that are not scored; may be empty.</param>
    /// <param name="variableGenes">How many of the most variable genes the scores are computed over.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    internal EvaluationCells(string name, AnnData cells, AnnData own, int variableGenes)
    {
        Counts.Require(cells);
        (Name, Cells, Own) = (name, cells, own);
        LogNormalised = Normalisation.LogNormalise(cells.X);
        VariableGenes = Model.Cells.VariableGenes.Find(cells, new() { Count = variableGenes }).Indices;
        Identity = FormattableString.Invariant($"{Fingerprint.Of(cells)}, {variableGenes} variable genes, beside {Fingerprint.Of(own)}");
    }

    /// <summary>The evaluation's name.</summary>
    public string Name { get; }

    /// <summary>Raw counts of the scored cells, [cells, genes of the study].</summary>
    public AnnData Cells { get; }

    /// <summary>Raw counts of cells of the same set that are not scored; models that were not trained on the set know none of them.</summary>
    public AnnData Own { get; }

    /// <summary>log1p of counts per 10,000 of the scored cells.</summary>
    public CsrMatrix LogNormalised { get; }

    /// <summary>The most variable genes of the scored cells, ascending.</summary>
    public int[] VariableGenes { get; }

    /// <summary>Changes with all that a score may depend on: the scored cells, how many genes it is computed over, and the set's other cells.</summary>
    internal string Identity { get; }
}
