using ScFm.Model.Cells;
using ScFm.Model.Models.Scad;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>A SCAD on the expression of cells: what it is trained on, and what it says of new ones.</summary>
/// <example><code>
/// var model = ScadModel.Train(CellSensitivity.Examples(bulk, cells));
/// float[] probability = CellSensitivity.Of(model, cells);
/// </code></example>
public static class CellSensitivity
{
    /// <summary>Samples and cells as a SCAD takes them: log1p of counts per 10,000 of the genes that both have.</summary>
    /// <param name="source">Samples with their class in obs.</param>
    /// <param name="target">Cells; no label of theirs is looked at.</param>
    /// <param name="options">Labels, genes and what the values are. Default: see there.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">No gene is in both, a label is missing, or values are not what the options say.</exception>
    public static ScadExamples Examples(AnnData source, AnnData target, TransferOptions? options = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var positive = options.Positive ?? ClassLabels.Positive(source, "source", options.Label);
        var table = CellTransfer.ExpressionTable(source, target, options, cancellation);
        return new ScadExamples(table.Source, ClassLabels.Of(source, "source", options.Label, positive), table.Target) { Features = table.Features, Class = positive };
    }

    /// <summary>How likely each cell belongs to the class that the model was trained for.</summary>
    /// <param name="model">A model that knows its genes.</param>
    /// <param name="cells">Cells with raw counts; a gene that they lack is zero in all of them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">The model was trained on features without names.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts, or the cells have none of the model's genes.</exception>
    public static float[] Of(ScadModel model, AnnData cells, CancellationToken cancellation = default)
    {
        if (model.Features is not { } genes)
        {
            throw new ArgumentException("The model was trained on features without names; expected one that was trained on genes.");
        }
        var mapped = GeneMapping.Map(Normalisation.LogNormalise(cells), new GeneVocabulary(genes)).Cells;
        return model.Predict(mapped.X.ToDense(), cancellation);
    }
}
