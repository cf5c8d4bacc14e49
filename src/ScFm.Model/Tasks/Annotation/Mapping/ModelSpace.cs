using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks.Annotation.Heads;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>The cells' vectors under a model.</summary>
/// <param name="model">A scFoundation, Geneformer, scVI or LDVAE.</param>
/// <param name="reading">How a foundation model's states become a cell's vector; see <see cref="CellEncoders.Of"/>. Default: the model's usual way.</param>
/// <param name="owns">True to free the model with the space. Default: false, it is its owner's.</param>
public sealed class ModelSpace(IModel model, string? reading = null, bool owns = false) : ICellSpace
{
    internal const string Kind = "model";

    private readonly ICellEncoder? encoder = model is ScViModel ? null : CellEncoders.Of(model, reading);

    /// <inheritdoc/>
    public string Name => model is ScViModel scVi ? scVi.Name : encoder!.Name;

    /// <inheritdoc/>
    public GeneVocabulary Genes => model is ScViModel scVi ? scVi.Genes : encoder!.Genes;

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => model.Networks;

    private sealed record Description(string Kind, string? Reading);

    /// <inheritdoc/>
    public DenseMatrix Place(ICellSource cells, CancellationToken cancellation = default) => model is ScViModel scVi
        ? scVi.Latent(cells, cancellation: cancellation)
        : KeptVectors.Compute(encoder!, encoder!.Read(cells, cancellation), cancellation);

    /// <inheritdoc/>
    public (Dictionary<string, Tensor> Tensors, string Description) ToFile() => (ModelBytes.Of(model), JsonSerializer.Serialize(new Description(Kind, encoder?.Reading)));

    /// <summary>Reads what <see cref="ToFile"/> gave.</summary>
    /// <exception cref="ArgumentException">There is no model, or none that places cells.</exception>
    internal static ModelSpace Read(IReadOnlyDictionary<string, Tensor> tensors, string description) => new(
        ModelBytes.Open(tensors, path => ModelFiles.Open(path)) ?? throw new ArgumentException("There is no model in the file; expected the one that places cells."), JsonSerializer.Deserialize<Description>(description)?.Reading, owns: true);

    /// <summary>Frees the model where it is the space's own.</summary>
    public void Dispose()
    {
        if (owns)
        {
            (model is ScViModel scVi ? scVi.Module : encoder!.Module).Dispose();
        }
    }
}
