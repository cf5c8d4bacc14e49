using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Which models can carry a head.</summary>
public static class CellEncoders
{
    /// <summary>The encoder of a model.</summary>
    /// <param name="model">A scFoundation or a Geneformer.</param>
    /// <param name="reading">How a cell's states become its vector: a <see cref="Pooling"/> of a scFoundation, an <see cref="EmbeddingLayer"/> of a Geneformer. Default: All, and SecondToLast.</param>
    /// <exception cref="ArgumentException">The model is of another kind, or has no such reading.</exception>
    public static ICellEncoder Of(IModel model, string? reading = null) => model switch
    {
        ScFoundationModel scFoundation => new ScFoundationEncoder(scFoundation, Named(reading, Pooling.All)),
        GeneformerModel geneformer => new GeneformerEncoder(geneformer, Named(reading, EmbeddingLayer.SecondToLast)),
        _ => throw new ArgumentException($"A {model.GetType().Name} carries no head; expected a {nameof(ScFoundationModel)} or {nameof(GeneformerModel)}.", nameof(model)),
    };

    private static T Named<T>(string? reading, T usual) where T : struct, Enum => reading is null ? usual
        : Enum.TryParse<T>(reading, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
        : throw new ArgumentException($"The reading is '{reading}'; expected one of {string.Join(", ", Enum.GetNames<T>())}.", nameof(reading));
}
